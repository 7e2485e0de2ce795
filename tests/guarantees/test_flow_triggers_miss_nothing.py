"""Flow triggers read the event log themselves: no crash and no lost word makes them miss a moment
or act on one twice."""

import asyncio
import os
import signal
import sys
from collections import Counter
from pathlib import Path

import asyncpg

from tests.support.engine import Driver, driven
from tests.support.waiting import until

COUNT = 60
UP = """
id: up
namespace: crash
tasks:
  - id: say
    type: io.kestra.plugin.core.debug.Return
    format: "{{ execution.id }}"
"""


def down(flow_id: str) -> str:
    return f"""
id: {flow_id}
namespace: crash
tasks:
  - id: say
    type: io.kestra.plugin.core.debug.Return
    format: "{{{{ trigger.executionId }}}}"
triggers:
  - id: after
    type: io.kestra.plugin.core.trigger.Flow
    states: [SUCCESS]
    dependsOn: [{{namespace: crash, flowId: up}}]
"""


async def causes(driver: Driver, flow_id: str, count: int) -> Counter[str]:
    """What each execution of the flow followed, once there are so many of them and all is read."""

    async def enough() -> Counter[str] | None:
        rows = await driver.runtime.pool.fetch(
            "SELECT trigger -> 'variables' ->> 'executionId' AS cause FROM executions "
            "WHERE flow_id = $1",
            flow_id,
        )
        behind: int = await driver.runtime.pool.fetchval(
            "SELECT counters.value - consumers.position FROM counters, consumers "
            "WHERE counters.name = 'events' AND consumers.name = 'flow-triggers'"
        )
        return Counter(row["cause"] for row in rows) if len(rows) >= count and not behind else None

    return await until(enough, within=40, what=f"{count} executions of {flow_id}")


async def test_servers_that_hear_nothing_of_each_other_follow_every_execution_once(
    database_url: str, tmp_path: Path
) -> None:
    # Without Redis each server has a bus of its own: the worst that a broken one could do.
    async with (
        driven(database_url, tmp_path / "a", roles=("web", "engine")) as one,
        driven(database_url, tmp_path / "b", roles=("scheduler",)) as other,
        driven(database_url, tmp_path / "c", roles=("scheduler",)) as third,
    ):
        await one.save(down("first"))
        ended = {(await one.run(UP)).execution.id for _ in range(5)}
        assert await causes(other, "first", 5) == Counter(ended)
        # What is saved while the others are at work is known to them before its first event.
        await one.save(down("second"))
        ended_later = {(await one.run(UP)).execution.id for _ in range(5)}
        assert await causes(third, "second", 5) == Counter(ended_later)
        assert await causes(third, "first", 10) == Counter(ended | ended_later)


async def test_a_switch_on_one_server_counts_on_the_others(
    database_url: str, tmp_path: Path
) -> None:
    async with (
        driven(database_url, tmp_path / "a", roles=("web", "engine")) as one,
        driven(database_url, tmp_path / "b", roles=("scheduler",)) as other,
    ):
        await one.save(down("first"))
        await one.run(UP)
        await causes(other, "first", 1)
        await one.runtime.engine.set_trigger_disabled("crash", "first", "after", True, actor=None)
        await one.run(UP)
        await causes(other, "first", 1)
        await one.runtime.engine.set_trigger_disabled("crash", "first", "after", False, actor=None)
        last = await one.run(UP)
        assert last.execution.id in await causes(other, "first", 2)


async def test_a_killed_server_leaves_no_execution_without_its_follower(
    database_url: str, tmp_path: Path
) -> None:
    flow = tmp_path / "up.yaml"
    flow.write_text(UP)
    async with driven(database_url, tmp_path / "first") as driver:
        await driver.save(down("down"))
    for followed in (5, COUNT // 2):
        server = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.support.crashing",
            database_url, str(tmp_path), str(flow), str(COUNT),
            stdout=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        await _followed(database_url, followed)
        os.kill(server.pid, signal.SIGKILL)
        await server.wait()
    async with driven(database_url, tmp_path / "last") as driver:
        rows = await driver.runtime.pool.fetch("SELECT id FROM executions WHERE flow_id = 'up'")
        for row in rows:
            await driver.ended(row["id"], within=60)
        found = await causes(driver, "down", len(rows))
    assert found == Counter(row["id"] for row in rows)


async def _followed(database_url: str, count: int) -> None:
    connection = await asyncpg.connect(database_url)
    try:

        async def enough() -> bool:
            found: int = await connection.fetchval(
                "SELECT count(*) FROM executions WHERE flow_id = 'down'"
            )
            return found >= count

        await until(enough, within=40, what=f"{count} executions of down")
    finally:
        await connection.close()
