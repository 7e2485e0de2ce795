"""Executions that start other executions."""

import pytest

from tests.support.conformance import NAMESPACE, Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")

CHILD = """
labels: {from: child, own: child}
inputs: [{id: end, type: STRING, defaults: ok}]
tasks:
  - {id: ko, type: execution.Fail, condition: "{{ inputs.end == 'ko' }}"}
  - {id: warn, type: execution.Fail, allowFailure: true, condition: "{{ inputs.end == 'warn' }}"}
outputs: [{id: said, type: STRING, value: "{{ inputs.end }}"}]
"""


async def parent_of(bench: Bench, more: str = "", end: str = "ok", head: str = "") -> str:
    child = await bench.save(CHILD)
    return (
        f"{head}\ntasks: [{{id: sub, type: flow.Subflow, namespace: {NAMESPACE}, "
        f"flowId: {child}, inputs: {{end: {end}}}{more}}}]"
    )


@pytest.mark.parametrize(
    ("end", "more", "state", "child"),
    [
        ("ok", "", "SUCCESS", "SUCCESS"),
        ("ko", "", "FAILED", "FAILED"),
        ("warn", "", "WARNING", "WARNING"),
        ("ko", ", transmitFailed: false", "SUCCESS", "FAILED"),
        ("ko", ", allowFailure: true", "WARNING", "FAILED"),
        ("warn", ", allowWarning: true", "SUCCESS", "WARNING"),
    ],
)
async def test_a_subflow_ends_as_its_child_when_that_is_transmitted(
    bench: Bench, end: str, more: str, state: str, child: str
) -> None:
    seen = await bench.run(await parent_of(bench, more, end))
    assert (seen.state, seen.run("sub").state.value) == (state, state)
    (only,) = await bench.children(seen.execution.id)
    assert only.state == child
    assert seen.yielded("sub")["executionId"] == only.execution.id
    assert seen.yielded("sub")["state"] == child


async def test_a_subflow_yields_the_outputs_of_its_child(bench: Bench) -> None:
    seen = await bench.run(await parent_of(bench))
    assert seen.yielded("sub")["outputs"] == {"said": "ok"}


PLAIN_CHILD = "tasks: [{id: made, type: debug.Return, format: 'made by {{ flow.id }}'}]"


@pytest.mark.parametrize(
    ("asked", "more", "state", "yielded"),
    [
        ("{{ outputs.made.value }}", "", "SUCCESS", "made by "),
        ("{{ outputs.nothing.value }}", "", "FAILED", None),
        ("{{ outputs.nothing.value }}", ", transmitFailed: false", "FAILED", None),
        ("{{ outputs.nothing.value }}", ", allowFailure: true", "WARNING", None),
    ],
)
async def test_the_deprecated_outputs_of_a_subflow_are_rendered_with_what_its_child_sees(
    bench: Bench, asked: str, more: str, state: str, yielded: str | None
) -> None:
    child = await bench.save(PLAIN_CHILD)
    seen = await bench.run(
        f"tasks: [{{id: sub, type: flow.Subflow, namespace: {NAMESPACE}, flowId: {child}, "
        f"outputs: {{it: '{asked}'}}{more}}}]"
    )
    (only,) = await bench.children(seen.execution.id)
    assert (seen.state, only.state) == (state, "SUCCESS")
    expected = None if yielded is None else {"it": yielded + child}
    assert seen.yielded("sub").get("outputs") == expected


async def test_a_child_with_outputs_of_its_own_yields_those(bench: Bench) -> None:
    seen = await bench.run(await parent_of(bench, ", outputs: {other: '{{ nothing }}'}"))
    assert (seen.state, seen.yielded("sub")["outputs"]) == ("SUCCESS", {"said": "ok"})


async def test_a_subflow_that_does_not_wait_ends_at_once(bench: Bench) -> None:
    seen = await bench.run(await parent_of(bench, ", wait: false", "ko"))
    assert seen.state == "SUCCESS"


async def test_a_child_knows_who_started_it(bench: Bench) -> None:
    seen = await bench.run(await parent_of(bench))
    (only,) = await bench.children(seen.execution.id)
    trigger = only.execution.trigger
    assert trigger is not None
    assert trigger.type == "io.kestra.plugin.core.flow.Subflow"
    assert trigger.variables["executionId"] == seen.execution.id
    assert only.execution.labels["system.correlationId"] == seen.execution.id


