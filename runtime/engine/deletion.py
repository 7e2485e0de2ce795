"""Deleting one execution by hand, whoever holds it and whether it has ended or not.

What has not ended is stopped: its work here ends at once, whatever it started is killed, its parent
hears that it was killed, and its place is free. All of that is the transaction that removes it.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from runtime.engine.actor import Actor
from runtime.engine.admission import Admission
from runtime.engine.dispatch import LocalDispatcher
from runtime.engine.holder import Holder
from runtime.engine.removal import Removal
from runtime.tasks.services import Purge

DELETE = "delete"
"""The kind of the message that asks the holder of an execution to delete it."""


@dataclass(frozen=True, slots=True)
class Deletion:
    """Deletes executions that this server holds."""

    holder: Holder
    dispatcher: LocalDispatcher
    removal: Removal
    admission: Admission

    async def delete(self, held: Actor, what: Purge, *, actor: str | None) -> None:
        """Remove an execution with as much of what belongs to it as is wanted."""
        execution_id = held.execution.id
        self.holder.forget(held)
        await held.stop()
        await self.dispatcher.abandon(execution_id)
        await self.removal.remove([execution_id], what, actor=actor)
        if held.flow.concurrency is not None:
            await self.admission.freed(held.execution.namespace, held.execution.flow_id)


def deletion_payload(what: Purge, actor: str | None) -> dict[str, object]:
    """A wish to delete as JSON."""
    return {**asdict(what), "actor": actor}


def deletion_of(payload: Mapping[str, object]) -> tuple[Purge, str | None]:
    """The wish again: what is to go, and who asked."""
    what = Purge(**{key: bool(payload[key]) for key in asdict(Purge())})
    actor = payload["actor"]
    return what, None if actor is None else str(actor)
