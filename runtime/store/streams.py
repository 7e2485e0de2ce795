"""The three logs as streams: rows above a position, in order (streams.sql)."""

from runtime.events.event import StoredEvent, StoredLog, StoredMetric
from runtime.executions.decision import ChangeKind
from runtime.executions.model import LogLevel, MetricKind
from runtime.store.pool import Pool
from runtime.store.statements import Statements

_SQL = Statements("streams")


class EventStream:
    """Reads events."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def read(self, after: int, limit: int) -> list[StoredEvent]:
        rows = await self._pool.fetch(_SQL["events"], after, limit)
        return [StoredEvent(**{**row, "kind": ChangeKind(row["kind"])}) for row in rows]

    async def bounds(self) -> tuple[int, int]:
        return await _bounds(self._pool, "events")


class LogStream:
    """Reads log lines."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def read(self, after: int, limit: int) -> list[StoredLog]:
        rows = await self._pool.fetch(_SQL["logs"], after, limit)
        return [StoredLog(**{**row, "level": LogLevel(row["level"])}) for row in rows]

    async def bounds(self) -> tuple[int, int]:
        return await _bounds(self._pool, "logs")


class MetricStream:
    """Reads metric points."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def read(self, after: int, limit: int) -> list[StoredMetric]:
        rows = await self._pool.fetch(_SQL["metrics"], after, limit)
        return [StoredMetric(**{**row, "kind": MetricKind(row["kind"])}) for row in rows]

    async def bounds(self) -> tuple[int, int]:
        return await _bounds(self._pool, "metrics")


async def _bounds(pool: Pool, stream: str) -> tuple[int, int]:
    row = await pool.fetchrow(_SQL["bounds"], stream)
    if row is None:
        raise LookupError(f"no counter for {stream}")
    return row["kept"], row["value"]
