"""Flows run for real: on PostgreSQL, with child processes, through the engine's own door."""

import asyncio
from collections.abc import AsyncIterator
from importlib.resources import files
from pathlib import Path

import pytest

from runtime.engine.engine import NewExecution
from runtime.engine.library import FlowProblems
from runtime.errors import Conflict, InvalidInput, NotFound
from runtime.executions.messages import Kill, Pause, Resume, SetLabels
from tests.support.engine import Driver, driven
from tests.support.waiting import until

DEMO = files("runtime.flows.examples").joinpath("conditionallyReturnOutputs.yaml").read_text()

SLOW = """
id: slow
namespace: company.team
tasks:
  - id: wait
    type: io.kestra.plugin.scripts.shell.Commands
    commands:
      - echo started
      - sleep 60
"""


@pytest.fixture
async def driver(database_url: str, tmp_path: Path) -> AsyncIterator[Driver]:
    async with driven(database_url, tmp_path) as started:
        yield started


async def test_the_demo_flow_returns_what_its_first_task_says(driver: Driver) -> None:
    seen = await driver.run(DEMO, inputs={"runTask": True})
    assert seen.outputs == {"flowOutput": "Hello World!"}
    assert seen.states == [("taskA", "SUCCESS"), ("taskB", "SUCCESS")]
    assert seen.history() == ["CREATED", "RUNNING", "SUCCESS"]
    assert [str(c.state) for c in seen.run("taskA").history] == ["CREATED", "RUNNING", "SUCCESS"]


async def test_the_demo_flow_falls_back_when_its_first_task_is_skipped(driver: Driver) -> None:
    seen = await driver.run(DEMO, inputs={"runTask": False})
    assert seen.outputs == {"flowOutput": "Fallback output"}
    assert seen.states == [("taskA", "SKIPPED"), ("taskB", "SUCCESS")]


async def test_every_change_is_an_event_without_a_gap(driver: Driver) -> None:
    seen = await driver.run(DEMO)
    rows = await driver.runtime.pool.fetch("SELECT position, sequence FROM events ORDER BY 1")
    assert [row["sequence"] for row in rows] == list(range(1, len(rows) + 1))
    assert rows[-1]["position"] - rows[0]["position"] == len(rows) - 1
    assert seen.execution.sequence == len(rows)


async def test_the_same_source_makes_no_new_revision(driver: Driver) -> None:
    first = await driver.runtime.engine.save_flow(DEMO)
    again = await driver.runtime.engine.save_flow(DEMO)
    changed = await driver.runtime.engine.save_flow(DEMO.replace("Hello", "Hallo"))
    assert (first.created, again.created, changed.created) == (True, False, True)
    assert (first.flow.revision, again.flow.revision, changed.flow.revision) == (1, 1, 2)


async def test_a_broken_flow_is_refused_with_every_problem_and_its_place(driver: Driver) -> None:
    with pytest.raises(FlowProblems) as refused:
        await driver.save(
            "id: a\nnamespace: b\ntasks:\n  - id: x\n    type: no.such.Type\n    y: 1\n"
        )
    assert [p.position.line for p in refused.value.problems] == [5]


async def test_an_unknown_flow_is_not_found(driver: Driver) -> None:
    with pytest.raises(NotFound, match="no flow nowhere"):
        await driver.runtime.engine.create_execution(NewExecution("company.team", "nowhere"))


async def test_a_wrong_input_is_refused_before_anything_is_written(driver: Driver) -> None:
    with pytest.raises(InvalidInput, match="runTask"):
        await driver.create(DEMO, inputs={"runTask": "perhaps"})
    assert await driver.runtime.pool.fetchval("SELECT count(*) FROM executions") == 0


async def test_an_expression_error_fails_the_task_and_says_where(driver: Driver) -> None:
    seen = await driver.run(
        "id: e\nnamespace: t\ntasks:\n"
        "  - id: bad\n    type: io.kestra.plugin.core.debug.Return\n"
        "    format: '{{ nothing.here }}'\n"
    )
    assert seen.state == "FAILED"
    assert any("nothing" in line for line in seen.logs)


