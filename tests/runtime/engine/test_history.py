"""Who did what stands in the history of an execution, from its first event on."""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import orjson
import pytest

from runtime.executions.messages import Kill, Restart
from tests.support.engine import Driver, driven

CHECKED = """
id: checked
namespace: t
inputs:
  - {id: n, type: INT, defaults: 1}
checks:
  - {condition: "{{ inputs.n > 0 }}", message: n is too small, behavior: FAIL_EXECUTION}
tasks:
  - {id: a, type: io.kestra.plugin.core.debug.Return, format: x}
"""
FAILING = """
id: failing
namespace: t
variables: {place: here}
tasks:
  - {id: a, type: io.kestra.plugin.core.execution.SetVariables, variables: {place: there},
     overwrite: true}
  - {id: b, type: io.kestra.plugin.core.debug.Return, format: "{{ vars.place }}"}
  - {id: ko, type: io.kestra.plugin.core.execution.Fail}
"""


@pytest.fixture
async def driver(database_url: str, tmp_path: Path) -> AsyncIterator[Driver]:
    async with driven(database_url, tmp_path) as started:
        yield started


async def details(driver: Driver, execution_id: str) -> list[Mapping[str, Any]]:
    """What the events of an execution say beside their state."""
    rows = await driver.runtime.pool.fetch(
        "SELECT detail::text AS detail FROM events WHERE execution_id = $1 ORDER BY sequence",
        execution_id,
    )
    return [found for row in rows if (found := orjson.loads(row["detail"])).get("action")]


async def test_the_first_event_names_who_created_replayed_or_restarted(driver: Driver) -> None:
    engine = driver.runtime.engine
    first = (await driver.run(FAILING, actor="ada")).execution
    again = await driver.ended(await engine.replay(first.id, actor="grace"))
    other = await driver.ended(await engine.restart(first.id, 1, actor="alan"))
    assert (await details(driver, first.id))[0] == {"action": "CREATE", "actor": "ada"}
    replayed, restarted = [await details(driver, each.execution.id) for each in (again, other)]
    assert replayed[0] == {"action": "REPLAY", "actor": "grace", "of": first.id}
    assert restarted[0] == {"action": "RESTART", "actor": "alan", "of": first.id}
    assert other.execution.labels["system.username"] == "alan"


async def test_every_action_names_who_asked(driver: Driver) -> None:
    execution = (await driver.run(FAILING)).execution
    await driver.runtime.engine.act(execution.id, Restart(actor="ada"))
    await driver.ended(execution.id)
    assert (await details(driver, execution.id))[-1] == {"action": "RESTART", "actor": "ada"}


async def test_a_replay_whose_inputs_fail_a_check_fails(driver: Driver) -> None:
    first = await driver.run(CHECKED)
    again = await driver.ended(
        await driver.runtime.engine.replay(first.execution.id, inputs={"n": 0})
    )
    assert (first.state, again.state, again.task_runs) == ("SUCCESS", "FAILED", [])


async def test_variables_that_were_set_are_stored_and_others_stay(driver: Driver) -> None:
    seen = await driver.run(FAILING)
    assert seen.yielded("b") == {"value": "there"}
    assert seen.execution.variables == {"place": "there"}
    untouched = await driver.run(CHECKED.replace("inputs:", "variables: {k: v}\ninputs:"))
    assert untouched.execution.variables == {"k": "v"}
    assert untouched.execution.version > 1


async def test_a_kill_of_what_is_scheduled_for_later_ends_it(driver: Driver) -> None:
    later = driver.runtime.clock.now().replace(year=2100)
    execution_id = await driver.create(CHECKED, scheduled_at=later)
    await driver.runtime.engine.act(execution_id, Kill(actor="ada"))
    seen = await driver.ended(execution_id)
    assert (seen.state, seen.task_runs) == ("KILLED", [])
