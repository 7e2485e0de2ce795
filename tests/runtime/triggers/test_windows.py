"""Windows of preconditions: what is remembered, and for how long."""

from datetime import datetime

import pytest

from runtime.triggers.flow import TimeWindow
from runtime.triggers.windows import Memory, judge

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
    one = judge(limits, PARTS, Memory(), {"a"}, moment(first), {"n": 1})
    assert not one.is_complete
    remembered = Memory.read(one.memory.stored())
    two = judge(limits, PARTS, remembered, {"b"}, moment(second), {"m": 2})
    assert two.is_complete is complete
    if complete:
        assert two.outputs == {"n": 1, "m": 2}


def test_what_meets_nothing_changes_nothing() -> None:
    before = Memory(None, {"a": moment("14T00:00:00")})
    verdict = judge(window(), PARTS, before, set(), moment("14T01:00:00"), {"n": 1})
    assert (verdict.is_complete, verdict.memory) == (False, before)


def test_one_execution_may_meet_everything_at_once() -> None:
    assert judge(window(), PARTS, Memory(), PARTS, moment("14T01:00:00"), {}).is_complete


def test_after_it_was_emptied_everything_is_needed_again() -> None:
    done = judge(window(), PARTS, Memory(), PARTS, moment("14T01:00:00"), {"n": 1})
    left = Memory.read(done.memory.emptied().stored())
    again = judge(window(), PARTS, left, {"a"}, moment("14T02:00:00"), {})
    assert (again.is_complete, again.outputs) == (False, {})
    kept = judge(window(), PARTS, done.memory, {"a"}, moment("14T02:00:00"), {})
    assert kept.is_complete
