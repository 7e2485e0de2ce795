"""One conformance suite for both buses."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from runtime.clock import SystemClock
from runtime.events.bus import Bus, Topic
from runtime.events.memory import MemoryBus
from runtime.events.redis import redis_bus
from tests.support.waiting import until


@pytest.fixture(params=["memory", "redis"])
async def buses(request: pytest.FixtureRequest) -> AsyncIterator[tuple[Bus, Bus]]:
    """Where one announces and another listens: the same in memory, two servers on Redis."""
    if request.param == "memory":
        bus = MemoryBus()
        yield bus, bus
        return
    url = request.getfixturevalue("redis_url")
    async with AsyncExitStack() as stack:
        one = await stack.enter_async_context(redis_bus(url, SystemClock()))
        other = await stack.enter_async_context(redis_bus(url, SystemClock()))
        heard: list[str] = []
        stop = other.listen(Topic.FLOWS, heard.append)

        async def connected() -> bool:
            one.announce(Topic.FLOWS, "hello")
            return "hello" in heard

        await until(connected, what="both buses to be connected")
        stop()
        yield one, other


async def test_an_announcement_reaches_every_listener(buses: tuple[Bus, Bus]) -> None:
    one, other = buses
    first: list[str] = []
    second: list[str] = []
    other.listen(Topic.EVENTS, first.append)
    other.listen(Topic.EVENTS, second.append)
    one.announce(Topic.EVENTS, "7")
    await until(lambda: "7" in first and "7" in second)


async def test_the_announcer_hears_itself(buses: tuple[Bus, Bus]) -> None:
    one, _ = buses
    heard: list[str] = []
    one.listen(Topic.LOGS, heard.append)
    one.announce(Topic.LOGS, "1")
    await until(lambda: "1" in heard)


async def test_topics_are_apart(buses: tuple[Bus, Bus]) -> None:
    one, other = buses
    events: list[str] = []
    logs: list[str] = []
    other.listen(Topic.EVENTS, events.append)
    other.listen(Topic.LOGS, logs.append)
    one.announce(Topic.LOGS, "9")
    await until(lambda: "9" in logs)
    assert "9" not in events


async def test_who_stopped_listening_hears_nothing(buses: tuple[Bus, Bus]) -> None:
    one, other = buses
    gone: list[str] = []
    there: list[str] = []
    stop = other.listen(Topic.EVENTS, gone.append)
    other.listen(Topic.EVENTS, there.append)
    stop()
    one.announce(Topic.EVENTS, "3")
    await until(lambda: "3" in there)
    assert "3" not in gone


async def test_a_failing_listener_does_not_disturb_the_others(buses: tuple[Bus, Bus]) -> None:
    one, other = buses
    heard: list[str] = []

    def fail(_: str) -> None:
        raise RuntimeError("not today")

    other.listen(Topic.EVENTS, fail)
    other.listen(Topic.EVENTS, heard.append)
    one.announce(Topic.EVENTS, "5")
    await until(lambda: "5" in heard)
