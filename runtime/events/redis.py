"""The bus over Redis pub/sub, for several servers.

Announcements leave in batches from a small queue; when Redis is away they are dropped and the
readers' own polling takes over, so that nothing ever waits for Redis.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from redis.asyncio import Redis
from redis.exceptions import RedisError

from runtime.clock import Clock
from runtime.errors import InvalidInput
from runtime.events.bus import Listener, Topic
from runtime.events.memory import MemoryBus
from runtime.loop import Loop

_PREFIX = "flowdeck:"


class RedisBus:
    """Announces to Redis and hands on what comes from there, its own announcements included."""

    def __init__(self, redis: "Redis") -> None:
        self._redis = redis
        self._local = MemoryBus()
        self._waiting: dict[Topic, str] = {}
        self._wake = asyncio.Event()

    def announce(self, topic: Topic, text: str) -> None:
        # Within a topic only the newest announcement matters: they say "read on", not what.
        self._waiting[topic] = text
        self._wake.set()

    def listen(self, topic: Topic, listener: Listener) -> Callable[[], None]:
        return self._local.listen(topic, listener)

    async def send(self) -> None:
        """Send what waits, once there is something."""
        await self._wake.wait()
        self._wake.clear()
        waiting, self._waiting = self._waiting, {}
        try:
            async with self._redis.pipeline(transaction=False) as pipe:
                for topic, text in waiting.items():
                    pipe.publish(_PREFIX + topic, text)
                await pipe.execute()
        except RedisError:
            for topic, text in waiting.items():
                self._local.announce(topic, text)
            raise

    async def receive(self) -> None:
        """Hand on what comes, until the connection ends; then everybody reads once more."""
        async with self._redis.pubsub() as channel:
            await channel.subscribe(*(_PREFIX + topic for topic in Topic))
            for topic in Topic:
                self._local.announce(topic, "")
            async for message in channel.listen():
                if message["type"] == "message":
                    topic = Topic(message["channel"].decode().removeprefix(_PREFIX))
                    self._local.announce(topic, message["data"].decode())


@asynccontextmanager
async def redis_bus(url: str, clock: Clock) -> AsyncIterator[RedisBus]:
    """A bus over the Redis at `url`; keeps trying when it is away."""
    try:
        redis = Redis.from_url(url, protocol=3)
    except ValueError as error:
        raise InvalidInput(
            f"The address of Redis cannot be read: {error}.",
            hint="Set FLOWDECK_REDIS_URL to something like redis://localhost:6379/0.",
            path=("FLOWDECK_REDIS_URL",),
        ) from None
    bus = RedisBus(redis)
    try:
        async with (
            Loop("bus-send", bus.send, clock, _is_away),
            Loop("bus-receive", bus.receive, clock, _is_away),
        ):
            yield bus
    finally:
        await redis.aclose()


def _is_away(error: BaseException) -> bool:
    return isinstance(error, RedisError | OSError)
