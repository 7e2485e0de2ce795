"""What is older than is kept goes, batch by batch, and streams that miss it are told."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from runtime.clock import ManualClock
from runtime.events.tail import CursorTooOld
from tests.support.engine import Driver, driven
from tests.support.waiting import until

START = datetime(2026, 1, 1, tzinfo=UTC)
TOLD = """
id: told
namespace: t
tasks:
  - {id: say, type: io.kestra.plugin.core.log.Log, message: hello}
  - {id: count, type: io.kestra.plugin.core.metric.Publish, metrics: [{name: n, value: 1}]}
"""
WAITING = """
id: waiting
namespace: t
tasks:
  - {id: wait, type: io.kestra.plugin.core.flow.Pause}
"""
CACHED = """
id: cached
namespace: t
tasks:
  - id: get
    type: io.kestra.plugin.scripts.shell.Commands
    commands: ['echo 1']
    taskCache: {enabled: true, ttl: PT1H}
"""


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture
async def driver(database_url: str, tmp_path: Path, clock: ManualClock) -> AsyncIterator[Driver]:
    async with driven(database_url, tmp_path, clock, retention_days=7) as started:
        yield started


async def number(driver: Driver, statement: str, *values: object) -> int:
    found: int = await driver.runtime.pool.fetchval(statement, *values)
    return found


async def days_go_by(driver: Driver, clock: ManualClock, days: int, left: set[str]) -> None:
    """Let idle executions be released, then time pass, until only these executions are left."""

    async def only_these() -> bool:
        clock.advance(timedelta(seconds=20))
        rows = await driver.runtime.pool.fetch("SELECT id FROM executions")
        return {row["id"] for row in rows} == left

    clock.advance(timedelta(days=days))
    await until(only_these, what="retention")


async def test_executions_go_some_days_after_their_end_and_unfinished_ones_stay(
    driver: Driver, clock: ManualClock
) -> None:
    old = await driver.run(TOLD)
    waiting = await driver.create(WAITING)
    await driver.reached(waiting, "PAUSED")
    clock.advance(timedelta(days=5))
    young = (await driver.run(TOLD)).execution.id
    await days_go_by(driver, clock, 3, {waiting, young})
    id_ = old.execution.id
    for table in ("task_runs", "outputs", "logs", "metrics"):
        statement = f"SELECT count(*) FROM {table} WHERE execution_id = $1"  # noqa: S608 - named here
        assert not await number(driver, statement, id_), table
    kinds = await driver.runtime.pool.fetch(
        "SELECT kind, detail->>'actor' AS actor FROM events WHERE execution_id = $1", id_
    )
    assert [tuple(row) for row in kinds] == [("EXECUTION_DELETED", "retention")]
    for kept in (waiting, young):
        seen = await driver.look(kept)
        events = await number(driver, "SELECT count(*) FROM events WHERE execution_id = $1", kept)
        assert events == seen.execution.sequence


async def test_a_cursor_older_than_what_is_kept_is_refused_and_a_newer_one_goes_on(
    driver: Driver, clock: ManualClock
) -> None:
    waiting = await driver.create(WAITING)
    await driver.reached(waiting, "PAUSED")
    await driver.run(TOLD)
    last = driver.runtime.events.position
    await days_go_by(driver, clock, 8, {waiting})
    tail = driver.runtime.events
    with pytest.raises(CursorTooOld):
        await anext(tail.follow(0))
    rows = await anext(tail.follow(last))
    assert rows[0].position == last + 1


async def test_nothing_goes_when_everything_is_to_be_kept(
    database_url: str, tmp_path: Path, clock: ManualClock
) -> None:
    async with driven(database_url, tmp_path, clock) as driver:
        seen = await driver.run(TOLD)
        for _ in range(5):
            clock.advance(timedelta(days=1_000))
            await driver.run(TOLD)
        assert (await driver.look(seen.execution.id)).state == "SUCCESS"


async def test_what_a_task_cache_need_not_keep_any_more_goes(
    driver: Driver, clock: ManualClock
) -> None:
    await driver.run(CACHED)
    assert await number(driver, "SELECT count(*) FROM task_cache") == 1

    async def is_empty() -> bool:
        clock.advance(timedelta(minutes=2))
        return not await number(driver, "SELECT count(*) FROM task_cache")

    clock.advance(timedelta(hours=2))
    await until(is_empty, what="the cache to be emptied")
