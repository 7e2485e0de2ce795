"""The attempts of a task run: how one is opened, taken up by a worker, and closed."""

from dataclasses import replace
from datetime import datetime

from runtime.executions.model import Attempt, StateChange, TaskRun
from runtime.executions.states import TaskRunState


def opened(run: TaskRun, state: TaskRunState, at: datetime) -> tuple[Attempt, ...]:
    """The attempts with a further one that begins in `state`."""
    return (*run.attempts, Attempt(run.attempt + 1, state, (StateChange(state, at),)))


def taken_up(run: TaskRun, worker: str, log_file: str | None, at: datetime) -> tuple[Attempt, ...]:
    """The attempts with the current one RUNNING at a worker, its lines going to a file or not."""
    last = run.attempts[-1]
    running = TaskRunState.RUNNING
    history = (*last.history, StateChange(running, at))
    return (*run.attempts[:-1], Attempt(last.number, running, history, worker, None, log_file))


def closed(
    run: TaskRun, state: TaskRunState, at: datetime, message: str | None = None
) -> tuple[Attempt, ...]:
    """The attempts with the current one ended; unchanged when it has ended before."""
    if not run.attempts or run.attempts[-1].state.is_terminal:
        return run.attempts
    last = run.attempts[-1]
    history = (*last.history, StateChange(state, at))
    file = None if state is TaskRunState.RESUBMITTED else last.log_file  # it went with the worker
    ended = replace(
        last, state=state, history=history, message=message or last.message, log_file=file
    )
    return (*run.attempts[:-1], ended)
