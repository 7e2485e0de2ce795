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
    "a broken expression": "tasks: [{id: a, type: log.Log, message: '{{ 1 + }}'}]",
    "a broken expression that is rendered late": "tasks: [{id: l, type: flow.LoopUntil, "
    "condition: '{{ &!? }}', tasks: [{id: a, type: log.Log, message: x}]}]",
}
WARNED = {
    "a schedule without a required input": "inputs: [{id: i, type: STRING}]\n"
    f"triggers: [{{id: s, type: trigger.Schedule, cron: '@daily'}}]\n{ONE}",
    "an old name of a type": "tasks: [{id: a, type: io.kestra.core.tasks.log.Log, message: x}]",
    "an input declared by name": f"inputs: [{{name: i, type: STRING}}]\n{ONE}",
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
