"""Values given for declared inputs: cast, checked, filled in, every problem at once."""

from collections.abc import Mapping

import pytest

from runtime.errors import InvalidInput
from runtime.flows.casts import SecretText, StoredFile
from runtime.flows.inputs import Resolved, cast_output, resolve, resolve_inputs, slips
from runtime.flows.model import Flow, InputType, Output
from runtime.flows.parse import parse
from runtime.flows.read_inputs import declared_inputs
from tests.support.flow_types import TYPES


def flow_of(inputs: str) -> Flow:
    tasks = "tasks: [{id: a, type: io.kestra.plugin.core.debug.Return}]\n"
    parsed = parse(f"id: f\nnamespace: n\n{tasks}inputs:\n{inputs}", TYPES)
    assert parsed.flow is not None, parsed.problems
    return parsed.flow


def render(value: object, context: Mapping[str, object]) -> object:
    """A tiny renderer: `{{ a.b }}` is looked up in what expressions see."""
    if not isinstance(value, str) or not value.startswith("{{"):
        return value
    found: object = context
    for part in value.strip("{} ").split("."):
        if not isinstance(found, Mapping) or part not in found:
            raise InvalidInput(f"`{part}` is not there")
        found = found[part]
    return found


def resolved(inputs: str, given: Mapping[str, object]) -> Resolved:
    return resolve_inputs(flow_of(inputs), given, render)


def one(declaration: str, value: object) -> object:
    found = resolved(f"  - {{id: x, {declaration}}}\n", {"x": value})
    assert found.problems == ()
    return found.values["x"]


def why(declaration: str, value: object) -> str:
    found = resolved(f"  - {{id: x, {declaration}}}\n", {"x": value})
    assert len(found.problems) == 1
    return found.problems[0].message


@pytest.mark.parametrize(
    ("declaration", "value", "typed"),
    [
        ("type: STRING", "text", "text"),
        ("type: STRING", "", ""),
        ("type: STRING", 5, "5"),
        ("type: STRING, validator: 'A\\d+'", "A12", "A12"),
        ("type: STRING, validator: '(?<year>\\d{4})'", "2026", "2026"),
        ("type: INT", "42", 42),
        ("type: INT", " -7 ", -7),
        ("type: INT", 3.0, 3),
        ("type: FLOAT", "42.5", 42.5),
        ("type: FLOAT", 2, 2.0),
        ("type: BOOL", "True", True),
        ("type: BOOL", False, False),
        ("type: SELECT, values: [a, b]", "b", "b"),
        ("type: SELECT, values: [1, 2]", 2, "2"),
        ("type: SELECT, values: [a], allowCustomValue: true", "z", "z"),
        ("type: SELECT, values: [{value: a, label: Letter A}]", "a", "a"),
        ("type: MULTISELECT, values: [a, b, c]", ["a", "c"], ["a", "c"]),
        ("type: MULTISELECT, values: [a, b, c]", '["b"]', ["b"]),
        ("type: MULTISELECT, values: [1, 2], itemType: INT", ["2"], [2]),
        ("type: DATETIME", "2026-01-31T08:30:00Z", "2026-01-31T08:30:00Z"),
        ("type: DATETIME", "2026-01-31T08:30:00.25+02:00", "2026-01-31T06:30:00.250Z"),
        ("type: DATE", "2026-01-31", "2026-01-31"),
        ("type: TIME", "08:30", "08:30:00"),
        ("type: DURATION", "PT5M6S", "PT5M6S"),
        ("type: FILE", "kestra:///a/b.csv", "kestra:///a/b.csv"),
        ("type: FILE, allowedFileExtensions: [.csv]", "kestra:///a/b.CSV", "kestra:///a/b.CSV"),
        ("type: JSON", '{"a": [1, null]}', {"a": [1, None]}),
        ("type: JSON", {"a": 1}, {"a": 1}),
        ("type: YAML", "some: property\nalist: [1, x]", {"some": "property", "alist": [1, "x"]}),
        ("type: ION", '{a: 1, b: [1.5, "x", true, null]}', {"a": 1, "b": [1.5, "x", True, None]}),
        ("type: URI", "https://a.example/b?c=d", "https://a.example/b?c=d"),
        ("type: URI", "jdbc:duckdb:", "jdbc:duckdb:"),
        ("type: EMAIL", "first.last@mail.example.org", "first.last@mail.example.org"),
        ("type: SECRET", "open sesame", SecretText("open sesame")),
        ("type: ARRAY, itemType: INT", '[1, "2"]', [1, 2]),
        ("type: ARRAY, itemType: DATE", ["2026-01-31"], ["2026-01-31"]),
        (
            "type: TABLE, columns: [{id: n, type: INT}, {id: s, type: STRING, required: false}]",
            [{"n": "1"}],
            [{"n": 1, "s": None}],
        ),
    ],
)
def test_a_value_becomes_what_its_type_says(declaration: str, value: object, typed: object) -> None:
    assert one(declaration, value) == typed


