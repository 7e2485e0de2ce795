"""The places of a concurrency limit belong to executions that have not ended."""

import asyncio
from pathlib import Path

import asyncpg
import pytest

from runtime.executions.messages import Kill
from runtime.store import slots
from runtime.store.statements import Statements
from tests.support.engine import driven
from tests.support.waiting import until

FLOW = """
id: limited
namespace: company.team
concurrency: {limit: 1}
tasks:
  - id: wait
    type: io.kestra.plugin.core.flow.Pause
"""
NAMESPACE, FLOW_ID = "company.team", "limited"


async def test_no_more_places_are_taken_than_the_limit_says_and_asking_again_takes_none(
    database_url: str, tmp_path: Path
) -> None:
    async with driven(database_url, tmp_path) as driver:
        pool = driver.runtime.pool
        unlimited = FLOW.replace("concurrency: {limit: 1}\n", "")
        ids = [await driver.create(unlimited) for _ in range(3)]
        taken = [await slots.take(pool, each, NAMESPACE, FLOW_ID, 2) for each in (*ids, ids[0])]
        assert taken == [True, True, False, True]
        assert await slots.free(pool, NAMESPACE, FLOW_ID, 2) == 0


@pytest.mark.parametrize("way", ["take", "force"])
async def test_an_execution_that_has_ended_gets_no_place_from_a_server_that_wakes_up_late(
    database_url: str, tmp_path: Path, way: str
) -> None:
    async with driven(database_url, tmp_path) as driver:
        ended = (await driver.run(FLOW.replace("flow.Pause", "debug.Return"))).execution.id
        pool = driver.runtime.pool
        if way == "take":
            assert not await slots.take(pool, ended, NAMESPACE, FLOW_ID, 1)
        else:
            await slots.force(pool, ended)
        assert await slots.free(pool, NAMESPACE, FLOW_ID, 1) == 1


async def test_an_end_that_comes_while_a_place_is_given_takes_it_back(
    database_url: str, tmp_path: Path
) -> None:
    async with driven(database_url, tmp_path) as driver:
        pool = driver.runtime.pool
        execution_id = await driver.create(FLOW)
        await driver.reached(execution_id, "PAUSED")
        await pool.execute("DELETE FROM slots")
        other = await asyncpg.connect(database_url)
        try:
            async with other.transaction():
                await other.execute(Statements("slots")["force"], execution_id)
                killing = asyncio.create_task(driver.runtime.engine.act(execution_id, Kill()))

                async def waits() -> bool:
                    found: int = await pool.fetchval(
                        "SELECT count(*) FROM pg_locks WHERE NOT granted"
                    )
                    return found > 0

                await until(waits, what="the end to wait for the place")
            await killing
        finally:
            await other.close()
        await driver.ended(execution_id)
        assert await slots.free(pool, NAMESPACE, FLOW_ID, 1) == 1


async def test_a_promised_place_in_the_queue_counts_until_who_has_it_begins(
    database_url: str, tmp_path: Path
) -> None:
    async with driven(database_url, tmp_path) as driver:
        pool = driver.runtime.pool
        ids = [await driver.create(FLOW.replace("concurrency: {limit: 1}\n", "")) for _ in "ab"]
        for each in ids:
            await driver.reached(each, "PAUSED")
        await pool.execute("UPDATE executions SET state = 'CREATED'")  # as before they had begun
        first, second = ids
        assert await slots.wait(pool, first, NAMESPACE, FLOW_ID, 1)
        assert await slots.wait(pool, first, NAMESPACE, FLOW_ID, 1)
        assert not await slots.wait(pool, second, NAMESPACE, FLOW_ID, 1)
        await pool.execute("UPDATE executions SET state = 'RUNNING' WHERE id = $1", first)
        assert await slots.wait(pool, second, NAMESPACE, FLOW_ID, 1)
        await driver.runtime.engine.delete_execution(second)
        assert await pool.fetchval("SELECT count(*) FROM queue_places") == 0
