"""A task may print as much and as wide as it likes: all of it is kept, in order, and memory stays
where it is."""

from pathlib import Path

from tests.support.engine import Driver, driven
from tests.support.memory import MemoryWatch
from tests.support.waiting import until

FLOW = """
id: loud
namespace: t
tasks:
  - id: loud
    type: io.kestra.plugin.scripts.shell.Commands
    commands: ["{command}"]
"""


async def test_a_flood_of_lines_is_kept_in_order(database_url: str, tmp_path: Path) -> None:
    async with driven(database_url, tmp_path) as driver:
        with MemoryWatch() as memory:
            seen = await driver.run(FLOW.format(command="seq -w 200000"), within=60)
    assert seen.state == "SUCCESS"
    assert seen.logs == [f"{number:06}" for number in range(1, 200_001)]
    assert seen.yielded("loud")["stdOutLineCount"] == 200_000
    assert memory.grown < 150  # MB, with 200,000 lines of them held by this test itself


async def test_wide_lines_are_not_held_in_memory(database_url: str, tmp_path: Path) -> None:
    command = "for i in 1 2 3 4; do head -c 60000000 /dev/zero | tr '\\\\0' x; echo; done"
    async with driven(database_url, tmp_path) as driver:
        with MemoryWatch() as memory:
            execution_id = await driver.create(FLOW.format(command=command))
            await until(lambda: _is_over(driver, execution_id), within=60)
        kept = await driver.runtime.pool.fetchval("SELECT sum(length(message)) FROM logs")
    assert kept == 240_000_000
    assert memory.grown < 150  # of the 240 MB that went through


async def _is_over(driver: Driver, execution_id: str) -> bool:
    query = "SELECT state FROM executions WHERE id = $1"
    return bool(await driver.runtime.pool.fetchval(query, execution_id) == "SUCCESS")


async def test_what_exceeds_the_limit_of_an_attempt_is_dropped_and_told(
    database_url: str, tmp_path: Path
) -> None:
    async with driven(database_url, tmp_path, log_limit=100_000) as driver:
        seen = await driver.run(FLOW.format(command="seq -w 200000"), within=60)
    assert seen.state == "SUCCESS"
    assert len(seen.logs) < 40_000
    assert seen.logs[-1].startswith("The log of this attempt has reached its limit")
    assert seen.yielded("loud")["stdOutLineCount"] == 200_000
