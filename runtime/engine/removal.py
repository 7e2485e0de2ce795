"""Removes executions and, as far as wanted, their logs, metrics and files."""

from collections.abc import Sequence
from dataclasses import dataclass

from runtime.clock import Clock
from runtime.engine import post
from runtime.events.bus import Bus, Topic
from runtime.files.scope import execution_prefix, log_prefix
from runtime.files.store import FileStore
from runtime.store.pool import Connection, Pool
from runtime.store.removal import (
    Place,
    places_of,
    remove_executions,
    remove_logs,
    remove_metrics,
)
from runtime.tasks.services import Purge, Purged


@dataclass(frozen=True, slots=True)
class Gone:
    """Whose rows were taken away, and how many lines and points with them."""

    places: Sequence[Place]
    logs: int
    metrics: int


@dataclass(frozen=True, slots=True)
class Removal:
    """Removes executions, and tells those who watch them."""

    pool: Pool
    files: FileStore
    clock: Clock
    bus: Bus

    async def remove(self, ids: Sequence[str], what: Purge, *, actor: str | None = None) -> Purged:
        """Take the rows away in one transaction, then the files; how many of each there were.

        Of an execution that has not ended nothing may be under way here any more; its relatives are
        told, as if it had been killed.
        """
        async with self.pool.acquire() as connection, connection.transaction():
            gone = await self.remove_rows(connection, ids, what, actor=actor)
        return await self.follow_up(gone, what)

    async def remove_rows(
        self, connection: Connection, ids: Sequence[str], what: Purge, *, actor: str | None
    ) -> Gone:
        """Take the rows away inside the caller's transaction; `follow_up` comes after it."""
        logs = await remove_logs(connection, ids) if what.logs else 0
        metrics = await remove_metrics(connection, ids) if what.metrics else 0
        places = await places_of(connection, ids)
        if what.executions:
            kinds = (post.MessageKind.KILL, post.MessageKind.CHILD)
            await remove_executions(connection, ids, self.clock.now(), actor, kinds)
        return Gone(places, logs, metrics)

    async def follow_up(self, gone: Gone, what: Purge) -> Purged:
        """Tell whoever watches, and take the files away."""
        if gone.places:
            self.bus.announce(Topic.EVENTS, "")
            self.bus.announce(Topic.MESSAGES, "")
        files = 0
        for each in gone.places:
            if what.files or what.logs:
                folder = execution_prefix if what.files else log_prefix
                prefix = folder(each.namespace, each.flow_id, each.id)
                files += await self.files.delete_below(prefix)
        executions = len(gone.places) if what.executions else 0
        return Purged(executions, gone.logs, gone.metrics, files)
