"""Functions: facts from outside, secrets, ids, encryption, rendering again, loop helpers."""

import re
from collections.abc import Callable

import pytest

from runtime.expressions.problems import ExpressionError, LimitError, MissingValueError
from runtime.expressions.render import Renderer
from runtime.expressions.scope import Fact, FactNeeded, Scope
from runtime.expressions.secrets import Secrets

KEY = "MTIzNDU2Nzg5MDEyMzQ1Ng=="

ASKED = [
    ("kv('k')", Fact("kv", {"key": "k", "namespace": None})),
    ("kv('k', 'other.ns')", Fact("kv", {"key": "k", "namespace": "other.ns"})),
    ("secret('S')", Fact("secret", {"key": "S", "namespace": None, "subkey": None})),
    ("read('a.sql')", Fact("read", {"path": "a.sql", "namespace": None, "version": None})),
    (
        "fileSize(outputs.load.uri)",
        Fact("fileSize", {"path": "kestra:///x.ion", "namespace": None}),
    ),
    ("fileExists('a')", Fact("fileExists", {"path": "a", "namespace": None})),
    ("isFileEmpty('a')", Fact("isFileEmpty", {"path": "a", "namespace": None})),
    ("errorLogs()", Fact("errorLogs")),
    (
        "http('https://x', method='post', body={'a': 1})",
        Fact(
            "http",
            {
                "uri": "https://x",
                "method": "POST",
                "query": None,
                "body": {"a": 1},
                "contentType": None,
                "headers": None,
                "options": None,
                "accept": None,
            },
        ),
    ),
]


@pytest.mark.parametrize(("expression", "fact"), ASKED)
def test_the_outside_is_asked_for_a_fact(
    renderer: Renderer, scope: Scope, expression: str, fact: Fact
) -> None:
    with pytest.raises(FactNeeded) as needed:
        renderer.value("{{ " + expression + " }}", scope)
    assert needed.value.fact == fact
    scope.facts.put(fact, {"answer": 42})
    assert renderer.value("{{ (" + expression + ").answer }}", scope) == 42


def test_a_secret_is_known_to_be_masked(renderer: Renderer, scope: Scope) -> None:
    scope.facts.put(Fact("secret", {"key": "S", "namespace": None, "subkey": None}), 'p"w')
    assert renderer.text("{{ secret('S') }}", scope) == 'p"w'
    assert set(scope.secrets) == {'p"w'}
    assert scope.secrets.mask('it is p"w, in JSON "p\\"w"') == 'it is ******, in JSON "******"'
    printed = renderer.text("{% set leaked = secret('S') %}{{ printContext() }}", scope)
    assert '"leaked":"******"' in printed


def test_longer_secrets_are_masked_before_those_within_them() -> None:
    assert Secrets(["abcd", "abcdef", ""]).mask("abcdef") == "******"


def test_encryption_is_aes_gcm_and_what_is_decrypted_is_secret(
    renderer: Renderer, scope: Scope
) -> None:
    sealed = renderer.text(f"{{{{ encrypt('{KEY}', 'top') }}}}", scope)
    assert renderer.text(f"{{{{ decrypt('{KEY}', '{sealed}') }}}}", scope) == "top"
    assert set(scope.secrets) == {"top"}
    other = "YWFhYWFhYWFhYWFhYWFhYQ=="
    for key, message in [(other, "cannot be decrypted"), ("YQ==", "16, 24 or 32"), ("?", "base64")]:
        with pytest.raises(ExpressionError, match=message):
            renderer.text(f"{{{{ decrypt('{key}', '{sealed}') }}}}", scope)


