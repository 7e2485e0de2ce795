"""Every form in which a secret may turn up is masked; what is not secret is left alone."""

import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from urllib.parse import quote, quote_plus

import pytest

from runtime.expressions.render import Renderer
from runtime.expressions.scope import Fact, Opened, Scope
from runtime.expressions.secrets import MASK, Secrets

PASSWORD = 'pä"ss/w+rd 42'
PEM = "-----BEGIN KEY-----\nMIIBOwIBAAJBAKj34GkxFhD9\n7xYzQ==\n-----END KEY-----\n"


@pytest.mark.parametrize(
    "shown",
    [
        PASSWORD,
        json.dumps(PASSWORD),
        json.dumps(PASSWORD, ensure_ascii=False),
        quote(PASSWORD),
        quote(PASSWORD, safe=""),
        quote_plus(PASSWORD),
    ],
)
def test_a_secret_is_found_in_every_notation(shown: str) -> None:
    assert Secrets([PASSWORD]).mask(f"before {shown} after").strip() in (
        f"before {MASK} after",
        f'before "{MASK}" after',
    )


@pytest.mark.parametrize("before", ["", "x", "xy", "user:"])
@pytest.mark.parametrize("encode", [b64encode, urlsafe_b64encode])
def test_base64_of_any_text_around_a_secret_does_not_show_it(
    before: str, encode: Callable[[bytes], bytes]
) -> None:
    encoded = encode(f"{before}{PASSWORD}\n".encode()).decode()
    masked = Secrets([PASSWORD]).mask(encoded)
    assert MASK in masked
    assert len(masked) < len(MASK) + 12


def test_each_line_of_a_secret_is_one() -> None:
    secrets = Secrets([PEM])
    assert [secrets.mask(line) for line in PEM.splitlines()] == [MASK] * 4
    assert secrets.mask(json.dumps({"key": PEM})) == f'{{"key": "{MASK}"}}'


def test_blanks_around_a_secret_do_not_hide_it() -> None:
    assert Secrets(["  open sesame\n"]).mask("say open sesame!") == f"say {MASK}!"


def test_a_very_short_secret_is_masked_only_where_it_stands_alone() -> None:
    secrets = Secrets(["ab", "7"])
    assert secrets.mask("about 17 cabs, code=ab, 7!") == f"about 17 cabs, code={MASK}, {MASK}!"


def test_nothing_is_no_secret() -> None:
    secrets = Secrets(["", "  ", "\n"])
    assert not secrets
    assert secrets.mask("a b\n") == "a b\n"


FOLLOWED = [
    ("secret('S') | upper", "OPEN-SESAME-42"),
    ("secret('S') | base64encode", None),
    ("('user:' ~ secret('S')) | base64encode", None),
    ("secret('S') | replace({'-': '_'})", "open_sesame_42"),
    ("secret('S') | split('-') | first", "open"),
    ("secret('S') | substringAfter('-')", "sesame-42"),
    ("('key ' ~ secret('S')) | capitalize", None),
    ("secret('S') | abbreviate(9)", "open-s..."),
    ("(secret('S') | upper) | slugify", "open-sesame-42"),
    ("secret('J') | jq('.password') | first", "hush-hush"),
    ("fromJson(secret('J')).password | title", "Hush-hush"),
    ("fromJson(secret('J')).password", "hush-hush"),
    ("render(secret('T'))", "Hello Ada"),
]


@pytest.fixture
def known(scope: Scope) -> Scope:
    secrets = {
        "S": "open-sesame-42",
        "J": '{"user": "ada", "password": "hush-hush"}',
        "T": "Hello {{ inputs.name }}",
    }
    for key, text in secrets.items():
        scope.facts.put(Fact("secret", {"key": key, "namespace": None, "subkey": None}), text)
    return scope


@pytest.mark.parametrize(("expression", "result"), FOLLOWED)
def test_what_an_expression_makes_of_a_secret_is_secret(
    renderer: Renderer, known: Scope, expression: str, result: str | None
) -> None:
    text = renderer.text("{{ " + expression + " }}", known)
    assert text == (result or text)
    assert known.secrets.within(text)
    assert text not in known.secrets.mask(f"it is {text}.")


@pytest.mark.parametrize(
    "expression",
    [
        "secret('S') | sha256",
        "secret('S') | length",
        "secret('S') | className",
        "secret('S') | startsWith('open')",
        "('to the host of ' ~ secret('S')) | split(' ') | first",
        "[secret('S'), 'plain text'] | last",
        "{'name': secret('S')} | keys | first",
    ],
)
def test_what_does_not_lead_back_stays_open(
    renderer: Renderer, known: Scope, expression: str
) -> None:
    text = renderer.text("{{ " + expression + " }}", known)
    assert known.secrets.mask(text) == text


def test_a_loop_that_derives_texts_without_end_keeps_the_youngest(
    renderer: Renderer, known: Scope
) -> None:
    template = "{% for i in 1..3000 %}{{ (i ~ secret('S')) | upper }} {% endfor %}"
    made = renderer.text(template, known).split()
    assert known.secrets.within(made[-1].replace("OPEN-SESAME-42", "") + "OPEN-SESAME-42")
    assert len(known.secrets.mask(made[0])) < 2_000


def test_what_was_sealed_in_the_key_value_store_is_secret_again(
    renderer: Renderer, scope: Scope
) -> None:
    answer = Opened({"token": "open-sesame-42"}, frozenset({"open-sesame-42"}))
    scope.facts.put(Fact("kv", {"key": "k", "namespace": None}), answer)
    assert renderer.text("{{ kv('k').token }}", scope) == "open-sesame-42"
    assert scope.secrets.mask("open-sesame-42") == MASK
