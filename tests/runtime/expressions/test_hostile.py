"""Expressions written to harm: each ends soon, in an `ExpressionError`, having seen nothing."""

from collections.abc import Callable
from contextlib import suppress
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtime.expressions.limits import TakesLong, current, hurried
from runtime.expressions.problems import ExpressionError, LimitError
from runtime.expressions.render import Renderer
from runtime.expressions.scope import FactNeeded, Scope

INSIDE_PYTHON = [
    "{{ ''.__class__ }}",
    "{{ ''['__class__'] }}",
    "{{ [].__class__.__base__.__subclasses__() }}",
    "{{ {}.__init__.__globals__ }}",
    "{{ self }}",
    "{{ self.__init__ }}",
    "{{ cycler }}",
    "{{ lipsum.__globals__ }}",
    "{{ namespace() }}",
    "{{ environment }}",
    "{{ context }}",
    "{{ x_lookup }}",
    "{{ x_lookup(1) }}",
    "{{ missing }}",
    "{{ dict }}",
    "{{ request.application }}",
    "{{ now.__code__ }}",
    "{{ (now).func_globals }}",
    "{{ 'a'.format(1) }}",
    "{{ '{0.__class__}'.format(1) }}",
    "{{ inputs.keys() }}",
    "{{ inputs.items }}",
    "{{ inputs.update }}",
    "{{ inputs['__class__'] }}",
    "{{ numbers.append }}",
    "{{ numbers['append'] }}",
    "{{ 'x' | attr('__class__') }}",
    "{{ [1] | map('upper') }}",
    "{% for x in [1] %}{{ loop.__class__ }}{% endfor %}",
    "{% for x in [1] %}{{ loop._iterator }}{% endfor %}",
    "{% macro m() %}{% endmacro %}{{ m.__call__ }}",
    "{% macro m() %}{{ caller }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m() }}",
    "{% import 'os' as os %}",
    "{% include '/etc/passwd' %}",
    "{% extends 'x' %}",
    "{% set x.y = 1 %}",
    "{% set __builtins__ = 1 %}{{ __builtins__.x }}",
    "{% with x = 1 %}{% endwith %}",
    "{% call x() %}{% endcall %}",
    "{{ map | jq('input_filename | error') }}",
]


@pytest.mark.parametrize("template", INSIDE_PYTHON)
def test_nothing_of_python_can_be_reached(text: Callable[[str], str], template: str) -> None:
    with pytest.raises(ExpressionError):
        text(template)


