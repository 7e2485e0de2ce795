"""A server that takes over goes on with the templates that the execution began with."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import asyncpg

from tests.support.engine import driven
from tests.support.waiting import until

TEMPLATE = """
id: made
namespace: crash
tasks:
  - id: script
    type: io.kestra.plugin.scripts.shell.Commands
    commands: [sleep 0.3]
  - {id: said, type: io.kestra.plugin.core.debug.Return, format: "{{ parent.outputs.args.x }}"}
"""
NEXT = """
id: made
namespace: crash
tasks: [{id: other, type: io.kestra.plugin.core.debug.Return, format: new}]
"""
FLOW = """
id: taking
namespace: crash
tasks:
  - id: t
    type: io.kestra.plugin.core.flow.Template
    namespace: crash
    templateId: made
    args: {x: first}
"""
RUNNING = "SELECT count(*) FROM task_runs WHERE task_id = 'script' AND state = 'RUNNING'"


async def test_a_crash_in_the_middle_of_a_template_and_a_new_revision_of_it(
    database_url: str, tmp_path: Path
) -> None:
    flow = tmp_path / "flow.yaml"
    flow.write_text(FLOW)
    async with driven(database_url, tmp_path / "first", roles=("web",)) as driver:
        await driver.save(TEMPLATE)
    server = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.support.crashing", database_url, str(tmp_path), str(flow), "3",
        stdout=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    connection = await asyncpg.connect(database_url)
    try:

        async def all_run() -> bool:
            return await connection.fetchval(RUNNING) == 3  # type: ignore[no-any-return]  # a number compared

        await until(all_run, within=30, what="three scripts")
        os.kill(server.pid, signal.SIGKILL)
        await server.wait()
    finally:
        await connection.close()
    async with driven(database_url, tmp_path / "second", roles=("web",)) as driver:
        await driver.save(NEXT)
    async with driven(database_url, tmp_path / "last") as driver:
        stored = [row["id"] for row in await driver.runtime.pool.fetch("SELECT id FROM executions")]
        seen = [await driver.ended(execution_id, within=60) for execution_id in stored]
    assert len(seen) == 3
    for each in seen:
        assert each.states == [("t", "SUCCESS"), ("script", "SUCCESS"), ("said", "SUCCESS")]
        assert each.yielded("said") == {"value": "first"}
