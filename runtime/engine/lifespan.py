"""Opens what the runtime needs, starts its loops in order, and stops them in reverse."""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from importlib.metadata import version
from typing import TypeVar

import httpx

from runtime.clock import Clock, SystemClock
from runtime.config import ENGINE, Settings
from runtime.engine.assembly import ANY, Parts, assemble
from runtime.engine.engine import Engine
from runtime.engine.ground import Opened
from runtime.engine.presence import Presence
from runtime.events.bus import Bus, Topic
from runtime.events.event import StoredEvent, StoredLog, StoredMetric
from runtime.events.memory import MemoryBus
from runtime.events.tail import Positioned, Stream, Tail
from runtime.files.store import FileStore
from runtime.files.vault import Vault
from runtime.ids import WORKER, new_id
from runtime.loop import Loop
from runtime.store import workers
from runtime.store.embedded import embedded_database
from runtime.store.migrate import migrate
from runtime.store.pool import Pool, is_away, open_pool
from runtime.store.streams import event_stream, log_stream, metric_stream

_WRITERS = 3
T = TypeVar("T", bound=Positioned)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Runtime:
    """The running product, as the floors above see it."""

    engine: Engine
    pool: Pool
    """For reading; the engine has another one."""
    events: Tail[StoredEvent]
    logs: Tail[StoredLog]
    metrics: Tail[StoredMetric]
    files: FileStore
    vault: Vault
    clock: Clock
    settings: Settings
    bus: Bus


@asynccontextmanager
async def running(settings: Settings, clock: Clock | None = None) -> AsyncIterator[Runtime]:
    """The whole runtime, until the block ends.

    Raises Unavailable when the database cannot be reached, with what to do about it.
    """
    clock = clock or SystemClock()
    async with AsyncExitStack() as stack:
        dsn = settings.database_url
        if dsn is None:
            dsn = await stack.enter_async_context(embedded_database(settings.data_dir / "postgres"))
        await migrate(dsn)
        pool = await stack.enter_async_context(
            open_pool(dsn, connections=settings.database_connections)
        )
        # Whoever looks on has connections of his own, so that he cannot hold up what runs.
        searches = await stack.enter_async_context(
            open_pool(dsn, connections=settings.database_connections)
        )
        # What is accepted and what runs is written however many wait for the other connections.
        writers = await stack.enter_async_context(open_pool(dsn, connections=_WRITERS))
        bus = await _bus(settings, clock, stack)
        tails = (
            await _tail(event_stream(pool), Topic.EVENTS, bus, clock, stack),
            await _tail(
                log_stream(pool), Topic.LOGS, bus, clock, stack, lambda log: len(log.message)
            ),
            await _tail(metric_stream(pool), Topic.METRICS, bus, clock, stack),
        )
        http = await stack.enter_async_context(httpx.AsyncClient(timeout=30.0))
        worker = _worker(settings)
        presence = Presence(dsn, pool, worker, clock)
        await stack.enter_async_context(presence.kept())
        parts = assemble(
            Opened(settings, clock, pool, searches, writers, bus, http, worker.id, tails)
        )
        presence.when_back(parts.back)
        await _start_loops(parts, settings, clock, stack)
        _tell_roles(settings)
        yield Runtime(
            engine=parts.engine,
            pool=searches,
            events=tails[0],
            logs=tails[1],
            metrics=tails[2],
            files=parts.files,
            vault=parts.vault,
            clock=clock,
            settings=settings,
            bus=bus,
        )


def _worker(settings: Settings) -> workers.Worker:
    return workers.Worker(
        id=new_id(WORKER),
        lock_key=workers.new_lock_key(),
        roles=settings.roles,
        slots=settings.slots,
        version=version("flowdeck"),
    )


def _tell_roles(settings: Settings) -> None:
    _log.info("The roles of this server are %s.", ", ".join(settings.roles))
    if ENGINE not in settings.roles and settings.redis_url is None:
        _log.warning(
            "Without the role engine it leaves executions to other servers, and without "
            "FLOWDECK_REDIS_URL those look for them every five seconds only."
        )


async def _bus(settings: Settings, clock: Clock, stack: AsyncExitStack) -> Bus:
    if settings.redis_url is None:
        return MemoryBus()
    from runtime.events.redis import redis_bus  # 6 MB that most servers do not need

    return await stack.enter_async_context(redis_bus(settings.redis_url, clock))


def _characters(log: StoredLog) -> int:
    return len(log.message)


async def _tail(
    stream: Stream[T],
    topic: Topic,
    bus: Bus,
    clock: Clock,
    stack: AsyncExitStack,
    weigh: Callable[[T], int] = lambda _: 0,
) -> Tail[T]:
    tail = Tail(stream, clock, weigh)
    await tail.open()
    stack.callback(bus.listen(topic, tail.hint))
    await stack.enter_async_context(Loop(f"{topic}-tail", tail.catch_up, clock, is_away))
    return tail


async def _start_loops(
    parts: Parts, settings: Settings, clock: Clock, stack: AsyncExitStack
) -> None:
    """Writers first, so that whoever starts work later can write it down."""
    for name, work in parts.writers:
        await stack.enter_async_context(Loop(name, work, clock, is_away))
    stack.push_async_callback(parts.close)
    for topic, listener in parts.listeners:
        stack.callback(parts.bus.listen(topic, listener))
    for role, name, work in parts.loops:
        if role == ANY or role in settings.roles:
            await stack.enter_async_context(Loop(name, work, clock, is_away))
