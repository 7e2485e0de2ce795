"""The end of a log, kept in memory, for whoever follows it live.

Positions have no gaps, so a follower needs no queue of its own: it holds a position and pulls. What
is recent comes from memory, what is older from the database; a slow follower simply falls back to
reading the log, at its own pace, without cost to anybody else.
"""

import asyncio
from bisect import bisect_right
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Generic, Protocol, TypeVar

from runtime.clock import Clock
from runtime.errors import ErrorCode, FlowdeckError
from runtime.loop import first_of

_KEPT = 20_000
_HEAVIEST = 16 << 20
_BATCH = 1_000
_POLL = 1.0


class Positioned(Protocol):
    @property
    def position(self) -> int: ...


T = TypeVar("T", bound=Positioned)
T_co = TypeVar("T_co", bound=Positioned, covariant=True)


class Stream(Protocol[T_co]):
    """A log in the database."""

    async def read(self, after: int, limit: int) -> Sequence[T_co]:
        """Committed rows above a position, in order."""
        ...

    async def bounds(self) -> tuple[int, int]:
        """The first position that is kept, and the last that was given out."""
        ...


class CursorTooOld(FlowdeckError):
    """The log no longer reaches back that far; `oldest` is the first position that is kept."""

    code = ErrorCode.BAD_CURSOR

    def __init__(self, oldest: int) -> None:
        super().__init__(
            "The cursor is older than what is kept.",
            hint="Query again, then subscribe from the new cursor.",
        )
        self.oldest = oldest


class Tail(Generic[T]):
    """The live end of one log in this process."""

    def __init__(
        self, stream: Stream[T], clock: Clock, weigh: Callable[[T], int] = lambda _: 0
    ) -> None:
        """`weigh` says how many characters a row has, where rows may be large."""
        self._stream = stream
        self._clock = clock
        self._kept: list[T] = []
        self._weigh = weigh
        self._weight = 0
        self._changed: asyncio.Future[None] | None = None
        self._behind = asyncio.Event()
        self.position = 0

    async def open(self) -> None:
        """Begin at the present end of the log."""
        self.position = (await self._stream.bounds())[1]

    def extend(self, rows: Sequence[T]) -> None:
        """Take rows that were just committed here; whatever does not follow directly is read."""
        if not rows or rows[-1].position <= self.position:
            return
        if rows[0].position != self.position + 1:
            self._behind.set()
            return
        self._append(rows)

    def hint(self, _text: str = "") -> None:
        """Somebody announced that there may be more."""
        self._behind.set()

    async def catch_up(self) -> None:
        """Wait for a hint, or a second, then read what others committed. One turn of a Loop."""
        await first_of(self._behind.wait(), self._clock.sleep(_POLL))
        self._behind.clear()
        while rows := await self._stream.read(self.position, _BATCH):
            # What was committed here meanwhile may have been taken already.
            self._append([row for row in rows if row.position > self.position])

    async def follow(self, after: int) -> AsyncIterator[list[T]]:
        """Everything above `after`, in order, in batches, for ever.

        Raises CursorTooOld when the log does not reach back that far.
        """
        oldest, last = await self._stream.bounds()
        if after + 1 < oldest and after < last:
            raise CursorTooOld(oldest)
        while True:
            while after >= self.position:
                await self._next()
            last = self.position
            rows = self._recent(after)
            if rows is None:
                rows = list(await self._stream.read(after, _BATCH))
                await self._check_whole(after, rows)
            # Rows may have been deleted since: what is not there any more is passed over.
            after = rows[-1].position if rows else last
            if rows:
                yield rows

    async def _check_whole(self, after: int, rows: Sequence[T]) -> None:
        """A slow follower may be overtaken by retention: what it missed it has to be told."""
        if not rows or rows[0].position == after + 1:
            return
        oldest, _ = await self._stream.bounds()
        if after + 1 < oldest:
            raise CursorTooOld(oldest)

    def _recent(self, after: int) -> list[T] | None:
        """What memory holds above `after`; None when it does not reach back that far."""
        if not self._kept or after + 1 < self._kept[0].position:
            return None
        start = bisect_right(self._kept, after, key=lambda row: row.position)
        return self._kept[start : start + _BATCH]

    def _append(self, rows: Sequence[T]) -> None:
        if not rows:
            return
        self._kept.extend(rows)
        self._weight += sum(map(self._weigh, rows))
        if len(self._kept) > 2 * _KEPT or self._weight > 2 * _HEAVIEST:
            self._forget()
        self.position = rows[-1].position
        if self._changed is not None and not self._changed.done():
            self._changed.set_result(None)
        self._changed = None

    def _forget(self) -> None:
        """Let the oldest go, until what is left is neither too many nor too much."""
        gone = max(0, len(self._kept) - _KEPT)
        self._weight -= sum(map(self._weigh, self._kept[:gone]))
        while self._weight > _HEAVIEST and gone < len(self._kept):
            self._weight -= self._weigh(self._kept[gone])
            gone += 1
        del self._kept[:gone]

    async def _next(self) -> None:
        if self._changed is None:
            self._changed = asyncio.get_running_loop().create_future()
        await asyncio.shield(self._changed)
