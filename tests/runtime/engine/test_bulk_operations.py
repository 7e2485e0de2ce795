"""Operations on many executions under faults: killed servers, several servers, lost outcomes."""

import os
import signal
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import asyncpg
import pytest

from runtime.engine.bulk_door import ByCondition, ByIds, ByToken
from runtime.events.memory import MemoryBus
from runtime.executions.actions import ExecutionAction
from runtime.executions.bulk import BulkWork
from runtime.files.vault import Vault
from runtime.store import bulk_operations
from runtime.store.bulk_operations import BulkRecord
from runtime.store.conditions import ANYTHING
from tests.support.bulk import RESTING, fill_paused
from tests.support.engine import Driver, driven
from tests.support.server import Server, serving
from tests.support.waiting import until

PAUSED = """
id: paused
namespace: t
tasks:
  - id: wait
    type: io.kestra.plugin.core.flow.Pause
"""
LABELS = BulkWork(ExecutionAction.SET_LABELS, labels={"seen": "yes"})
EVERYTHING = ByCondition(ANYTHING)
PER_EXECUTION = """
SELECT execution_id, count(*) AS times FROM events
WHERE kind = 'EXECUTION_ACTION' AND detail ->> 'bulkOperationId' = $1
GROUP BY execution_id
"""


async def over(driver: Driver, operation_id: str, *, within: float = 60.0) -> BulkRecord:
    """The operation after its end."""

    async def look() -> BulkRecord | None:
        found = await bulk_operations.by_ids(driver.runtime.pool, [operation_id])
        return found[operation_id] if found[operation_id].ended_at else None

    return await until(look, within=within, what="the operation's end")


async def killed_in_the_middle(
    database_url: str, folder: Path, name: str, options: str, count: int
) -> str:
    """A server begins an operation on all executions and is killed with work under way; its id."""
    async with driven(database_url, folder) as driver:
        await fill_paused(driver, count)
    with serving(database_url, folder) as server:
        operation_id = _begin(server, name, options)
        connection = await asyncpg.connect(database_url)
        try:

            async def some() -> bool:
                reached = await connection.fetchval("SELECT max(reached) FROM bulk_operations")
                return bool(reached)

            await until(some, what="the first outcomes")
            os.kill(server.process.pid, signal.SIGKILL)
            server.process.wait()
            left = await connection.fetchval("SELECT max(total - reached) FROM bulk_operations")
            assert left > 0
        finally:
            await connection.close()
    return operation_id


def _begin(server: Server, name: str, options: str) -> str:
    answer = server.ask(
        f"mutation {{ {name}(input: {{selector: {{filter: {{}}}} {options}}}) "
        "{ bulkOperation { id } userErrors { message } } }"
    )
    begun: str = answer[name]["bulkOperation"]["id"]
    return begun


async def test_after_a_crash_another_server_does_the_rest_and_nothing_twice(
    database_url: str, tmp_path: Path
) -> None:
    count = 4_000
    labels = 'labels: [{key: "seen", value: "yes"}]'
    operation_id = await killed_in_the_middle(
        database_url, tmp_path, "setExecutionsLabels", labels, count
    )
    async with driven(database_url, tmp_path) as driver:
        operation = await over(driver, operation_id)
        assert (operation.succeeded, operation.failed) == (count, 0)
        pool = driver.runtime.pool
        times = await pool.fetch(PER_EXECUTION, operation_id)
        assert [row["times"] for row in times] == [1] * count
        assert await pool.fetchval("SELECT count(*) FROM bulk_items") == count


async def test_a_crash_makes_no_second_replay_of_any_execution(
    database_url: str, tmp_path: Path
) -> None:
    count = 800
    operation_id = await killed_in_the_middle(database_url, tmp_path, "replayExecutions", "", count)
    async with driven(database_url, tmp_path) as driver:
        operation = await over(driver, operation_id)
        assert (operation.succeeded, operation.failed) == (count, 0)
        replays = await driver.runtime.pool.fetch(
            "SELECT replay_of, count(*) AS times FROM executions "
            "WHERE replay_of IS NOT NULL GROUP BY replay_of"
        )
        assert [row["times"] for row in replays] == [1] * count