IDENTIFIERS = [
    ("uuid()", r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"),
    ("id()", r"[0-9A-Za-z]{22}"),
    ("ksuid()", r"[0-9A-Za-z]{27}"),
    ("nanoId()", r"[\w-]{21}"),
    ("nanoId(5, 'ab')", r"[ab]{5}"),
    ("randomInt(3, 5)", r"[34]"),
    ("randomPort()", r"\d{4,5}"),
]


@pytest.mark.parametrize(("expression", "pattern"), IDENTIFIERS)
def test_new_ids_come_from_the_given_entropy(
    renderer: Renderer, scope: Scope, expression: str, pattern: str
) -> None:
    first = renderer.text("{{ " + expression + " }}", scope)
    assert re.fullmatch(pattern, first)
    still = Scope({}, entropy=lambda size: bytes(size), clock=scope.clock)
    again = [renderer.text("{{ " + expression + " }}", still) for _ in range(2)]
    assert again[0] == again[1]


RENDERED = [
    ("{{ render(template) }}", "5"),
    ("{{ renderOnce('{{ template }}') }}", "{{ inputs.n }}"),
    ("{{ render('{{ template }}') }}", "5"),
    ("{{ render('{{ template }}', recursive=false) }}", "{{ inputs.n }}"),
    ("{{ render({'k': template, 'l': [template]}) }}", '{"k":"5","l":["5"]}'),
    ("{% set x = 7 %}{{ render('{{ x }}') }}", "7"),
    ("{{ render(5) }}", "5"),
    ("{{ fileURI('a/b.txt') }}", "kestra:///company/team/_files/a/b.txt"),
    ("{{ fileURI('a', 'x.y') }}", "kestra:///x/y/_files/a"),
    ("{{ tasksWithState('SUCCESS') }}", '[{"taskId":"load","state":"SUCCESS"}]'),
    (
        "{{ tasksWithState(state='failed') }}",
        '[{"taskId":"each","state":"FAILED","value":"a"}]',
    ),
]


@pytest.mark.parametrize(("template", "printed"), RENDERED)
def test_functions_print(text: Callable[[str], str], template: str, printed: str) -> None:
    assert text(template) == printed


def test_a_variable_that_renders_itself_ends_in_an_error(renderer: Renderer) -> None:
    scope = Scope({"me": "{{ render(me) }}"})
    with pytest.raises(LimitError, match="calls itself"):
        renderer.text("{{ render(me) }}", scope)


def test_the_context_is_printed_as_json(renderer: Renderer) -> None:
    scope = Scope({"a": {"b": 1}})
    assert renderer.text("{{ printContext() }}", scope) == '{"a":{"b":1}}'
    assert renderer.value("{{ fromJson(fetchContext()).a.b }}", scope) == 1


LOOP: dict[str, object] = {
    "task": {"id": "inner"},
    "taskrun": {"value": "y", "iteration": 1},
    "parent": {"task": {"id": "outer"}, "taskrun": {"value": "p"}},
    "parents": [{"task": {"id": "outer"}, "taskrun": {"value": "p"}}],
    "outputs": {
        "outer": {"p": {"x": "of outer"}},
        "inner": {"p": {"x": {"value": 1}, "y": {"value": 2}}},
        "loop": {"outputs": [{"outputs": {"n": 1}}, {"outputs": {"n": 2}}, {}]},
    },
}

LOOPS = [
    ("currentEachOutput(outputs.inner)", {"value": 2}),
    ("currentEachOutput(outputs.inner).value", 2),
    ("iterationOutput()", 1),  # this task, the turn before
    ("iterationOutput('inner', 1)", 2),
    ("iterationOutput('unknown')", None),
    ("parentOutput()", {"x": "of outer"}),
    ("parentOutput(0).x", "of outer"),
    ("loopOutputs(outputs.loop.outputs, 'n')", [1, 2, None]),
    ("iterationOutput('inner', 5) ?? 'none'", "none"),
    ("outputs.inner[parent.taskrun.value][taskrun.value].value", 2),
]


@pytest.mark.parametrize(("expression", "result"), LOOPS)
def test_loop_helpers_find_outputs(renderer: Renderer, expression: str, result: object) -> None:
    assert renderer.value("{{ " + expression + " }}", Scope(LOOP)) == result


def test_a_turn_that_is_not_there_is_missing(renderer: Renderer) -> None:
    with pytest.raises(MissingValueError, match="turn 5 of the loop has no outputs"):
        renderer.value("{{ iterationOutput('inner', 5) }}", Scope(LOOP))
