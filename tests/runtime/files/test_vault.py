import base64
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtime.config import Settings
from runtime.errors import InvalidInput
from runtime.files.vault import Vault

VAULT = Vault(bytes(32))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_sealed_is_opened_again(text: str) -> None:
    assert VAULT.open(VAULT.seal(text)) == text


def test_the_same_text_never_looks_the_same() -> None:
    assert VAULT.seal("secret") != VAULT.seal("secret")


@pytest.mark.parametrize(
    "sealed", ["", "AAAA", "not base64!", base64.b64encode(bytes(40)).decode()]
)
def test_what_was_changed_is_refused(sealed: str) -> None:
    with pytest.raises(InvalidInput, match="cannot be opened"):
        VAULT.open(sealed)


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(InvalidInput, match="sealed with another key"):
        Vault(b"x" * 32).open(VAULT.seal("secret"))


def test_the_key_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    sealed = Vault.of(settings).seal("secret")
    assert Vault.of(settings).open(sealed) == "secret"
    path = tmp_path / "data" / "encryption.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_a_key_of_the_wrong_length_says_how_to_make_one() -> None:
    with pytest.raises(InvalidInput, match="openssl rand"):
        Vault.of(Settings(encryption_key=base64.b64encode(b"short").decode()))


def test_sealed_values_are_opened_wherever_they_stand() -> None:
    value = {"a": [1, VAULT.sealed_value("secret")], "b": VAULT.sealed_value("other")}
    assert VAULT.opened(value) == {"a": [1, "secret"], "b": "other"}


def test_a_value_without_secrets_is_looked_at_and_never_copied() -> None:
    value = {"rows": [{"key": "k", "value": 1, "type": "text"}] * 3, "none": None}
    assert VAULT.opened(value) is value


def test_what_is_sealed_deep_inside_is_opened_and_the_rest_stays() -> None:
    value = {"rows": [{"plain": 1}, {"secret": [VAULT.sealed_value("zebra")]}]}
    assert VAULT.opened(value) == {"rows": [{"plain": 1}, {"secret": ["zebra"]}]}
