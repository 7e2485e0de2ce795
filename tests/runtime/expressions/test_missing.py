"""Null and missing: strict variables, `??`, `???`, `default`, `is defined`."""

from collections.abc import Callable

import pytest

from runtime.expressions.problems import MissingValueError
from runtime.expressions.render import Renderer
from runtime.expressions.scope import Fact, FactNeeded, Scope

FALLBACKS = [
    ("inputs.none ?? 'd'", "d"),  # null
    ("inputs.nothing ?? 'd'", "d"),  # a missing key
    ("nothing.at.all ?? 'd'", "d"),  # a missing way
    ("inputs.none.deeper ?? 'd'", "d"),  # a way through null
    ("numbers[9] ?? 'd'", "d"),
    ("inputs.off ?? 'd'", False),  # false is a value
    ("empty.text ?? 'd'", ""),
    ("inputs.nothing ?? inputs.none ?? 'd'", "d"),
    ("inputs.none ??? 'd'", None),  # null is defined
    ("inputs.nothing ??? 'd'", "d"),
    ("inputs.nothing | default('d')", "d"),
    ("empty.text | default('d')", "d"),
    ("inputs.nothing | upper | default('d')", "d"),
    ("inputs.name | default('d')", "Ada"),
    ("(inputs.nothing ?? map).a", 1),
    ("inputs.name is defined", True),
    ("inputs.none is defined", False),
    ("nothing.here is defined", False),
    ("nothing is not defined", True),
    ("inputs.none is null", True),
    ("empty.list is empty", True),
    ("empty.text is empty", True),
    ("'  ' is empty", True),
    ("inputs.none is empty", True),
    ("0 is empty", False),
    ("words is iterable", True),
    ("map is map", True),
    ("map is not iterable", True),
    ("3 is odd", True),
    ("4 is equalTo(4)", True),
    ("'{\"a\": 1}' is json", True),
    ("'{a' is json", False),
    ("'12' is json", False),
]


@pytest.mark.parametrize(("expression", "result"), FALLBACKS, ids=lambda v: str(v))
def test_missing_and_null(value: Callable[[str], object], expression: str, result: object) -> None:
    assert value("{{ " + expression + " }}") == result


ERRORS = [
    ("{{ inptus.name }}", "unable to find `inptus`", "Did you mean `inputs`?"),
    ("{{ inputs.nam }}", "unable to find `inputs.nam`", "Did you mean `name`?"),
    ("{{ outputs.my-task.value }}", "unable to find `outputs.my`", "`my-task`"),
    ("{{ map.b.d }}", "unable to find `map.b.d`", "Known here: `c`"),
    ("{{ inputs.none.x }}", "unable to find `inputs.none.x`: it is asked of null", "`??`"),
    ("{{ numbers[3] }}", "it has 3 items, counted from 0", "`??`"),
    ("{{ inputs.name.x }}", "a string has no properties", "fromJson"),
    ("{{ empty.map.x }}", "unable to find `empty.map.x`", "The map is empty."),
]


@pytest.mark.parametrize(("template", "message", "hint"), ERRORS)
def test_what_is_missing_is_named_with_how_to_mend_it(
    text: Callable[[str], str], template: str, message: str, hint: str
) -> None:
    with pytest.raises(MissingValueError) as error:
        text(template)
    assert message in error.value.message
    assert hint in error.value.hint


def test_an_error_tells_the_expression_and_its_line(text: Callable[[str], str]) -> None:
    with pytest.raises(MissingValueError) as error:
        text("first\n{{ inputs.name }}\n{% if true %}\n  {{ inputs.lost }}\n{% endif %}")
    assert error.value.line == 4
    assert "{{ inputs.lost }}" in error.value.expression
    assert "at line 4" in error.value.message


@pytest.mark.parametrize("operator", ["??", "???", "| default"])
def test_a_fact_not_fetched_yet_passes_through_a_fallback(
    text: Callable[[str], str], operator: str
) -> None:
    fallback = "('d')" if "default" in operator else "'d'"
    with pytest.raises(FactNeeded) as needed:
        text("{{ kv('k') " + operator + fallback + " }}")
    assert needed.value.fact == Fact("kv", {"key": "k", "namespace": None})


def test_a_fact_that_cannot_be_had_is_caught_by_a_fallback(
    renderer: Renderer, scope: Scope
) -> None:
    scope.facts.fail(Fact("kv", {"key": "k", "namespace": None}), "there is no key `k`")
    assert renderer.text("{{ kv('k') ?? 'd' }}", scope) == "d"
    with pytest.raises(MissingValueError, match="there is no key `k`"):
        renderer.text("{{ kv('k') }}", scope)
    assert renderer.value("{{ kv('k', errorOnMissing=false) }}", scope) is None