async def test_the_childs_own_labels_go_before_inherited_ones_and_the_tasks_before_both(
    bench: Bench,
) -> None:
    head = "labels: {from: parent, kept: parent, own: parent}"
    source = await parent_of(bench, ", inheritLabels: true, labels: {own: task}", head=head)
    seen = await bench.run(source)
    (only,) = await bench.children(seen.execution.id)
    own = {k: v for k, v in only.execution.labels.items() if not k.startswith("system.")}
    assert own == {"from": "child", "kept": "parent", "own": "task"}


async def test_an_unknown_flow_fails_the_task_and_says_so(bench: Bench) -> None:
    seen = await bench.run(
        f"tasks: [{{id: sub, type: flow.Subflow, namespace: {NAMESPACE}, flowId: nowhere}}]"
    )
    assert seen.state == "FAILED"
    assert any("nowhere" in line for line in seen.logs)


async def test_wrong_inputs_for_the_child_fail_the_task(bench: Bench) -> None:
    child = await bench.save(
        "inputs: [{id: n, type: INT}]\ntasks: [{id: a, type: log.Log, message: x}]"
    )
    seen = await bench.run(
        f"tasks: [{{id: sub, type: flow.Subflow, namespace: {NAMESPACE}, flowId: {child}, "
        "inputs: {n: many}}]"
    )
    assert seen.state == "FAILED"
    assert any("`n`" in line for line in seen.logs)


async def test_a_child_may_be_of_an_older_revision(bench: Bench) -> None:
    child = await bench.save("tasks: [{id: a, type: log.Log, message: x}]")
    await bench.save("tasks: [{id: a, type: execution.Fail}]", child)
    call = f"{{id: sub, type: flow.Subflow, namespace: {NAMESPACE}, flowId: {child}"
    assert (await bench.run(f"tasks: [{call}, revision: 1}}]")).state == "SUCCESS"
    assert (await bench.run(f"tasks: [{call}}}]")).state == "FAILED"


async def test_which_flow_is_started_may_be_an_expression_in_a_loop(bench: Bench) -> None:
    one = await bench.save("tasks: [{id: a, type: log.Log, message: x}]")
    seen = await bench.run(
        f"tasks: [{{id: each, type: flow.ForEach, values: [{one}], tasks: [{{id: sub, "
        "type: flow.Subflow, namespace: '{{ flow.namespace }}', flowId: '{{ taskrun.value }}'}]}]"
    )
    (child,) = await bench.children(seen.execution.id)
    assert (seen.state, child.execution.flow_id) == ("SUCCESS", one)


async def test_the_correlation_id_goes_down_the_whole_line(bench: Bench) -> None:
    leaf = await bench.save("tasks: [{id: a, type: log.Log, message: x}]")
    middle = await bench.save(
        f"tasks: [{{id: sub, type: flow.Subflow, namespace: {NAMESPACE}, flowId: {leaf}}}]"
    )
    seen = await bench.run(
        f"tasks: [{{id: sub, type: flow.Subflow, namespace: {NAMESPACE}, flowId: {middle}}}]"
    )
    (child,) = await bench.children(seen.execution.id)
    (grandchild,) = await bench.children(child.execution.id)
    for each in (seen, child, grandchild):
        assert each.execution.labels["system.correlationId"] == seen.execution.id


async def test_a_child_may_be_scheduled_for_later(bench: Bench) -> None:
    leaf = await bench.save("tasks: [{id: a, type: log.Log, message: x}]")
    seen = await bench.run(
        f"tasks: [{{id: sub, type: flow.Subflow, namespace: {NAMESPACE}, flowId: {leaf}, "
        "wait: false, scheduleDate: '2100-01-01T00:00:00Z'}]"
    )
    (child,) = await bench.children(seen.execution.id)
    assert (seen.state, child.state) == ("SUCCESS", "CREATED")
    assert child.execution.scheduled_at is not None
    assert child.execution.scheduled_at.year == 2100


@pytest.mark.parametrize(
    "more", ["", ", retry: {type: constant, interval: PT0.01S, maxAttempts: 2}"]
)
async def test_each_try_of_a_subflow_is_an_execution_of_its_own(bench: Bench, more: str) -> None:
    leaf = await bench.save("tasks: [{id: a, type: execution.Fail}]")
    seen = await bench.run(
        f"tasks: [{{id: sub, type: flow.Subflow, namespace: {NAMESPACE}, flowId: {leaf}{more}}}]"
    )
    assert seen.state == "FAILED"
    assert len(await bench.children(seen.execution.id)) == (2 if more else 1)
