"""Reading log lines."""

from collections.abc import Sequence

import asyncpg

from runtime.events.event import StoredLog
from runtime.executions.model import LogLevel
from runtime.store.pool import Pool
from runtime.store.statements import Statements
from runtime.store.tables import Column, SortKey, Special, Table

_SQL = Statements("logs")


def plain_level(value: object) -> object:
    return int(value) if isinstance(value, LogLevel) else value


def message_holds(text: object) -> str:
    """Letters of ASCII have the same small ones in every language, and are found twice as fast
    without asking which language it is."""
    plain = ' COLLATE "C"' if str(text).isascii() else ""
    return f"strpos(lower(message{plain}), lower({{}}::text)) > 0"


LOGS = Table(
    select=_SQL["select"],
    columns={
        "text": Special(message_holds),
        "namespace": Column("namespace"),
        "flow_id": Column("flow_id"),
        "execution_id": Column("execution_id"),
        "task_run_id": Column("task_run_id"),
        "task_id": Column("task_id"),
        "attempt": Column("attempt"),
        "level": Column("level", plain=plain_level),
        "at": Column("at"),
    },
    of_flows=frozenset({"namespace", "flow_id"}),
    orders={"position": SortKey(("position",), ("bigint",))},
)


def record_of(row: asyncpg.Record) -> StoredLog:
    return StoredLog(
        position=row["position"],
        execution_id=row["execution_id"],
        namespace=row["namespace"],
        flow_id=row["flow_id"],
        task_run_id=row["task_run_id"],
        task_id=row["task_id"],
        attempt=row["attempt"],
        at=row["at"],
        level=LogLevel(row["level"]),
        message=row["message"],
    )


async def by_positions(pool: Pool, positions: Sequence[int]) -> dict[int, StoredLog]:
    rows = await pool.fetch(_SQL["select"] + " WHERE position = ANY ($1)", list(positions))
    return {row["position"]: record_of(row) for row in rows}


async def chunk(pool: Pool, execution_id: str, after: int, limit: int) -> list[StoredLog]:
    """Lines of one execution above a position, in order; for downloads."""
    rows = await pool.fetch(_SQL["chunk"], execution_id, after, limit)
    return [record_of(row) for row in rows]
