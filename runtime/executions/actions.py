"""What may be done to an execution or a task run in which state: one table for single actions,
for bulk actions and for what the client offers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from runtime.errors import Conflict, ErrorCode
from runtime.executions.states import ExecutionState, TaskRunState

E = ExecutionState


class ExecutionAction(StrEnum):
    RESTART = "RESTART"
    REPLAY = "REPLAY"
    PAUSE = "PAUSE"
    RESUME = "RESUME"
    KILL = "KILL"
    FORCE_RUN = "FORCE_RUN"
    UNQUEUE = "UNQUEUE"
    CHANGE_STATE = "CHANGE_STATE"
    SET_LABELS = "SET_LABELS"
    DELETE = "DELETE"


class TaskRunAction(StrEnum):
    REPLAY = "REPLAY"
    """Replay the execution from this task run."""
    CHANGE_STATE = "CHANGE_STATE"
    RESUME = "RESUME"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules need to know of an execution; its row and one count say it.

    `has_failed_task_runs`: some task run is FAILED, KILLED, CANCELLED, RETRIED or PAUSED.
    """

    state: ExecutionState
    has_failed_task_runs: bool = False


_ENDED = frozenset(state for state in E if state.is_terminal)
_UNDER_WAY = frozenset(E) - _ENDED
_BEGUN = _UNDER_WAY - {E.CREATED, E.QUEUED, E.RESTARTED, E.KILLING}

_ALLOWED: Mapping[ExecutionAction, frozenset[ExecutionState]] = {
    ExecutionAction.RESTART: _ENDED | {E.PAUSED},
    ExecutionAction.REPLAY: frozenset(E),
    ExecutionAction.PAUSE: frozenset({E.RUNNING, E.RETRYING}),
    ExecutionAction.RESUME: frozenset({E.PAUSED, E.BREAKPOINT}),
    ExecutionAction.KILL: _UNDER_WAY - {E.KILLING},
    ExecutionAction.FORCE_RUN: _UNDER_WAY - {E.KILLING},
    ExecutionAction.UNQUEUE: frozenset({E.QUEUED}),
    ExecutionAction.CHANGE_STATE: _ENDED,
    ExecutionAction.SET_LABELS: frozenset(E),
    ExecutionAction.DELETE: frozenset(E),
}


_HINTS: Mapping[ExecutionAction, str] = {
    ExecutionAction.RESTART: "Wait for its end or kill it first; or replay it as a new execution.",
    ExecutionAction.REPLAY: "Look at its state again.",
    ExecutionAction.PAUSE: "Only what runs can be paused; what has ended can be replayed.",
    ExecutionAction.RESUME: "Look at its state again: it does not wait for anybody.",
    ExecutionAction.KILL: "Nothing of it runs any more, or it is being stopped already.",
    ExecutionAction.FORCE_RUN: "Nothing of it can run on; restart or replay it once it has ended.",
    ExecutionAction.UNQUEUE: "It does not wait for a place; look at its state again.",
    ExecutionAction.CHANGE_STATE: "Wait for its end, or kill it first.",
    ExecutionAction.SET_LABELS: "Look at its state again.",
    ExecutionAction.DELETE: "Look at its state again.",
}


def allowed_actions(facts: Facts) -> frozenset[ExecutionAction]:
    """All that may be done to an execution now."""
    return frozenset(
        action
        for action, states in _ALLOWED.items()
        if facts.state in states and (action is not ExecutionAction.RESTART or _has_failed(facts))
    )


def _has_failed(facts: Facts) -> bool:
    """Whether a restart has something to do; an execution that failed as a whole always has."""
    whole = (E.FAILED, E.KILLED, E.CANCELLED)
    return facts.has_failed_task_runs or facts.state in whole


def allowed_task_run_actions(
    execution: ExecutionState, task_run: TaskRunState
) -> frozenset[TaskRunAction]:
    """All that may be done to one task run now."""
    allowed = {TaskRunAction.REPLAY}
    if execution.is_terminal and task_run.is_terminal:
        allowed.add(TaskRunAction.CHANGE_STATE)
    if task_run is TaskRunState.PAUSED and execution in _BEGUN:
        allowed |= {TaskRunAction.CHANGE_STATE, TaskRunAction.RESUME}
    if task_run is TaskRunState.BREAKPOINT and execution in _BEGUN:
        allowed.add(TaskRunAction.RESUME)
    return frozenset(allowed)


def why_not(action: ExecutionAction, facts: Facts) -> str:
    """Why an action is refused, and in which states it would be allowed."""
    states = _ALLOWED[action]
    verb = action.value.lower().replace("_", " ")
    if facts.state in states:
        return (
            f"Cannot {verb} an execution that is {facts.state}: there is nothing to {verb}, "
            "no task run of it failed."
        )
    names = ", ".join(state.value for state in E if state in states)
    return f"Cannot {verb} an execution that is {facts.state}; it must be one of: {names}."


def undeletable(state: ExecutionState, *, force: bool) -> Conflict | None:
    """What refuses to delete an execution as it stands; None when nothing does."""
    if force or state.is_terminal:
        return None
    return Conflict(
        f"The execution is {state} and has not ended.",
        hint="Kill it first, or delete it with `force`.",
        code=ErrorCode.INVALID_STATE,
    )


def how_to_mend(action: ExecutionAction, facts: Facts) -> str:
    """What somebody whose action is refused can do instead."""
    if facts.state in _ALLOWED[action]:
        return "Replay it instead."
    return _HINTS[action]
