"""How values become text, and when they stay what they are."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from runtime.expressions.render import Renderer
from runtime.expressions.scope import Scope

PRINTED = [
    ("{{ null }}", ""),
    ("{{ true }} {{ false }}", "true false"),
    ("{{ 1.0 }} {{ 0.5 }} {{ 100000000.0 }} {{ 0.0001 }}", "1.0 0.5 1.0E8 1.0E-4"),
    ("{{ map }}", '{"a":1,"b":{"c":[10,20]},"7":"seven"}'),
    ("{{ numbers }}", "[3,1,2]"),
    ("{{ [1, 'a', null, true, 1.5] }}", '[1,"a",null,true,1.5]'),
    ("{{ {'k': 1, 2: 'v'} }}", '{"k":1,"2":"v"}'),
    ("{{ 123456789012345678901234567890 }}", "123456789012345678901234567890"),
    ("{{ [123456789012345678901234567890] }}", "[123456789012345678901234567890]"),
    ("{{ 'ü' }}{{ ['ü'] }}", 'ü["ü"]'),
    ('{{ "it\'s" }} {{ \'say "x"\' }}', 'it\'s say "x"'),
    ("{{ 'it\\'s' }} {{ 'a\\n' }}", "it's a\\n"),  # only quotation marks are escaped
    ("{{ template }}", "{{ inputs.n }}"),  # not recursive
    ("no braces", "no braces"),
    ("a { b } $ { c", "a { b } $ { c"),
    ("{# a comment #}x", "x"),
    ("a\n{{ 1 }}\n", "a\n1\n"),
    ("  {{- 1 -}}  x", "1x"),
    ("{{ {'a': {'b': 1}}.a.b }}", "1"),
]


@pytest.mark.parametrize(("template", "printed"), PRINTED)
def test_values_print_as(text: Callable[[str], str], template: str, printed: str) -> None:
    assert text(template) == printed


TYPED = [
    ("{{ map }}", {"a": 1, "b": {"c": [10, 20]}, "7": "seven"}),
    ("{{ inputs.n }}", 5),
    ("{{ inputs.on }}", True),
    ("{{ inputs.none }}", None),
    ("{{ inputs.n }} ", "5 "),  # not the whole text
    ("{{ inputs.n }}{{ inputs.n }}", "55"),
    ("{% if true %}{{ inputs.n }}{% endif %}", 5),
    ("plain", "plain"),
    ("x {{ numbers }}", "x [3,1,2]"),
    ("{% if false %}x{% endif %}", None),
]


@pytest.mark.parametrize(("template", "native"), TYPED)
def test_a_single_expression_keeps_its_type(
    value: Callable[[str], object], template: str, native: object
) -> None:
    given = value(template)
    assert given == native
    assert type(given) is type(native)


def test_lists_and_maps_are_rendered_deep_with_their_keys(renderer: Renderer, scope: Scope) -> None:
    rendered = renderer.deep(
        {"{{ inputs.name }}": ["{{ inputs.n }}", {"x": "n={{ inputs.n }}"}, 7, None]}, scope
    )
    assert rendered == {"Ada": [5, {"x": "n=5"}, 7, None]}


def test_dates_decimals_and_bytes_have_a_text(renderer: Renderer) -> None:
    moment = datetime(2026, 1, 2, tzinfo=UTC)
    scope = Scope({"at": moment, "d": Decimal("1.10"), "b": b"hi", "l": [moment, Decimal("2")]})
    printed = renderer.text("{{ at }} {{ d }} {{ b }} {{ l }}", scope)
    assert printed == '2026-01-02T00:00:00Z 1.10 hi ["2026-01-02T00:00:00Z",2]'


class Lazy(Mapping[str, object]):
    """Variables that note what was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __getitem__(self, key: str) -> object:
        self.asked.append(key)
        return {"x": 1}

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("the variables were copied")

    def __len__(self) -> int:
        return 2


def test_only_the_variables_that_are_needed_are_asked_for(renderer: Renderer) -> None:
    lazy = Lazy()
    template = "{% if a.x == 1 %}{{ b.x }}{% else %}{{ c.x }}{% endif %}"
    assert renderer.text(template, Scope(lazy)) == "1"
    assert lazy.asked == ["a", "b"]
