"""What people do to executions: restart, replay, kill, mark, force."""

import pytest

from runtime.errors import Conflict
from runtime.executions.messages import (
    ChangeExecutionState,
    ChangeTaskRunState,
    ForceRun,
    Kill,
    Restart,
    Resume,
    SetLabels,
)
from runtime.executions.states import ExecutionState, TaskRunState
from tests.support.conformance import NAMESPACE, Bench, shown
from tests.support.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="module")

FIRST = "{{ taskrun.attemptsCount == 0 }}"
ONCE = f"{{id: ko, type: execution.Fail, condition: '{FIRST}'}}"
A, Z = ("{id: %s, type: debug.Return, format: '{{ taskrun.id }}'}" % name for name in "az")  # noqa: UP031  # braces


async def test_a_restart_runs_the_failed_task_again_and_goes_on(bench: Bench) -> None:
    failed = await bench.run(f"tasks: [{A}, {ONCE}, {Z}]")
    assert shown(failed) == "a:SUCCESS ko:FAILED"
    await bench.engine.act(failed.execution.id, Restart())
    seen = await bench.over(failed.execution.id)
    assert shown(seen) == "a:SUCCESS ko:SUCCESS z:SUCCESS"
    assert seen.history() == ["CREATED", "RUNNING", "FAILED", "RESTARTED", "RUNNING", "SUCCESS"]
    assert len(seen.run("ko").attempts) == 2
    assert seen.run("a").id == failed.run("a").id
    assert seen.execution.labels["system.restarted"] == "true"
    assert seen.execution.attempt == 2


async def test_a_restart_asks_run_if_again(bench: Bench) -> None:
    failed = await bench.run(f"tasks: [{{id: ko, type: execution.Fail, runIf: '{FIRST}'}}, {Z}]")
    await bench.engine.act(failed.execution.id, Restart())
    assert shown(await bench.over(failed.execution.id)) == "ko:SKIPPED z:SUCCESS"


async def test_a_restart_takes_errors_finally_and_what_ran_after_away(bench: Bench) -> None:
    failed = await bench.run(
        f"""
        tasks:
          - {{id: s, type: flow.Sequential, tasks: [{ONCE}],
             errors: [{{id: e, type: log.Log, message: x}}]}}
        finally: [{{id: f, type: log.Log, message: x}}]
        """
    )
    assert shown(failed) == "s:FAILED ko:FAILED e:SUCCESS f:SUCCESS"
    await bench.engine.act(failed.execution.id, Restart())
    seen = await bench.over(failed.execution.id)
    assert shown(seen) == "s:SUCCESS ko:SUCCESS f:SUCCESS"


async def test_a_restart_goes_on_within_loops(bench: Bench) -> None:
    failed = await bench.run(
        f"tasks: [{{id: each, type: flow.ForEach, values: [1, 2], tasks: [{A}, {ONCE}]}}]"
    )
    for _ in range(2):
        await bench.engine.act(failed.execution.id, Restart())
        await bench.over(failed.execution.id)
    seen = await bench.driver.look(failed.execution.id)
    assert shown(seen) == "each:SUCCESS a[1]:SUCCESS ko[1]:SUCCESS a[2]:SUCCESS ko[2]:SUCCESS"


async def test_a_restart_restarts_the_failed_child(bench: Bench) -> None:
    child = await bench.save(f"tasks: [{ONCE}]")
    failed = await bench.run(
        f"tasks: [{{id: sub, type: flow.Subflow, namespace: {NAMESPACE}, flowId: {child}}}]"
    )
    assert failed.state == "FAILED"
    await bench.engine.act(failed.execution.id, Restart())
    assert (await bench.over(failed.execution.id)).state == "SUCCESS"
    (only,) = await bench.children(failed.execution.id)
    assert len(only.run("ko").attempts) == 2


async def test_what_succeeded_cannot_be_restarted(bench: Bench) -> None:
    seen = await bench.run(f"tasks: [{A}]")
    with pytest.raises(Conflict):
        await bench.engine.act(seen.execution.id, Restart())


async def test_a_replay_from_the_start_is_a_new_execution(bench: Bench) -> None:
    flow_id = await bench.save(
        "inputs: [{id: n, type: INT}]\nlabels: {team: x}\n"
        "tasks: [{id: a, type: debug.Return, format: '{{ inputs.n }}'}]"
    )
    first = await bench.over(await bench.start(flow_id, {"n": 3}))
    again = await bench.over(await bench.engine.replay(first.execution.id))
    changed = await bench.over(await bench.engine.replay(first.execution.id, inputs={"n": 4}))
    assert [one.yielded("a")["value"] for one in (first, again, changed)] == ["3", "3", "4"]
    assert len({one.execution.id for one in (first, again, changed)}) == 3
    assert again.execution.replay_of == first.execution.id
    assert again.execution.labels["system.replay"] == "true"
    assert again.execution.labels["team"] == "x"