async def test_outcomes_that_were_lost_are_found_in_the_histories(
    database_url: str, tmp_path: Path
) -> None:
    async with driven(database_url, tmp_path) as driver:
        ids = await fill_paused(driver, 50)
        engine, pool = driver.runtime.engine, driver.runtime.pool
        work = BulkWork(ExecutionAction.RESUME)
        operation_id = await engine.bulk.start(work, ByIds(ids), actor="ann")
        await over(driver, operation_id)
        for execution_id in ids:
            await driver.ended(execution_id)
        await pool.execute(
            "UPDATE bulk_operations SET owner = 'wk_gone', state = 'RUNNING', ended_at = NULL, "
            "reached = 0, succeeded = 0, fence = fence + 1"
        )
        await pool.execute("DELETE FROM bulk_items")
        operation = await over(driver, operation_id)
        assert (operation.succeeded, operation.failed) == (50, 0)
        times = await pool.fetch(PER_EXECUTION, operation_id)
        assert [row["times"] for row in times] == [1] * 50


async def test_a_former_owner_writes_no_outcome(database_url: str, tmp_path: Path) -> None:
    async with driven(database_url, tmp_path, roles=("web",)) as driver:
        ids = await fill_paused(driver, 3)
        pool, now = driver.runtime.pool, driver.runtime.clock.now()
        operation_id = await driver.runtime.engine.bulk.start(LABELS, ByIds(ids), actor=None)
        await bulk_operations.claim(pool, "wk_one", now, 1)
        [stale] = await bulk_operations.held(pool, "wk_one")
        await bulk_operations.claim(pool, "wk_two", now, 1)
        items = [
            bulk_operations.BulkItem(place, id_, bulk_operations.BulkOutcome.SUCCESS)
            for place, id_ in enumerate(ids, 1)
        ]
        assert not await bulk_operations.settle(pool, stale, items, now)
        assert await pool.fetchval("SELECT count(*) FROM bulk_items") == 0
        [held] = await bulk_operations.held(pool, "wk_two")
        assert await bulk_operations.settle(pool, held, items, now)
        found = await bulk_operations.by_ids(pool, [operation_id])
        assert found[operation_id].succeeded == 3


@pytest.fixture
async def servers(
    database_url: str, tmp_path: Path, redis_url: str
) -> AsyncIterator[tuple[Driver, Driver]]:
    async with (
        driven(database_url, tmp_path, redis_url=redis_url) as one,
        driven(database_url, tmp_path, redis_url=redis_url) as other,
    ):
        yield one, other


@pytest.mark.parametrize("action", [ExecutionAction.KILL, ExecutionAction.DELETE])
async def test_executions_are_reached_whichever_server_holds_them(
    servers: tuple[Driver, Driver], action: ExecutionAction
) -> None:
    one, other = servers
    ids = [await driver.create(PAUSED) for driver in (one, other) for _ in range(6)]
    for execution_id in ids:
        await one.reached(execution_id, "PAUSED")
    work = BulkWork(action, force=True)
    operation_id = await other.runtime.engine.bulk.start(work, ByIds(ids), actor="ann")
    operation = await over(other, operation_id)
    assert (operation.succeeded, operation.failed) == (12, 0)
    if action is ExecutionAction.KILL:
        assert [(await one.ended(execution_id)).state for execution_id in ids] == ["KILLED"] * 12
    else:
        assert await one.runtime.pool.fetchval("SELECT count(*) FROM executions") == 0


async def test_a_small_operation_does_not_wait_for_a_large_one(
    database_url: str, tmp_path: Path
) -> None:
    async with driven(database_url, tmp_path) as driver:
        await fill_paused(driver, 4_000)
        engine = driver.runtime.engine
        large = await engine.bulk.start(LABELS, EVERYTHING, actor=None)
        [one] = await fill_paused(driver, 1, prefix="q")
        small = await engine.bulk.start(LABELS, ByIds([one]), actor=None)
        done = await over(driver, small)
        under_way = (await bulk_operations.by_ids(driver.runtime.pool, [large]))[large]
        assert done.succeeded == 1
        assert under_way.ended_at is None
        assert (await over(driver, large)).succeeded == 4_000


@pytest.mark.parametrize("action", [ExecutionAction.SET_LABELS, ExecutionAction.DELETE])
async def test_one_execution_that_cannot_be_read_does_not_stop_the_others(
    database_url: str, tmp_path: Path, action: ExecutionAction
) -> None:
    async with driven(database_url, tmp_path) as driver:
        ids = await fill_paused(driver, 20)
        pool = driver.runtime.pool
        await pool.execute("UPDATE executions SET trigger = '{\"x\": 1}' WHERE id = $1", ids[7])
        work = BulkWork(action, labels={"seen": "yes"}, force=True)
        operation_id = await driver.runtime.engine.bulk.start(work, ByIds(ids), actor=None)
        operation = await over(driver, operation_id)
        assert (operation.succeeded, operation.failed) == (19, 1)
        failure = await pool.fetchrow("SELECT * FROM bulk_items WHERE outcome = 'FAILURE'")
        assert failure is not None
        assert (failure["execution_id"], failure["code"]) == (ids[7], "UNAVAILABLE")


