"""Takes stored messages to the executions that they are for."""

import logging
from dataclasses import dataclass, replace

from runtime.engine import post
from runtime.engine.actor import Actor
from runtime.engine.admission import Admission
from runtime.engine.alarm import Alarm
from runtime.engine.deletion import DELETE, Deletion, deletion_of
from runtime.engine.forwarding import ACTION, action_of
from runtime.engine.holder import Holder
from runtime.executions.states import ExecutionState
from runtime.loop import Tasks
from runtime.store.messages import StoredMessage

_log = logging.getLogger(__name__)
_TO_BEGIN = (ExecutionState.CREATED, ExecutionState.QUEUED)


@dataclass(slots=True)
class Delivery:
    """Holds the execution and tells it; a message that cannot be delivered now comes again."""

    holder: Holder
    admission: Admission
    tasks: Tasks
    alarm: Alarm | None = None
    deletion: Deletion | None = None

    def deliver(self, stored: StoredMessage) -> None:
        self.tasks.start(self._deliver(stored), "deliver")

    async def _deliver(self, stored: StoredMessage) -> None:
        try:
            await self._tell(stored)
        except Exception:
            _log.exception("execution %s cannot be told", stored.execution_id)
            self._again(stored)

    async def _tell(self, stored: StoredMessage) -> None:
        actor = await self.holder.hold(stored.execution_id)
        if actor is None:
            self._again(stored)
        elif stored.kind == DELETE:
            await self._delete(actor, stored)
        elif stored.kind != post.MessageKind.BEGIN:
            payload = actor.environment.known.secrecy.open(stored.payload)
            known = replace(stored, payload=payload)
            is_action = stored.kind == ACTION
            actor.tell(action_of(payload) if is_action else post.message_of(known), stored.id)
        elif actor.execution.state in _TO_BEGIN:
            await self.admission.begin(actor, stored.id)

    async def _delete(self, actor: Actor, stored: StoredMessage) -> None:
        what, asked_by = deletion_of(stored.payload)
        try:
            if self.deletion is not None:
                await self.deletion.delete(actor, what, actor=asked_by)
        finally:
            self._again(stored)

    def _again(self, stored: StoredMessage) -> None:
        if self.alarm is not None:
            self.alarm.answered(stored.id)