async def test_a_replay_from_a_task_run_keeps_what_came_before_it(bench: Bench) -> None:
    first = await bench.run(f"tasks: [{A}, {{id: p, type: flow.Parallel, tasks: [{Z}]}}]")
    new = await bench.engine.replay(first.execution.id, task_run_id=first.run("z").id)
    seen = await bench.over(new)
    assert shown(seen) == "a:SUCCESS p:SUCCESS z:SUCCESS"
    assert seen.yielded("a") == first.yielded("a")
    assert seen.yielded("z") != first.yielded("z")


async def test_marking_a_failed_task_run_as_good_goes_on_after_it(bench: Bench) -> None:
    failed = await bench.run(
        f"tasks: [{{id: ko, type: execution.Fail}}, {Z}]\n"
        "errors: [{id: e, type: log.Log, message: x}]"
    )
    mark = ChangeTaskRunState(task_run_id=failed.run("ko").id, state=TaskRunState.SUCCESS)
    await bench.engine.act(failed.execution.id, mark)
    seen = await bench.over(failed.execution.id)
    assert (seen.state, shown(seen)) == ("SUCCESS", "ko:SUCCESS z:SUCCESS")


async def test_changing_an_executions_state_touches_no_task_run(bench: Bench) -> None:
    failed = await bench.run("tasks: [{id: ko, type: execution.Fail}]")
    change = ChangeExecutionState(state=ExecutionState.SUCCESS)
    await bench.engine.act(failed.execution.id, change)
    seen = await bench.driver.look(failed.execution.id)
    assert (seen.state, shown(seen)) == ("SUCCESS", "ko:FAILED")


async def test_a_kill_stops_tasks_blocks_and_children(bench: Bench) -> None:
    child = await bench.save("tasks: [{id: s, type: shell.Commands, commands: [sleep 60]}]")
    parent = await bench.save(
        f"tasks: [{{id: sub, type: flow.Subflow, namespace: {NAMESPACE}, flowId: {child}}}, {Z}]"
    )
    execution_id = await bench.start(parent)

    async def runs() -> bool:
        found = await bench.children(execution_id)
        return bool(found) and shown(found[0]) == "s:RUNNING"

    await until(runs, what="the child")
    await bench.engine.act(execution_id, Kill())
    seen = await bench.over(execution_id)
    assert (seen.state, shown(seen)) == ("KILLED", "sub:KILLED")
    assert seen.history()[-2:] == ["KILLING", "KILLED"]
    (only,) = await bench.children(execution_id)
    assert (await bench.over(only.execution.id)).state == "KILLED"


async def test_a_late_retry_does_not_revive_a_killed_execution(bench: Bench) -> None:
    source = (
        "tasks: [{id: ko, type: execution.Fail, "
        "retry: {type: constant, interval: PT1H, maxAttempts: 3}}]"
    )
    execution_id = await bench.start(await bench.save(source))
    await bench.driver.reached(execution_id, "RETRYING")
    await bench.engine.act(execution_id, Kill())
    seen = await bench.over(execution_id)
    assert (seen.state, shown(seen)) == ("KILLED", "ko:KILLED")


async def test_a_breakpoint_stops_before_its_task_until_a_resume(bench: Bench) -> None:
    flow_id = await bench.save(f"tasks: [{A}, {Z}]")
    execution_id = await bench.start(flow_id, breakpoints=("z",))
    seen = await bench.driver.reached(execution_id, "BREAKPOINT")
    assert shown(seen) == "a:SUCCESS z:BREAKPOINT"
    await bench.engine.act(execution_id, Resume())
    assert shown(await bench.over(execution_id)) == "a:SUCCESS z:SUCCESS"


async def test_a_forced_run_passes_the_queue(bench: Bench) -> None:
    flow_id = await bench.save("concurrency: {limit: 1}\ntasks: [{id: p, type: flow.Pause}]")
    first, second = await bench.start(flow_id), await bench.start(flow_id)
    await bench.driver.reached(first, "PAUSED")
    await bench.driver.reached(second, "QUEUED")
    await bench.engine.act(second, ForceRun())
    await bench.driver.reached(second, "PAUSED")
    for execution_id in (first, second):
        await bench.engine.act(execution_id, Resume())
        assert (await bench.over(execution_id)).state == "SUCCESS"


async def test_labels_are_merged_and_the_new_value_wins(bench: Bench) -> None:
    seen = await bench.run(f"labels: {{a: '1', b: '1'}}\ntasks: [{A}]")
    await bench.engine.act(seen.execution.id, SetLabels(labels={"b": "2", "c": "2"}))
    after = (await bench.driver.look(seen.execution.id)).execution.labels
    assert {key: after[key] for key in "abc"} == {"a": "1", "b": "2", "c": "2"}
