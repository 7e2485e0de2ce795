"""The three logs as streams: rows above a position, in order (streams.sql)."""

from runtime.events.event import StoredEvent, StoredLog, StoredMetric
from runtime.store import events, logs, metrics
from runtime.store.events import LogName
from runtime.store.pool import Pool
from runtime.store.statements import Statements

_SQL = Statements("streams")


class EventStream:
    """Reads events."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def read(self, after: int, limit: int) -> list[StoredEvent]:
        rows = await self._pool.fetch(_SQL["events"], after, limit)
        return [events.record_of(row) for row in rows]

    async def bounds(self) -> tuple[int, int]:
        return await events.bounds(self._pool, LogName.EVENTS)


class LogStream:
    """Reads log lines."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def read(self, after: int, limit: int) -> list[StoredLog]:
        rows = await self._pool.fetch(_SQL["logs"], after, limit)
        return [logs.record_of(row) for row in rows]

    async def bounds(self) -> tuple[int, int]:
        return await events.bounds(self._pool, LogName.LOGS)


class MetricStream:
    """Reads metric points."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def read(self, after: int, limit: int) -> list[StoredMetric]:
        rows = await self._pool.fetch(_SQL["metrics"], after, limit)
        return [metrics.record_of(row) for row in rows]

    async def bounds(self) -> tuple[int, int]:
        return await events.bounds(self._pool, LogName.METRICS)
