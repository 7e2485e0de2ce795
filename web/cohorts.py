"""Cohorts: subscribers of the same stream share one execution of it and one encoded payload.

Every subscriber is a cursor. It begins alone, from where it asked to, and rides with its cohort as
soon as the shared frames reach back to where it stands; one that falls behind them goes on alone,
at its own pace, and comes back when it has caught up. So nobody misses or repeats anything, memory
is bounded, and a slow one costs the others nothing.
"""

import asyncio
import logging
import time
from bisect import bisect_right
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import aclosing, contextmanager
from dataclasses import dataclass, field

from resolvers.context import Context, Place

_log = logging.getLogger(__name__)
_MOST_FRAMES = 2_000
_MOST_BYTES = 4 << 20
_TURN = 0.002
"""Seconds after which a stream with much to say lets others have their turn."""
_NEAR = 1_000
"""How many rows behind the end of the log a stream may be to become a cohort's."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One item, encoded, and the rows that it covers. `errors`, encoded, are those of an item that
    failed: such a one is not shared, each subscriber finds out for itself."""

    payload: str
    place: Place | None
    errors: str | None = None


Frames = AsyncGenerator[Frame, None]
Opening = Callable[[Context], Frames]
"""Begins the stream of an operation with a context of its own."""
Deliver = Callable[[Frame], Awaitable[None]]


