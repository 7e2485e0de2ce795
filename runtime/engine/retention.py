"""Loop: what is older than is kept goes, in batches that hold nobody up.

Executions go with all that belongs to them, some days after their end; the logs lose what belonged
to executions that are gone. Streams whose cursor lies before the horizon of a log are told to begin
anew. (Partitions by time would drop faster, but then no index could promise that an execution has
each sequence once, and every read by execution would have to look into every partition.)
"""

from dataclasses import dataclass
from datetime import timedelta

from runtime.clock import Clock
from runtime.engine.removal import Removal
from runtime.store import retention
from runtime.store.events import LogName
from runtime.store.pool import Pool
from runtime.tasks.services import Purge

ACTOR = "retention"
"""Who is named as the one that deleted an execution."""
_EVERY = 60.0
_EXECUTIONS = 200
_ROWS = 5_000
_LOST = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Retention:
    """Prunes. With `days` None everything is kept but what nobody can use any more."""

    pool: Pool
    clock: Clock
    removal: Removal
    days: int | None

    async def prune(self) -> None:
        """One batch of everything, then a pause when nothing is left. One turn of a Loop."""
        now = self.clock.now()
        await retention.drop_cache(self.pool, now)
        await retention.drop_messages(self.pool, now - _LOST)
        if self.days is None or not await self._prune_before(self.days):
            await self.clock.sleep(_EVERY)

    async def _prune_before(self, days: int) -> bool:
        """Whether there may be more."""
        before = self.clock.now() - timedelta(days=days)
        more = [await retention.move_horizon(self.pool, log, before, _ROWS) for log in LogName]
        async with self.pool.acquire() as connection, connection.transaction():
            ids = await retention.expired(connection, before, _EXECUTIONS)
            gone = await self.removal.remove_rows(connection, ids, Purge(), actor=ACTOR)
            await retention.drop_events(connection, ids)
        await self.removal.follow_up(gone, Purge())
        return any(more) or len(ids) == _EXECUTIONS
