"""Removing executions: by hand with a trace of who did it, or many at once by a task."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from runtime.engine.others import OtherExecutions
from runtime.executions.states import ExecutionState
from runtime.store.housekeeping import ExecutionQuery
from runtime.tasks.services import Purge, Purged
from tests.support.engine import Driver, driven

TOLD = """
id: told
namespace: company.team
tasks:
  - id: say
    type: io.kestra.plugin.core.log.Log
    message: hello
"""


@pytest.fixture
async def driver(database_url: str, tmp_path: Path) -> AsyncIterator[Driver]:
    async with driven(database_url, tmp_path) as started:
        yield started


def others(driver: Driver) -> OtherExecutions:
    engine = driver.runtime.engine
    return OtherExecutions(engine.pool, engine.deletion.removal, driver.runtime.bus)


async def count(driver: Driver, table: str) -> int:
    found: int = await driver.runtime.pool.fetchval(f"SELECT count(*) FROM {table}")  # noqa: S608 - named here
    return found


async def test_a_removed_execution_leaves_its_events_and_who_removed_it(driver: Driver) -> None:
    seen = await driver.run(TOLD)
    id_, last = seen.execution.id, seen.execution.sequence
    await driver.runtime.engine.delete_execution(id_, actor="ada")
    for table in ("executions", "task_runs", "outputs", "logs"):
        assert await count(driver, table) == 0, table
    event = await driver.runtime.pool.fetchrow(
        "SELECT sequence, kind, state, detail FROM events ORDER BY position DESC LIMIT 1"
    )
    assert event is not None
    assert (event["sequence"], event["kind"]) == (last + 1, "EXECUTION_DELETED")
    assert (event["state"], event["detail"]) == ("SUCCESS", {"actor": "ada"})


async def test_what_was_said_may_outlive_its_execution(driver: Driver) -> None:
    seen = await driver.run(TOLD)
    await driver.runtime.engine.delete_execution(seen.execution.id, logs=False)
    assert await count(driver, "executions") == 0
    assert await count(driver, "logs") == 1


async def test_a_purge_removes_many_and_counts_them(driver: Driver) -> None:
    for _ in range(3):
        await driver.run(TOLD)
    purged = await others(driver).purge(ExecutionQuery("company"), Purge())
    assert purged == Purged(executions=3, logs=3)
    assert await count(driver, "executions") == 0
    rows = await driver.runtime.pool.fetch("SELECT position, kind FROM events ORDER BY position")
    assert [row["position"] for row in rows] == list(range(1, len(rows) + 1))
    assert [row["kind"] for row in rows[-3:]] == ["EXECUTION_DELETED"] * 3


async def test_a_purge_of_unfinished_states_removes_nothing(driver: Driver) -> None:
    await driver.run(TOLD)
    query = ExecutionQuery("company", states=(ExecutionState.RUNNING,))
    assert await others(driver).purge(query, Purge()) == Purged()
    assert await count(driver, "executions") == 1


async def test_a_replay_names_who_asked_for_it_and_not_who_ran_the_first(driver: Driver) -> None:
    first = await driver.run(TOLD, actor="ada")
    engine = driver.runtime.engine
    again = await driver.ended(await engine.replay(first.execution.id, actor="grace"))
    unnamed = await driver.ended(await engine.replay(first.execution.id))
    assert first.execution.labels["system.username"] == "ada"
    assert again.execution.labels["system.username"] == "grace"
    assert "system.username" not in unnamed.execution.labels
