"""What tasks ask about other executions, and what they clear away (housekeeping.sql)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from runtime.events.event import StoredLog
from runtime.executions.model import LogLevel
from runtime.executions.states import ExecutionState
from runtime.store.logs import record_of
from runtime.store.pool import Pool
from runtime.store.statements import Statements

_SQL = Statements("housekeeping")


@dataclass(frozen=True, slots=True)
class ExecutionQuery:
    """Which executions are meant; what is None or empty does not narrow.

    `namespace` covers the namespaces below it too. Times compare with the start (creation).
    """

    namespace: str | None = None
    flow_id: str | None = None
    states: Sequence[ExecutionState] = ()
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class LogQuery:
    """Which log lines are meant; `level` is the lowest one, `levels` an exact choice."""

    namespace: str | None = None
    flow_id: str | None = None
    execution_id: str | None = None
    task_ids: Sequence[str] = ()
    level: LogLevel | None = None
    levels: Sequence[LogLevel] = ()
    start: datetime | None = None
    end: datetime | None = None


async def count(pool: Pool, query: ExecutionQuery) -> int:
    """How many executions there are."""
    found: int = await pool.fetchval(_SQL["count"], *_of_executions(query))
    return found


async def matching(pool: Pool, query: ExecutionQuery, after: str | None, limit: int) -> list[str]:
    """Ids of executions in their order, after one of them."""
    rows = await pool.fetch(_SQL["matching"], *_of_executions(query), after, limit)
    return [row["id"] for row in rows]


async def log_lines(pool: Pool, query: LogQuery, after: int, limit: int) -> list[StoredLog]:
    """Log lines in order, above a position."""
    rows = await pool.fetch(_SQL["logs"], after, *_of_logs(query), limit)
    return [record_of(row) for row in rows]


async def delete_log_lines(pool: Pool, query: LogQuery) -> int:
    """How many lines are gone."""
    gone: int = await pool.fetchval(_SQL["delete_logs"], *_of_logs(query))
    return gone


def _of_executions(query: ExecutionQuery) -> tuple[object, ...]:
    states = [state.value for state in query.states]
    return (query.namespace, query.flow_id, states, query.start, query.end)


def _of_logs(query: LogQuery) -> tuple[object, ...]:
    return (
        query.namespace,
        query.flow_id,
        query.execution_id,
        list(query.task_ids),
        None if query.level is None else int(query.level),
        [int(level) for level in query.levels],
        query.start,
        query.end,
    )
