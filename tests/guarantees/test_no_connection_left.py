"""All connections to the database are taken: what runs goes on and is written."""

from contextlib import AsyncExitStack
from pathlib import Path

from tests.support.engine import driven

FLOW = """
id: working
namespace: t
tasks:
  - id: long
    type: io.kestra.plugin.scripts.shell.Commands
    commands: ['until [ -e @FOLDER@/go ]; do sleep 0.02; done', echo said]
  - id: after
    type: io.kestra.plugin.core.debug.Return
    format: done
"""
_CONNECTIONS = 3


async def test_what_runs_is_written_while_others_hold_every_connection(
    database_url: str, tmp_path: Path
) -> None:
    async with driven(database_url, tmp_path, database_connections=_CONNECTIONS) as driver:
        execution_id = await driver.create(FLOW.replace("@FOLDER@", str(tmp_path)))
        await driver.reached(execution_id, "RUNNING")
        async with AsyncExitStack() as greedy:
            for _ in range(_CONNECTIONS):
                await greedy.enter_async_context(driver.runtime.engine.pool.acquire())
            (tmp_path / "go").touch()
            seen = await driver.ended(execution_id)
        assert seen.state == "SUCCESS"
        assert "said" in seen.logs
