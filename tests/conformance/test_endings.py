"""What runs after a failure, after everything, and after the execution has ended."""

import pytest

from tests.support.conformance import Bench, Row

pytestmark = pytest.mark.asyncio(loop_scope="module")

OK = "{id: ok, type: debug.Return, format: fine}"
KO = "{id: ko, type: execution.Fail, errorMessage: too bad}"
SLEEP = "{id: sleep, type: flow.Sleep, duration: PT0.3S}"
EXIT = "{id: exit, type: execution.Exit, state: %s}"
ERRORS = "errors: [{id: e, type: log.Log, message: '{{ error.taskId }}: {{ error.message }}'}]"
FINALLY = "finally: [{id: f, type: log.Log, message: at last}]"
AFTER = "afterExecution: [{id: z, type: debug.Return, format: '{{ execution.state }}'}]"

ROWS = [
    Row(
        "the flow's errors run after a failure and see it",
        f"tasks: [{KO}]\n{ERRORS}",
        "FAILED",
        "ko:FAILED e:SUCCESS",
        logs=("ko: too bad",),
    ),
    Row("errors do not run without a failure", f"tasks: [{OK}]\n{ERRORS}", runs="ok:SUCCESS"),
    Row(
        "the nearest errors handle a failure, then those of the flow",
        f"tasks: [{{id: s, type: flow.Sequential, tasks: [{KO}], "
        f"errors: [{{id: near, type: log.Log, message: near}}]}}]\n{ERRORS}",
        "FAILED",
        "s:FAILED ko:FAILED near:SUCCESS e:SUCCESS",
    ),
    Row(
        "finally runs after a success",
        f"tasks: [{OK}]\n{ERRORS}\n{FINALLY}",
        runs="ok:SUCCESS f:SUCCESS",
    ),
    Row(
        "finally runs after the errors and hides nothing",
        f"tasks: [{KO}]\n{ERRORS}\n{FINALLY}",
        "FAILED",
        "ko:FAILED e:SUCCESS f:SUCCESS",
    ),
    Row(
        "a block's own finally runs before what comes after the block",
        f"tasks: [{{id: s, type: flow.Sequential, tasks: [{OK}], "
        "finally: [{id: in, type: log.Log, message: x}]}, {id: next, type: log.Log, message: y}]",
        runs="s:SUCCESS ok:SUCCESS in:SUCCESS next:SUCCESS",
    ),
    Row(
        "a failing finally fails the execution",
        f"tasks: [{OK}]\nfinally: [{KO}]",
        "FAILED",
        "ok:SUCCESS ko:FAILED",
    ),
    Row(
        "afterExecution sees the final state",
        f"tasks: [{KO}]\n{AFTER}",
        "FAILED",
        "ko:FAILED z:SUCCESS",
        yields={"z": {"value": "FAILED"}},
    ),
    Row(
        "a failure in afterExecution changes nothing",
        f"tasks: [{OK}]\nafterExecution: [{KO}]",
        "SUCCESS",
        "ok:SUCCESS ko:FAILED",
    ),
    Row(
        "afterExecution sees the flow's outputs",
        f"tasks: [{OK}]\n"
        "outputs: [{id: out, type: STRING, value: '{{ outputs.ok.value }}'}]\n"
        "afterExecution: [{id: z, type: debug.Return, format: '{{ execution.outputs.out }}'}]",
        runs="ok:SUCCESS z:SUCCESS",
        yields={"z": {"value": "fine"}},
    ),
    Row(
        "Exit ends the execution in the state it names",
        f"tasks: [{{id: x, type: execution.Exit, state: WARNING}}, {OK}]",
        "WARNING",
        "x:WARNING",
    ),
    Row(
        "Exit by CANCELED is read as CANCELLED",
        f"tasks: [{{id: x, type: execution.Exit, state: CANCELED}}, {OK}]",
        "CANCELLED",
    ),
    Row(
        "tasksWithState finds the failed ones in a runIf",
        f"""
        tasks: [{KO}]
        finally:
          - id: f
            type: log.Log
            message: x
            runIf: "{{{{ tasksWithState('FAILED') is empty }}}}"
        """,
        "FAILED",
        "ko:FAILED f:SKIPPED",
    ),
    Row(
        "a listener runs when the execution has ended",
        f"tasks: [{OK}]\nlisteners: [{{tasks: [{{id: l, type: log.Log, message: x}}]}}]",
        runs="ok:SUCCESS l:SUCCESS",
    ),
]

BLOCKS = {
    "Sequential": "tasks: [%s]",
    "Parallel": "tasks: [%s]",
    "Dag": "tasks: [{task: %s}]",
    "If": "condition: true, then: [%s]",
    "Switch": "value: x, cases: {x: [%s]}",
    "ForEach": "values: [v], tasks: [%s]",
    "EachSequential": "value: [v], tasks: [%s]",
    "EachParallel": "value: [v], tasks: [%s]",
    "LoopUntil": "condition: true, tasks: [%s]",
    "AllowFailure": "tasks: [%s]",
    "Pause": "pauseDuration: PT0.01S, tasks: [%s]",
    "Approval": "autoApprove: true, onApprove: [%s]",
    "WorkingDirectory": "tasks: [%s]",
}
"""Every type that runs child tasks, with one child in its main part."""


