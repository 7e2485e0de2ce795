"""Loop: works operations on many executions off, chunk by chunk.

Each operation is held by one server, as executions are: when that one dies another takes over and
goes on behind the last chunk that has its outcomes. Operations take turns, so that a small one does
not wait for a large one.
"""

import asyncio
import logging
from datetime import datetime, timedelta

import orjson

from runtime.clock import Clock
from runtime.engine.bulk_items import BulkItems, Chunk
from runtime.events.bus import Bus, Topic
from runtime.executions.bulk import work_of
from runtime.files.vault import Vault
from runtime.loop import first_of
from runtime.store import bulk_operations
from runtime.store.bulk_operations import BulkState, HeldOperation
from runtime.store.pool import Pool, is_away

_CHUNK = 250
_AT_ONCE = 8
_LOOK = 2.0
_TIDY = timedelta(minutes=10)
_KEPT = timedelta(days=30)
_log = logging.getLogger(__name__)


class BulkWorker:
    """Takes operations and works them off."""

    def __init__(
        self, pool: Pool, clock: Clock, bus: Bus, vault: Vault, owner: str, items: BulkItems
    ) -> None:
        self._pool = pool
        self._clock = clock
        self._bus = bus
        self._vault = vault
        self._owner = owner
        self._items = items
        self._wake = asyncio.Event()
        self._doubtful: set[str] = set()
        """Operations of whose next chunk some may be done already: its outcomes were lost."""
        self._stuck: set[str] = set()
        self._tidied: datetime | None = None

    def ring(self, _text: str = "") -> None:
        """There may be a new operation, or one is to be cancelled."""
        self._wake.set()

    async def work(self) -> None:
        """One chunk of every operation, or a rest when there is none. One turn of a Loop."""
        self._wake.clear()
        now = self._clock.now()
        held = await bulk_operations.held(self._pool, self._owner)
        room = _AT_ONCE - sum(operation.id not in self._stuck for operation in held)
        if room > 0:
            fences = await bulk_operations.claim(self._pool, self._owner, now, room)
            if fences:
                self._doubtful |= {id_ for id_, fence in fences.items() if fence > 1}
                held = await bulk_operations.held(self._pool, self._owner)
        went_on = [await self._attempt(operation) for operation in held]
        if not any(went_on):
            await self._tidy(now)
            await first_of(self._clock.sleep(_LOOK), self._wake.wait())

    async def _attempt(self, operation: HeldOperation) -> bool:
        """Advance it; one that cannot go on is told of once and keeps nobody else waiting."""
        try:
            await self._advance(operation)
        except Exception as error:
            if is_away(error):
                raise
            if operation.id not in self._stuck:
                _log.exception("the bulk operation %s cannot go on", operation.id)
            self._stuck.add(operation.id)
            return False
        self._stuck.discard(operation.id)
        return True

    async def _advance(self, operation: HeldOperation) -> None:
        now = self._clock.now()
        if operation.state is BulkState.CANCELLING:
            await bulk_operations.stop(self._pool, operation, now)
        else:
            was_doubtful = operation.id in self._doubtful
            self._doubtful.add(operation.id)
            chunk = await self._chunk(operation)
            await self._items.do(chunk, doubtful=was_doubtful)
            await bulk_operations.settle(self._pool, operation, chunk.settled, self._clock.now())
            self._doubtful.discard(operation.id)
        self._bus.announce(Topic.BULK_OPERATIONS, operation.id)

    async def _chunk(self, operation: HeldOperation) -> Chunk:
        ids = await bulk_operations.chunk(
            self._pool, operation.selection_id, operation.reached, _CHUNK
        )
        places = {id_: operation.reached + place for place, id_ in enumerate(ids, 1)}
        return Chunk(operation, work_of(orjson.loads(self._vault.open(operation.work))), places)

    async def _tidy(self, now: datetime) -> None:
        if self._tidied is None or now - self._tidied >= _TIDY:
            await bulk_operations.forget(self._pool, now, now - _KEPT)
            self._tidied = now