@pytest.mark.parametrize(
    ("declaration", "value", "message"),
    [
        ("type: STRING", {"a": 1}, "it must be text"),
        ("type: STRING, validator: 'A\\d+'", "B", "it must match the pattern `A\\d+`"),
        ("type: STRING, validator: '(a+)+$'", "a" * 60 + "!", "it must match the pattern"),
        ("type: INT", "4.5", "it must be a whole number"),
        ("type: INT", True, "it must be a whole number"),
        ("type: INT", "9" * 30, "it must be a whole number"),
        ("type: INT, min: 1", 0, "it must be more than or equal to `1`"),
        ("type: FLOAT, max: 1", 1.5, "it must be less than or equal to `1`"),
        ("type: FLOAT", "NaN", "it must be a number"),
        ("type: BOOL", "yes", "it must be `true` or `false`"),
        ("type: SELECT, values: [a, b]", "c", "it must match the values `[a, b]`"),
        ("type: MULTISELECT, values: [a]", ["a", "z"], "it must match the values `[a]`"),
        ("type: DATETIME", "tomorrow", "it must be a date and time"),
        ("type: DATE, after: '2026-01-01'", "2025-12-31", "it must be after `2026-01-01`"),
        ("type: TIME, before: '08:00'", "09:00", "it must be before `08:00`"),
        ("type: DURATION", "5m", "is not an ISO 8601 duration"),
        ("type: DURATION, max: PT1H", "PT2H", "it must be less than or equal to `PT1H`"),
        ("type: FILE", "hello", "it must be the address of a stored file"),
        (
            "type: FILE, allowedFileExtensions: [.csv]",
            "kestra:///a.exe",
            "must end in one of `.csv`",
        ),
        ("type: JSON", "{a", "it must be JSON"),
        ("type: JSON", "NaN", "it must be JSON"),
        ("type: YAML", "a: b: c", "it must be YAML"),
        ("type: ION", "{{{", "it must be ION"),
        ("type: URI", "not a uri", "it must be a URI"),
        ("type: URI", "word", "it must be a URI"),
        ("type: URI", StoredFile("kestra:///a/b"), "it is a URI and takes no file"),
        ("type: JSON", StoredFile("kestra:///a/b"), "it is a JSON and takes no file"),
        ("type: EMAIL", "nobody", "it must be an email address"),
        ("type: ARRAY, itemType: INT", "[1, x]", "it must be a JSON list"),
        ("type: ARRAY, itemType: INT", ["x"], "item 0 is not of type INT"),
        ("type: TABLE, columns: [{id: n, type: INT}]", [{}], "row 0 has no `n`"),
        ("type: TABLE, rows: {min: 1}, columns: [{id: n, type: INT}]", [], "at least `1` rows"),
    ],
)
def test_a_wrong_value_is_explained(declaration: str, value: object, message: str) -> None:
    found = why(declaration, value)
    assert found.startswith("Invalid input for `x`, ")
    assert message in found
    assert "but received `" in found


def test_all_problems_of_a_start_come_at_once() -> None:
    inputs = "  - {id: a, type: INT}\n  - {id: b, type: BOOL}\n  - {id: c, type: STRING}\n"
    found = resolved(inputs, {"a": "x", "b": "y"})
    assert [problem.input_id for problem in found.problems] == ["a", "b", "c"]
    assert found.problems[2].message == (
        "Invalid input for `c`, it is required and has no default, but received `null`"
    )


def test_a_secret_is_never_shown() -> None:
    message = why("type: SECRET, validator: '[a-z]+'", "HUSH")
    assert "HUSH" not in message
    assert "hush" not in repr(one("type: SECRET", "hush"))
    assert "hush" not in f"{one('type: SECRET', 'hush')}"


def test_an_optional_input_that_is_not_given_is_present_as_null() -> None:
    assert resolved("  - {id: x, type: INT, required: false}\n", {}).values == {"x": None}


def test_dotted_ids_nest_and_may_be_given_flat_or_nested() -> None:
    inputs = "  - {id: a.b, type: INT}\n  - {id: a.c.d, type: STRING, defaults: z}\n"
    expected = {"a": {"b": 1, "c": {"d": "z"}}}
    assert resolved(inputs, {"a.b": "1"}).values == expected
    assert resolved(inputs, {"a": {"b": 1}}).values == expected


