"""Deleting executions that have not ended, and those that another server holds."""

from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest

from runtime.errors import Conflict, NotFound
from tests.support.engine import Driver, driven
from tests.support.waiting import until

WORKING = """
id: working
namespace: t
concurrency: {limit: 1}
tasks:
  - id: long
    type: io.kestra.plugin.scripts.shell.Commands
    commands: ['echo $$ > @FILE@; exec sleep 600']
"""
CHILD = """
id: child
namespace: t
tasks:
  - {id: wait, type: io.kestra.plugin.core.flow.Pause}
"""
PARENT = """
id: parent
namespace: t
tasks:
  - {id: sub, type: io.kestra.plugin.core.flow.Subflow, namespace: t, flowId: child}
"""


@pytest.fixture
async def one(database_url: str, tmp_path: Path, redis_url: str) -> AsyncIterator[Driver]:
    async with driven(database_url, tmp_path, redis_url=redis_url) as driver:
        yield driver


@pytest.fixture
async def other(database_url: str, tmp_path: Path, redis_url: str) -> AsyncIterator[Driver]:
    async with driven(database_url, tmp_path, redis_url=redis_url) as driver:
        yield driver


async def is_gone(driver: Driver, execution_id: str) -> bool:
    there = await driver.runtime.pool.fetchval(
        "SELECT count(*) FROM executions WHERE id = $1", execution_id
    )
    return not there


async def child_of(driver: Driver, execution_id: str) -> str | None:
    found: str | None = await driver.runtime.pool.fetchval(
        "SELECT id FROM executions WHERE parent_id = $1 AND state = 'PAUSED'", execution_id
    )
    return found


async def test_the_holder_deletes_what_another_server_is_asked_to_delete(
    one: Driver, other: Driver, tmp_path: Path
) -> None:
    file = tmp_path / "pid"
    execution_id = await one.create(WORKING.replace("@FILE@", str(file)))
    waiting = await one.create(WORKING.replace("@FILE@", str(file)))
    await until(lambda: file.exists() and file.read_text().strip(), what="the script")
    pid = int(file.read_text())
    file.unlink()
    await other.runtime.engine.delete_execution(execution_id, actor="ada")
    assert await is_gone(other, execution_id)
    await until(lambda: not psutil.pid_exists(pid), what="the end of the script")
    rows = await one.runtime.pool.fetch(
        "SELECT sequence, kind, detail->>'actor' AS actor FROM events "
        "WHERE execution_id = $1 ORDER BY sequence",
        execution_id,
    )
    assert [row["sequence"] for row in rows] == list(range(1, len(rows) + 1))
    assert (rows[-1]["kind"], rows[-1]["actor"]) == ("EXECUTION_DELETED", "ada")
    await one.reached(waiting, "RUNNING")
    await one.runtime.engine.delete_execution(waiting)


async def test_a_deletion_of_what_is_not_there_is_refused(one: Driver) -> None:
    with pytest.raises(NotFound):
        await one.runtime.engine.delete_execution("ex_none")


async def test_what_a_deleted_execution_started_is_killed(one: Driver) -> None:
    await one.save(CHILD)
    parent = await one.create(PARENT)
    child = await until(lambda: child_of(one, parent), what="the child")
    await one.runtime.engine.delete_execution(parent)
    assert (await one.ended(child)).state == "KILLED"


async def test_who_waits_for_a_deleted_execution_hears_that_it_was_killed(one: Driver) -> None:
    await one.save(CHILD)
    parent = await one.create(PARENT)
    child = await until(lambda: child_of(one, parent), what="the child")
    await one.runtime.engine.delete_execution(child)
    seen = await one.ended(parent)
    assert seen.state in ("KILLED", "FAILED")
    left = await one.runtime.pool.fetchval("SELECT count(*) FROM messages")
    assert left == 0


@pytest.mark.parametrize("asked", ["one", "other"])
async def test_what_has_not_ended_stays_when_nobody_insists_whoever_holds_it(
    one: Driver, other: Driver, asked: str
) -> None:
    await one.save(CHILD)
    execution_id = await one.create(CHILD)
    await one.reached(execution_id, "PAUSED")
    engine = {"one": one, "other": other}[asked].runtime.engine
    with pytest.raises(Conflict, match="has not ended"):
        await engine.delete_execution(execution_id, force=False)
    assert (await one.look(execution_id)).state == "PAUSED"
