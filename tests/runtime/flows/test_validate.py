"""Rules that only the flow as a whole can tell."""

from dataclasses import dataclass

import pytest

from runtime.flows.cycles import find_cycle
from runtime.flows.parse import Parsed
from runtime.flows.problem import Problem, ProblemCode, Severity
from runtime.flows.validate import RESERVED_FLOW_IDS, check_flow
from tests.support.flow_types import TYPES

LEAF = "type: io.kestra.plugin.core.debug.Return"
ONE = "tasks: [{id: only, ~}]\n"


def check(body: str, *, head: str = "id: one\nnamespace: company.team\n") -> Parsed:
    text = body.replace("~", LEAF).replace("CORE", "io.kestra.plugin.core")
    return check_flow(head + text, TYPES)


def only(parsed: Parsed) -> Problem:
    assert len(parsed.problems) == 1, parsed.problems
    return parsed.problems[0]


def test_all_repeated_task_ids_are_listed_together_wherever_they_are() -> None:
    parsed = check(
        """
tasks:
  - {id: a, ~}
  - {id: row, type: CORE.flow.Sequential, tasks: [{id: a, ~}, {id: b, ~}]}
errors: [{id: b, ~}]
"""
    )
    messages = {problem.message for problem in parsed.problems}
    assert messages == {"These task ids are not unique: `a`, `b`."}
    assert [problem.path for problem in parsed.problems] == [
        ("tasks", 1, "tasks", 0, "id"),
        ("errors", 0, "id"),
    ]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            "triggers: [{id: t, type: CORE.trigger.Flow}, {id: t, type: CORE.trigger.Flow}]\n",
            "The trigger id is not unique: `t`.",
        ),
        (
            "inputs: [{id: i, type: INT}, {id: i, type: STRING}]\n",
            "The input id is not unique: `i`.",
        ),
        (
            "outputs: [{id: o, type: INT, value: 1}, {id: o, type: INT, value: 2}]\n",
            "The output id is not unique: `o`.",
        ),
    ],
)
def test_ids_of_every_kind_are_unique(body: str, message: str) -> None:
    problem = only(check(ONE + body))
    assert problem.message == message
    assert problem.code is ProblemCode.DUPLICATE_ID


@pytest.mark.parametrize(
    ("head", "path"),
    [
        ("id: a b\nnamespace: n\n", ("id",)),
        ("id: _a\nnamespace: n\n", ("id",)),
        ("id: a\nnamespace: Company\n", ("namespace",)),
        ("id: a\nnamespace: a/b\n", ("namespace",)),
        (f"id: {'x' * 101}\nnamespace: n\n", ("id",)),
        (f"id: a\nnamespace: {'x' * 151}\n", ("namespace",)),
    ],
)
def test_ids_and_namespaces_have_their_characters_and_lengths(
    head: str, path: tuple[str, ...]
) -> None:
    problem = only(check(ONE, head=head))
    assert (problem.path, problem.code) == (path, ProblemCode.INVALID_ID)


def test_a_task_id_has_no_dots_but_an_input_may_nest() -> None:
    parsed = check("tasks: [{id: a.b, ~}]\ninputs: [{id: a.b, type: INT}]\n")
    assert only(parsed).path == ("tasks", 0, "id")


@pytest.mark.parametrize("name", sorted(RESERVED_FLOW_IDS))
def test_a_reserved_flow_id_is_a_warning_and_the_flow_is_accepted(name: str) -> None:
    parsed = check(ONE, head=f"id: {name}\nnamespace: n\n")
    assert only(parsed).severity is Severity.WARNING
    assert parsed.flow is not None


@pytest.mark.parametrize("branches", ["", ", defaults: []", ", errors: [{id: e, ~}]"])
def test_a_switch_needs_a_task(branches: str) -> None:
    problem = only(check(f"tasks: [{{id: s, type: CORE.flow.Switch, value: x{branches}}}]\n"))
    assert problem.message == "This Switch has no task."


def test_a_working_directory_holds_only_tasks_that_do_work() -> None:
    problem = only(
        check(
            """
tasks:
  - id: w
    type: CORE.flow.WorkingDirectory
    tasks: [{id: row, type: CORE.flow.Sequential, tasks: [{id: a, ~}]}]
"""
        )
    )
    assert problem.path == ("tasks", 0, "tasks", 0)


DAG = """
tasks:
  - id: dag
    type: CORE.flow.Dag
    tasks:
      - {task: {id: a, ~}, dependsOn: [%s]}
      - {task: {id: b, ~}, dependsOn: [a]}
      - {task: {id: c, ~}, dependsOn: [b]}
"""


def test_a_cycle_in_a_dag_is_named() -> None:
    problem = only(check(DAG % "c"))
    assert problem.message == "The tasks of `dag` wait for each other: a → c → b → a."
    assert problem.code is ProblemCode.CYCLE


def test_an_unknown_dependency_in_a_dag_is_named_with_what_was_meant() -> None:
    problem = only(check(DAG.replace("id: c", "id: check") % "chek"))
    assert problem.code is ProblemCode.UNKNOWN_REFERENCE
    assert problem.hint == "Did you mean `check`?"
    assert problem.position.line == 8


