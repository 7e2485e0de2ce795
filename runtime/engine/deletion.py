"""Deleting one execution by hand, whoever holds it and whether it has ended or not.

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

    async def delete(self, held: Actor, what: Purge, *, actor: str | None) -> None:
        """Remove an execution with as much of what belongs to it as is wanted."""
        await self.delete_all([held], what, actor=actor)

    async def delete_all(self, held: Sequence[Actor], what: Purge, *, actor: str | None) -> None:
        """Remove executions, all of them in one transaction."""
        for each in held:
            self.holder.forget(each)
            await each.stop()
            await self.dispatcher.abandon(each.execution.id)
        await self.removal.remove([each.execution.id for each in held], what, actor=actor)
        limited = [each for each in held if each.flow.concurrency is not None]
        for flow in {(each.execution.namespace, each.execution.flow_id) for each in limited}:
            await self.admission.freed(*flow)


def deletion_payload(what: Purge, actor: str | None) -> dict[str, object]:
    """A wish to delete as JSON."""
    return {**asdict(what), "actor": actor}


def deletion_of(payload: Mapping[str, object]) -> tuple[Purge, str | None]:
    """The wish again: what is to go, and who asked."""
    what = Purge(**{key: bool(payload[key]) for key in asdict(Purge())})
    actor = payload["actor"]
    return what, None if actor is None else str(actor)
