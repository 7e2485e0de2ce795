"""What one flow makes of a server must not hold up what others do on it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.engine import Driver, driven

TASK = "  - id: {id}\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n"


@pytest.fixture
async def driver(database_url: str, tmp_path: Path) -> AsyncIterator[Driver]:
    async with driven(database_url, tmp_path) as started:
        yield started


@dataclass(slots=True)
class Turns:
    """How often the event loop came round."""

    count: int = 0


@asynccontextmanager
async def turning() -> AsyncIterator[Turns]:
    turns = Turns()

    async def turn() -> None:
        while True:
            await asyncio.sleep(0.01)
            turns.count += 1

    task = asyncio.create_task(turn())
    try:
        yield turns
    finally:
        task.cancel()


@pytest.mark.parametrize("task", ["debug.Return", "log.Log"])
async def test_a_program_that_never_ends_fails_its_task_and_stops_nobody(
    driver: Driver, task: str
) -> None:
    property_ = "format" if task == "debug.Return" else "message"
    async with turning() as turns:
        seen = await driver.run(
            f"id: endless\nnamespace: company.team\ntasks:\n  - id: spin\n"
            f"    type: io.kestra.plugin.core.{task}\n"
            f"    {property_}: \"{{{{ '{{}}' | jq('def f: f; f') }}}}\"\n"
        )
    assert seen.state == "FAILED"
    assert any("more than 2 seconds" in line for line in seen.logs)
    assert turns.count > 40


async def test_a_long_source_is_read_while_others_go_on(driver: Driver) -> None:
    tasks = "".join(TASK.format(id=f"t{n}") for n in range(3_000))
    async with turning() as turns:
        parsed = await driver.runtime.engine.validate_flow(
            f"id: long\nnamespace: company.team\ntasks:\n{tasks}"
        )
    assert parsed.is_valid
    assert turns.count > 3


async def test_a_value_that_is_too_deep_fails_the_task_in_words(driver: Driver) -> None:
    value: object = "x"
    for _ in range(240):
        value = [value]
    seen = await driver.run(
        "id: deep\nnamespace: company.team\ninputs:\n  - {id: j, type: JSON}\ntasks:\n"
        "  - id: wrap\n    type: io.kestra.plugin.core.debug.Return\n"
        "    format: '{{ [[[[[[[[[[[[[[[[[[[[inputs.j]]]]]]]]]]]]]]]]]]]] }}'\n",
        inputs={"j": value},
    )
    assert seen.state == "FAILED"
    assert seen.logs
