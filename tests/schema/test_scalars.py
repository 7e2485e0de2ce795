"""Values that GraphQL does not know by itself: what is read, what is refused, what is written."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from graphql import GraphQLError
from strawberry.scalars import JSON

from schema.scalars import SCALARS, URL, BigInt

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


def read(scalar: object, value: object) -> Any:
    parse = SCALARS[scalar].parse_value
    assert parse is not None
    return parse(value)


def write(scalar: object, value: object) -> Any:
    serialize = SCALARS[scalar].serialize
    assert serialize is not None
    return serialize(value)


@pytest.mark.parametrize(
    "text", ["2026-01-31T12:00:00Z", "2026-01-31T14:00:00+02:00", "2026-01-31T12:00:00.000000Z"]
)
def test_a_moment_is_read_in_any_zone_that_is_said(text: str) -> None:
    assert read(datetime, text) == NOON
    assert read(datetime, text).tzinfo is UTC


@pytest.mark.parametrize(
    "text", ["2026-01-31T12:00:00", "2026-01-31", "noon", 7, None, "0001-01-01T00:00:00+14:00"]
)
def test_a_moment_without_a_zone_or_sense_is_refused(text: object) -> None:
    with pytest.raises(GraphQLError):
        read(datetime, text)


def test_a_moment_is_written_in_utc_to_the_microsecond() -> None:
    elsewhere = NOON.astimezone(timezone(timedelta(hours=-5)))
    assert write(datetime, elsewhere) == write(datetime, NOON) == "2026-01-31T12:00:00.000000Z"


@pytest.mark.parametrize(
    ("text", "seconds"), [("PT1.5S", 1.5), ("PT5M", 300), ("P1D", 86_400), ("P1DT1H", 90_000)]
)
def test_a_length_of_time_is_read_and_written_the_same(text: str, seconds: float) -> None:
    assert read(timedelta, text) == timedelta(seconds=seconds)
    assert read(timedelta, write(timedelta, timedelta(seconds=seconds))).total_seconds() == seconds


@pytest.mark.parametrize("value", ["", "soon", "1h", "P99999999999D"])
def test_what_is_no_length_of_time_is_refused(value: str) -> None:
    with pytest.raises(GraphQLError):
        read(timedelta, value)


@pytest.mark.parametrize("value", ["7", 7, "-9223372036854775808", "9223372036854775807"])
def test_a_big_number_is_read_from_digits_and_written_as_such(value: object) -> None:
    assert write(BigInt, read(BigInt, value)) == str(value)


@pytest.mark.parametrize("value", [True, 7.0, "7.5", "9223372036854775808", "x", None])
def test_what_is_no_whole_number_of_64_bits_is_refused(value: object) -> None:
    with pytest.raises(GraphQLError):
        read(BigInt, value)


@pytest.mark.parametrize("value", [None, {"a": [1, "b", {"c": 2.5}]}, "text", 2**63])
def test_json_is_taken_as_it_is(value: object) -> None:
    assert read(JSON, value) == value


@pytest.mark.parametrize("value", ["\ud800", {"a": 2**70}, {1, 2}])
def test_what_json_cannot_hold_is_refused(value: object) -> None:
    with pytest.raises(GraphQLError):
        read(JSON, value)


def test_an_address_is_a_text() -> None:
    assert read(URL, "/x") == "/x"
    with pytest.raises(GraphQLError):
        read(URL, 7)
