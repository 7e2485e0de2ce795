"""Live log lines are judged here as PostgreSQL judges those that are stored."""

from datetime import UTC, datetime, timedelta

import pytest

from resolvers.matching import log_matches
from runtime.executions.model import LogLevel
from runtime.store import search
from runtime.store.conditions import All, AnyOf, Condition, Is, Not, Operator, Order
from runtime.store.logs import LOGS, record_of
from runtime.store.pool import Pool, open_pool
from runtime.store.search import Window

NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)
INSERT = """
INSERT INTO logs
    (position, execution_id, namespace, flow_id, task_run_id, task_id, attempt, at, level, message)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
"""
LINES = [
    (
        "ex_1",
        "a.b",
        "load",
        "tr_1",
        "extract",
        1,
        timedelta(minutes=-1),
        LogLevel.INFO,
        "100% Done",
    ),
    ("ex_1", "a.b.c", "load_all", "tr_2", "Extract", 2, timedelta(hours=-2), LogLevel.WARN, "slow"),
    ("ex_2", "a.bc", "unload", None, None, None, timedelta(hours=-1), LogLevel.ERROR, "it BROKE"),
    ("ex_3", "a", "load%", "tr_3", "clean", 1, timedelta(0), LogLevel.TRACE, ""),
]
EXTRACT = Is("task_id", Operator.EQ, "extract")
CONDITIONS: list[Condition] = [
    All(()),
    AnyOf(()),
    EXTRACT,
    Not(EXTRACT),
    Is("task_id", Operator.NOT_EQ, "extract"),
    Is("task_id", Operator.IN, ["extract", "clean"]),
    Is("task_id", Operator.NOT_IN, ["extract", "clean"]),
    Not(Is("task_id", Operator.NOT_IN, ["extract"])),
    Is("task_id", Operator.CONTAINS, "TRACT"),
    Is("flow_id", Operator.STARTS_WITH, "load"),
    Is("flow_id", Operator.STARTS_WITH, "load_"),
    Is("flow_id", Operator.ENDS_WITH, "load"),
    Is("flow_id", Operator.CONTAINS, "%"),
    Is("task_id", Operator.ENDS_WITH, "ract"),
    Is("namespace", Operator.PREFIX, "a.b"),
    Is("namespace", Operator.PREFIX, "a"),
    Is("attempt", Operator.EQ, 1),
    Not(Is("attempt", Operator.EQ, 1)),
    Is("level", Operator.GTE, LogLevel.WARN),
    Is("level", Operator.IN, [LogLevel.TRACE, LogLevel.ERROR]),
    Is("at", Operator.GTE, NOW - timedelta(hours=1)),
    Is("at", Operator.GT, NOW - timedelta(hours=1)),
    Is("at", Operator.LTE, NOW - timedelta(hours=1)),
    Is("at", Operator.LT, NOW - timedelta(hours=1)),
    Is("at", Operator.WITHIN, timedelta(hours=1)),
    Is("text", Operator.EQ, "broke"),
    Is("text", Operator.EQ, "100%"),
    Is("execution_id", Operator.EQ, "ex_1"),
    AnyOf((EXTRACT, Is("level", Operator.GTE, LogLevel.ERROR))),
    All((Is("execution_id", Operator.EQ, "ex_1"), Not(EXTRACT))),
    Not(AnyOf((EXTRACT, Is("text", Operator.EQ, "slow")))),
]


async def stored(pool: Pool, condition: Condition) -> list[int]:
    found = await search.rows(pool, LOGS, condition, Order("position"), Window(100), NOW)
    return [row["position"] for row in found]


@pytest.mark.parametrize("condition", CONDITIONS, ids=str)
async def test_a_line_meets_a_condition_live_as_it_does_in_the_database(
    database_url: str, condition: Condition
) -> None:
    async with open_pool(database_url, connections=2) as pool:
        for number, (*line, ago, level, message) in enumerate(LINES, start=1):
            await pool.execute(INSERT, number, *line, NOW + ago, int(level), message)
        rows = await search.rows(pool, LOGS, All(()), Order("position"), Window(100), NOW)
        live = [line.position for line in map(record_of, rows) if log_matches(condition, line, NOW)]
        assert live == await stored(pool, condition)
        assert len(rows) == len(LINES)
