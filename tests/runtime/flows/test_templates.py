"""Flows put together with their templates, without any store."""

import pytest

from runtime.flows.graph import graph_of
from runtime.flows.model import Flow, Task
from runtime.flows.parse import defaults_of, parse
from runtime.flows.problem import ProblemCode
from runtime.flows.source import source_of
from runtime.flows.templates import (
    Broken,
    Whole,
    all_named,
    document_of,
    pins_from,
    pins_of,
    put_together,
    written_pins,
)
from tests.support.flow_types import TYPES

LEAF = "type: io.kestra.plugin.core.debug.Return"


def flow(name: str, body: str, revision: int = 1) -> Flow:
    text = body.replace("~", LEAF).replace("TAKE", "type: io.kestra.plugin.core.flow.Template")
    text = text.replace("FLOW", "io.kestra.plugin.core.flow")
    parsed = parse(f"id: {name}\nnamespace: n\n{text}", TYPES, revision=revision)
    assert parsed.flow is not None, parsed.problems
    return parsed.flow


def take(task: str, template: str, more: str = "") -> str:
    return f"{{id: {task}, TAKE, namespace: n, templateId: {template}{more}}}"


def together(taking: Flow, *documents: Flow) -> Whole:
    return put_together(taking, {(each.namespace, each.id): each for each in documents})


def outline(tasks: tuple[Task, ...]) -> list[object]:
    """Ids, with those below a task in a list of branches behind its own."""
    return [
        (task.id, *((part.name, *outline(part.tasks)) for part in task.branches))
        if task.branches
        else task.id
        for task in tasks
    ]


def test_a_flow_says_which_templates_it_names_and_in_which_order() -> None:
    found = flow(
        "f",
        f"tasks: [{take('a', 'x')}, {{id: row, type: FLOW.Sequential, "
        f"tasks: [{take('b', 'y')}, {take('c', 'x')}, {take('d', 'z', ', disabled: true')}]}}]",
    )
    assert found.templates == (("n", "x"), ("n", "y"))
    assert flow("g", "tasks: [{id: a, ~}]").templates == ()


def test_the_branches_of_a_template_come_before_those_of_the_task() -> None:
    one = flow("one", "tasks: [{id: a, ~}]\nerrors: [{id: e, ~}]\nfinally: [{id: f, ~}]")
    taking = flow("f", f"tasks: [{take('t', 'one', ', errors: [{id: own, ~}]')}, {{id: z, ~}}]")
    whole = together(taking, one)
    assert whole.problems == ()
    branches = ("tasks", "a"), ("errors", "e", "own"), ("finally", "f")
    assert outline(whole.flow.tasks) == [("t", *branches), "z"]
    assert outline(taking.tasks) == [("t", ("errors", "own")), "z"]


def test_templates_are_taken_in_wherever_tasks_may_stand() -> None:
    one, two = flow("one", "tasks: [{id: a, ~}]"), flow("two", "tasks: [{id: b, ~}]")
    three = flow("three", f"tasks: [{take('in', 'four')}]")
    four = flow("four", "tasks: [{id: c, ~}]")
    taking = flow(
        "f",
        f"tasks: [{{id: row, type: FLOW.Sequential, tasks: [{take('t', 'one')}]}}]\n"
        f"errors: [{take('u', 'two')}]\nafterExecution: [{take('v', 'three')}]",
    )
    whole = together(taking, one, two, three, four).flow
    ids = ["row", "t", "a", "u", "b", "v", "in", "c"]
    assert [task.id for task in whole.walk()] == ids
    assert all_named(whole) == {("n", name) for name in ("one", "two", "three", "four")}
    assert pins_of(whole) == dict.fromkeys(all_named(whole), 1)


def test_pins_go_to_json_and_back() -> None:
    pins = {("a.b", "c.d"): 3, ("n", "x"): 1}
    assert written_pins(pins) == {"a.b/c.d": 3, "n/x": 1}
    assert pins_from(written_pins(pins)) == pins
    assert pins_from(None) == {}


