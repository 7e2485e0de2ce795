"""No text whatever leads out of the storage."""

import contextlib
import posixpath
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from runtime.errors import InvalidInput
from runtime.files.uris import checked_key, checked_name, is_stored, key_of, uri_of

NASTY = st.sampled_from(
    ["..", ".", "", "/", "\\", "%2e%2e", "%2E.", "%252e%252e", "%2f", "..%2f", "\0", "\n", "a", "é"]
)
PATHS = st.lists(st.one_of(NASTY, st.text(max_size=8)), max_size=6).map("/".join)


@given(PATHS)
@example("a/../b")
@example("%2e%2e/%2e%2e/etc/passwd")
@example("..\\..\\x")
def test_a_key_stays_below_the_root_however_it_is_read(path: str) -> None:
    try:
        key = checked_key(path)
    except InvalidInput:
        return
    assert not key.startswith("/")
    assert posixpath.normpath(key) == key
    assert ".." not in key.split("/")
    assert "\0" not in key


@given(PATHS)
def test_an_address_leads_back_to_its_key(path: str) -> None:
    try:
        key = checked_key(path)
    except InvalidInput:
        return
    assert key_of(uri_of(key)) == key


@given(st.text())
def test_no_text_makes_reading_an_address_fail_otherwise_than_by_saying_so(text: str) -> None:
    for uri in (text, f"kestra:///{text}", f"kestra://{text}", f"kestra:///{quote(text)}"):
        with contextlib.suppress(InvalidInput):
            checked_key(key_of(uri))


@pytest.mark.parametrize(
    "uri",
    [
        "kestra:///a/../../etc/passwd",
        "kestra:///a/%2e%2e/b",
        "kestra:///a/%252e%252e/b",
        "kestra:////etc/passwd",
        "kestra:///a//b",
        "kestra://host/a",
        "kestra:///a?b",
        "kestra:///a#b",
        "kestra:///",
        "file:///etc/passwd",
        "/etc/passwd",
        "kestra:///a%00b",
        "kestra:///a%5c..%5cb",
        "kestra:///" + "a" * 2000,
        "kestra:///" + "a" * 256,
        "kestra://[",
    ],
)
def test_addresses_that_could_lead_elsewhere_are_refused(uri: str) -> None:
    with pytest.raises(InvalidInput):
        key_of(uri)


def test_both_schemes_mean_the_same_and_kestra_s_is_printed() -> None:
    assert key_of("kestra:///a/b%20c.txt") == key_of("flowdeck:///a/b%20c.txt") == "a/b c.txt"
    assert uri_of("a/b c.txt") == "kestra:///a/b%20c.txt"


def test_only_our_schemes_count_as_stored() -> None:
    assert is_stored("kestra:///a")
    assert is_stored("flowdeck:///a")
    assert not is_stored("https://example.com")
    assert not is_stored("kestra is nice")


def test_a_name_may_begin_with_a_slash_or_a_dot() -> None:
    assert checked_name("/data/in.csv") == checked_name("./data/in.csv") == "data/in.csv"
