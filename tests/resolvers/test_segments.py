"""Histories become columns: states, and moments as milliseconds."""

from datetime import UTC, datetime, timedelta

from resolvers.segments import segments_of
from runtime.executions.model import StateChange
from runtime.executions.states import TaskRunState
from runtime.store.history import history_json

_ORIGIN = datetime(2026, 1, 31, 23, 59, 58, 250_001, UTC)
_AFTER = [0.0, 0.001, 749.999, 1_749.999, 61_000.5, 86_400_000.0, -250.001]


def _lines(*histories: list[timedelta]) -> str:
    return "\n".join(
        history_json(
            StateChange(state, _ORIGIN + after)
            for state, after in zip(TaskRunState, history, strict=False)
        )
        for history in histories
    )


def test_the_columns_are_what_was_stored() -> None:
    first = [timedelta(milliseconds=after) for after in _AFTER]
    second = [timedelta(seconds=1.749999), timedelta(days=3)]
    segments = segments_of(_lines(first, second), _ORIGIN)
    assert segments.counts == [len(first), 2]
    names = [state.value for state in TaskRunState]
    assert segments.states == names[: len(first)] + names[:2]
    assert segments.offsets == [*_AFTER, 1_749.999, 259_200_000.0]


def test_no_name_of_a_state_has_what_ends_a_moment() -> None:
    assert not any("Z" in state.value or not state.value.isalpha() for state in TaskRunState)


def test_no_task_runs_are_no_segments() -> None:
    segments = segments_of("", _ORIGIN)
    assert segments.counts == []
    assert segments.states == []
    assert segments.offsets == []