def test_jq_sees_no_environment(
    value: Callable[[str], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLOWDECK_TEST_TOKEN", "hidden")
    for program in ("env", "$ENV", "env.FLOWDECK_TEST_TOKEN", '["\\(env)"]'):
        assert "hidden" not in str(value("{{ map | jq('" + program + "') }}"))


DOUBLE_TEXT = "{% set a = 'xxxxxxxxxxxxxxxx' %}" + "{% set a = a ~ a %}" * 40 + "{{ a | length }}"
DOUBLE_LIST = "{% set a = [1, 2] %}" + "{% set a = [a, a] %}" * 60
TWO_LISTS = DOUBLE_LIST + DOUBLE_LIST.replace(" a ", " b ").replace("[a, a]", "[b, b]")
MACROS = "{% macro m0() %}x{% endmacro %}" + "".join(
    f"{{% macro m{i}() %}}{{{{ m{i - 1}() }}}}{{{{ m{i - 1}() }}}}{{% endmacro %}}"
    for i in range(1, 40)
)
BIG = "{% set a = 1..100000 | join('') %}"

LEVELS = [
    f"{name}: &{name} [{', '.join(['*' + below] * 9)}]"
    for below, name in zip("abcdefgh", "bcdefghi", strict=True)
]
LAUGHS = "\n".join(["a: &a [x, x, x, x, x, x, x, x, x]", *LEVELS])

EXHAUSTING = {
    "nested loops": "{% for a in 1..90000 %}{% for b in 1..90000 %}{% endfor %}{% endfor %}",
    "a huge range": "{{ 1..9999999999 }}",
    "a huge range backwards": "{{ range(9999999999, 1, -1) }}",
    "many ranges": "{{ [" + "1..100000, " * 80 + "1] | length }}",
    "a doubled text": DOUBLE_TEXT,
    "many long texts": BIG + "{{ [" + "a ~ a, " * 100 + "1] | length }}",
    "a doubled list printed": DOUBLE_LIST + "{{ a }}",
    "a doubled list compared": TWO_LISTS + "{{ a == b }}",
    "a doubled list searched": TWO_LISTS + "{{ [a] contains b }}",
    "a doubled list in another": TWO_LISTS + "{{ [a] | distinct }}",
    "a doubled list as YAML": DOUBLE_LIST + "{{ a | yaml }}",
    "a doubled list as Ion": DOUBLE_LIST + "{{ a | toIon }}",
    "a doubled list in jq": DOUBLE_LIST + "{{ a | jq('.') }}",
    "a growing replacement": BIG + "{{ a | replace({'1': a}) }}",
    "a growing pattern": BIG + "{{ a | regexReplace('1', a) }}",
    "a wide indent": "{{ 'a\nb' | indent(99999999999) }}",
    "a long join": "{{ 1..100000 | join(1..1000 | join('')) }}",
    "macros that double": MACROS + "{{ m39() }}",
    "a macro without end": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "backtracking": "{{ '" + "a" * 60 + "!' | regexMatch('^(a|aa|a?)+$') }}",
    "a pattern that repeats": "{{ 'a' | regexMatch('a{1,99999999}') }}",
    "a power by hand": "{% set n = 9999999999 %}" + "{% set n = n * n %}" * 40 + "{{ n }}",
    "a number of many digits": "{{ " + "9" * 5000 + " }}",
    "jq without end": "{{ map | jq('def f: f; f') }}",
    "jq that repeats": "{{ map | jq('[repeat(1)]') }}",
    "jq that grows": "{{ map | jq('[range(1000000000)]') }}",
    "jq that fills": "{{ map | jq('[][1000000000] = 1') }}",
    "jq that multiplies": "{{ map | jq('\"xxxxxxxxxx\" * 1000000000') }}",
    "YAML that laughs": "{{ yaml('" + LAUGHS + "') }}",
    "deep parentheses": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "deep lists": "{{ " + "[" * 5000 + "]" * 5000 + " }}",
    "a deep unary": "{{ " + "-" * 5000 + "1 }}",
    "a deep ternary": "{{ " + "1 ? " * 5000 + "1" + " : 1" * 5000 + " }}",
    "a long chain": "{{ " + "1 + " * 5000 + "1 }}",
    "a long path": "{{ a" + ".b" * 5000 + " }}",
    "many filters": "{{ 'a'" + " | upper" * 5000 + " }}",
    "deep tags": "{% if true %}" * 500 + "{% endif %}" * 500,
    "deep loops": "{% for a in [1] %}" * 30 + "{% endfor %}" * 30,
    "a huge template": "{{ 1 }}" * 200_000,
    "a wide date": "{{ now() | date('" + "y" * 5000 + "') }}",
    "JSON in JSON": "{{ fromJson('" + "[" * 100_000 + "') }}",
}


@pytest.mark.parametrize("template", EXHAUSTING.values(), ids=EXHAUSTING.keys())
def test_no_expression_exhausts_time_or_memory(text: Callable[[str], str], template: str) -> None:
    began = monotonic()
    with pytest.raises(ExpressionError):
        text(template)
    assert monotonic() - began < 15


def test_a_hostile_jq_program_does_not_hurt_the_next(value: Callable[[str], object]) -> None:
    with pytest.raises(LimitError):
        value("{{ map | jq('last(repeat(1))') }}")
    assert value("{{ map | jq('reduce .b.c[] as $x (0; . + $x)') }}") == [30]


def test_a_budget_belongs_to_one_rendering(renderer: Renderer, scope: Scope) -> None:
    template = "{% for a in 1..60000 %}{% endfor %}done"
    for _ in range(10):
        assert renderer.text(template, scope) == "done"


PIECES = st.sampled_from(
    [
        " ",
        "\n",
        *(  # noqa: SIM905 - a list of seventy quoted signs cannot be read
            "{{ }} {% %} {# #} inputs . n ' \" ( ) [ ] { } | upper ?? ??? ? : + - * / % ~ .. = == "
            "if else endif for x in endfor set macro endmacro raw endraw is not null true 1 0.5 "
            ", date jq now loop render block"
        ).split(),
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=60))
def test_no_text_fails_with_anything_but_an_expression_error(source: str) -> None:
    _survives(source)
    _survives("{{ " + source + " }}")


@given(st.lists(PIECES, max_size=12).map(" ".join))
def test_no_expression_fails_with_anything_but_an_expression_error(source: str) -> None:
    _survives("{{ " + source + " }}")


FILTERS_TRIED = st.sampled_from(sorted(Renderer().filter_names()))
VALUES_TRIED = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)
_RENDERER = Renderer()


@given(FILTERS_TRIED, VALUES_TRIED, st.lists(VALUES_TRIED, max_size=3))
def test_no_filter_fails_with_anything_but_an_expression_error(
    name: str, value: object, arguments: list[object]
) -> None:
    given_names = ", ".join(f"a[{i}]" for i in range(len(arguments)))
    _survives(f"{{{{ v | {name}({given_names}) }}}}", Scope({"v": value, "a": arguments}))


def _survives(template: str, scope: Scope | None = None) -> None:
    scope = scope or Scope({"inputs": {"n": 5}, "n": 1, "x": [1]})
    for render in (_RENDERER.text, _RENDERER.value):
        with suppress(ExpressionError, FactNeeded):
            render(template, scope)
    _RENDERER.check(template)


@pytest.mark.parametrize(
    "template",
    [
        "{% for i in range(0, 99999) %}{% for j in range(0, 99999) %}{% endfor %}{% endfor %}",
        "{{ '{}' | jq('def f: f; f') }}",
        "{{ '" + "a" * 60 + "!' | replace({'(a|aa)+$': 'b'}, regexp=true) }}",
    ],
    ids=["loop", "jq", "regular expression"],
)
def test_who_is_in_a_hurry_does_not_wait_for_what_takes_long(template: str) -> None:
    begun = monotonic()
    with pytest.raises(TakesLong), hurried():
        Renderer().text(template, Scope({}))
    assert monotonic() - begun < 1
    assert not current.is_hurried


def test_a_template_of_thousands_of_expressions_is_refused() -> None:
    with pytest.raises(LimitError):
        Renderer().text("{{ 1 }}" * 2_001, Scope({}))
