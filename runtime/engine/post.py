"""Messages between executions as they are stored: a kind and a JSON payload, and back."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from runtime.executions.messages import (
    ChildChanged,
    ChildRefused,
    Kill,
    Message,
    Restart,
    Resume,
    TimerFired,
)
from runtime.executions.model import Execution
from runtime.executions.states import ExecutionState
from runtime.store.entry import NewMessage
from runtime.store.messages import StoredMessage


class MessageKind(StrEnum):
    """What is stored as the kind of a message."""

    BEGIN = "begin"
    """Not a message of the rules: the engine first asks for a place, then sends Begin."""
    TIMER = "timer"
    CHILD = "child"
    KILL = "kill"
    RESTART = "restart"
    RESUME = "resume"
    REFUSED = "refused"


TOLD_TO_PARENTS = frozenset({ExecutionState.PAUSED, ExecutionState.RUNNING})


def begin_message(execution_id: str, at: datetime) -> NewMessage:
    return NewMessage(execution_id, MessageKind.BEGIN, at, key=MessageKind.BEGIN)


def timer_message(execution_id: str, key: str, at: datetime) -> NewMessage:
    return NewMessage(execution_id, MessageKind.TIMER, at, key=key)


def child_message(child: Execution, at: datetime) -> NewMessage | None:
    """What the parent is to know of its child's present state; None when nobody waits for it."""
    if not child.parent_waits or child.parent_id is None:
        return None
    payload = {
        "taskRunId": child.parent_task_run_id,
        "childId": child.id,
        "state": child.state.value,
        "outputs": child.outputs,
        "firstId": child.original_id,
    }
    return NewMessage(child.parent_id, MessageKind.CHILD, at, payload)


def refused_message(parent_id: str, refusal: ChildRefused, at: datetime) -> NewMessage:
    """To the execution itself, so that a refusal outlasts a crash."""
    payload = {
        "taskRunId": refusal.task_run_id,
        "childId": refusal.child_id,
        "message": refusal.message,
    }
    return NewMessage(parent_id, MessageKind.REFUSED, at, payload)


def restart_message(child_id: str, at: datetime) -> NewMessage:
    return NewMessage(child_id, MessageKind.RESTART, at)


def resume_message(execution_id: str, action: Resume, at: datetime) -> NewMessage:
    return NewMessage(
        execution_id, MessageKind.RESUME, at, {"inputs": dict(action.inputs), "actor": action.actor}
    )


def message_of(stored: StoredMessage) -> Message:
    """What the rules are to be told. Raises LookupError for a kind that nobody knows."""
    payload: Mapping[str, object] = stored.payload
    match stored.kind:
        case MessageKind.TIMER:
            return TimerFired(stored.key or "")
        case MessageKind.CHILD:
            outputs, first = payload["outputs"], payload.get("firstId")
            return ChildChanged(
                str(payload["taskRunId"]),
                str(payload["childId"]),
                ExecutionState(str(payload["state"])),
                outputs if isinstance(outputs, dict) else None,
                None if first is None else str(first),
            )
        case MessageKind.REFUSED:
            return ChildRefused(
                str(payload["taskRunId"]), str(payload["childId"]), str(payload["message"])
            )
        case MessageKind.KILL:
            return Kill(actor=_actor(payload), include_children=True)
        case MessageKind.RESTART:
            return Restart(actor=_actor(payload))
        case MessageKind.RESUME:
            inputs = payload["inputs"]
            return Resume(actor=_actor(payload), inputs=inputs if isinstance(inputs, dict) else {})
    raise LookupError(f"no message of kind {stored.kind}")


def _actor(payload: Mapping[str, object]) -> str | None:
    actor = payload.get("actor")
    return None if actor is None else str(actor)
