"""Flows that are refused when they are saved, and those that are only warned about."""

import pytest

from runtime.engine.library import FlowProblems
from tests.support.conformance import Bench, whole

pytestmark = pytest.mark.asyncio(loop_scope="module")

ONE = "tasks: [{id: a, type: log.Log, message: x}]"
FLOW_TRIGGER = (
    "{id: %s, type: trigger.Flow, preconditions: {id: same, "
    "flows: [{namespace: n, flowId: f, states: [%s]}]}}"
)
TWO_TRIGGERS = ", ".join(
    FLOW_TRIGGER % (name, state)  # braces of YAML
    for name, state in (("one", "SUCCESS"), ("two", "FAILED"))
)

REFUSED = {
    "an unknown type": "tasks: [{id: a, type: log.Loog, message: x}]",
    "an unknown property": "tasks: [{id: a, type: log.Log, message: x, mesage: y}]",
    "a missing property": "tasks: [{id: a, type: log.Log}]",
    "a task without an id": "tasks: [{type: log.Log, message: x}]",
    "no tasks": "tasks: []",
    "an empty block": "tasks: [{id: p, type: flow.Parallel, tasks: []}]",
    "two tasks of one id": "tasks: [{id: a, type: log.Log, message: x}, {id: s, "
    "type: flow.Sequential, tasks: [{id: a, type: log.Log, message: x}]}]",
    "a key written twice": "tasks:\n  - id: a\n    type: log.Log\n    message: x\n    message: y",
    "two inputs of one id": f"inputs: [{{id: i, type: INT}}, {{id: i, type: INT}}]\n{ONE}",
    "an unknown type of input": f"inputs: [{{id: i, type: NUMBER}}]\n{ONE}",
    "a list of secrets": f"inputs: [{{id: i, type: ARRAY, itemType: SECRET}}]\n{ONE}",
    "a list of choices": f"inputs: [{{id: i, type: ARRAY, itemType: SELECT}}]\n{ONE}",
    "a FILE with a default": f"inputs: [{{id: i, type: FILE, defaults: x}}]\n{ONE}",
    "a default of the wrong type": f"inputs: [{{id: i, type: INT, defaults: x}}]\n{ONE}",
    "a pattern that is none": f"inputs: [{{id: i, type: STRING, validator: '['}}]\n{ONE}",
    "a table with a column twice": "inputs: [{id: t, type: TABLE, columns: [{id: c, type: INT}, "
    f"{{id: c, type: STRING}}]}}]\n{ONE}",
    "a table of too many rows at least": "inputs: [{id: t, type: TABLE, rows: {min: 3, max: 1}, "
    f"columns: [{{id: c, type: INT}}]}}]\n{ONE}",
    "an after that is no date": f"inputs: [{{id: i, type: DATE, after: soon}}]\n{ONE}",
    "a before that is before the after": "inputs: [{id: i, type: DATE, after: 2026-02-01, "
    f"before: 2026-01-01}}]\n{ONE}",
    "a min above the max": f"inputs: [{{id: i, type: INT, min: 3, max: 1}}]\n{ONE}",
    "a DURATION of no length": f"inputs: [{{id: i, type: DURATION, max: 5m}}]\n{ONE}",
    "a FILE with a prefill": f"inputs: [{{id: i, type: FILE, prefill: x}}]\n{ONE}",
    "a prefill beside a default": f"inputs: [{{id: i, type: INT, defaults: 1, prefill: 2}}]\n{ONE}",
    "a prefill of the wrong type": f"inputs: [{{id: i, type: INT, prefill: x}}]\n{ONE}",
    "a list of lists": f"inputs: [{{id: i, type: ARRAY, itemType: ARRAY}}]\n{ONE}",
    "a list of nothing": f"inputs: [{{id: i, type: ARRAY}}]\n{ONE}",
    "a form in a form": "inputs: [{id: f, type: FORM, inputs: [{id: g, type: FORM, inputs: "
    f"[{{id: i, type: INT}}]}}]}}]\n{ONE}",
    "a form that waits for nobody": "inputs: [{id: f, type: FORM, inputs: [{id: i, type: INT, "
    f"dependsOn: {{inputs: [nobody]}}}}]}}]\n{ONE}",
    "a form whose children wait for each other": "inputs: [{id: f, type: FORM, inputs: ["
    "{id: i, type: INT, dependsOn: {inputs: [f.j]}}, "
    f"{{id: j, type: INT, dependsOn: {{inputs: [f.i]}}}}]}}]\n{ONE}",
    "an object of objects": "inputs: [{id: o, type: OBJECT, properties: [{id: p, type: OBJECT, "
    f"properties: []}}]}}]\n{ONE}",
    "a column that waits": "inputs: [{id: t, type: TABLE, columns: [{id: a, type: INT}, "
    f"{{id: b, type: INT, dependsOn: {{inputs: [a]}}}}]}}]\n{ONE}",
    "inputs that are shared by flows": f"inputs: [{{id: i, type: REUSABLE_INPUTS, ref: x}}]\n{ONE}",
    "a label twice": f"labels: [{{key: a, value: b}}, {{key: a, value: c}}]\n{ONE}",
    "a label without a value": f"labels: [{{key: a}}]\n{ONE}",
    "a template that only a run could name": "tasks: [{id: t, type: flow.Template, "
    "namespace: n, templateId: '{{ inputs.x }}'}]",
    "a template without a name": "tasks: [{id: t, type: flow.Template, namespace: n}]",
    "a task that may take no time": "tasks: [{id: a, type: log.Log, message: x, timeout: PT0S}]",
    "a task that must end before it began": "tasks: [{id: a, type: log.Log, message: x, "
    "timeout: -PT1S}]",
    "a timeout that is none": "tasks: [{id: a, type: log.Log, message: x, timeout: 5m}]",
    "a retry without an interval": "tasks: [{id: a, type: log.Log, message: x, retry: "
    "{type: constant}}]",
    "a retry of an unknown kind": "tasks: [{id: a, type: log.Log, message: x, retry: "
    "{type: often, interval: PT1S}}]",
    "a retry of negative length": "tasks: [{id: a, type: log.Log, message: x, retry: "
    "{type: constant, interval: -PT1S}}]",
    "a retry with no attempt": "tasks: [{id: a, type: log.Log, message: x, retry: "
    "{type: constant, interval: PT1S, maxAttempts: 0}}]",
    "a retry that shrinks": "tasks: [{id: a, type: log.Log, message: x, retry: "
    "{type: exponential, interval: PT9S, maxInterval: PT1S}}]",
    "a random retry between nothing": "tasks: [{id: a, type: log.Log, message: x, retry: "
    "{type: random, minInterval: PT9S, maxInterval: PT1S}}]",
    "a task that begins its block anew": "tasks: [{id: a, type: log.Log, message: x, retry: "
    "{type: constant, interval: PT1S, behavior: RETRY_FLOWABLE}}]",
    "a flow that begins anew as a block": "retry: {type: constant, interval: PT1S, "
    f"behavior: RETRY_FLOWABLE}}\n{ONE}",
    "a sleep of negative length": "tasks: [{id: a, type: flow.Sleep, duration: -PT1S}]",
    "a sleep that is none": "tasks: [{id: a, type: flow.Sleep, duration: 1s}]",
    "a pause of no length": "tasks: [{id: a, type: flow.Pause, pauseDuration: soon}]",
    "a loop that never looks": "tasks: [{id: l, type: flow.LoopUntil, condition: '{{ false }}', "
    "checkFrequency: {interval: PT0S}, tasks: [{id: a, type: log.Log, message: x}]}]",
    "two ways to say what a failed child means": "tasks: [{id: p, type: flow.Parallel, "
    "failFast: true, childFailurePolicy: STOP, tasks: [{id: a, type: log.Log, message: x}]}]",
    "a loop that fetches in an unknown way": "tasks: [{id: l, type: flow.Loop, values: [a], "
    "fetchType: SOME, tasks: [{id: a, type: log.Log, message: x}]}]",
    "no place at all": f"concurrency: {{limit: 0}}\n{ONE}",
    "a queue of less than nobody": f"concurrency: {{limit: 1, queueLimit: -1}}\n{ONE}",
    "a promise of no length": "sla: [{id: s, type: MAX_DURATION, duration: PT0S, behavior: FAIL}]"
    f"\n{ONE}",
    "a promise of nothing": f"sla: [{{id: s, type: EXECUTION_ASSERTION, behavior: FAIL}}]\n{ONE}",
    "a check of an unknown style": "checks: [{condition: x, message: y, style: LOUD}]\n" + ONE,
    "a case without a task": "tasks: [{id: s, type: flow.Switch, value: x, cases: {x: []}, "
    "defaults: [{id: a, type: log.Log, message: x}]}]",
    "defaults without a task and no case": "tasks: [{id: s, type: flow.Switch, value: x, "
    "defaults: []}]",
    "a working directory without tasks": "tasks: [{id: w, type: flow.WorkingDirectory, tasks: []}]",
    "an id with a space": "tasks: [{id: a b, type: log.Log, message: x}]",
    "an output that is not allowed as a name": "outputs: [{id: 'a b', type: STRING, "
    f"value: x}}]\n{ONE}",
    "an output of an unknown type": f"outputs: [{{id: a, type: TEXT, value: x}}]\n{ONE}",
    "a system label": f"labels: {{system.x: y}}\n{ONE}",
    "a Switch without a task": "tasks: [{id: s, type: flow.Switch, value: x}]",
    "an If without a condition": "tasks: [{id: i, type: flow.If, then: [{id: a, type: log.Log, "
    "message: x}]}]",
    "a Dag in a circle": "tasks: [{id: d, type: flow.Dag, tasks: [{task: {id: a, type: log.Log, "
    "message: x}, dependsOn: [b]}, {task: {id: b, type: log.Log, message: x}, dependsOn: [a]}]}]",
    "a Dag that waits for nobody": "tasks: [{id: d, type: flow.Dag, tasks: [{task: {id: a, "
    "type: log.Log, message: x}, dependsOn: [b]}]}]",
    "flow control in a working directory": "tasks: [{id: w, type: flow.WorkingDirectory, "
    "tasks: [{id: p, type: flow.Pause}]}]",
    "a flow that starts itself": "tasks: [{id: s, type: flow.Subflow, namespace: conformance, "
    "flowId: it}]",
    "triggers that remember under one id": f"triggers: [{TWO_TRIGGERS}]\n{ONE}",
    "an input with a dash after a dot": "inputs: [{id: server-fqn, type: STRING}]\n"
    "tasks: [{id: a, type: log.Log, message: '{{ inputs.server-fqn }}'}]",
    "a task with a dash after a dot": "tasks: [{id: make-it, type: log.Log, message: x}]\n"
    "outputs: [{id: o, type: STRING, value: '{{ 1 + outputs.make-it.value }}'}]",
    "a broken expression": "tasks: [{id: a, type: log.Log, message: '{{ 1 + }}'}]",
    "a broken expression that is rendered late": "tasks: [{id: l, type: flow.LoopUntil, "
    "condition: '{{ &!? }}', tasks: [{id: a, type: log.Log, message: x}]}]",
}
WARNED = {
    "a schedule without a required input": "inputs: [{id: i, type: STRING}]\n"
    f"triggers: [{{id: s, type: trigger.Schedule, cron: '@daily'}}]\n{ONE}",
    "an old name of a type": "tasks: [{id: a, type: io.kestra.core.tasks.log.Log, message: x}]",
    "an input declared by name": f"inputs: [{{name: i, type: STRING}}]\n{ONE}",
    "a retry that never comes": "tasks: [{id: a, type: log.Log, message: x, retry: "
    "{type: constant, interval: PT9S, maxDuration: PT1S}}]",
    "a revision in the source": "tasks: [{id: a, type: log.Log, message: x}]\nrevision: 3",
    "a default for types that nobody knows": "pluginDefaults: [{type: io.kestra.plugin.nothing, "
    f"values: {{x: y}}}}]\n{ONE}",
    "BOOLEAN and ENUM": "inputs: [{id: b, type: BOOLEAN}, {id: e, type: ENUM, values: [x]}]\n"
    f"{ONE}",
}


@pytest.mark.parametrize("source", REFUSED.values(), ids=REFUSED.keys())
async def test_a_flow_is_refused_with_the_place_of_what_is_wrong(bench: Bench, source: str) -> None:
    with pytest.raises(FlowProblems) as refused:
        await bench.save(source, "it")
    assert all(problem.hint and problem.position.line > 0 for problem in refused.value.problems)


@pytest.mark.parametrize("source", WARNED.values(), ids=WARNED.keys())
async def test_a_flow_is_saved_with_a_warning(bench: Bench, source: str) -> None:
    saved = await bench.engine.save_flow(whole(source, "warned"))
    assert saved.problems
    assert not any(problem.is_error for problem in saved.problems)