async def test_an_operation_that_cannot_go_on_keeps_no_other_waiting_and_can_be_cancelled(
    database_url: str, tmp_path: Path
) -> None:
    async with driven(database_url, tmp_path) as driver:
        ids = await fill_paused(driver, 2)
        bulk, pool = driver.runtime.engine.bulk, driver.runtime.pool
        sealed = replace(bulk, vault=Vault(b"k" * 32), bus=MemoryBus())
        stuck = await sealed.start(LABELS, ByIds(ids), actor=None)
        assert (await over(driver, await bulk.start(LABELS, ByIds(ids), actor=None))).succeeded == 2
        assert not (await bulk_operations.by_ids(pool, [stuck]))[stuck].ended_at
        await bulk.cancel(stuck, actor="ann")
        assert (await over(driver, stuck)).state == "CANCELLED"


async def test_what_was_acted_on_is_not_kept_in_memory(database_url: str, tmp_path: Path) -> None:
    async with driven(database_url, tmp_path) as driver:
        ids = await fill_paused(driver, 300)
        operation_id = await driver.runtime.engine.bulk.start(LABELS, EVERYTHING, actor=None)
        await over(driver, operation_id)
        held = [id_ for id_ in ids if driver.runtime.engine.holder.found(id_)]
        assert held == []
        assert await driver.runtime.pool.fetchval(
            "SELECT count(*) FROM executions WHERE owner IS NULL"
        ) == len(ids)


async def test_new_executions_run_while_an_operation_is_worked_off(
    database_url: str, tmp_path: Path
) -> None:
    async with driven(database_url, tmp_path) as driver:
        await fill_paused(driver, 4_000)
        operation_id = await driver.runtime.engine.bulk.start(LABELS, EVERYTHING, actor=None)
        for number in range(10):
            seen = await driver.run(RESTING.replace("resting", f"fresh{number}"), within=5)
            assert seen.state == "SUCCESS"
        found = await bulk_operations.by_ids(driver.runtime.pool, [operation_id])
        assert found[operation_id].ended_at is None
        assert (await over(driver, operation_id)).failed == 0


async def test_previews_cannot_fill_the_disk(database_url: str, tmp_path: Path) -> None:
    async with driven(database_url, tmp_path, roles=("web",)) as driver:
        ids = await fill_paused(driver, 1)
        bulk, pool = driver.runtime.engine.bulk, driver.runtime.pool
        used = await bulk.preview(LABELS, ByIds(ids))
        await bulk.start(LABELS, ByToken(used.token), actor=None)
        for _ in range(204):
            await bulk.preview(LABELS, ByIds(ids))
        newest = await bulk.preview(LABELS, ByIds(ids))
        kept = {row["id"] for row in await pool.fetch("SELECT id FROM bulk_selections")}
        assert len(kept) == 201
        assert {used.token, newest.token} <= kept


async def test_what_is_old_is_cleared_away_and_what_is_used_is_kept(
    database_url: str, tmp_path: Path
) -> None:
    async with driven(database_url, tmp_path, roles=("web",)) as driver:
        ids = await fill_paused(driver, 2)
        bulk, pool = driver.runtime.engine.bulk, driver.runtime.pool
        await bulk.preview(LABELS, ByIds(ids))
        preview = await bulk.preview(LABELS, ByIds(ids))
        operation_id = await bulk.start(LABELS, ByIds(ids), actor=None)
        await pool.execute("UPDATE bulk_selections SET expires_at = '2020-01-01T00:00:00Z'")
        now = driver.runtime.clock.now()
        await bulk_operations.forget(pool, now, now)
        assert await pool.fetchval("SELECT count(*) FROM bulk_selections") == 1
        assert operation_id in await bulk_operations.by_ids(pool, [operation_id])
        assert preview.token not in [
            row["id"] for row in await pool.fetch("SELECT id FROM bulk_selections")
        ]
        await pool.execute("UPDATE bulk_operations SET ended_at = '2020-01-01T00:00:00Z'")
        await bulk_operations.forget(pool, now, now)
        for table in ("bulk_operations", "bulk_items", "bulk_selections"):
            assert await pool.fetchval(f"SELECT count(*) FROM {table}") == 0  # noqa: S608 - closed names
