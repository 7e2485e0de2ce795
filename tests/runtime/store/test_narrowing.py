"""Lists of few flows are the lists that a search of everything would give."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from runtime.store import narrowing, search
from runtime.store.conditions import All, AnyOf, Condition, Is, Not, Operator, Order
from runtime.store.executions import EXECUTIONS
from runtime.store.pool import Pool, open_pool
from runtime.store.search import Window
from runtime.store.task_runs import TASK_RUNS
from tests.benchmarks.filling import fill_executions

_COUNT = 400
_NEWEST = Order("created_at", descending=True)
_NOW = datetime.now(UTC)
_BELOW = Is("namespace", Operator.PREFIX, "company.team3")
_FAILED = Is("state", Operator.IN, ["FAILED", "KILLED"])


@pytest.fixture
async def pool(database_url: str) -> AsyncIterator[Pool]:
    await fill_executions(database_url, _COUNT)
    async with open_pool(database_url, connections=4) as pool:
        yield pool


@pytest.mark.parametrize(
    "condition",
    [
        _BELOW,
        All((_BELOW, Is("state", Operator.IN, ["SUCCESS"]))),
        All((_BELOW, Not(_FAILED))),
        Is("flow_id", Operator.EQ, "flow1"),
        Is("flow_id", Operator.IN, ["flow0", "flow1", "flow2"]),
        Not(Is("namespace", Operator.CONTAINS, "etl")),
        AnyOf((_BELOW, Is("flow_id", Operator.STARTS_WITH, "flow1"))),
        AnyOf((_BELOW, _FAILED)),
        All((_BELOW, Is("started_at", Operator.LT, _NOW - timedelta(days=100)))),
        Is("scope", Operator.EQ, "SYSTEM"),
        Is("scope", Operator.EQ, "USER"),
        Is("namespace", Operator.EQ, "nowhere"),
    ],
)
@pytest.mark.parametrize("order", [_NEWEST, Order("created_at"), Order("duration")])
async def test_every_page_is_that_of_a_search_of_everything(
    pool: Pool, condition: Condition, order: Order
) -> None:
    whole = await search.rows(pool, EXECUTIONS, condition, order, Window(_COUNT), _NOW)
    after: list[str] | None = None
    seen: list[str] = []
    while True:
        window = Window(7, after=after)
        found = await narrowing.rows(pool, EXECUTIONS, condition, order, window, _NOW)
        seen += [row["id"] for row in found[:7]]
        if len(found) <= 7:
            break
        after = search.key_of(found[6])
    assert seen == [row["id"] for row in whole]
    last = await narrowing.rows(pool, EXECUTIONS, condition, order, Window(7, backwards=True), _NOW)
    assert [row["id"] for row in last[:7]] == [row["id"] for row in whole[::-1][:7]]
    assert await narrowing.counted(pool, EXECUTIONS, condition, _COUNT, _NOW) == len(whole)


async def test_where_no_flow_is_meant_nothing_is_searched(pool: Pool) -> None:
    nowhere = Is("namespace", Operator.EQ, "nowhere")
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("LOCK TABLE task_runs IN ACCESS EXCLUSIVE MODE")
        found = narrowing.rows(pool, TASK_RUNS, nowhere, _NEWEST, Window(10), _NOW)
        assert await asyncio.wait_for(found, 5) == []


async def test_an_id_is_found_by_its_beginning(pool: Pool) -> None:
    rows = await search.rows(pool, EXECUTIONS, All(()), _NEWEST, Window(5), _NOW)
    for row in rows[:5]:
        for length in (14, 20, len(row["id"])):
            text = Is("text", Operator.EQ, row["id"][:length])
            found = await narrowing.rows(pool, EXECUTIONS, text, _NEWEST, Window(_COUNT), _NOW)
            ids = [each["id"] for each in found]
            assert row["id"] in ids
            assert all(each.startswith(row["id"][:length]) for each in ids)


@pytest.mark.parametrize("text", ["e", "ex_", ""])
async def test_what_every_id_begins_with_finds_everything(pool: Pool, text: str) -> None:
    condition = Is("text", Operator.EQ, text)
    assert await search.counted(pool, EXECUTIONS, condition, _COUNT, _NOW) == _COUNT


@pytest.mark.parametrize("value", ['a "quoted" one', "back\\slash", "Höhe", "100%"])
async def test_the_value_of_a_label_is_found_whatever_it_holds(pool: Pool, value: str) -> None:
    await pool.execute(
        "UPDATE executions SET labels = jsonb_build_object('k', $1::text) WHERE position = 7", value
    )
    for text in (value, value.upper(), value[1:-1]):
        condition = Is("text", Operator.EQ, text)
        assert await search.counted(pool, EXECUTIONS, condition, _COUNT, _NOW) >= 1
