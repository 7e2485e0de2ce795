"""Blocks: what runs, in which order, and what their children's ends mean."""

import pytest

from tests.support.conformance import Bench, Row

pytestmark = pytest.mark.asyncio(loop_scope="module")

RETURN = "{id: %s, type: debug.Return, format: '{{ task.id }}'}"
A, B, C = (RETURN % name for name in "abc")
KO = "{id: ko, type: execution.Fail}"
SLEEP = "{id: sleep, type: flow.Sleep, duration: PT1H}"

ROWS = [
    Row(
        "tasks run one after another",
        f"tasks: [{A}, {B}]",
        runs="a:SUCCESS b:SUCCESS",
        yields={"b": {"value": "b"}},
    ),
    Row("a failure stops what comes after it", f"tasks: [{KO}, {A}]", "FAILED", "ko:FAILED"),
    Row(
        "disabled tasks leave no trace",
        f"tasks: [{{id: off, type: log.Log, message: x, disabled: true}}, {A}]",
        runs="a:SUCCESS",
    ),
    Row(
        "a block of disabled tasks succeeds",
        """
        tasks:
          - {id: all, type: flow.Parallel, tasks: [{id: off, type: log.Log, message: x,
             disabled: true}]}
        """,
        runs="all:SUCCESS",
    ),
    Row(
        "a Sequential fails with its child, and the flow with it",
        f"tasks: [{{id: seq, type: flow.Sequential, tasks: [{A}, {KO}, {B}]}}, {C}]",
        "FAILED",
        "seq:FAILED a:SUCCESS ko:FAILED",
    ),
    Row(
        "a Parallel starts all its children before one has ended",
        f"tasks: [{{id: par, type: flow.Parallel, tasks: [{A}, {B}, {C}]}}]",
        runs="par:SUCCESS a:SUCCESS b:SUCCESS c:SUCCESS",
    ),
    Row(
        "siblings of a failed child still end",
        f"tasks: [{{id: par, type: flow.Parallel, tasks: [{KO}, {A}]}}, {B}]",
        "FAILED",
        "par:FAILED ko:FAILED a:SUCCESS",
    ),
    Row(
        "a Dag waits for what a task depends on",
        f"""
        tasks:
          - id: dag
            type: flow.Dag
            tasks:
              - {{task: {C}, dependsOn: [b]}}
              - {{task: {B}, dependsOn: [a]}}
              - {{task: {A}}}
        """,
        runs="dag:SUCCESS a:SUCCESS b:SUCCESS c:SUCCESS",
    ),
    Row(
        "a Dag sees through disabled tasks",
        f"""
        tasks:
          - id: dag
            type: flow.Dag
            tasks:
              - {{task: {A}}}
              - {{task: {{id: off, type: log.Log, message: x, disabled: true}}, dependsOn: [a]}}
              - {{task: {B}, dependsOn: [off]}}
        """,
        runs="dag:SUCCESS a:SUCCESS b:SUCCESS",
    ),
    Row(
        "a Switch takes the case of its value",
        f"tasks: [{{id: s, type: flow.Switch, value: two, cases: {{one: [{A}], two: [{B}]}}}}]",
        runs="s:SUCCESS b:SUCCESS",
        yields={"s": {"value": "two", "defaults": False}},
    ),
    Row(
        "a Switch without a fitting case takes its defaults",
        f"tasks: [{{id: s, type: flow.Switch, value: x, cases: {{one: [{A}]}}, defaults: [{B}]}}]",
        runs="s:SUCCESS b:SUCCESS",
        yields={"s": {"value": "x", "defaults": True}},
    ),
    Row(
        "a Switch whose defaults hold nothing has nothing to do, as in Kestra 1.x",
        f"tasks: [{{id: s, type: flow.Switch, value: x, cases: {{one: [{A}]}}, defaults: []}}]",
        runs="s:SUCCESS",
        yields={"s": {"value": "x", "defaults": True}},
    ),
    Row(
        "a Switch without a case or defaults for its value fails",
        f"tasks: [{{id: s, type: flow.Switch, value: x, cases: {{one: [{A}]}}}}]",
        "FAILED",
        "s:FAILED",
    ),
    Row(
        "runIf leaves out tasks and whole blocks",
        f"""
        tasks:
          - {{id: no, type: log.Log, message: x, runIf: "{{{{ 1 == 2 }}}}"}}
          - {{id: block, type: flow.Sequential, runIf: "false", tasks: [{A}]}}
          - {{id: yes, type: log.Log, message: x, when: "{{{{ tasks.no.state == 'SKIPPED' }}}}"}}
        """,
        runs="no:SKIPPED block:SKIPPED yes:SUCCESS",
    ),
    Row(
        "a runIf that cannot be rendered fails its task",
        f"tasks: [{{id: bad, type: log.Log, message: x, runIf: '{{{{ nothing }}}}'}}, {A}]",
        "FAILED",
        "bad:FAILED",
    ),
    Row(
        "allowFailure makes a failure a warning and goes on",
        f"tasks: [{{id: ko, type: execution.Fail, allowFailure: true}}, {A}]",
        "WARNING",
        "ko:WARNING a:SUCCESS",
    ),
    Row(
        "allowWarning makes the warning a success",
        f"tasks: [{{id: ko, type: execution.Fail, allowFailure: true, allowWarning: true}}, {A}]",
        "SUCCESS",
        "ko:SUCCESS a:SUCCESS",
    ),
    Row(
        "AllowFailure keeps the failed child failed and goes on with a warning",
        f"tasks: [{{id: may, type: flow.AllowFailure, tasks: [{KO}], errors: [{A}]}}, {B}]",
        "WARNING",
        "may:WARNING ko:FAILED a:SUCCESS b:SUCCESS",
    ),
    Row(
        "what is no text is told, and looked up, as JSON",
        """
        tasks:
          - {id: s, type: flow.Switch, value: [1, null, true], cases: {"[1,null,true]":
             [{id: a, type: log.Log, message: x}]}}
          - {id: l, type: flow.ForEach, values: 7, tasks: [{id: b, type: log.Log, message: x}]}
        """,
        "FAILED",
        "s:SUCCESS a:SUCCESS l:FAILED",
        yields={"s": {"value": "[1,null,true]"}},
        logs=("must be a list, not `7`",),
    ),
    Row(
        "failFast kills what runs beside a failed child",
        f"tasks: [{{id: par, type: flow.Parallel, failFast: true, tasks: [{SLEEP}, {KO}], "
        f"errors: [{A}]}}]",
        "FAILED",
        "par:FAILED sleep:KILLED ko:FAILED a:SUCCESS",
    ),
    Row(
        "onChildFailure of a Dag cancels what runs beside a failed task",
        "tasks: [{id: dag, type: flow.Dag, onChildFailure: CANCELLED, tasks: "
        f"[{{task: {KO}}}, {{task: {SLEEP}}}, {{task: {A}, dependsOn: [sleep]}}]}}]",
        "FAILED",
        "dag:FAILED ko:FAILED sleep:CANCELLED",
    ),
    Row(
        "a loop may fail fast, and stop a script that runs",
        "tasks: [{id: each, type: flow.ForEach, values: [a, b], concurrencyLimit: 0, "
        "childFailurePolicy: FAIL_FAST, tasks: [{id: s, type: shell.Commands, "
        "commands: [\"{{ taskrun.value == 'a' ? 'sleep 60' : 'exit 1' }}\"]}]}]",
        "FAILED",
        "each:FAILED s[a]:KILLED s[b]:FAILED",
    ),
    Row(
        "with CONTINUE a Parallel starts the rest of its children in spite of a failure",
        "tasks: [{id: par, type: flow.Parallel, concurrent: 1, childFailurePolicy: CONTINUE, "
        f"tasks: [{KO}, {A}, {B}]}}]",
        "FAILED",
        "par:FAILED ko:FAILED a:SUCCESS b:SUCCESS",
    ),
    Row(
        "a failure that is allowed stops nobody",
        "tasks: [{id: par, type: flow.Parallel, concurrent: 1, failFast: true, tasks: "
        f"[{{id: may, type: execution.Fail, allowFailure: true}}, {A}]}}]",
        "WARNING",
        "par:WARNING may:WARNING a:SUCCESS",
    ),
]

TRUTH = {
    "true": True, "false": False, "1": True, "0": False, "-0": False, "": False, "no": True,
}  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=str)
async def test_blocks_end_as_told(bench: Bench, row: Row) -> None:
    await bench.holds(row)


@pytest.mark.parametrize(("text", "holds"), TRUTH.items())
async def test_an_if_takes_the_branch_of_its_condition(
    bench: Bench, text: str, holds: bool
) -> None:
    source = f"""
    inputs: [{{id: text, type: STRING, defaults: ""}}]
    tasks:
      - {{id: if, type: flow.If, condition: "{{{{ inputs.text }}}}", then: [{A}], else: [{B}]}}
    """
    seen = await bench.run(source, {"text": text})
    assert [run.task_id for run in seen.task_runs] == ["if", "a" if holds else "b"]
    assert seen.yielded("if") == {"evaluationResult": holds}
