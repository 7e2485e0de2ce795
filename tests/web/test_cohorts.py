"""Cohorts over a log in memory: nothing missed, nothing repeated, nobody held up."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import cast

import pytest

from resolvers.context import Context, Place
from resolvers.cursors import Log
from tests.support.waiting import until
from web import cohorts
from web.cohorts import Cohorts, Frame, Frames


@dataclass
class Line:
    """The context of one stream, as far as cohorts look at it."""

    log: "History"
    resumed: int | None = None
    tells_progress: bool = False
    present: int = 0
    foresight: int = 0

    def mark(self, _log: Log) -> int:
        return self.log.position


@dataclass
class History:
    """A log whose rows are numbers. `opened` counts the streams that were begun on it."""

    position: int = 0
    opened: int = 0
    read: int = 0
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def write(self, count: int = 1) -> None:
        self.position += count
        self.changed.set()
        self.changed = asyncio.Event()

    def stream(self, after: int, size: int = 1) -> Callable[[Context], Frames]:
        """Opens streams whose frames cover up to `size` rows each."""

        async def frames(context: Context) -> Frames:
            self.opened += 1
            at = after if context.resumed is None else context.resumed
            yield Frame("beat", Place.behind(Log.EVENTS, at))
            context.present = self.position
            while True:
                changed = self.changed
                while at < self.position:
                    first, at = at + 1, min(at + size, self.position)
                    self.read += 1
                    rows = " ".join(str(row) for row in range(first, at + 1))
                    yield Frame(rows, Place(Log.EVENTS, first, at))
                if context.tells_progress:
                    yield Frame("", Place.behind(Log.EVENTS, at, quiet=True))
                await changed.wait()

        return frames


@dataclass
class Subscriber:
    """Takes frames as fast as `gate` lets it."""

    rows: list[int] = field(default_factory=list)
    beats: int = 0
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    async def deliver(self, frame: Frame) -> None:
        if frame.payload == "beat":
            self.beats += 1
            return
        await self.gate.wait()
        self.rows += [int(row) for row in frame.payload.split()]


@dataclass
class House:
    history: History = field(default_factory=History)
    cohorts: Cohorts = field(default_factory=Cohorts)
    tasks: list["asyncio.Task[None]"] = field(default_factory=list)

    def join(
        self, after: int = 0, *, key: object = "k", size: int = 1, opened: bool = True
    ) -> Subscriber:
        subscriber = Subscriber()
        if opened:
            subscriber.gate.set()
        follow = self.cohorts.follow(
            lambda: key,
            lambda: cast(Context, Line(self.history)),
            self.history.stream(after, size),
            subscriber.deliver,
        )
        self.tasks.append(asyncio.create_task(follow))
        return subscriber

    async def leave(self, number: int) -> None:
        self.tasks[number].cancel()
        with suppress(asyncio.CancelledError):
            await self.tasks[number]

    async def reach(self, *subscribers: Subscriber) -> None:
        end = self.history.position
        await until(lambda: all(each.rows[-1:] == [end] for each in subscribers))


@asynccontextmanager
async def house() -> AsyncIterator[House]:
    made = House()
    try:
        yield made
    finally:
        for number in range(len(made.tasks)):
            await made.leave(number)


def after(position: int, house: House) -> list[int]:
    return list(range(position + 1, house.history.position + 1))


async def test_subscribers_of_the_same_share_one_stream() -> None:
    async with house() as home:
        subscribers = [home.join() for _ in range(10)]
        await until(lambda: all(each.beats for each in subscribers))
        home.history.write()
        await home.reach(*subscribers)
        before = home.history.read
        for _ in range(20):
            home.history.write()
            await home.reach(*subscribers)
        assert home.history.read == before + 20
        assert all(each.rows == after(0, home) for each in subscribers)


async def test_subscribers_of_different_things_share_nothing() -> None:
    async with house() as home:
        one, other = home.join(key="one"), home.join(key="other")
        home.history.write(3)
        await home.reach(one, other)
        assert len(home.cohorts) == 2
        assert one.rows == other.rows == [1, 2, 3]


async def test_whoever_joins_anywhere_gets_what_follows_once() -> None:
    async with house() as home:
        home.history.write(100)
        subscribers = []
        for begin in (0, 99, 100, 50, 1, 100):
            subscribers.append((begin, home.join(begin)))
            home.history.write(7)
            await asyncio.sleep(0)
        await home.reach(*(each for _, each in subscribers))
        home.history.write(5)
        await home.reach(*(each for _, each in subscribers))
        for begin, each in subscribers:
            assert each.rows == after(begin, home)
            assert each.beats == 1


async def test_frames_of_several_rows_are_never_cut_nor_repeated() -> None:
    async with house() as home:
        home.history.write(20)
        sizes = ((0, 7), (3, 4), (17, 5))
        subscribers = [(begin, home.join(begin, size=size)) for begin, size in sizes]
        for _ in range(30):
            home.history.write(11)
            await asyncio.sleep(0)
        await home.reach(*(each for _, each in subscribers))
        assert all(each.rows == after(begin, home) for begin, each in subscribers)


async def test_when_the_first_one_leaves_the_others_go_on() -> None:
    async with house() as home:
        first = home.join()
        home.history.write()
        await home.reach(first)
        second = home.join(1)
        await until(lambda: second.beats == 1)
        await home.leave(0)
        home.history.write(10)
        await home.reach(second)
        assert second.rows == after(1, home)


async def test_the_stream_ends_with_its_last_subscriber() -> None:
    async with house() as home:
        one, other = home.join(), home.join()
        home.history.write()
        await home.reach(one, other)
        assert len(home.cohorts) == 1
        await home.leave(0)
        await home.leave(1)
        await until(lambda: len(home.cohorts) == 0)


async def test_a_slow_subscriber_holds_nobody_up_and_misses_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cohorts, "_MOST_FRAMES", 20)
    async with house() as home:
        quick, slow = home.join(), home.join(opened=False)
        for _ in range(50):
            home.history.write(10)
            await home.reach(quick)
        assert slow.rows == []
        slow.gate.set()
        await home.reach(slow)
        home.history.write(10)
        await home.reach(quick, slow)
        assert slow.rows == quick.rows == after(0, home)


async def test_memory_is_bounded_when_everybody_is_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cohorts, "_MOST_FRAMES", 20)
    async with house() as home:
        slow = home.join(opened=False)
        await until(lambda: slow.beats == 1)
        home.history.write(1_000)
        await until(lambda: home.history.read > 20)
        assert home.history.read <= 25
        slow.gate.set()
        await home.reach(slow)
        assert slow.rows == after(0, home)


async def test_whoever_knows_more_than_the_stream_waits_until_it_is_told() -> None:
    async with house() as home:
        first = home.join()
        home.history.write(3)
        await home.reach(first)
        shared = home.cohorts._all["k"]
        shared.context.foresight = 5
        assert shared.number_behind(4) is None
        assert shared.number_behind(5) is not None


async def test_an_item_that_failed_is_told_to_each_by_its_own_stream() -> None:
    failing = True

    async def stream(context: Context) -> Frames:
        at = context.resumed or 0
        yield Frame("beat", Place.behind(Log.EVENTS, at))
        yield Frame("1", Place(Log.EVENTS, 1, 1), "it broke" if failing else None)

    told: list[list[str]] = [[], []]
    everybody = Cohorts()

    async def follow(number: int) -> None:
        async def deliver(frame: Frame) -> None:
            told[number].append(frame.errors or frame.payload)

        context = cast(Context, Line(History()))
        await everybody.follow(lambda: "k", lambda: context, stream, deliver)

    await asyncio.gather(follow(0), follow(1))
    assert told == [["beat", "it broke"], ["beat", "it broke"]]
