"""What is written together, and what becomes of an execution whose first step fails."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from runtime.engine import steps
from runtime.executions import advance
from runtime.executions.decision import Decision
from runtime.executions.environment import Environment
from runtime.executions.messages import Begin, Message
from runtime.executions.model import Execution
from tests.support.engine import Driver, driven

SHORT = """
id: short
namespace: company.team
tasks:
  - {id: one, type: io.kestra.plugin.core.debug.Return, format: "1"}
  - {id: two, type: io.kestra.plugin.core.log.Log, message: "{{ outputs.one.value }}"}
"""


@pytest.fixture
async def driver(database_url: str, tmp_path: Path) -> AsyncIterator[Driver]:
    async with driven(database_url, tmp_path) as started:
        yield started


async def _commits(driver: Driver, execution_id: str) -> int:
    found: int = await driver.runtime.pool.fetchval(
        "SELECT count(DISTINCT xmin::text) FROM events WHERE execution_id = $1", execution_id
    )
    return found


async def test_an_execution_of_tiny_tasks_is_one_transaction(driver: Driver) -> None:
    seen = await driver.run(SHORT)
    assert seen.history() == ["CREATED", "RUNNING", "SUCCESS"]
    assert seen.logs == ["1"]
    assert seen.yielded("one") == {"value": "1"}
    assert await _commits(driver, seen.execution.id) == 1


async def test_an_execution_that_waits_for_a_place_is_there_before_it_has_one(
    driver: Driver,
) -> None:
    seen = await driver.run(SHORT + "concurrency: {limit: 1}\n")
    assert seen.state == "SUCCESS"
    assert await _commits(driver, seen.execution.id) == 2


async def test_an_execution_whose_first_step_fails_is_there_and_goes_on(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = [RuntimeError("a fault of the rules")]

    def failing(execution: Execution, message: Message, env: Environment) -> Decision:
        decision = advance.handle(execution, message, env)
        if isinstance(message, Begin) and failures:
            raise failures.pop()
        return decision

    monkeypatch.setattr(steps, "handle", failing)
    seen = await driver.run(SHORT)
    assert seen.history() == ["CREATED", "RUNNING", "SUCCESS"]
    assert [run.task_id for run in seen.task_runs] == ["one", "two"]
    assert await _commits(driver, seen.execution.id) == 2
