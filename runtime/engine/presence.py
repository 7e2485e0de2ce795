"""Shows that this server lives: an advisory lock on its own connection, and a time of last sight.

The lock is what counts: PostgreSQL drops it with the connection, at once after a crash.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import asyncpg

from runtime.clock import Clock
from runtime.loop import Loop, first_of
from runtime.store import workers
from runtime.store.pool import Pool, is_away

_EVERY = 1.0
"""Several times within the shortest lease, whatever lease the others go by."""
_FORGOTTEN_AFTER = timedelta(days=1)
_log = logging.getLogger(__name__)


class Presence:
    """Keeps the worker's row and lock alive, on a fresh connection when one is lost."""

    def __init__(self, dsn: str, pool: Pool, worker: workers.Worker, clock: Clock) -> None:
        self._dsn = dsn
        self._pool = pool
        self._worker = worker
        self._clock = clock
        self._connection: asyncpg.Connection[asyncpg.Record] | None = None
        self._is_locked = True
        self._lost = asyncio.Event()
        self._back: Callable[[], None] = lambda: None

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Known and alive inside the block."""
        self._connection = await self._connect()
        try:
            await workers.register(self._connection, self._worker, self._clock.now())
            async with Loop("presence", self._beat, self._clock, is_away):
                yield
        finally:
            await self._leave()

    def when_back(self, listener: Callable[[], None]) -> None:
        """Call `listener` whenever others had taken this server for dead."""
        self._back = listener

    async def _leave(self) -> None:
        """Say goodbye; when the database is away, its own knowledge of our death must do."""
        try:
            await workers.leave(self._pool, self._worker.id)
            if self._connection is not None:
                await self._connection.close(timeout=1)
        except Exception as error:
            if not is_away(error):
                raise

    async def _connect(self) -> "asyncpg.Connection[asyncpg.Record]":
        """A connection whose loss is noticed at once: the lock must be taken again quickly."""
        connection = await asyncpg.connect(self._dsn)
        connection.add_termination_listener(lambda _: self._lost.set())
        return connection

    async def _beat(self) -> None:
        await first_of(self._lost.wait(), self._clock.sleep(_EVERY))
        self._lost.clear()
        if self._connection is None or self._connection.is_closed():
            self._connection = await self._connect()
            self._is_locked = False
        if not self._is_locked:
            # The session that was lost may hold it for a moment more.
            self._is_locked = await workers.lock(self._connection, self._worker)
        now = self._clock.now()
        if not await workers.seen(self._connection, self._worker.id, now):
            _log.warning("Others took %s for dead; it makes itself known again.", self._worker.id)
            await workers.register(self._connection, self._worker, now)
            self._back()
        await workers.forget_dead(self._pool, now - _FORGOTTEN_AFTER)
