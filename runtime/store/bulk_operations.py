"""Operations on many executions: what was chosen, how far they have come, what came of each
(bulk_operations.sql)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import asyncpg

from runtime.errors import ErrorCode
from runtime.executions.actions import ExecutionAction, Facts
from runtime.executions.states import ExecutionState
from runtime.store.pool import Connection, Pool
from runtime.store.statements import Statements
from runtime.store.tables import Column, SortKey, Table

_SQL = Statements("bulk_operations")


class BulkState(StrEnum):
    """Where an operation stands."""

    CREATED = "CREATED"
    RUNNING = "RUNNING"
    CANCELLING = "CANCELLING"
    COMPLETED = "COMPLETED"
    CANCELLED = "CANCELLED"


class BulkOutcome(StrEnum):
    SUCCESS = "SUCCESS"
    FAILURE = "FAILURE"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many executions of a selection are alike; without facts those that are not there."""

    facts: Facts | None
    count: int


@dataclass(frozen=True, slots=True)
class Selection:
    """A stored choice of executions: how many, and until when an operation may begin with it."""

    id: str
    size: int
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class NewOperation:
    """An operation to store. `work` is sealed; `total` is the size of the selection."""

    id: str
    action: ExecutionAction
    work: str
    selection_id: str
    total: int
    actor: str | None
    idempotency_key: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class BulkRecord:
    """An operation as callers see it."""

    id: str
    action: ExecutionAction
    state: BulkState
    total: int
    succeeded: int
    failed: int
    sequence: int
    actor: str | None
    cancelled_by: str | None
    created_at: datetime
    started_at: datetime | None
    changed_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class HeldOperation:
    """An operation that this server works off, under `fence`. Places are counted from 1;
    everything up to `reached` has its outcome."""

    id: str
    work: str
    actor: str | None
    selection_id: str
    state: BulkState
    total: int
    reached: int
    created_at: datetime
    fence: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the rules need to know of an execution, and what is needed to act on it."""

    id: str
    namespace: str
    flow_id: str
    facts: Facts
    ended_at: datetime | None
    sequence: int
    """The number of its last event, which tells how large it is."""


@dataclass(frozen=True, slots=True)
class BulkItem:
    """What came of one execution: `code` and `message` say why it failed, `state` in which state
    it was then; `created_id` is the execution that it led to."""

    ordinal: int
    execution_id: str
    outcome: BulkOutcome
    created_id: str | None = None
    code: ErrorCode | None = None
    message: str | None = None
    state: ExecutionState | None = None
    at: datetime | None = None


BULK_ITEMS = Table(
    select=_SQL["select_items"],
    columns={"operation_id": Column("operation_id"), "outcome": Column("outcome", words=True)},
    orders={"ordinal": SortKey(("ordinal",), ("integer",))},
)


BULK_OPERATIONS = Table(
    select=_SQL["select"],
    columns={"state": Column("state", words=True), "action": Column("action")},
    orders={"created_at": SortKey(("created_at", "id"), ("timestamptz", "text"))},
)


def record_of(row: asyncpg.Record) -> BulkRecord:
    return BulkRecord(
        id=row["id"],
        action=ExecutionAction(row["action"]),
        state=BulkState(row["state"]),
        total=row["total"],
        succeeded=row["succeeded"],
        failed=row["failed"],
        sequence=row["sequence"],
        actor=row["actor"],
        cancelled_by=row["cancelled_by"],
        created_at=row["created_at"],
        started_at=row["started_at"],
        changed_at=row["changed_at"],
        ended_at=row["ended_at"],
    )


def item_of(row: asyncpg.Record) -> BulkItem:
    return BulkItem(
        ordinal=row["ordinal"],
        execution_id=row["execution_id"],
        outcome=BulkOutcome(row["outcome"]),
        created_id=row["created_id"],
        code=row["code"] and ErrorCode(row["code"]),
        message=row["message"],
        state=row["state"] and ExecutionState(row["state"]),
        at=row["at"],
    )


async def select_ids(
    connection: Connection, selection: Selection, ids: Sequence[str], now: datetime
) -> None:
    """Keep a choice of executions."""
    await connection.execute(_SQL["select_ids"], selection.id, list(ids), now, selection.expires_at)


async def drop_oldest(connection: Connection, kept: int) -> None:
    """Keep only the newest of the selections with which nothing has begun."""
    await connection.execute(_SQL["drop_oldest"], kept)


async def selected(connection: Connection, selection_id: str, now: datetime) -> Selection | None:
    """A selection that an operation may begin with; None when there is none, or no longer."""
    row = await connection.fetchrow(_SQL["selected"], selection_id, now)
    return None if row is None else Selection(selection_id, row["size"], row["expires_at"])


async def tally(pool: Pool, selection_id: str, *, with_failures: bool) -> list[Tally]:
    rows = await pool.fetch(_SQL["tally"], selection_id, with_failures)
    return [
        Tally(
            row["state"] and Facts(ExecutionState(row["state"]), row["failed"]),
            row["count"],
        )
        for row in rows
    ]


async def create(connection: Connection, new: NewOperation) -> bool:
    """Store an operation; False when its idempotency key was used before."""
    created = await connection.fetchval(
        _SQL["create"],
        new.id,
        new.action.value,
        new.work,
        new.selection_id,
        (BulkState.CREATED if new.total else BulkState.COMPLETED).value,
        new.total,
        new.actor,
        new.idempotency_key,
        new.at,
    )
    return created is not None


async def by_key(connection: Connection | Pool, key: str) -> tuple[str, ExecutionAction] | None:
    """The operation that was begun under this key before."""
    row = await connection.fetchrow(_SQL["by_key"], key)
    return None if row is None else (row["id"], ExecutionAction(row["action"]))


async def by_ids(pool: Pool, ids: Sequence[str]) -> dict[str, BulkRecord]:
    """Those that are there, by id."""
    rows = await pool.fetch(_SQL["select"] + " WHERE id = ANY ($1)", list(ids))
    return {row["id"]: record_of(row) for row in rows}


async def claim(pool: Pool, owner: str, now: datetime, limit: int) -> dict[str, int]:
    """Take operations that nobody living works on: their fences by id."""
    rows = await pool.fetch(_SQL["claim"], owner, now, limit)
    return {row["id"]: row["fence"] for row in rows}


async def held(pool: Pool, owner: str) -> list[HeldOperation]:
    """What this server has to work off, the oldest first."""
    rows = await pool.fetch(_SQL["held"], owner)
    return [HeldOperation(**{**dict(row), "state": BulkState(row["state"])}) for row in rows]


async def chunk(pool: Pool, selection_id: str, reached: int, size: int) -> list[str]:
    """The next executions of a selection behind a place."""
    rows = await pool.fetch(_SQL["chunk"], selection_id, reached, size)
    return [row["execution_id"] for row in rows]


async def candidates(
    pool: Pool, ids: Sequence[str], *, with_failures: bool
) -> dict[str, Candidate]:
    """Those that are there, by id."""
    rows = await pool.fetch(_SQL["facts"], list(ids), with_failures)
    return {
        row["id"]: Candidate(
            id=row["id"],
            namespace=row["namespace"],
            flow_id=row["flow_id"],
            facts=Facts(ExecutionState(row["state"]), row["failed"]),
            ended_at=row["ended_at"],
            sequence=row["sequence"],
        )
        for row in rows
    }


async def done_before(
    pool: Pool, ids: Sequence[str], operation_id: str, since: datetime
) -> set[str]:
    """On which of these an operation that began then has acted already."""
    rows = await pool.fetch(_SQL["done_before"], list(ids), operation_id, since)
    return {row["execution_id"] for row in rows}


async def settle(
    pool: Pool, operation: HeldOperation, items: Sequence[BulkItem], now: datetime
) -> bool:
    """Write what came of a chunk and move on; False when another server has taken over."""
    succeeded = sum(item.outcome is BulkOutcome.SUCCESS for item in items)
    written = await pool.fetch(
        _SQL["settle"],
        operation.id,
        operation.fence,
        now,
        len(items),
        succeeded,
        len(items) - succeeded,
        [item.ordinal for item in items],
        [item.execution_id for item in items],
        [item.outcome.value for item in items],
        [item.created_id for item in items],
        [item.code and item.code.value for item in items],
        [item.message for item in items],
        [item.state and item.state.value for item in items],
    )
    return len(written) == len(items)


async def stop(pool: Pool, operation: HeldOperation, now: datetime) -> None:
    """End an operation that was cancelled."""
    await pool.execute(_SQL["stop"], operation.id, operation.fence, now)


async def cancel(pool: Pool, operation_id: str, actor: str | None, now: datetime) -> bool:
    """Ask for the end of an operation; False when it has ended, or is being cancelled."""
    return await pool.fetchval(_SQL["cancel"], operation_id, actor, now) is not None


async def state_of(pool: Pool, operation_id: str) -> BulkState | None:
    found = await pool.fetchval(_SQL["state"], operation_id)
    return found and BulkState(found)


async def forget(pool: Pool, selections_before: datetime, ended_before: datetime) -> None:
    """Take away selections that have expired unused, and operations that ended long ago."""
    await pool.execute(_SQL["forget_operations"], ended_before)
    await pool.execute(_SQL["forget_selections"], selections_before)