async def test_a_shell_task_streams_logs_outputs_and_metrics(driver: Driver) -> None:
    seen = await driver.run(
        """
id: shell
namespace: t
tasks:
  - id: script
    type: io.kestra.plugin.scripts.shell.Script
    script: |
      echo "hello {{ flow.id }}"
      echo '::{"outputs":{"rows":3},"metrics":[{"name":"rows","type":"counter","value":3}]}::'
"""
    )
    assert seen.state == "SUCCESS"
    assert "hello shell" in seen.logs
    assert seen.yielded("script")["vars"] == {"rows": 3}
    points = await driver.runtime.pool.fetch("SELECT name, value FROM metrics WHERE name = 'rows'")
    assert [tuple(point) for point in points] == [("rows", 3.0)]


async def test_a_failing_script_fails_with_its_exit_code(driver: Driver) -> None:
    seen = await driver.run(
        "id: f\nnamespace: t\ntasks:\n"
        "  - id: bad\n    type: io.kestra.plugin.scripts.shell.Commands\n    commands: [exit 3]\n"
    )
    assert seen.state == "FAILED"
    assert any("3" in line for line in seen.logs)


async def test_a_killed_execution_ends_killed_and_leaves_no_process(driver: Driver) -> None:
    execution_id = await driver.create(SLOW)
    await _log_line(driver, execution_id, "started")
    await driver.runtime.engine.act(execution_id, Kill())
    seen = await driver.ended(execution_id)
    assert seen.state == "KILLED"
    assert seen.states == [("wait", "KILLED")]


async def test_a_task_that_takes_too_long_fails_with_a_timeout(driver: Driver) -> None:
    seen = await driver.run(SLOW.replace("commands:", "timeout: PT0.3S\n    commands:"))
    assert seen.state == "FAILED"
    assert any("Timeout" in line for line in seen.logs)


async def test_a_failed_task_is_tried_again_as_often_as_its_retry_says(driver: Driver) -> None:
    seen = await driver.run(
        """
id: again
namespace: t
tasks:
  - id: flaky
    type: io.kestra.plugin.scripts.shell.Commands
    commands: ['exit {{ taskrun.attemptsCount == 2 ? 0 : 1 }}']
    retry: {type: constant, interval: PT0.05S, maxAttempts: 3}
"""
    )
    assert seen.state == "SUCCESS"
    assert [a.state.value for a in seen.run("flaky").attempts] == ["FAILED", "FAILED", "SUCCESS"]


async def test_an_action_that_the_state_forbids_is_a_conflict(driver: Driver) -> None:
    seen = await driver.run(DEMO)
    with pytest.raises(Conflict):
        await driver.runtime.engine.act(seen.execution.id, Pause())
    with pytest.raises(NotFound):
        await driver.runtime.engine.act("ex_none", Kill())


async def test_labels_of_an_ended_execution_can_be_changed(driver: Driver) -> None:
    seen = await driver.run(DEMO)
    await driver.runtime.engine.act(seen.execution.id, SetLabels(labels={"owner": "me"}))
    after = await driver.look(seen.execution.id)
    assert after.execution.labels["owner"] == "me"
    assert after.execution.version == seen.execution.version + 1


async def test_one_idempotency_key_starts_one_execution(driver: Driver) -> None:
    ids = await asyncio.gather(*(driver.create(DEMO, idempotency_key="order-17") for _ in range(8)))
    assert len(set(ids)) == 1


async def test_a_paused_execution_goes_on_when_it_is_resumed(driver: Driver) -> None:
    execution_id = await driver.create(
        """
id: held
namespace: t
tasks:
  - id: first
    type: io.kestra.plugin.scripts.shell.Commands
    commands: ['sleep 0.3']
  - id: second
    type: io.kestra.plugin.core.debug.Return
    format: done
"""
    )
    await driver.reached(execution_id, "RUNNING")
    await driver.runtime.engine.act(execution_id, Pause())
    paused = await driver.reached(execution_id, "PAUSED")
    assert "second" not in [task for task, _ in paused.states]
    await driver.runtime.engine.act(execution_id, Resume())
    assert (await driver.ended(execution_id)).states[-1] == ("second", "SUCCESS")


