"""Reading the event log of one execution, and how far back the logs reach."""

from enum import StrEnum

import asyncpg

from runtime.events.event import StoredEvent
from runtime.executions.decision import ChangeKind
from runtime.store.pool import Pool
from runtime.store.statements import Statements


class LogName(StrEnum):
    """The three logs, by the names of their tables and counters."""

    EVENTS = "events"
    LOGS = "logs"
    METRICS = "metrics"


_SQL = Statements("events", log=LogName)


def record_of(row: asyncpg.Record) -> StoredEvent:
    return StoredEvent(
        position=row["position"],
        execution_id=row["execution_id"],
        namespace=row["namespace"],
        flow_id=row["flow_id"],
        sequence=row["sequence"],
        at=row["at"],
        kind=ChangeKind(row["kind"]),
        state=row["state"],
        task_run_id=row["task_run_id"],
        detail=row["detail"],
    )


async def of_execution(
    pool: Pool, execution_id: str, after: int, until: int, limit: int
) -> list[StoredEvent]:
    """Events of one execution above a position and up to another, in order."""
    rows = await pool.fetch(_SQL["of_execution"], execution_id, after, until, limit)
    return [record_of(row) for row in rows]


async def bounds(pool: Pool, log: LogName) -> tuple[int, int]:
    """The first kept and the last committed position of a log; first > last when it is empty."""
    row = await pool.fetchrow(_SQL[f"bounds_of_{log}"])
    if row is None:
        raise LookupError(f"the counter of {log} is missing")
    return row["oldest"], row["last"]
