"""What a plain scalar means: JSON's values, and text for everything else."""

import pytest

from runtime.flows.scalars import Value, plain_value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("true", True),
        ("False", False),
        ("12", 12),
        ("-3", -3),
        ("+3", 3),
        ("010", 10),
        ("0o10", 8),
        ("0xff", 255),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        (".5", 0.5),
    ],
)
def test_words_and_numbers_of_the_core_schema_are_values(text: str, value: Value) -> None:
    found = plain_value(text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    "text",
    [
        "yes", "no", "on", "off", "y", "n", "12:30", "1:2:3", "2026-01-31", "1_000", "1.0.0",
        ".inf", "-.INF", ".nan", "1e999", "9223372036854775808", "0b11", "tRue", "-", "+", ".",
        "=", "<<", "0x", "1e", "é", "1 000",
    ],
)  # fmt: skip
def test_the_traps_of_yaml_1_1_are_text(text: str) -> None:
    assert plain_value(text) == text
