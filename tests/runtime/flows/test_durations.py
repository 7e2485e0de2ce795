"""ISO 8601 durations, read and written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtime.flows.durations import format_duration, parse_duration


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("PT0S", 0),
        ("PT5M", 300),
        ("PT1H30M", 5400),
        ("P1D", 86400),
        ("P1DT12H", 129600),
        ("P2W", 1209600),
        ("PT0.5S", 0.5),
        ("PT-5M", -300),
        ("-PT5M", -300),
        ("pt1s", 1),
        ("P1M", 30 * 86400),
        ("P1Y", 365 * 86400),
    ],
)
def test_a_duration_is_read_in_seconds(text: str, seconds: float) -> None:
    assert parse_duration(text) == seconds


@pytest.mark.parametrize("text", ["", "5m", "500ms", "P", "PT", "1h", "PT5", "P5S", "PTS", "P1DT"])
def test_anything_else_is_refused_with_examples(text: str) -> None:
    with pytest.raises(ValueError, match="write PT30S, PT5M, PT1H or P1D"):
        parse_duration(text)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "PT0S"), (90, "PT1M30S"), (86400, "PT24H"), (0.25, "PT0.25S"), (-5, "-PT5S")],
)
def test_a_duration_is_written_shortly(seconds: float, text: str) -> None:
    assert format_duration(seconds) == text


@given(st.integers(-(10**12), 10**12))
def test_what_is_written_is_read_back(milliseconds: int) -> None:
    seconds = milliseconds / 1000
    assert parse_duration(format_duration(seconds)) == pytest.approx(seconds, abs=1e-6)
