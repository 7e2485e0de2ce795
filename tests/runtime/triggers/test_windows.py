"""Windows of preconditions: what is remembered, and for how long."""

from datetime import datetime

import pytest

from runtime.triggers.flow import TimeWindow, Window
from runtime.triggers.windows import Memory, Wanted, judge

PARTS = {"a", "b"}


def moment(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-{text}+00:00")


def window(**properties: object) -> TimeWindow:
    return TimeWindow.model_validate(properties)


DEADLINE = {"type": "DAILY_TIME_DEADLINE", "deadline": "09:00:00"}


@pytest.mark.parametrize(
    ("properties", "first", "second", "complete"),
    [
        # Spans of a day by default, from midnight to midnight.
        ({}, "14T00:00:00", "14T23:59:59", True),
        ({}, "14T23:59:59", "15T00:00:00", False),
        ({"window": "PT6H"}, "14T06:00:00", "14T11:59:59", True),
        ({"window": "PT6H"}, "14T05:59:59", "14T06:00:00", False),
        ({"window": "PT6H", "windowAdvance": "PT1H"}, "14T06:30:00", "14T07:30:00", False),
        ({"window": "PT6H", "windowAdvance": "PT1H"}, "14T07:00:00", "14T12:59:59", True),
        ({"window": "PT6H", "windowAdvance": "-PT1H"}, "14T05:00:00", "14T10:59:59", True),
        # Days and times of day in a zone; New York is five hours behind, from 8 March on four.
        ({"timezone": "America/New_York"}, "14T04:00:00", "15T03:59:59", True),
        ({"timezone": "America/New_York"}, "14T03:59:59", "14T04:00:00", False),
        ({"timezone": "America/New_York"}, "07T05:00:00", "08T04:59:59", True),
        ({"timezone": "America/New_York"}, "08T05:00:00", "09T03:59:59", True),
        (
            {"type": "DAILY_TIME_DEADLINE", "deadline": "09:00:00", "timezone": "Asia/Tokyo"},
            "13T15:00:00", "14T00:00:00", True,
        ),
        (
            {"type": "DAILY_TIME_DEADLINE", "deadline": "09:00:00", "timezone": "Asia/Tokyo"},
            "13T15:00:00", "14T00:00:01", False,
        ),
        (
            {"type": "DAILY_TIME_WINDOW", "startTime": "06:00:00", "endTime": "09:00:00Z",
             "timezone": "Europe/Paris"},
            "14T05:00:00", "14T09:00:00", True,
        ),
        # Whatever was within the last hour.
        ({"type": "SLIDING_WINDOW", "window": "PT1H"}, "14T23:30:00", "15T00:30:00", True),
        ({"type": "SLIDING_WINDOW", "window": "PT1H"}, "14T23:30:00", "15T00:30:01", False),
        # Each day until the deadline.
        (DEADLINE, "14T00:00:00", "14T09:00:00", True),
        (DEADLINE, "14T08:00:00", "14T09:00:01", False),
        (DEADLINE, "14T08:00:00", "15T08:00:00", False),
        (
            {"type": "DAILY_TIME_DEADLINE", "deadline": "09:00:00+02:00"},
            "14T22:30:00", "15T06:59:59", True,
        ),
        # Each day between two times.
        (
            {"type": "DAILY_TIME_WINDOW", "startTime": "06:00:00", "endTime": "09:00:00"},
            "14T06:00:00", "14T09:00:00", True,
        ),
        (
            {"type": "DAILY_TIME_WINDOW", "startTime": "06:00:00", "endTime": "09:00:00"},
            "14T05:59:59", "14T08:00:00", False,
        ),
        (
            {"type": "DAILY_TIME_WINDOW", "startTime": "06:00:00", "endTime": "09:00:00"},
            "14T07:00:00", "15T07:00:00", False,
        ),
    ],
)  # fmt: skip
def test_two_executions_complete_it_within_one_window(
    properties: dict[str, object], first: str, second: str, complete: bool
) -> None:
    limits = window(**properties)
    one = judge(Wanted(limits, PARTS), Memory(), {"a"}, moment(first), {"n": 1})
    assert not one.is_complete
    remembered = Memory.read(one.memory.stored())
    two = judge(Wanted(limits, PARTS), remembered, {"b"}, moment(second), {"m": 2})
    assert two.is_complete is complete
    if complete:
        assert two.outputs == {"n": 1, "m": 2}


def test_what_meets_nothing_changes_nothing() -> None:
    before = Memory(None, {"a": moment("14T00:00:00")})
    verdict = judge(Wanted(window(), PARTS), before, set(), moment("14T01:00:00"), {"n": 1})
    assert (verdict.is_complete, verdict.memory) == (False, before)


def test_one_execution_may_meet_everything_at_once() -> None:
    assert judge(Wanted(window(), PARTS), Memory(), PARTS, moment("14T01:00:00"), {}).is_complete


def test_after_it_was_emptied_everything_is_needed_again() -> None:
    done = judge(Wanted(window(), PARTS), Memory(), PARTS, moment("14T01:00:00"), {"n": 1})
    left = Memory.read(done.memory.emptied().stored())
    again = judge(Wanted(window(), PARTS), left, {"a"}, moment("14T02:00:00"), {})
    assert (again.is_complete, again.outputs) == (False, {})
    kept = judge(Wanted(window(), PARTS), done.memory, {"a"}, moment("14T02:00:00"), {})
    assert kept.is_complete


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ({"deadline": "09:00:00"}, DEADLINE),
        (
            {"from": "06:00:00", "to": "09:00:00"},
            {"type": "DAILY_TIME_WINDOW", "startTime": "06:00:00", "endTime": "09:00:00"},
        ),
        ({"every": "PT6H", "offset": "PT1H"}, {"window": "PT6H", "windowAdvance": "PT1H"}),
        ({"lookback": "PT1H"}, {"type": "SLIDING_WINDOW", "window": "PT1H"}),
        ({}, {}),
    ],
)
def test_newer_spellings_of_a_window(written: dict[str, object], meant: dict[str, object]) -> None:
    newer = Window.model_validate(written).spelled_out()
    assert newer.model_dump(include=set(TimeWindow.model_fields)) == window(**meant).model_dump()