@pytest.mark.parametrize(("kind", "parts"), BLOCKS.items(), ids=BLOCKS)
@pytest.mark.parametrize("fails", [False, True])
async def test_every_block_runs_its_errors_after_a_failure_and_its_finally_always(
    bench: Bench, kind: str, parts: str, fails: bool
) -> None:
    source = (
        f"tasks: [{{id: block, type: flow.{kind}, {parts % (KO if fails else OK)}, "
        "errors: [{id: mend, type: log.Log, message: x}], "
        "finally: [{id: last, type: log.Log, message: y}]}]"
    )
    seen = await bench.run(source)
    allowed = "WARNING" if kind == "AllowFailure" else "FAILED"
    ends = {"block": allowed, "ko": "FAILED", "mend": "SUCCESS", "last": "SUCCESS"}
    good = {"block": "SUCCESS", "ok": "SUCCESS", "last": "SUCCESS"}
    assert {run.task_id: run.state.value for run in seen.task_runs} == (ends if fails else good)
    assert seen.state == (allowed if fails else "SUCCESS")


@pytest.mark.parametrize(("kind", "parts"), BLOCKS.items(), ids=BLOCKS)
async def test_every_block_may_fail_without_harm(bench: Bench, kind: str, parts: str) -> None:
    source = (
        f"tasks: [{{id: block, type: flow.{kind}, allowFailure: true, {parts % KO}}}, "
        "{id: next, type: log.Log, message: x}, "
        f"{{id: quiet, type: flow.Sequential, allowFailure: true, allowWarning: true, "
        "tasks: [{id: bad, type: execution.Fail}]}]"
    )
    seen = await bench.run(source)
    ends = {"block": "WARNING", "ko": "FAILED", "next": "SUCCESS", "quiet": "SUCCESS"}
    assert {run.task_id: run.state.value for run in seen.task_runs} == {**ends, "bad": "FAILED"}
    assert seen.state == "WARNING"


async def test_what_runs_after_an_execution_starts_when_it_has_ended_and_in_this_order(
    bench: Bench,
) -> None:
    source = f"""
    tasks: [{KO}]
    {ERRORS}
    {FINALLY}
    listeners: [{{tasks: [{{id: l, type: log.Log, message: x}}]}}]
    afterExecution:
      - {{id: z, type: flow.Sequential, tasks: [{{id: inner, type: log.Log, message: y}}]}}
    """
    flow_id = await bench.save(source)
    seen = await bench.over(await bench.start(flow_id), 6)
    assert [run.task_id for run in seen.task_runs] == ["ko", "e", "f", "l", "z", "inner"]
    ended = seen.execution.history[-1].at
    assert [run.history[0].at >= ended for run in seen.task_runs] == [False] * 3 + [True] * 3


@pytest.mark.parametrize("state", ["SUCCESS", "WARNING", "FAILED", "CANCELLED", "KILLED"])
async def test_exit_ends_in_each_of_its_states(bench: Bench, state: str) -> None:
    source = f"tasks: [{{id: p, type: flow.Parallel, tasks: [{SLEEP}, {EXIT % state}]}}, {OK}]"
    seen = await bench.run(source)
    assert seen.state == state
    assert "ok" not in [run.task_id for run in seen.task_runs]
    assert seen.run("sleep").state == ("KILLED" if state == "KILLED" else "SUCCESS")


LISTENERS = """
tasks: [%s]
labels: {team: red}
listeners:
  - conditions: [{type: io.kestra.plugin.core.condition.ExecutionStatus, in: [%s]}]
    tasks: [{id: state, type: log.Log, message: x}]
  - conditions:
      - type: io.kestra.plugin.core.condition.Not
        conditions:
          - {type: io.kestra.plugin.core.condition.ExecutionLabels, labels: {team: blue}}
    tasks: [{id: not_blue, type: execution.Fail}]
  - conditions: [{type: io.kestra.plugin.core.condition.Expression, expression:
      "{{ execution.state == 'FAILED' and kv('absent', errorOnMissing=false) is null }}"}]
    tasks: [{id: expression, type: log.Log, message: x}]
  - conditions: [{type: io.kestra.plugin.core.condition.ExecutionNamespace, namespace: other}]
    tasks: [{id: elsewhere, type: log.Log, message: x}]
"""


@pytest.mark.parametrize(
    ("task", "states", "state", "runs"),
    [
        (OK, "SUCCESS", "SUCCESS", ["ok", "state", "not_blue"]),
        (OK, "FAILED", "SUCCESS", ["ok", "not_blue"]),
        (KO, "FAILED, KILLED", "FAILED", ["ko", "state", "not_blue", "expression"]),
    ],
)
async def test_listeners_run_where_all_their_conditions_hold_and_change_no_state(
    bench: Bench, task: str, states: str, state: str, runs: list[str]
) -> None:
    flow_id = await bench.save(LISTENERS % (task, states))
    seen = await bench.over(await bench.start(flow_id), len(runs))
    assert (seen.state, [run.task_id for run in seen.task_runs]) == (state, runs)


@pytest.mark.parametrize("row", ROWS, ids=str)
async def test_executions_end_as_told(bench: Bench, row: Row) -> None:
    await bench.holds(row)
