"""Removes executions and, as far as wanted, their logs, metrics and files."""

from collections.abc import Sequence
from dataclasses import dataclass

from runtime.clock import Clock
from runtime.events.bus import Bus, Topic
from runtime.files.scope import execution_prefix
from runtime.files.store import FileStore
from runtime.store.pool import Pool
from runtime.store.removal import Doomed, remove_executions, remove_logs, remove_metrics
from runtime.tasks.services import Purge, Purged


@dataclass(frozen=True, slots=True)
class Removal:
    """Removes executions, and tells those who watch them."""

    pool: Pool
    files: FileStore
    clock: Clock
    bus: Bus

    async def remove(
        self, doomed: Sequence[Doomed], what: Purge, *, actor: str | None = None
    ) -> Purged:
        """Take the rows away in one transaction, then the files; how many of each there were."""
        ids = [each.id for each in doomed]
        async with self.pool.acquire() as connection, connection.transaction():
            logs = await remove_logs(connection, ids) if what.logs else 0
            metrics = await remove_metrics(connection, ids) if what.metrics else 0
            if what.executions:
                await remove_executions(connection, doomed, self.clock.now(), actor)
        self.bus.announce(Topic.EVENTS, "")
        files = 0
        for each in doomed if what.files else ():
            prefix = execution_prefix(each.namespace, each.flow_id, each.id)
            files += await self.files.delete_below(prefix)
        return Purged(len(doomed) if what.executions else 0, logs, metrics, files)
