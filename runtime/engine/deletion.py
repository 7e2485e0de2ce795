"""Deleting executions by hand, whoever holds them and whether they have ended or not.

What has not ended is stopped: its work here ends at once, whatever it started is killed, its parent
hears that it was killed, and its place is free. All of that is the transaction that removes it.
"""

from collections.abc import Mapping, Sequence
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

    async def delete(self, held: Sequence[Actor], what: Purge, *, actor: str | None) -> None:
        """Remove executions, all or none, with as much of what belongs to them as is wanted."""
        for each in held:
            self.holder.forget(each)
            await each.stop()
            await self.dispatcher.abandon(each.execution.id)
        await self.removal.remove([each.execution.id for each in held], what, actor=actor)
        limited = [each.execution for each in held if each.flow.concurrency is not None]
        for namespace, flow_id in {(each.namespace, each.flow_id) for each in limited}:
            await self.admission.freed(namespace, flow_id)


def deletion_payload(what: Purge, actor: str | None) -> dict[str, object]:
    """A wish to delete as JSON."""
    return {**asdict(what), "actor": actor}


def deletion_of(payload: Mapping[str, object]) -> tuple[Purge, str | None]:
    """The wish again: what is to go, and who asked."""
    what = Purge(**{key: bool(payload[key]) for key in asdict(Purge())})
    actor = payload["actor"]
    return what, None if actor is None else str(actor)
