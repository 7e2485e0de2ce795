"""Several servers on one database: an action does its work whichever of them is asked."""

from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path

import pytest

from runtime.errors import Conflict, InvalidInput
from runtime.executions.messages import (
    ChangeExecutionState,
    ChangeTaskRunState,
    ForceRun,
    Kill,
    Pause,
    Restart,
    Resume,
    SetLabels,
    Unqueue,
)
from runtime.executions.states import ExecutionState, TaskRunState
from tests.support.engine import Driver, driven

PAUSED = """
id: paused
namespace: t
tasks:
  - id: wait
    type: io.kestra.plugin.core.flow.Pause
    onResume:
      - id: code
        type: SECRET
      - id: number
        type: INT
  - id: proof
    type: io.kestra.plugin.core.debug.Return
    format: "{{ outputs.wait.onResume.code | sha256 }} {{ outputs.wait.onResume.number }}"
"""
WORKING = """
id: working
namespace: t
tasks:
  - id: long
    type: io.kestra.plugin.scripts.shell.Commands
    taskRunner:
      type: io.kestra.plugin.core.runner.Process
    commands: [sleep 600]
"""


@pytest.fixture
async def servers(
    database_url: str, tmp_path: Path, redis_url: str
) -> AsyncIterator[tuple[Driver, Driver]]:
    async with (
        driven(database_url, tmp_path, redis_url=redis_url) as one,
        driven(database_url, tmp_path, redis_url=redis_url) as other,
    ):
        yield one, other


async def test_a_kill_reaches_the_work_of_another_server(servers: tuple[Driver, Driver]) -> None:
    one, other = servers
    execution_id = await one.create(WORKING)
    await one.reached(execution_id, "RUNNING")
    await other.runtime.engine.act(execution_id, Kill(actor="ann"))
    assert (await other.look(execution_id)).state in ("KILLING", "KILLED")
    assert (await other.ended(execution_id)).state == "KILLED"


async def test_a_resume_by_another_server_brings_its_inputs_along(
    servers: tuple[Driver, Driver],
) -> None:
    one, other = servers
    execution_id = await one.create(PAUSED)
    await one.reached(execution_id, "PAUSED")
    given = {"code": "zebra-crossing", "number": 7}
    await other.runtime.engine.act(execution_id, Resume(inputs=given))
    seen = await one.ended(execution_id)
    assert seen.state == "SUCCESS"
    sha = sha256(b"zebra-crossing").hexdigest()
    assert seen.yielded("proof")["value"] == f"{sha} 7"
    pool = one.runtime.pool
    assert not await pool.fetchval("SELECT count(*) FROM outputs WHERE value::text ILIKE '%zebra%'")


async def test_what_the_rules_refuse_is_refused_by_every_server(
    servers: tuple[Driver, Driver],
) -> None:
    one, other = servers
    execution_id = await one.create(PAUSED)
    seen = await one.reached(execution_id, "PAUSED")
    engine = other.runtime.engine
    with pytest.raises(Conflict, match="changed meanwhile"):
        await engine.act(
            execution_id, SetLabels(labels={"a": "b"}, expected_version=seen.execution.version + 7)
        )
    with pytest.raises(InvalidInput, match="number"):
        await engine.act(execution_id, Resume(inputs={"code": "x", "number": "many"}))
    assert (await one.look(execution_id)).state == "PAUSED"
    await engine.act(execution_id, SetLabels(labels={"a": "b"}))
    assert (await one.look(execution_id)).execution.labels["a"] == "b"


QUEUING = """
id: queuing
namespace: t
concurrency: {limit: 1}
tasks:
  - {id: wait, type: io.kestra.plugin.core.flow.Pause}
"""


async def test_what_runs_on_one_server_is_paused_and_forced_on_by_another(
    servers: tuple[Driver, Driver],
) -> None:
    one, other = servers
    execution_id = await one.create(WORKING)
    await one.reached(execution_id, "RUNNING")
    await other.runtime.engine.act(execution_id, ForceRun(actor="ada"))
    await other.runtime.engine.act(execution_id, Pause(actor="ada"))
    await other.runtime.engine.act(execution_id, Kill(actor="ada"))
    assert (await other.ended(execution_id)).state == "KILLED"
    rows = await one.runtime.pool.fetch(
        "SELECT detail->>'action' AS action, detail->>'actor' AS actor FROM events "
        "WHERE execution_id = $1 AND kind = 'EXECUTION_ACTION' ORDER BY sequence",
        execution_id,
    )
    assert [tuple(row) for row in rows] == [
        ("FORCE_RUN", "ada"),
        ("PAUSE", "ada"),
        ("KILL", "ada"),
    ]


async def test_what_waits_for_a_place_is_let_run_and_marked_by_another_server(
    servers: tuple[Driver, Driver],
) -> None:
    one, other = servers
    first = await one.create(QUEUING)
    await one.reached(first, "PAUSED")
    second = await one.create(QUEUING)
    await one.reached(second, "QUEUED")
    await other.runtime.engine.act(second, Unqueue(actor="ada"))
    for execution_id in (first, second):
        seen = await one.reached(execution_id, "PAUSED")
        mark = ChangeTaskRunState(task_run_id=seen.run("wait").id, state=TaskRunState.SUCCESS)
        await other.runtime.engine.act(execution_id, mark)
        assert (await other.ended(execution_id)).state == "SUCCESS"


async def test_what_has_ended_is_restarted_and_changed_by_any_server(
    servers: tuple[Driver, Driver],
) -> None:
    one, other = servers
    failing = "id: f\nnamespace: t\ntasks:\n  - {id: k, type: io.kestra.plugin.core.execution.Fail}"
    execution_id = (await one.run(failing)).execution.id
    await other.runtime.engine.act(execution_id, Restart(actor="ada"))
    await one.ended(execution_id)
    change = ChangeExecutionState(state=ExecutionState.WARNING)
    await other.runtime.engine.act(execution_id, change)
    seen = await one.look(execution_id)
    assert seen.history()[-3:] == ["RUNNING", "FAILED", "WARNING"]
    with pytest.raises(Conflict) as refused:
        await other.runtime.engine.act(execution_id, Kill())
    assert refused.value.hint
