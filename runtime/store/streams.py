"""The three logs as streams: rows above a position, in order (streams.sql)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import asyncpg

from runtime.events.event import StoredEvent, StoredLog, StoredMetric
from runtime.store import events, logs, metrics
from runtime.store.events import LogName
from runtime.store.pool import Pool
from runtime.store.statements import Statements

_SQL = Statements("streams")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class LogStream(Generic[R]):
    """Reads one of the logs; `record_of` says what a row is."""

    pool: Pool
    log: LogName
    record_of: Callable[[asyncpg.Record], R]

    async def read(self, after: int, limit: int) -> list[R]:
        rows = await self.pool.fetch(_SQL[self.log], after, limit)
        return [self.record_of(row) for row in rows]

    async def bounds(self) -> tuple[int, int]:
        return await events.bounds(self.pool, self.log)


def event_stream(pool: Pool) -> LogStream[StoredEvent]:
    return LogStream(pool, LogName.EVENTS, events.record_of)


def log_stream(pool: Pool) -> LogStream[StoredLog]:
    return LogStream(pool, LogName.LOGS, logs.record_of)


def metric_stream(pool: Pool) -> LogStream[StoredMetric]:
    return LogStream(pool, LogName.METRICS, metrics.record_of)
