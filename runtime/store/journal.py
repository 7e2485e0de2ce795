"""Group commit: the steps of many executions in one transaction, with set-based statements.

Everybody who writes hands in an Entry and waits. While one transaction is under way the next
entries gather, so the number of commits follows the speed of the disk and not the number of
executions. What was committed is handed to `told` before the writers go on.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import asyncpg

from runtime.clock import Clock
from runtime.errors import Unavailable
from runtime.store.batch import Batch, Fenced
from runtime.store.committed import Committed
from runtime.store.entry import Entry
from runtime.store.outage import outage
from runtime.store.pool import FAILURES, Pool, is_away
from runtime.store.statements import Statements

_SQL = Statements("journal")
_MOST_ROWS = 5_000
_PATIENCE = 0.2
_LONGEST = 15.0
"""Seconds after which a writer that is not patient is told that nothing came of it."""
_REMEMBERED = timedelta(seconds=5)
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Waiting:
    entries: Sequence[Entry]
    done: asyncio.Future[None]
    patient: bool
    was_tried: bool = False
    """It may have been committed although nobody said so, and may be still."""


class Journal:
    """The one writer of executions in this process."""

    def __init__(self, pool: Pool, clock: Clock, told: Callable[[Committed], None]) -> None:
        self._pool = pool
        self._clock = clock
        self._told = told
        self._waiting: deque[_Waiting] = deque()
        self._wake = asyncio.Event()
        self._failed: tuple[datetime, Unavailable] | None = None

    @property
    def trouble(self) -> Unavailable | None:
        """Why nothing can be written just now; None when it can."""
        if self._failed is None or self._clock.now() - self._failed[0] > _REMEMBERED:
            return None
        return self._failed[1]

    async def write(self, *entries: Entry, patient: bool = True) -> None:
        """Return when the entries are durable, all of them or none.

        Raises Fenced when somebody else holds one of the executions by now. When the database is
        away a patient writer waits for it; another gets Unavailable, and cannot know whether it was
        written all the same.
        """
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(entries, done, patient))
        self._wake.set()
        try:
            async with asyncio.timeout(None if patient else _LONGEST):
                await done
        except TimeoutError as error:
            raise outage(error) from None

    async def commit(self) -> None:
        """Write what waits, once there is something. One turn of a Loop."""
        await self._wake.wait()
        batch = self._take()
        if not self._waiting:
            self._wake.clear()
        if batch:
            await self._settle(batch)

    def _take(self) -> list[_Waiting]:
        taken: list[_Waiting] = []
        rows = 0
        while self._waiting and rows < _MOST_ROWS:
            waiting = self._waiting.popleft()
            if waiting.done.cancelled():
                continue
            taken.append(waiting)
            rows += sum(entry.weight for entry in waiting.entries)
        return taken

    async def _settle(self, batch: list[_Waiting]) -> None:
        """Write a batch until it is durable or known to be impossible."""
        while batch := [waiting for waiting in batch if not waiting.done.done()]:
            try:
                committed = await self._transact([e for w in batch for e in w.entries])
            except Fenced as refused:
                batch = _refuse(batch, refused)
            except Exception as error:
                batch = await self._after_failure(batch, error)
            else:
                self._recovered()
                self._told(committed)
                for waiting in batch:
                    _answer(waiting, None)
                return

    async def _transact(self, entries: list[Entry]) -> Committed:
        async with self._pool.acquire() as connection, connection.transaction():
            return await Batch(entries).write(connection)

    async def _after_failure(self, batch: list[_Waiting], error: Exception) -> list[_Waiting]:
        """What of a batch is to be tried again."""
        if is_away(error):
            return await self._outlast(batch, error)
        if len(batch) == 1:
            if not await self._was_late(batch[0], error):
                _answer(batch[0], error)
            return []
        # One of them is at fault: each alone, so that the others are not lost.
        for waiting in batch:
            await self._settle([waiting])
        return []

    async def _was_late(self, waiting: _Waiting, error: Exception) -> bool:
        """Whether it cannot be written because it was: its first commit came through after all."""
        if not (waiting.was_tried and isinstance(error, asyncpg.UniqueViolationError)):
            return False
        try:
            return not await self._not_yet_written([waiting])
        except FAILURES:  # whoever waits is told of the first error; nobody may be forgotten
            return False

    async def _outlast(self, batch: list[_Waiting], error: Exception) -> list[_Waiting]:
        """A connection that broke is forgiven once; then whoever is not patient is told, those that
        have come meanwhile, too."""
        if self.trouble is None:
            _log.warning("Nothing can be written: %s: %s", type(error).__name__, error)
        else:
            batch = self._tell(batch, outage(error))
        self._failed = (self._clock.now(), outage(error))
        for waiting in batch:
            waiting.was_tried = True
        await self._clock.sleep(_PATIENCE)
        try:
            return await self._not_yet_written(batch)
        except Exception as failure:  # a writer that nobody answers would wait for ever
            if not is_away(failure):
                _log.exception("what was written cannot be told; it is written again")
            return batch

    def _tell(self, batch: list[_Waiting], trouble: Unavailable) -> list[_Waiting]:
        """Send away whoever is not patient; the others of the batch."""
        for waiting in (*batch, *self._waiting):
            if not waiting.patient:
                _answer(waiting, trouble)
        self._waiting = deque(waiting for waiting in self._waiting if waiting.patient)
        return [waiting for waiting in batch if waiting.patient]

    def _recovered(self) -> None:
        if self._failed is not None:
            _log.info("What waited is written again.")
            self._failed = None

    async def _not_yet_written(self, batch: list[_Waiting]) -> list[_Waiting]:
        """Leave out what was committed although the answer was lost."""
        ids = [entry.origin.execution_id for waiting in batch for entry in waiting.entries]
        rows = await self._pool.fetch(_SQL["versions"], ids)
        versions = {row["id"]: (row["version"], row["fence"]) for row in rows}
        left = []
        for waiting in batch:
            if all(_is_written(entry, versions) for entry in waiting.entries):
                self._told(Committed(messages=True))
                _answer(waiting, None)
            else:
                left.append(waiting)
        return left


def _is_written(entry: Entry, versions: dict[str, tuple[int, int]]) -> bool:
    version, fence = versions.get(entry.origin.execution_id, (-1, -1))
    if entry.inserted is not None:
        return version >= 0  # whoever holds it by now
    return version >= entry.version and fence == entry.fence


def _refuse(batch: list[_Waiting], refused: Fenced) -> list[_Waiting]:
    left = []
    for waiting in batch:
        if any(entry.origin.execution_id in refused.ids for entry in waiting.entries):
            _answer(waiting, refused)
        else:
            left.append(waiting)
    return left


def _answer(waiting: _Waiting, error: Exception | None) -> None:
    if waiting.done.done():
        return
    if error is None:
        waiting.done.set_result(None)
    else:
        waiting.done.set_exception(error)