@pytest.mark.parametrize(
    ("documents", "code", "message"),
    [
        ([], ProblemCode.UNKNOWN_REFERENCE, "`t` takes in the template n.x, which is not there."),
        (
            [flow("x", "tasks: [{id: a, ~}]\nerrors:\n- {id: z, ~}")],
            ProblemCode.DUPLICATE_ID,
            "`t` takes in the template n.x, and ids would be there twice: `a` in the flow (line 4) "
            "and in the template n.x (line 3), `z` in the flow (line 5) and in the template n.x "
            "(line 5).",
        ),
        (
            [flow("x", f"tasks: [{take('t2', 'f')}]")],
            ProblemCode.CYCLE,
            "`t` takes in a template that leads back to itself: n.f → n.x → n.f.",
        ),
        (
            [flow("x", f"tasks: [{take('t', 'y')}]"), flow("y", f"tasks: [{take('t', 'x')}]")],
            ProblemCode.DUPLICATE_ID,
            "`t` takes in the template n.x, and ids would be there twice: `t` in the flow (line 3) "
            "and in the template n.x (line 3).",
        ),
        (
            [flow("x", f"tasks: [{take('u', 'y')}]"), flow("y", f"tasks: [{take('v', 'x')}]")],
            ProblemCode.CYCLE,
            "`u` takes in a template that leads back to itself: n.x → n.y → n.x. `t` leads to it.",
        ),
        (
            [flow("x", f"tasks: [{take('u', 'gone')}]")],
            ProblemCode.UNKNOWN_REFERENCE,
            "`u` takes in the template n.gone, which is not there. `t` leads to it.",
        ),
    ],
)
def test_what_cannot_be_taken_in_is_told_at_the_task_of_the_flow(
    documents: list[Flow], code: ProblemCode, message: str
) -> None:
    taking = flow("f", f"tasks:\n- {{id: a, ~}}\n- {{id: z, ~}}\n- {take('t', 'x')}")
    if code is not ProblemCode.DUPLICATE_ID or len(documents) > 1:
        taking = flow("f", f"tasks: [{take('t', 'x')}]")
    whole = together(taking, *documents)
    (problem,) = whole.problems
    assert (problem.code, problem.message) == (code, message)
    assert problem.is_error is (code is not ProblemCode.UNKNOWN_REFERENCE)
    assert problem.path == taking.tasks[-1].path
    failing = next(each for each in whole.flow.taken_in.values() if each.flow is None)
    assert failing.problem == f"{message} {problem.hint}"


def test_a_template_that_cannot_be_read_is_a_warning_with_the_reason() -> None:
    taking = flow("f", f"tasks: [{take('t', 'x')}]")
    whole = put_together(taking, {("n", "x"): Broken("Unknown type `{a}`.")})
    (problem,) = whole.problems
    assert not problem.is_error
    assert problem.message.endswith("which cannot be read: Unknown type `{a}`.")


def test_tasks_stand_in_each_other_a_hundred_deep_and_no_deeper() -> None:
    documents = [flow(f"x{n}", f"tasks: [{take(f't{n}', f'x{n + 1}')}]") for n in range(98)]
    taking = flow("f", f"tasks: [{take('t', 'x0')}]")
    last = flow("x98", "tasks: [{id: a, ~}]")
    whole = together(taking, *documents, last)
    assert whole.problems == ()
    assert len(list(whole.flow.walk())) == 100
    assert graph_of(whole.flow, TYPES).nodes
    deeper = flow("x98", "tasks: [{id: s, type: FLOW.Sequential, tasks: [{id: a, ~}]}]")
    (problem,) = together(taking, *documents, deeper).problems
    assert problem.code is ProblemCode.LIMIT


def test_the_text_of_a_task_is_that_of_the_document_it_stands_in() -> None:
    one = flow(
        "one", f"variables: {{v: w}}\ntasks:\n- {{id: a, ~}} # theirs\n- {take('in', 'two')}"
    )
    two = flow("two", "tasks: [{id: b, ~}]")
    whole = together(flow("f", f"tasks: [{take('t', 'one')}, {{id: z, ~}}]"), one, two).flow
    tasks = {task.id: task for task in whole.walk()}
    found = {name: document_of(whole, task) for name, task in tasks.items()}
    assert {name: each.id for name, each in found.items()} == {
        "t": "f", "a": "one", "in": "one", "b": "two", "z": "f"
    }  # fmt: skip
    assert source_of(found["b"], tasks["b"]) == f"{{id: b, {LEAF}}}"


def test_the_graph_shows_the_tasks_in_the_cluster_of_the_template_task() -> None:
    one = flow("one", "tasks: [{id: a, ~}, {id: b, ~}]\nerrors: [{id: e, ~}]")
    whole = together(flow("f", f"tasks: [{take('t', 'one')}, {{id: z, ~}}]"), one).flow
    graph = graph_of(whole, TYPES)
    (cluster,) = graph.clusters
    inside = {node.id for node in graph.nodes if node.task and node.cluster == cluster.id}
    assert (cluster.task_id, inside) == ("t", {f"root.t{each}" for each in ("", ".a", ".b", ".e")})


def test_defaults_of_the_taking_flow_fill_what_the_template_leaves_open() -> None:
    head = "pluginDefaults: [{type: io.kestra.plugin.core.debug.Return, values: {format: %s}}]\n"
    taking = flow("f", (head % "ours") + f"tasks: [{take('t', 'one')}]")
    defaults = defaults_of(taking.source, TYPES)
    tasks = f"tasks: [{{id: a, {LEAF}}}, {{id: b, {LEAF}, format: own}}]"
    for more, expected in (("", ["ours", "own"]), (head % "theirs", ["theirs", "own"])):
        read = parse(f"id: one\nnamespace: n\n{more}{tasks}", TYPES, defaults=defaults).flow
        assert read is not None
        assert [task.properties["format"] for task in read.tasks] == expected
    assert defaults_of("id: [", TYPES) == ()
