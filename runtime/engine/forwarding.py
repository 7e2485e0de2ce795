"""What is asked of an execution that another server holds: actions, tried on a copy, and deletion.
It is left as a message.

The holder does it like any message that is due, and takes the message away with the same
transaction; so the message's end is the answer. What the rules refuse is told at once by the copy.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import count
from typing import Any

from runtime.clock import Clock
from runtime.engine.actor import Actor, Stepper
from runtime.engine.deletion import DELETE, deletion_payload
from runtime.errors import Unavailable
from runtime.events.bus import Bus, Topic
from runtime.executions.messages import (
    Action,
    ChangeExecutionState,
    ChangeTaskRunState,
    ForceRun,
    Kill,
    Message,
    NoteReplay,
    Pause,
    Restart,
    Resume,
    SetLabels,
    Unqueue,
)
from runtime.executions.states import ExecutionState, TaskRunState
from runtime.store import messages
from runtime.store.entry import NewMessage
from runtime.store.pool import Pool
from runtime.tasks.services import Purge

ACTION = "action"
"""The kind of these messages."""
_PATIENCE = 15.0
_LOOK = 0.02
_LOOKS_A_SECOND = 50
_KINDS: Mapping[str, type[Any]] = {
    kind.__name__: kind
    for kind in (
        Kill, Pause, Resume, Restart, ForceRun, Unqueue, ChangeExecutionState, ChangeTaskRunState,
        SetLabels, NoteReplay,
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Forwarding:
    """Leaves actions for the servers that hold the executions."""

    pool: Pool
    bus: Bus
    clock: Clock
    stepper: Stepper

    async def ask(self, copy: Actor, action: Action) -> None:
        """Return when the holder has done it. `copy` is an actor of nobody, as it is stored now.

        Raises what the rules raise, and Unavailable when the holder does not answer in time.
        """
        message: Any = action
        if isinstance(message, Resume):
            message = await self.stepper.checked(copy, message)
        self.stepper.decide(copy, message)
        payload = copy.environment.known.secrecy.seal(action_payload(message))
        await self._leave(copy.execution.id, ACTION, payload)

    async def ask_deletion(self, execution_id: str, what: Purge, actor: str | None) -> None:
        """Return when the holder has deleted it. Raises Unavailable as `ask` does."""
        await self._leave(execution_id, DELETE, deletion_payload(what, actor))

    async def _leave(self, execution_id: str, kind: str, payload: object) -> None:
        left = NewMessage(execution_id, kind, self.clock.now(), payload)
        message_id = await messages.send(self.pool, left)
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._until_answered(message_id)
        except TimeoutError:
            raise Unavailable(
                f"The server that holds execution {execution_id} has not answered yet.",
                hint="It does what was asked as soon as it can; look again in a moment.",
            ) from None

    async def _until_answered(self, message_id: str) -> None:
        """Announced again now and then: the holder may have died, and another one taken over."""
        for look in count():
            if look % _LOOKS_A_SECOND == 0:
                self.bus.announce(Topic.MESSAGES, "")
            if not await messages.is_left(self.pool, message_id):
                return
            await self.clock.sleep(_LOOK)


def action_payload(action: Action) -> dict[str, object]:
    """An action as JSON."""
    return {"action": type(action).__name__, "fields": asdict(action)}


def action_of(payload: Mapping[str, Any]) -> Message:
    """The action again. Raises LookupError for one that nobody knows."""
    fields: dict[str, Any] = dict(payload["fields"])
    kind = _KINDS[payload["action"]]
    if kind is ChangeExecutionState:
        fields["state"] = ExecutionState(fields["state"])
    if kind is ChangeTaskRunState:
        fields["state"] = TaskRunState(fields["state"])
    if fields.get("breakpoints") is not None:
        fields["breakpoints"] = tuple(fields["breakpoints"])
    action: Message = kind(**fields)
    return action
