"""Syntax errors before any rendering: line, column, and how to mend them; and references."""

import pytest

from runtime.expressions.render import Renderer

PROBLEMS = [
    ("{{ a b }}", 1, 6, "expected `}}`, found `b`", ""),
    ("{{ }}", 1, 4, "no expression", ""),
    ("{{ a |", 1, 7, "expected `a name`, found the end of the template", ""),
    ("x\n {{ a | uper }}", 2, 9, "there is no filter `uper`", "`upper`"),
    ("{{ nwo() }}", 1, 4, "there is no function or macro `nwo`", "`now`"),
    ("{{ a is evn }}", 1, 9, "there is no test `evn`", "`even`"),
    ("{{ 'a }}", 1, 4, "unexpected `'`", "quotation mark"),
    ("{{ (1 }}", 1, 7, "unexpected '}'", ""),
    ("{{ a.length() }}", 1, 12, "a value cannot be called", "filter"),
    ("{{ d | date(formt='x') }}", 1, 8, "takes format, timeZone", ""),
    ("{{ a ? b }}", 1, 10, "expected `:`", ""),
    ("{% for x in y %}", 1, 17, "`{% endfor %}`", ""),
    ("{% if a %}{% endfor %}", 1, 14, "`{% endfor %}` has no beginning", ""),
    ("{% fro x in y %}{% endfor %}", 1, 4, "there is no tag `fro`", "`for`"),
    ("{% include 'x' %}", 1, 4, "is not available in flows", ""),
    ("{{ {% if a %} }}", 1, 5, "expected a value", ""),
    ("{{ block('x') }}", 1, 4, "there is no block `x`", ""),
    ("{{ x", 1, 5, "found the end of the template", ""),
    ("{# open", 1, 1, "comment", ""),
    ("{% set true = 1 %}", 1, 8, "cannot be given a value", ""),
    ("{{ a ** b }}", 1, 7, "expected a value, found `*`", ""),
    ("{{ x(1=2) }}", 1, 7, "expected `,`", ""),
]


@pytest.mark.parametrize(("template", "line", "column", "message", "hint"), PROBLEMS)
def test_a_syntax_problem_has_a_place_and_a_remedy(
    renderer: Renderer, template: str, line: int, column: int, message: str, hint: str
) -> None:
    (problem,) = renderer.check(template)
    assert message in problem.message
    assert hint in problem.hint
    if "unexpected '}'" not in message and "comment" not in message:
        assert (problem.line, problem.column) == (line, column)


@pytest.mark.parametrize(
    "template", ["", "plain", "{{ a.b ?? 'c' }}", "{% for x in y %}{{ x }}{% endfor %}", "{ not }"]
)
def test_a_correct_template_has_no_problem(renderer: Renderer, template: str) -> None:
    assert renderer.check(template) == []


REFERENCES = [
    ("plain", set()),
    ("{{ outputs.a.value }}", {("outputs", "a", "value")}),
    ("{{ outputs['my-task'].x | upper }}", {("outputs", "my-task", "x")}),
    ("{{ outputs.a[taskrun.value].x }}", {("outputs", "a"), ("taskrun", "value")}),
    ("{{ inputs.x ?? vars.y }}", {("inputs", "x"), ("vars", "y")}),
    ("{% for r in outputs.rows %}{{ r.id }}{% endfor %}", {("outputs", "rows")}),
    ("{% set q = inputs.a %}{{ q.b }}", {("inputs", "a")}),
    ("{{ kv('a') ~ list[0] }}", {("list", "0")}),
]


@pytest.mark.parametrize(("template", "paths"), REFERENCES)
def test_references_are_the_literal_paths(
    renderer: Renderer, template: str, paths: set[tuple[str, ...]]
) -> None:
    assert renderer.references(template) == paths