@dataclass(slots=True, eq=False)
class Cohort:
    """The shared frames of one stream: those behind the position `floor`, the oldest first.

    `dropped` counts the frames that went before them, so that each has a number for ever; `front`
    is how many the quickest rider has taken.
    """

    ended: Callable[[], None]
    context: Context
    floor: int
    frames: list[Frame] = field(default_factory=list)
    dropped: int = 0
    front: int = 0
    size: int = 0
    riders: int = 0
    stream: Frames | None = None
    task: asyncio.Task[None] | None = None
    waiting: list[asyncio.Future[None]] = field(default_factory=list)
    taken: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def end(self) -> int:
        return self.dropped + len(self.frames)

    def lead(self, stream: Frames) -> None:
        """Share a stream that stands at `floor`."""
        self.stream, self.context.tells_progress = stream, False
        self.task = asyncio.create_task(self._pump(stream))

    @contextmanager
    def aboard(self) -> Iterator[None]:
        """Count a rider; the stream ends with the last one."""
        self.riders += 1
        try:
            yield
        finally:
            self.riders -= 1
            if self.riders == 0 and self.task is not None:
                self.task.cancel()

    def number_behind(self, position: int) -> int | None:
        """The number of the first frame behind a position; None when nobody can join there."""
        if self.stream is None or position < max(self.floor, self.context.foresight):
            return None
        index = bisect_right(self.frames, position, key=_position)
        if index < len(self.frames) and _straddles(self.frames[index], position):
            return None
        return self.dropped + index

    async def more(self) -> None:
        """Wait until there are further frames, or none will come."""
        waiter = asyncio.get_running_loop().create_future()
        self.waiting.append(waiter)
        await waiter

    def took(self, number: int) -> None:
        """A rider has come to the frame before this number."""
        if number > self.front:
            self.front = number
            self.taken.set()

    async def _pump(self, stream: Frames) -> None:
        turn = time.monotonic()
        try:
            async with aclosing(stream):
                async for frame in stream:
                    if frame.errors is not None or frame.place is None:
                        return
                    if frame.place.quiet:
                        continue
                    self.frames.append(frame)
                    self.size += len(frame.payload)
                    self._wake()
                    await self._fit()
                    if time.monotonic() - turn > _TURN:
                        await asyncio.sleep(0)
                        turn = time.monotonic()
        except Exception:
            _log.exception("a shared stream failed; its subscribers go on alone")
        finally:
            self.stream = self.task = None
            self.ended()
            self._wake()

    async def _fit(self) -> None:
        """Drop what is too much, but nothing that even the quickest rider has not taken."""
        while len(self.frames) > _MOST_FRAMES or self.size > _MOST_BYTES:
            while self.front <= self.dropped:
                self.taken.clear()
                await self.taken.wait()
            many = max(1, min(len(self.frames) // 4, self.front - self.dropped))
            gone = self.frames[:many]
            del self.frames[:many]
            self.dropped += many
            self.size -= sum(len(frame.payload) for frame in gone)
            self.floor = _position(gone[-1])

    def _wake(self) -> None:
        waiting, self.waiting = self.waiting, []
        for waiter in waiting:
            if not waiter.done():
                waiter.set_result(None)


@dataclass(frozen=True, slots=True)
class Ride:
    """A place in a cohort: from which of its frames on."""

    cohort: Cohort
    number: int


class Cohorts:
    """The cohorts of a server, by what their streams have in common."""

    def __init__(self) -> None:
        self._all: dict[object, Cohort] = {}

    def __len__(self) -> int:
        return len(self._all)

    async def follow(
        self,
        key: Callable[[], object | None],
        fresh: Callable[[], Context],
        opening: Opening,
        deliver: Deliver,
    ) -> None:
        """Deliver every frame of a stream to one subscriber, until the stream is over. Those of the
        same key, which is asked for when the stream stands, share it; None shares nothing."""
        subscriber = _Subscriber(self, key, fresh, opening, deliver)
        while (ride := await subscriber.alone()) is not None:
            await subscriber.go_along(ride)

    def ride(self, key: object, context: Context, stream: Frames, place: Place) -> Ride | None:
        """How a subscriber at `place` can ride. Its own stream becomes the cohort's when there is
        none and this one is near the end of the log."""
        cohort = self._all.get(key)
        if cohort is not None:
            number = cohort.number_behind(place.position)
            # What it was told before it subscribed may be as new as the log was then.
            is_up_to_date = place.position >= context.present
            return Ride(cohort, number) if number is not None and is_up_to_date else None
        if context.mark(place.log) - place.position > _NEAR:
            return None
        cohort = self._all[key] = Cohort(lambda: self._forget(key), context, place.position)
        cohort.lead(stream)
        return Ride(cohort, 0)

    def _forget(self, key: object) -> None:
        del self._all[key]


@dataclass(slots=True)
class _Subscriber:
    """One subscriber: where it stands, and how it goes on."""

    cohorts: Cohorts
    key: Callable[[], object | None]
    fresh: Callable[[], Context]
    opening: Opening
    deliver: Deliver
    place: Place | None = None

    async def alone(self) -> Ride | None:
        """Deliver a stream of its own, until it can ride with others; None at the stream's end."""
        context, again = self.fresh(), self.place is not None
        context.resumed = self.place.position if self.place else None
        context.tells_progress = True
        stream = self.opening(context)
        ride: Ride | None = None
        try:
            async for frame in stream:
                if again and frame.errors is None:
                    again = False  # the heartbeat of a stream that goes on is not news
                    continue
                if not (frame.place and frame.place.quiet):
                    await self.deliver(frame)
                if frame.errors is not None or frame.place is None:
                    continue
                self.place = frame.place
                if (key := self.key()) is not None:
                    ride = self.cohorts.ride(key, context, stream, frame.place)
                if ride is not None:
                    return ride
        finally:
            if ride is None or ride.cohort.stream is not stream:
                await stream.aclose()
        return None

    async def go_along(self, ride: Ride) -> None:
        """Deliver the frames of a cohort, until it ends or this one has fallen behind."""
        cohort, number = ride.cohort, ride.number
        with cohort.aboard():
            while number >= cohort.dropped:
                if number == cohort.end:
                    if cohort.stream is None:
                        return
                    await cohort.more()
                    continue
                frame = cohort.frames[number - cohort.dropped]
                number += 1
                cohort.took(number)
                if _is_behind(frame, self._position()):
                    continue
                if _straddles(frame, self._position()):
                    return
                self.place = frame.place
                await self.deliver(frame)

    def _position(self) -> int:
        return self.place.position if self.place else 0


def _position(frame: Frame) -> int:
    return frame.place.position if frame.place else 0


def _straddles(frame: Frame, position: int) -> bool:
    """Whether a frame covers rows on both sides of a position."""
    place = frame.place
    return place is not None and place.first <= position < place.position


def _is_behind(frame: Frame, position: int) -> bool:
    """Whether a subscriber at a position has seen everything that a frame brings."""
    place = frame.place
    if place is None or place.position > position:
        return False
    return place.position < position or place.first <= place.position