def test_a_default_may_use_inputs_that_come_before() -> None:
    inputs = "  - {id: a, type: STRING}\n  - {id: b, type: STRING, defaults: '{{ inputs.a }}'}\n"
    assert resolved(inputs, {"a": "x"}).values == {"a": "x", "b": "x"}


def test_a_default_that_cannot_be_rendered_is_a_problem_of_its_input() -> None:
    [problem] = resolved("  - {id: a, type: STRING, defaults: '{{ nope }}'}\n", {}).problems
    assert "`nope` is not there" in problem.message


def test_what_has_to_be_fetched_first_passes_through() -> None:
    class NotYet(Exception):
        pass

    def waiting(value: object, context: Mapping[str, object]) -> object:
        raise NotYet

    flow = flow_of("  - {id: a, type: STRING, defaults: \"{{ kv('a') }}\"}\n")
    with pytest.raises(NotYet):
        resolve_inputs(flow, {}, waiting)


def test_choices_may_be_found_at_the_start() -> None:
    inputs = (
        '  - {id: all, type: JSON, defaults: \'["a", "b"]\'}\n'
        "  - {id: x, type: SELECT, expression: '{{ inputs.all }}', dependsOn: {inputs: [all]}}\n"
    )
    assert resolved(inputs, {"x": "b"}).values["x"] == "b"
    assert "it must match the values `[a, b]`" in resolved(inputs, {"x": "c"}).problems[0].message


def test_the_first_choice_is_taken_where_that_is_asked_for() -> None:
    inputs = "  - {id: x, type: SELECT, values: [a, b], autoSelectFirst: true}\n"
    assert resolved(inputs, {}).values == {"x": "a"}


DEPENDENT = """
  - {id: deploy, type: BOOL, defaults: false}
  - id: target
    type: STRING
    dependsOn: {inputs: [deploy], condition: "{{ inputs.deploy }}"}
"""


def test_an_input_whose_condition_does_not_hold_is_not_asked_for() -> None:
    found = resolved(DEPENDENT, {"target": "ignored"})
    assert found.values == {"deploy": False, "target": None}
    assert found.problems == ()


def test_an_input_whose_condition_holds_is_required() -> None:
    assert [p.input_id for p in resolved(DEPENDENT, {"deploy": True}).problems] == ["target"]


def test_an_input_that_depends_on_a_wrong_one_adds_no_problem_of_its_own() -> None:
    assert [p.input_id for p in resolved(DEPENDENT, {"deploy": "maybe"}).problems] == ["deploy"]


def test_the_order_of_declaration_does_not_matter_to_what_depends() -> None:
    inputs = """
  - {id: b, type: STRING, defaults: "{{ inputs.a }}", dependsOn: {inputs: [a]}}
  - {id: a, type: STRING, defaults: first}
"""
    assert resolved(inputs, {}).values == {"b": "first", "a": "first"}


def test_a_form_is_its_children_under_its_id() -> None:
    inputs = "  - {id: env, type: FORM, inputs: [{id: region, type: STRING}, {id: n, type: INT}]}\n"
    found = resolved(inputs, {"env": {"region": "eu", "n": "2"}})
    assert found.values == {"env": {"region": "eu", "n": 2}}
    assert [p.input_id for p in resolved(inputs, {}).problems] == ["env.region", "env.n"]


def test_what_is_not_declared_is_ignored_and_named() -> None:
    found = resolved("  - {id: a.b, type: INT}\n", {"a": {"b": 1}, "typo": 2})
    assert found.ignored == ("typo",)
    assert found.is_valid


def test_declarations_given_as_plain_values_are_read_and_resolved() -> None:
    inputs, problems = declared_inputs([{"id": "ok", "type": "BOOL"}, {"id": "x", "type": "NOPE"}])
    assert [problem.message for problem in problems] == ["There is no type of input called `NOPE`."]
    assert resolve(inputs[:1], {"ok": "true"}, render).values == {"ok": True}


def test_an_output_is_cast_to_its_type() -> None:
    assert cast_output(Output("o", InputType.INT, None), "7") == 7
    assert cast_output(Output("o", InputType.INT, None, required=False), None) is None
    with pytest.raises(ValueError, match="Invalid output for `o`, it must be a whole number"):
        cast_output(Output("o", InputType.INT, None), "seven")
    with pytest.raises(ValueError, match="required but has no value"):
        cast_output(Output("o", InputType.STRING, None), None)


def test_a_name_close_to_an_input_without_a_value_is_a_slip() -> None:
    inputs = flow_of("  - {id: region, type: STRING}\n  - {id: deep.zone, type: STRING}\n").inputs
    given = {"regoin": "eu", "deep": {"zone": "a"}, "boolean": True}
    assert [problem.input_id for problem in slips(inputs, given)] == ["regoin"]
    assert slips(inputs, {**given, "region": "eu"}) == ()