async def test_concurrency_queues_what_exceeds_the_limit_and_starts_it_in_turn(
    driver: Driver,
) -> None:
    source = """
id: narrow
namespace: t
concurrency: {limit: 1}
tasks:
  - id: work
    type: io.kestra.plugin.scripts.shell.Commands
    commands: ['sleep 0.2']
"""
    first = await driver.create(source)
    await driver.reached(first, "RUNNING")
    second = await driver.create(source)
    await driver.reached(second, "QUEUED")
    assert (await driver.ended(first)).history() == ["CREATED", "RUNNING", "SUCCESS"]
    assert (await driver.ended(second)).history() == ["CREATED", "QUEUED", "RUNNING", "SUCCESS"]
    assert await driver.runtime.pool.fetchval("SELECT count(*) FROM slots") == 0


async def test_a_cached_task_is_not_run_again_until_its_time_is_over(driver: Driver) -> None:
    source = """
id: cached
namespace: t
tasks:
  - id: costly
    type: io.kestra.plugin.core.debug.Return
    format: "{{ execution.id }}"
    taskCache: {enabled: true, ttl: PT1H}
  - id: script
    type: io.kestra.plugin.scripts.shell.Commands
    commands: ['echo "::{\\"outputs\\":{\\"pid\\":$$}}::"']
    taskCache: {enabled: true}
"""
    first, second = await driver.run(source), await driver.run(source)
    assert first.yielded("script") == second.yielded("script")
    assert first.yielded("costly") != second.yielded("costly")


async def test_an_expression_may_run_a_flow_and_use_its_outputs(driver: Driver) -> None:
    await driver.save(DEMO)
    seen = await driver.run(
        """
id: asks
namespace: company.team
inputs:
  - id: greeting
    type: STRING
    defaults: "{{ subflow(flowId='conditionallyReturnOutputs').flowOutput }}"
tasks:
  - id: say
    type: io.kestra.plugin.core.debug.Return
    format: "{{ inputs.greeting }}"
"""
    )
    assert seen.yielded("say") == {"value": "Hello World!"}


async def _log_line(driver: Driver, execution_id: str, line: str) -> None:
    async def written() -> bool:
        return line in (await driver.look(execution_id)).logs

    await until(written, what=f"the log line {line}")


async def test_a_flow_says_who_changed_it_last(driver: Driver) -> None:
    engine = driver.runtime.engine
    await engine.save_flow(DEMO, actor="ada")
    flow = (await engine.save_flow(DEMO)).flow

    async def last() -> object:
        return await driver.runtime.pool.fetchval("SELECT updated_by FROM flows")

    assert await last() == "ada"
    await engine.set_flow_disabled(flow.namespace, flow.id, True, actor="grace")
    assert await last() == "grace"
    await engine.delete_flow(flow.namespace, flow.id, actor="edsger")
    assert await last() == "edsger"


async def test_blank_space_at_the_ends_makes_no_new_revision(driver: Driver) -> None:
    engine = driver.runtime.engine
    await engine.save_flow(DEMO)
    again = await engine.save_flow(DEMO.replace("\n", "  \n") + "\n\n")
    assert (again.created, again.flow.revision) == (False, 1)


ONE_AT_A_TIME = """
id: single
namespace: company.team
concurrency: {limit: 1, behavior: QUEUE}
tasks:
  - {id: wait, type: io.kestra.plugin.core.flow.Pause}
"""


async def test_whoever_got_a_place_from_a_server_that_died_then_begins_with_it(
    database_url: str, tmp_path: Path
) -> None:
    async with driven(database_url, tmp_path) as before:
        running = await before.create(ONE_AT_A_TIME)
        await before.reached(running, "PAUSED")
        waiting = [await before.create(ONE_AT_A_TIME) for _ in range(2)]
        for each in waiting:
            await before.reached(each, "QUEUED")
        # It got the place that another one gave back; the word that it begins was never written.
        await before.runtime.pool.execute("UPDATE slots SET execution_id = $1", waiting[1])
    async with driven(database_url, tmp_path) as after:
        await after.reached(waiting[1], "PAUSED", within=20)
        assert (await after.look(waiting[0])).state == "QUEUED"
