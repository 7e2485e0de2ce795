"""The living servers and workers (workers.sql)."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from runtime.store.pool import Connection, Pool
from runtime.store.statements import Statements
from runtime.store.tables import SortKey, Table

_SQL = Statements("workers")


@dataclass(frozen=True, slots=True)
class Worker:
    """A server or worker process. `lock_key` is the advisory lock that it holds while it lives."""

    id: str
    lock_key: int
    roles: Sequence[str]
    slots: int
    version: str
    groups: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class WorkerRecord:
    """A worker as it was when it was read. `seen_at` is its last sign of life, which it gives every
    second; `alive` is whether it holds its lock; `executions` is how many it holds."""

    id: str
    roles: Sequence[str]
    slots: int
    version: str
    started_at: datetime
    seen_at: datetime
    alive: bool
    executions: int


WORKERS = Table(
    select=_SQL["select"],
    columns={},
    orders={"id": SortKey(("workers.id",), ("text",))},
)


def record_of(row: asyncpg.Record) -> WorkerRecord:
    return WorkerRecord(
        id=row["id"],
        roles=row["roles"],
        slots=row["slots"],
        version=row["version"],
        started_at=row["started_at"],
        seen_at=row["seen_at"],
        alive=row["alive"],
        executions=row["executions"],
    )


async def by_ids(pool: Pool, ids: Sequence[str], now: datetime) -> dict[str, WorkerRecord]:
    """Those that are known, by id."""
    rows = await pool.fetch(_SQL["select"] + " WHERE workers.id = ANY ($2)", now, list(ids))
    return {row["id"]: record_of(row) for row in rows}


def new_lock_key() -> int:
    """A random key; positive, so that both its halves are found in pg_locks as they are."""
    return secrets.randbits(62)


async def register(connection: Connection, worker: Worker, now: datetime) -> None:
    """Make the worker known and alive as long as this connection lives."""
    await connection.execute(_SQL["lock"], worker.lock_key)
    await connection.execute(
        _SQL["register"],
        worker.id,
        worker.lock_key,
        list(worker.roles),
        list(worker.groups),
        worker.slots,
        worker.version,
        now,
    )


async def lock(connection: Connection, worker: Worker) -> bool:
    """Hold the worker's lock again after a connection was lost; False when another holds it."""
    held: bool = await connection.fetchval(_SQL["lock"], worker.lock_key)
    return held


async def seen(connection: Connection, worker_id: str, now: datetime) -> bool:
    """Give a sign of life; False when the worker is not known any more."""
    known: bool | None = await connection.fetchval(_SQL["seen"], worker_id, now)
    return known is True


async def beats(pool: Pool, but: str) -> dict[str, int]:
    """How many signs of life each of the others has given."""
    return {row["id"]: row["beat"] for row in await pool.fetch(_SQL["beats"], but)}


async def evict(pool: Pool, worker_id: str, beat: int) -> bool:
    """Take a worker that has not moved since a beat for dead; False when it has moved."""
    gone: bool | None = await pool.fetchval(_SQL["evict"], worker_id, beat)
    return gone is True


async def leave(pool: Pool, worker_id: str) -> None:
    await pool.execute(_SQL["leave"], worker_id)


async def forget_dead(pool: Pool, before: datetime) -> None:
    await pool.execute(_SQL["forget_dead"], before)
