"""Reading task runs and their outputs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import asyncpg
import orjson

from runtime.executions.model import Attempt, StateChange
from runtime.executions.states import TaskRunState
from runtime.store.history import attempts_of, history_of
from runtime.store.pool import Pool
from runtime.store.statements import Statements
from runtime.store.tables import Column, SortKey, Table

_SQL = Statements("task_runs")
_OF_EXECUTION = "EXISTS (SELECT FROM executions WHERE executions.id = execution_id AND {})"


@dataclass(frozen=True, slots=True)
class TaskRunRecord:
    """One task run as it was when it was read; `duration` runs until its end, or the reading."""

    id: str
    execution_id: str
    task_id: str
    parent_id: str | None
    value: str | None
    iteration: int | None
    ordinal: int
    state: TaskRunState
    moments: str
    """The history as it is stored: JSON, read by those few who ask for it."""
    tries: str
    """The attempts, likewise."""
    dynamic: Mapping[str, object]
    child_execution_id: str | None
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    duration: timedelta | None

    @property
    def history(self) -> tuple[StateChange, ...]:
        """Every state with the moment when it was entered; made when it is asked for."""
        return history_of(orjson.loads(self.moments))

    @property
    def attempts(self) -> tuple[Attempt, ...]:
        """The tries, the first one first; made when they are asked for."""
        return attempts_of(orjson.loads(self.tries))


TASK_RUNS = Table(
    select=_SQL["select"],
    columns={
        "id": Column("id"),
        "namespace": Column("executions.namespace", around=_OF_EXECUTION),
        "flow_id": Column("executions.flow_id", around=_OF_EXECUTION),
        "execution_id": Column("execution_id"),
        "task_id": Column("task_id"),
        "state": Column("state", words=True),
        "value": Column("value"),
        "parent_id": Column("parent_id"),
        "created_at": Column("created_at"),
        "started_at": Column("started_at"),
        "ended_at": Column("ended_at"),
        "duration": Column("(COALESCE(ended_at, $1::timestamptz) - started_at)"),
    },
    of_flows=frozenset({"namespace", "flow_id"}),
    orders={
        "created_at": SortKey(("created_at", "id"), ("timestamptz", "text")),
        "ordinal": SortKey(("ordinal",), ("integer",)),
    },
)


def record_of(row: asyncpg.Record, now: datetime) -> TaskRunRecord:
    started, ended = row["started_at"], row["ended_at"]
    return TaskRunRecord(
        id=row["id"],
        execution_id=row["execution_id"],
        task_id=row["task_id"],
        parent_id=row["parent_id"],
        value=row["value"],
        iteration=row["iteration"],
        ordinal=row["ordinal"],
        state=TaskRunState(row["state"]),
        moments=row["history"],
        tries=row["attempts"],
        dynamic=row["dynamic"],
        child_execution_id=row["child_execution_id"],
        created_at=row["created_at"],
        started_at=started,
        ended_at=ended,
        duration=None if started is None else max((ended or now) - started, timedelta()),
    )


async def by_ids(pool: Pool, ids: Sequence[str], now: datetime) -> dict[str, TaskRunRecord]:
    """Those that are there, by id."""
    rows = await pool.fetch(_SQL["select"] + " WHERE id = ANY ($1)", list(ids))
    return {row["id"]: record_of(row, now) for row in rows}


async def by_task(
    pool: Pool, execution_id: str, task_id: str, value: str | None, now: datetime
) -> TaskRunRecord | None:
    """The newest task run of a task, with a loop value when one is given."""
    row = await pool.fetchrow(_SQL["by_task"], execution_id, task_id, value)
    return None if row is None else record_of(row, now)


async def light_rows(pool: Pool, execution_id: str, since: int | None) -> list[asyncpg.Record]:
    """Every task run of an execution in the order of creation, in few columns: id, ordinal,
    parent_id, task_id, value, iteration, state, history, attempt, parent_ordinal. With `since`,
    only those that changed after that sequence."""
    return await pool.fetch(_SQL["light"], execution_id, since)


async def columns(
    pool: Pool, execution_id: str, since: int | None, besides: Sequence[str] = ()
) -> asyncpg.Record:
    """The same rows as `light_rows`, and those of the task runs `besides`, as one row of columns
    (ids, ordinals, parent_ordinals, task_ids, task_values, iterations, states, attempts, and
    histories, a text with a line of JSON for each), each None where there are no rows; and
    `has_lost`, whether a task run was taken away since then."""
    found = await pool.fetchrow(_SQL["columns"], execution_id, since, list(besides))
    if found is None:
        raise LookupError("an aggregate without groups gives one row")
    return found


async def outputs(pool: Pool, ids: Sequence[str]) -> dict[str, Mapping[str, object]]:
    """What task runs yielded, by id; those that yielded nothing are missing."""
    rows = await pool.fetch(_SQL["outputs"], list(ids))
    return {row["task_run_id"]: row["value"] for row in rows}


async def outputs_digests(pool: Pool, execution_id: str, sealed: str) -> dict[str, str]:
    """A text for the outputs of each task run that yielded any, the same for the same outputs.
    Secrets, maps whose `type` is `sealed`, and addresses of stored files make no difference."""
    rows = await pool.fetch(_SQL["outputs_digests"], execution_id, sealed)
    return {row["task_run_id"]: row["digest"] for row in rows}


async def failures(pool: Pool, execution_ids: Sequence[str], now: datetime) -> list[TaskRunRecord]:
    """The failed task runs of some executions, in the order of creation."""
    rows = await pool.fetch(_SQL["failures"], list(execution_ids))
    return [record_of(row, now) for row in rows]


async def waiting(pool: Pool, execution_ids: Sequence[str], now: datetime) -> list[TaskRunRecord]:
    """The task runs of some executions that somebody or something must wake."""
    rows = await pool.fetch(_SQL["waiting"], list(execution_ids))
    return [record_of(row, now) for row in rows]


async def with_failures(pool: Pool, execution_ids: Sequence[str]) -> dict[str, bool]:
    """Those of some executions that have a task run to restart, each as True."""
    rows = await pool.fetch(_SQL["with_failures"], list(execution_ids))
    return {row["execution_id"]: True for row in rows}
