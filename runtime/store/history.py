"""Histories and attempts as JSON, there and back: `[["CREATED", "2026-01-01T00:00:00Z"], …]`."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NotRequired, TypedDict

from runtime.executions.model import Attempt, StateChange
from runtime.executions.states import TaskRunState
from runtime.store.encoding import to_json


class StoredAttempt(TypedDict):
    """One try at a task run, as its row has it."""

    number: int
    state: str
    history: Sequence[Sequence[str]]
    worker: str | None
    message: str | None
    log_file: NotRequired[str]


def history_json(history: Iterable[StateChange]) -> str:
    """Every state with the moment when it was entered."""
    return to_json(_pairs(history))


def history_of(stored: Sequence[Sequence[str]]) -> tuple[StateChange, ...]:
    """The same from its stored form."""
    return tuple(StateChange(state, datetime.fromisoformat(at)) for state, at in stored)


def attempts_json(attempts: Iterable[Attempt]) -> str:
    """The tries at a task run, the first one first."""
    return to_json(
        [
            {
                "number": attempt.number,
                "state": attempt.state.value,
                "history": _pairs(attempt.history),
                "worker": attempt.worker,
                "message": attempt.message,
                **({"log_file": attempt.log_file} if attempt.log_file else {}),
            }
            for attempt in attempts
        ]
    )


def attempts_of(stored: Sequence[StoredAttempt]) -> tuple[Attempt, ...]:
    """The same from their stored form."""
    return tuple(
        Attempt(
            number=attempt["number"],
            state=TaskRunState(attempt["state"]),
            history=history_of(attempt["history"]),
            worker=attempt["worker"],
            message=attempt["message"],
            log_file=attempt.get("log_file"),
        )
        for attempt in stored
    )


def _pairs(history: Iterable[StateChange]) -> list[tuple[str, datetime]]:
    return [(str(change.state), change.at) for change in history]
