"""Tags: if, for, set, macro, block, filter, raw, verbatim."""

from collections.abc import Callable

import pytest

from runtime.expressions.problems import ExpressionError

TAGS = [
    ("{% if inputs.on %}a{% else %}b{% endif %}", "a"),
    ("{% if 0 %}a{% elseif 'x' %}b{% else %}c{% endif %}", "b"),
    ("{% if inputs.off %}a{% elseif inputs.off %}b{% endif %}", ""),
    ("{% for n in numbers %}{{ n }},{% endfor %}", "3,1,2,"),
    ("{% for n in 1..3 %}{{ loop.index }}{{ loop.revindex }} {% endfor %}", "02 11 20 "),
    (
        "{% for n in numbers %}{{ loop.first }}-{{ loop.last }}-{{ loop.length }} {% endfor %}",
        "true-false-3 false-false-3 false-true-3 ",
    ),
    ("{% for e in {'a': 1, 'b': 2} %}{{ e.key }}={{ e.value }};{% endfor %}", "a=1;b=2;"),
    ("{% for n in empty.list %}x{% else %}none{% endfor %}", "none"),
    ("{% for n in inputs.none %}x{% endfor %}", ""),
    (
        "{% for a in 1..2 %}{% for b in 1..2 %}{{ a }}{{ b }} {% endfor %}{% endfor %}",
        "11 12 21 22 ",
    ),
    ("{% set x = 1 %}{{ x }}", "1"),
    ("{% set t = 0 %}{% for n in numbers %}{% set t = t + n %}{% endfor %}{{ t }}", "6"),
    ("{% set inputs = {'name': 'Eve'} %}{{ inputs.name }}", "Eve"),
    ("{% macro hi(who, mark='!') %}Hi {{ who }}{{ mark }}{% endmacro %}{{ hi('A') }}", "Hi A!"),
    ("{{ hi('A', mark='?') }}{% macro hi(who, mark) %}{{ who }}{{ mark }}{% endmacro %}", "A?"),
    ("{% macro m(a) %}[{{ a }}]{% endmacro %}{{ m() }}", "[]"),
    (
        "{% macro f(n) %}{{ n }}{% if n > 0 %}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(2) }}",
        "210",
    ),
    (
        "{% macro input(type='text', name) %}<{{ type }} {{ name }}>{% endmacro %}"
        "{{ input(name='country') }}",
        "<text country>",
    ),
    ("{% block b %}x{{ inputs.n }}{% endblock %}{{ block('b') }}", "x5x5"),
    ("{% block 'b' %}x{% endblock 'b' %}{{ block('b') }}", "xx"),
    ("{% filter upper | trim %} ada {{ inputs.name }} {% endfilter %}", "ADA ADA"),
    ("{% raw %}{{ x }} {% if %}{% endraw %}!", "{{ x }} {% if %}!"),
    ("a {%- raw -%} {{ x }} {%- endraw -%} b", "a  {{ x }}  b"),
    ("{% verbatim %}{{ x }}{% endverbatim %}", "{{ x }}"),
    ("a {%- verbatim -%} {{ x }} {%- endverbatim -%} b", "a{{ x }}b"),
    ("{{ render('{% raw %}{{ x }}{% endraw %}{{ template }}') }}", "{{ x }}5"),
    ("a\n  {%- if true -%}  \nb{% endif %}", "ab"),
]


@pytest.mark.parametrize(("template", "printed"), TAGS)
def test_tags_print(text: Callable[[str], str], template: str, printed: str) -> None:
    assert text(template) == printed


MISTAKES = [
    ("{% if inputs.none %}x{% endif %}", "the condition of `{% if %}` is null"),
    ("{% for x in 5 %}{% endfor %}", "a number cannot be looped over"),
    ("{% for x in 'abc' %}{% endfor %}", "a string cannot be looped over"),
    ("{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}", "takes 1 arguments"),
    ("{% macro m(a) %}{% endmacro %}{{ m(b=2) }}", "has no parameter"),
    ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "calls itself more than 50 times"),
    ("{% for x in [1] %}{% endfor %}{{ x }}", "unable to find `x`"),
    ("{% for x in [1] %}{% endfor %}{{ loop.index }}", "unable to find `loop`"),
]


@pytest.mark.parametrize(("template", "message"), MISTAKES)
def test_a_mistake_in_a_tag_is_explained(
    text: Callable[[str], str], template: str, message: str
) -> None:
    with pytest.raises(ExpressionError) as error:
        text(template)
    assert message in error.value.message


def test_a_macro_is_no_value(value: Callable[[str], object]) -> None:
    with pytest.raises(ExpressionError, match="unable to find `m`"):
        value("{% macro m() %}{% endmacro %}{{ m }}")


def test_the_loop_itself_is_a_plain_map(value: Callable[[str], object]) -> None:
    printed = value("{% for x in [1] %}{{ loop }}{% endfor %}!")
    assert printed == '{"index":0,"first":true,"last":true,"length":1,"revindex":0}!'
