"""Follow a log for one subscriber: from a cursor, with heartbeats, and a reset when it is old."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, Protocol, TypeVar

from resolvers.context import Context, Place
from resolvers.cursors import Log, stream_cursor, stream_position
from runtime.clock import Clock
from runtime.events.tail import CursorTooOld, Tail
from runtime.store import events

HEARTBEAT = 10.0
"""Seconds without an item after which a stream says that it lives."""
_PATIENCE = 2.0


class Dated(Protocol):
    @property
    def position(self) -> int: ...
    @property
    def at(self) -> datetime: ...


R = TypeVar("R", bound=Dated)
R_co = TypeVar("R_co", bound=Dated, covariant=True)


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The stream lives and has delivered everything up to `cursor`."""

    cursor: str
    at: datetime
    lag: timedelta


@dataclass(frozen=True, slots=True)
class Reset:
    """Something may have been missed; the stream goes on from `cursor`."""

    cursor: str
    reason: str


@dataclass(frozen=True, slots=True)
class Batch(Generic[R]):
    """Rows of a log, in order. All rows up to `position` were looked at."""

    rows: Sequence[R]
    position: int


class Backlog(Protocol[R_co]):
    """Reads rows above a position and up to another, in order, in lists that are not empty."""

    def __call__(self, after: int, until: int, /) -> AsyncIterator[Sequence[R_co]]: ...


_NAMES = {
    Log.EVENTS: events.LogName.EVENTS,
    Log.LOGS: events.LogName.LOGS,
    Log.METRICS: events.LogName.METRICS,
}


def start_of(context: Context, log: Log, tail: Tail[R], after: str | None) -> int:
    """Where a stream begins. Raises InvalidInput (BAD_CURSOR)."""
    if context.resumed is not None:
        return context.resumed
    return tail.position if after is None else stream_position(log, after)


async def follow(
    context: Context,
    log: Log,
    tail: Tail[R],
    start: int,
    backlog: "Backlog[R] | None" = None,
) -> AsyncIterator[Batch[R] | Heartbeat | Reset]:
    """Everything above `start`, for ever; a heartbeat first, and whenever nothing happens.

    `backlog` reads what lies behind by an index of its own; without it the whole log is read.
    """
    context.place = Place.behind(log, start)
    yield Heartbeat(stream_cursor(log, start), context.now(), timedelta())
    oldest, last = await events.bounds(context.pool, _NAMES[log])
    context.present = last
    if 0 < start < oldest - 1 and start < last:
        start = tail.position
        context.place = Place.behind(log, start)
        yield Reset(stream_cursor(log, start), "The cursor is older than what is kept.")
    elif await _is_ahead(tail, start):
        start = tail.position
        context.place = Place.behind(log, start)
        yield Reset(stream_cursor(log, start), "The cursor is ahead of the log.")
    start = max(start, oldest - 1) if start == 0 else start
    for item in _progress(context, log, start):
        yield item
    if backlog is not None and start < (until := tail.position):
        async for rows in backlog(start, until):
            yield Batch(rows, rows[-1].position)
        start = until
        for item in _progress(context, log, start):
            yield item
    async for batch in _live(context, log, tail, start):
        yield batch


async def _live(
    context: Context, log: Log, tail: Tail[R], start: int
) -> AsyncIterator[Batch[R] | Heartbeat | Reset]:
    latest: datetime | None = None
    while True:
        try:
            async with aclosing(_with_beats(tail, start, context.runtime.clock)) as batches:
                async for rows in batches:
                    if rows:
                        start, latest = rows[-1].position, rows[-1].at
                        yield Batch(rows, start)
                        for item in _progress(context, log, start):
                            yield item
                    else:
                        behind = latest is not None and start < tail.position
                        lag = context.now() - latest if behind and latest else timedelta()
                        context.place = Place.behind(log, start)
                        yield Heartbeat(stream_cursor(log, start), context.now(), lag)
        except CursorTooOld as error:
            # Retention overtook a slow reader.
            start = tail.position
            context.place = Place.behind(log, start)
            yield Reset(stream_cursor(log, start), error.message)


def _progress(context: Context, log: Log, position: int) -> Iterator[Heartbeat]:
    """A quiet item for whoever wants to know how far a stream has come."""
    if context.tells_progress:
        context.place = Place.behind(log, position, quiet=True)
        yield Heartbeat(stream_cursor(log, position), context.now(), timedelta())


async def _with_beats(tail: Tail[R], start: int, clock: Clock) -> AsyncGenerator[Sequence[R], None]:
    """The batches of a tail, and an empty one whenever none came for a while."""
    source = tail.follow(start)
    coming: asyncio.Future[list[R]] | None = None
    try:
        while True:
            coming = coming or asyncio.ensure_future(anext(source))
            beat: asyncio.Future[None] = asyncio.ensure_future(clock.sleep(HEARTBEAT))
            waited: set[asyncio.Future[Any]] = {coming, beat}
            try:
                await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
            finally:
                beat.cancel()
            if coming.done():
                rows, coming = coming.result(), None
                yield rows
            else:
                yield ()
    finally:
        if coming is not None:
            coming.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await coming


async def _is_ahead(tail: Tail[R], start: int) -> bool:
    """Whether a cursor lies beyond the log, even after others' commits had time to arrive here."""
    waited = 0.0
    while start > tail.position and waited < _PATIENCE:
        await asyncio.sleep(0.05)
        waited += 0.05
    return start > tail.position