@pytest.mark.parametrize(
    "wrong",
    [{"deadline": "09:00:00", "every": "PT1H"}, {"offset": "PT1H"}, {"lookback": "P1D", "to": "1"}],
)
def test_a_window_is_of_one_kind(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"choose one of|belongs to|not a time"):
        Window.model_validate(wrong)


@pytest.mark.parametrize("kind", [{"every": "P1D"}, {"deadline": "09:00:00"}, {"from": "06:00:00"}])
def test_a_window_keeps_its_zone_however_it_is_spelled(kind: dict[str, object]) -> None:
    spelled = Window.model_validate({**kind, "timezone": "Europe/Paris"}).spelled_out()
    assert spelled.timezone == "Europe/Paris"


def test_a_zone_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="`Mars` is no time zone; write one such as"):
        window(timezone="Mars")


def test_some_parts_may_be_enough() -> None:
    wanted = Wanted(window(), {"a", "b", "c"}, needed=2)
    one = judge(wanted, Memory(), {"a"}, moment("14T01:00:00"), {})
    assert not one.is_complete
    assert judge(wanted, one.memory, {"c"}, moment("14T02:00:00"), {}).is_complete


def test_a_window_may_be_complete_only_once() -> None:
    wanted = Wanted(window(window="PT6H"), {"a"}, fire_once=True)
    first = judge(wanted, Memory(), {"a"}, moment("14T01:00:00"), {})
    assert first.is_complete
    after = Memory.read(first.memory.complete(moment("14T01:00:00")).emptied().stored())
    assert not judge(wanted, after, {"a"}, moment("14T05:59:59"), {}).is_complete
    assert judge(wanted, after, {"a"}, moment("14T06:00:00"), {}).is_complete
