"""The context variables, from plain data."""

from datetime import UTC, datetime, timedelta, timezone
from time import perf_counter

import pytest

from runtime.expressions import variables
from runtime.expressions.render import Renderer
from runtime.expressions.scope import Scope
from runtime.expressions.variables import OutputsTree, TasksTree, Variables

START = datetime(2026, 1, 2, 5, 4, 5, 678901, timezone(timedelta(hours=2)))


def test_flow_execution_task_and_taskrun() -> None:
    assert variables.flow("f", "a.b", 2) == {"id": "f", "namespace": "a.b", "revision": 2}
    assert variables.execution("e1", START) == {
        "id": "e1",
        "startDate": "2026-01-02T03:04:05.678Z",
        "originalId": "e1",
    }
    ended = variables.execution("e2", START, "e1", state="FAILED", outputs={"x": 1})
    assert (ended["originalId"], ended["state"], ended["outputs"]) == ("e1", "FAILED", {"x": 1})
    assert variables.task("t", "type") == {"id": "t", "type": "type"}
    run = variables.taskrun("r", datetime(2026, 1, 2, tzinfo=UTC), 1, value="v", iteration=0)
    assert run == {
        "id": "r",
        "startDate": "2026-01-02T00:00:00.000Z",
        "attemptsCount": 1,
        "value": "v",
        "iteration": 0,
    }


def test_parents_are_the_ancestors_with_a_value_or_outputs_closest_first() -> None:
    ancestors: list[dict[str, object]] = [
        {"taskId": "if", "value": None, "outputs": {}},
        {"taskId": "each", "value": "b", "iteration": 1, "outputs": None},
        {"taskId": "outer", "value": "a", "iteration": 0, "outputs": {"x": 1}},
    ]
    assert variables.parents(ancestors) == [
        {"task": {"id": "each"}, "taskrun": {"value": "b", "iteration": 1}},
        {"task": {"id": "outer"}, "taskrun": {"value": "a", "iteration": 0}, "outputs": {"x": 1}},
    ]


def test_dotted_inputs_and_labels_are_nested() -> None:
    assert variables.nested({"a.b": 1, "a.c": 2, "d": 3}) == {"a": {"b": 1, "c": 2}, "d": 3}
    assert variables.nested({"a": 1, "a.b": 2}) == {"a": 1}
    pairs = [("team", "x"), ("team", "y"), ("system.correlationId", "c")]
    assert variables.labels(pairs) == {"team": "x", "system": {"correlationId": "c"}}


def test_environment_variables_lose_their_prefix_and_the_new_prefix_wins() -> None:
    host = {"KESTRA_A_B": "old", "ENV_A_B": "new", "KESTRA_C": "c", "HOME": "/root"}
    assert variables.envs(host) == {"a_b": "new", "c": "c"}


def test_error_and_item() -> None:
    assert variables.error("t", "m") == {"taskId": "t", "message": "m"}
    inner = variables.item("v", 2, "k", [{"value": "o"}])
    assert inner["parent"] == {"value": "o"}
    assert inner["parents"] == [{"value": "o"}]
    assert (inner["value"], inner["index"], inner["key"]) == ("v", 2, "k")


def test_outputs_and_states_nest_by_the_values_of_the_loops(renderer: Renderer) -> None:
    outputs, tasks = OutputsTree(), TasksTree()
    outputs.put("a", {"value": 1})
    outputs.put("t", {"x": 2}, ["o", "i"])
    tasks.put("a", "SUCCESS")
    tasks.put("t", "FAILED", ["i"])
    scope = Scope({"outputs": outputs.variables(), "tasks": tasks.variables()})
    template = (
        "{{ outputs.a.value }} {{ outputs.t.o.i.x }} {{ tasks.a.state }} {{ tasks.t.i.state }}"
    )
    assert renderer.text(template, scope) == "1 2 SUCCESS FAILED"
    outputs.remove("t", ["o", "i"])
    outputs.remove("t", ["never", "there"])
    assert outputs.variables() == {"a": {"value": 1}}


def test_layers_are_lazy_and_computed_once(renderer: Renderer) -> None:
    computed: list[str] = []

    def compute() -> object:
        computed.append("inputs")
        return {"n": 1}

    base = Variables({"flow": {"id": "f"}}, {"inputs": compute})
    top = base.over({"taskrun": {"value": "v"}})
    scope = Scope(top)
    assert renderer.text("{{ flow.id }} {{ taskrun.value }}", scope) == "f v"
    assert computed == []
    assert renderer.text("{{ inputs.n }}{{ inputs.n }}", scope) == "11"
    assert computed == ["inputs"]
    assert sorted(top) == ["flow", "inputs", "taskrun"]
    assert "taskrun" not in base
    assert len(top) == 3
    with pytest.raises(KeyError):
        top["nothing"]


def test_ten_thousand_turns_of_a_loop_cost_the_same_each(renderer: Renderer) -> None:
    outputs = OutputsTree()
    base = Variables({"outputs": outputs.variables()})

    def turns(start: int, count: int) -> float:
        began = perf_counter()
        for turn in range(start, start + count):
            value = str(turn)
            scope = Scope(base.over({"taskrun": {"value": value}}))
            outputs.put("t", {"x": turn}, [value])
            assert renderer.value("{{ outputs.t[taskrun.value].x }}", scope) == turn
        return perf_counter() - began

    early = min(turns(i * 100, 100) for i in range(5))
    turns(500, 9_000)
    late = min(turns(9_500 + i * 100, 100) for i in range(5))
    assert late < early * 5 + 0.01
