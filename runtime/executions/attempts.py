"""The attempts of a task run: how one is opened, taken up by a worker, and closed."""

from datetime import datetime

from runtime.executions.model import Attempt, StateChange, TaskRun
from runtime.executions.states import TaskRunState


def opened(run: TaskRun, state: TaskRunState, at: datetime) -> tuple[Attempt, ...]:
    """The attempts with a further one that begins in `state`."""
    return (*run.attempts, Attempt(run.attempt + 1, state, (StateChange(state, at),)))


def taken_up(run: TaskRun, worker: str, at: datetime) -> tuple[Attempt, ...]:
    """The attempts with the current one RUNNING at a worker."""
    last = run.attempts[-1]
    running = TaskRunState.RUNNING
    history = (*last.history, StateChange(running, at))
    return (*run.attempts[:-1], Attempt(last.number, running, history, worker))


def closed(
    run: TaskRun, state: TaskRunState, at: datetime, message: str | None = None
) -> tuple[Attempt, ...]:
    """The attempts with the current one ended; unchanged when it has ended before."""
    if not run.attempts or run.attempts[-1].state.is_terminal:
        return run.attempts
    last = run.attempts[-1]
    history = (*last.history, StateChange(state, at))
    ended = Attempt(last.number, state, history, last.worker, message or last.message)
    return (*run.attempts[:-1], ended)
