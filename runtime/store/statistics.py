"""Sums over many executions or metrics, in steps of time (statistics.sql)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import asyncpg

from runtime.executions.states import ExecutionState
from runtime.store.conditions import Condition
from runtime.store.executions import EXECUTIONS
from runtime.store.metrics import METRICS
from runtime.store.pool import Pool
from runtime.store.statements import Statements
from runtime.store.tables import Parameters, Table, where

_SQL = Statements("statistics")


class Grouping(StrEnum):
    """What executions are told apart by."""

    NAMESPACE = "NAMESPACE"
    FLOW = "FLOW"
    TRIGGER = "TRIGGER"


class Aggregate(StrEnum):
    """What becomes of the values of a step."""

    SUM = "SUM"
    AVERAGE = "AVERAGE"
    MINIMUM = "MINIMUM"
    MAXIMUM = "MAXIMUM"
    MEDIAN = "MEDIAN"
    P95 = "P95"
    COUNT = "COUNT"


@dataclass(frozen=True, slots=True)
class Sums:
    """Executions of one state that are alike. `at` is the beginning of their step; `lasted` is how
    long the `ended` ones ran together."""

    at: datetime | None
    namespace: str | None
    flow_id: str | None
    trigger_id: str | None
    state: ExecutionState
    count: int
    ended: int
    lasted: timedelta
    longest: timedelta | None


@dataclass(frozen=True, slots=True)
class Point:
    """The value of one step, and of how many metrics it was made."""

    at: datetime
    value: float
    count: int


async def executions(
    pool: Pool,
    condition: Condition,
    step: timedelta | None,
    grouping: Grouping | None,
    limit: int,
    now: datetime,
) -> list[Sums]:
    """In the order of time and names, up to `limit` and one more. Raises InvalidInput."""
    rows = await _summed(pool, "executions", EXECUTIONS, condition, [now, step, grouping], limit)
    return [
        Sums(
            at=row["at"],
            namespace=row["of_namespace"],
            flow_id=row["of_flow"],
            trigger_id=row["of_trigger"],
            state=ExecutionState(row["state"]),
            count=row["count"],
            ended=row["ended"],
            lasted=row["lasted"] or timedelta(),
            longest=row["longest"],
        )
        for row in rows
    ]


async def metrics(
    pool: Pool,
    condition: Condition,
    step: timedelta,
    aggregate: Aggregate,
    limit: int,
    now: datetime,
) -> list[Point]:
    """In the order of time, up to `limit` and one more. Raises InvalidInput."""
    rows = await _summed(pool, "metrics", METRICS, condition, [now, step, aggregate], limit)
    return [Point(row["at"], row["value"], row["count"]) for row in rows]


async def _summed(
    pool: Pool, name: str, table: Table, condition: Condition, first: list[object], limit: int
) -> list[asyncpg.Record]:
    parameters = Parameters(first)
    wanted = where(condition, table, parameters)
    statement = f"{_SQL[name]} {wanted} {_SQL[name + '_end']} LIMIT {limit + 1:d}"
    return await pool.fetch(statement, *parameters.values)