def test_a_flow_does_not_start_itself() -> None:
    body = "tasks: [{id: s, type: CORE.flow.Subflow, namespace: company.team, flowId: %s}]\n"
    assert only(check(body % "one")).code is ProblemCode.CYCLE
    assert check(body % "two").problems == ()


def test_inputs_do_not_wait_for_each_other() -> None:
    inputs = """
inputs:
  - {id: a, type: INT, dependsOn: {inputs: [b]}}
  - {id: b, type: INT, dependsOn: {inputs: [a]}}
"""
    assert only(check(ONE + inputs)).message == "The inputs wait for each other: a → b → a."


def test_an_input_depends_only_on_declared_ones() -> None:
    problem = only(check(ONE + "inputs: [{id: a, type: INT, dependsOn: {inputs: [b]}}]\n"))
    assert problem.code is ProblemCode.UNKNOWN_REFERENCE


def test_a_default_fits_its_input_unless_it_is_an_expression() -> None:
    inputs = "inputs: [{id: a, type: INT, defaults: %s}]\n"
    assert "it must be a whole number" in only(check(ONE + inputs % "many")).message
    assert check(ONE + inputs % "'{{ 1 + 1 }}'").problems == ()


def test_an_input_is_not_a_value_and_a_group_at_once() -> None:
    inputs = "inputs: [{id: a, type: INT}, {id: a.b, type: INT}]\n"
    assert "`a` cannot have a value of its own" in only(check(ONE + inputs)).message


def test_a_schedule_needs_every_required_input_to_have_a_value() -> None:
    inputs = "inputs: [{id: a, type: INT}, {id: b, type: INT, defaults: 1}]\n"
    trigger = "triggers: [{id: t, type: CORE.trigger.Schedule, cron: '@daily', inputs: {%s}}]\n"
    assert "without the required input `a`" in only(check(ONE + inputs + trigger % "")).message
    assert check(ONE + inputs + trigger % "a: 1").problems == ()


@dataclass(frozen=True)
class Wrong:
    message: str
    line: int
    column: int
    hint: str = "Mend it."


def wrong_at(mark: str, template: str) -> list[Wrong]:
    lines = template.split("\n")
    return [
        Wrong("wrong", number, line.index(mark) + 1)
        for number, line in enumerate(lines, 1)
        if mark in line
    ]


@pytest.mark.parametrize(
    "body",
    [
        'tasks: [{id: a, ~, format: "{{ § }}"}]\n',
        "tasks: [{id: a, ~, runIf: '{{ a }} {{ § }}'}]\n",
        "tasks:\n  - id: a\n    ~\n    format: hello {{ § }}\n",
        "tasks:\n  - id: a\n    ~\n    format: |\n      {{ one }}\n      {{ § }}\n",
        ONE + "outputs: [{id: o, type: STRING, value: '{{ § }}'}]\n",
        ONE + "variables: {deep: {list: [a, '{{ § }}']}}\n",
        ONE + "inputs: [{id: i, type: STRING, defaults: '{{ § }}'}]\n",
        ONE + "triggers: [{id: w, type: CORE.trigger.Webhook, key: '{{ § }}'}]\n",
    ],
)
def test_an_expression_error_is_shown_at_its_own_character(body: str) -> None:
    source = "id: one\nnamespace: n\n" + body.replace("~", LEAF).replace(
        "CORE", "io.kestra.plugin.core"
    )
    problem = only(check_flow(source, TYPES, lambda template: wrong_at("§", template)))
    line = source.splitlines()[problem.position.line - 1]
    assert line[problem.position.column - 1] == "§"
    assert problem.code is ProblemCode.EXPRESSION


def test_what_a_task_renders_itself_is_checked_as_an_expression_too() -> None:
    body = """
tasks:
  - id: l
    type: CORE.flow.LoopUntil
    condition: "{{ § }}"
    tasks: [{id: a, ~}]
"""
    text = "id: a\nnamespace: n\n" + body.replace("~", LEAF).replace(
        "CORE", "io.kestra.plugin.core"
    )
    problem = only(check_flow(text, TYPES, lambda template: wrong_at("§", template)))
    assert (problem.code, problem.position.line) == (ProblemCode.EXPRESSION, 7)


@pytest.mark.parametrize(
    ("edges", "cycle"),
    [
        ({}, ()),
        ({"a": ["b"], "b": ["c"], "c": []}, ()),
        ({"a": ["a"]}, ("a", "a")),
        ({"a": ["b", "c"], "b": [], "c": ["d"], "d": ["c"]}, ("c", "d", "c")),
        ({"a": ["gone"]}, ()),
    ],
)
def test_a_cycle_is_found_with_its_way_round(
    edges: dict[str, list[str]], cycle: tuple[str, ...]
) -> None:
    assert find_cycle(edges) == cycle


def test_a_chain_of_ten_thousand_is_walked_without_recursion() -> None:
    assert find_cycle({str(n): [str(n + 1)] for n in range(10_000)}) == ()
