"""Cron lines: what they mean, when they fire, and what clock changes do to them."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtime.triggers.cron import Cron

PARIS = ZoneInfo("Europe/Paris")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")  # its clocks change by half an hour


def moments(line: str, start: str, zone: tzinfo = UTC, count: int = 3) -> list[str]:
    cron = Cron.parse(line, seconds=True)
    at: datetime | None = datetime.fromisoformat(start)
    found = []
    for _ in range(count):
        assert at is not None
        at = cron.next(at, zone)
        found.append(at.isoformat() if at else "never")
    return found


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("* * * * *", ["2026-01-01T00:01:00", "2026-01-01T00:02:00", "2026-01-01T00:03:00"]),
        ("*/20 * * * *", ["2026-01-01T00:20:00", "2026-01-01T00:40:00", "2026-01-01T01:00:00"]),
        ("0 9-11 * * *", ["2026-01-01T09:00:00", "2026-01-01T10:00:00", "2026-01-01T11:00:00"]),
        ("5,10 0 * * *", ["2026-01-01T00:05:00", "2026-01-01T00:10:00", "2026-01-02T00:05:00"]),
        ("0 0 * * MON", ["2026-01-05T00:00:00", "2026-01-12T00:00:00", "2026-01-19T00:00:00"]),
        ("0 0 * * 7", ["2026-01-04T00:00:00", "2026-01-11T00:00:00", "2026-01-18T00:00:00"]),
        ("0 0 * * sat-sun", ["2026-01-03T00:00:00", "2026-01-04T00:00:00", "2026-01-10T00:00:00"]),
        ("0 0 1 feb,MAR *", ["2026-02-01T00:00:00", "2026-03-01T00:00:00", "2027-02-01T00:00:00"]),
        ("0 0 L * *", ["2026-01-31T00:00:00", "2026-02-28T00:00:00", "2026-03-31T00:00:00"]),
        ("0 0 LW * *", ["2026-01-30T00:00:00", "2026-02-27T00:00:00", "2026-03-31T00:00:00"]),
        ("0 0 * * 5L", ["2026-01-30T00:00:00", "2026-02-27T00:00:00", "2026-03-27T00:00:00"]),
        ("0 0 * * 5#2", ["2026-01-09T00:00:00", "2026-02-13T00:00:00", "2026-03-13T00:00:00"]),
        ("0 0 13 * FRI", ["2026-01-02T00:00:00", "2026-01-09T00:00:00", "2026-01-13T00:00:00"]),
        ("0 0 29 2 *", ["2028-02-29T00:00:00", "2032-02-29T00:00:00", "2036-02-29T00:00:00"]),
        ("0 0 ? * *", ["2026-01-02T00:00:00", "2026-01-03T00:00:00", "2026-01-04T00:00:00"]),
        ("*/20 * * * * *", ["2026-01-01T00:00:20", "2026-01-01T00:00:40", "2026-01-01T00:01:00"]),
        ("@hourly", ["2026-01-01T01:00:00", "2026-01-01T02:00:00", "2026-01-01T03:00:00"]),
        ("@daily", ["2026-01-02T00:00:00", "2026-01-03T00:00:00", "2026-01-04T00:00:00"]),
        ("@weekly", ["2026-01-04T00:00:00", "2026-01-11T00:00:00", "2026-01-18T00:00:00"]),
        ("@monthly", ["2026-02-01T00:00:00", "2026-03-01T00:00:00", "2026-04-01T00:00:00"]),
        ("@Yearly", ["2027-01-01T00:00:00", "2028-01-01T00:00:00", "2029-01-01T00:00:00"]),
    ],
)
def test_a_line_fires_at_its_moments(line: str, expected: list[str]) -> None:
    assert moments(line, "2026-01-01T00:00:00+00:00") == [f"{each}+00:00" for each in expected]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("* * * *", "five fields"),
        ("", "five fields"),
        ("99 * * * *", "minute"),
        ("* 24 * * *", "hour"),
        ("* * 32 * *", "day-of-month"),
        ("0 0 31 13 *", "month"),
        ("* * * * XYZ", "day-of-week"),
        ("a b c d e", "cannot be read"),
        ("@sometimes", "@hourly"),
        ("0 0 0 * * *", "withSeconds"),
    ],
)
def test_a_wrong_line_is_refused_with_the_field_at_fault(line: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Cron.parse(line)


@pytest.mark.parametrize("line", ["0 0 30 2 *", "0 0 31 4,6,9,11 *", "0 0 0 30 FEB *"])
def test_a_line_that_never_fires_can_be_read(line: str) -> None:
    cron = Cron.parse(line, seconds=True)
    assert cron.next(datetime(2026, 1, 1, tzinfo=UTC), PARIS) is None
    assert cron.previous(datetime(2026, 1, 1, tzinfo=UTC), PARIS) is None


@pytest.mark.parametrize(
    ("line", "start", "zone", "expected"),
    [
        # A time of day in the gap fires right after it; the other days are as always.
        (
            "30 2 * * *",
            "2026-03-28T12:00:00+00:00",
            PARIS,
            ["2026-03-29T03:00:00+02:00", "2026-03-30T02:30:00+02:00", "2026-03-31T02:30:00+02:00"],
        ),
        # Two of them in the gap are one moment.
        (
            "0,30 2 * * *",
            "2026-03-28T12:00:00+00:00",
            PARIS,
            ["2026-03-29T03:00:00+02:00", "2026-03-30T02:00:00+02:00", "2026-03-30T02:30:00+02:00"],
        ),
        # A time of day that comes twice fires the first time.
        (
            "30 2 * * *",
            "2026-10-24T12:00:00+00:00",
            PARIS,
            ["2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00", "2026-10-27T02:30:00+01:00"],
        ),
        # From within the second pass it does not fire again.
        (
            "30 2 * * *",
            "2026-10-25T02:10:00+01:00",
            PARIS,
            ["2026-10-26T02:30:00+01:00", "2026-10-27T02:30:00+01:00", "2026-10-28T02:30:00+01:00"],
        ),
        # With seconds it is the same.
        (
            "0 30 2 * * *",
            "2026-10-24T12:00:00+00:00",
            PARIS,
            ["2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00", "2026-10-27T02:30:00+01:00"],
        ),
        # A rhythm follows real time: over the gap …
        (
            "*/30 * * * *",
            "2026-03-29T00:15:00+00:00",
            PARIS,
            ["2026-03-29T01:30:00+01:00", "2026-03-29T03:00:00+02:00", "2026-03-29T03:30:00+02:00"],
        ),
        # … and through both passes.
        (
            "*/30 * * * *",
            "2026-10-25T00:15:00+00:00",
            PARIS,
            ["2026-10-25T02:30:00+02:00", "2026-10-25T02:00:00+01:00", "2026-10-25T02:30:00+01:00"],
        ),
        # A gap of half an hour ends at half past.
        (
            "15 2 * * *",
            "2026-10-03T00:00:00+11:00",
            LORD_HOWE,
            ["2026-10-03T02:15:00+10:30", "2026-10-04T02:30:00+11:00", "2026-10-05T02:15:00+11:00"],
        ),
    ],
)
def test_clock_changes(line: str, start: str, zone: tzinfo, expected: list[str]) -> None:
    assert moments(line, start, zone) == expected


LINES = ["* * * * *", "30 2 * * *", "0 */3 * * *", "15,45 1-3 * * *", "*/7 2 * * *", "0 0 L * *"]
TIMES = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


@given(st.sampled_from(LINES), TIMES, st.sampled_from([PARIS, LORD_HOWE, UTC]))
def test_next_and_previous_are_each_others_inverse(line: str, at: datetime, zone: tzinfo) -> None:
    cron = Cron.parse(line)
    following = cron.next(at, zone)
    assert following is not None
    assert following.astimezone(UTC) > at
    before = cron.previous(following, zone)
    assert before is not None
    assert before.astimezone(UTC) <= at
    again = cron.next(before, zone)
    assert again is not None
    assert again.astimezone(UTC) == following.astimezone(UTC)


def test_a_rhythm_has_no_hole_over_two_years() -> None:
    cron = Cron.parse("0 * * * *")
    at = datetime(2026, 1, 1, tzinfo=UTC)
    for _ in range(2 * 365 * 24):
        following = cron.next(at, PARIS)
        assert following is not None
        assert following.astimezone(UTC) - at == timedelta(hours=1)
        at = following.astimezone(UTC)


@pytest.mark.parametrize(
    ("name", "night"),
    [
        ("Australia/Lord_Howe", "2024-04-06"),  # half an hour twice
        ("Australia/Lord_Howe", "2024-10-05"),  # half an hour left out
        ("Europe/Paris", "2024-03-30"),
        ("Europe/Paris", "2024-10-26"),
        ("Africa/Cairo", "2024-04-25"),  # midnight left out
        ("Africa/Cairo", "2024-10-31"),  # the hour before midnight twice
        ("Antarctica/Troll", "2024-03-30"),  # two hours left out
        ("Antarctica/Troll", "2024-10-26"),
    ],
)
@pytest.mark.parametrize(
    ("line", "minutes", "hours"),
    [
        ("*/7 2 * * *", range(0, 60, 7), {2}),
        ("*/15 1 * * *", range(0, 60, 15), {1}),
        ("*/20 23,0 * * *", range(0, 60, 20), {23, 0}),
        ("30 * * * *", {30}, range(24)),
        ("0 */3 * * *", {0}, range(0, 24, 3)),
    ],
)
def test_a_rhythm_fires_whenever_the_clock_on_the_wall_fits_forwards_and_backwards(
    name: str, night: str, line: str, minutes: Collection[int], hours: Collection[int]
) -> None:
    zone, cron = ZoneInfo(name), Cron.parse(line)
    start = datetime.fromisoformat(f"{night}T00:00:00+00:00")
    every = [start + timedelta(minutes=count) for count in range(2 * 24 * 60)]
    walls = [(at, at.astimezone(zone)) for at in every]
    expected = [at for at, wall in walls if wall.minute in minutes and wall.hour in hours]
    found, at = list[datetime](), start - timedelta(seconds=1)
    while (following := cron.next(at, zone)) and following.astimezone(UTC) <= every[-1]:
        found.append(at := following.astimezone(UTC))
    assert found == expected
    back, at = list[datetime](), every[-1] + timedelta(seconds=1)
    while (before := cron.previous(at, zone)) and before.astimezone(UTC) >= start:
        back.append(at := before.astimezone(UTC))
    assert back[::-1] == expected


@pytest.mark.parametrize(
    ("line", "before", "expected"),
    [
        # Within the second pass the moment of the first one is the last that was.
        ("30 2 * * *", "2026-10-25T02:15:00+01:00", "2026-10-25T02:30:00+02:00"),
        ("30 2 * * *", "2026-10-25T02:15:00+02:00", "2026-10-24T02:30:00+02:00"),
        # What fell into the gap was at its end.
        ("30 2 * * *", "2026-03-29T03:00:01+02:00", "2026-03-29T03:00:00+02:00"),
        ("30 2 * * *", "2026-03-29T03:00:00+02:00", "2026-03-28T02:30:00+01:00"),
    ],
)
def test_the_moment_before_a_clock_change_is_found(line: str, before: str, expected: str) -> None:
    found = Cron.parse(line).previous(datetime.fromisoformat(before), PARIS)
    assert found is not None
    assert found.isoformat() == expected
