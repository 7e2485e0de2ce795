"""Claim executions, load them into memory, and let them go (holding.sql)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from runtime.executions.model import Execution, ExecutionKind, ExecutionTrigger, TaskRun
from runtime.executions.states import ExecutionState, TaskRunState
from runtime.store.history import attempts_of, history_of
from runtime.store.pool import Pool
from runtime.store.statements import Statements

_SQL = Statements("holding")


@dataclass(frozen=True, slots=True)
class Held:
    """An execution that is ours now, and the fence under which it may be written."""

    execution: Execution
    fence: int
    left_by: str | None
    """Who held it and never let go of it: a server that is gone, or this one."""


async def claim(pool: Pool, execution_id: str, owner: str, now: datetime) -> Held | None:
    """Take an execution that nobody living holds and load it; None when it cannot be had."""
    async with pool.acquire() as connection:
        row = await connection.fetchrow(_SQL["claim"], execution_id, owner, now)
        if row is None:
            return None
        task_runs = await connection.fetch(_SQL["task_runs"], execution_id)
        outputs = await connection.fetch(_SQL["outputs"], execution_id)
    return Held(execution_of(row, task_runs, outputs), row["fence"], row["left_by"])


async def claim_all(
    pool: Pool, execution_ids: Sequence[str], owner: str, now: datetime
) -> list[Held]:
    """Take and load those of these executions that nobody living holds."""
    async with pool.acquire() as connection:
        rows = await connection.fetch(_SQL["claim_all"], list(execution_ids), owner, now)
        ids = [row["id"] for row in rows]
        runs = _grouped(await connection.fetch(_SQL["all_task_runs"], ids))
        outputs = _grouped(await connection.fetch(_SQL["all_outputs"], ids))
    return [
        Held(execution_of(row, runs[row["id"]], outputs[row["id"]]), row["fence"], row["left_by"])
        for row in rows
    ]


def _grouped(rows: Sequence[asyncpg.Record]) -> dict[str, list[asyncpg.Record]]:
    groups: dict[str, list[asyncpg.Record]] = defaultdict(list)
    for row in rows:
        groups[row["execution_id"]].append(row)
    return groups


async def load(pool: Pool, execution_id: str) -> Execution | None:
    """A copy to read, whoever holds it; None when there is no such execution."""
    async with pool.acquire() as connection, connection.transaction(isolation="repeatable_read"):
        row = await connection.fetchrow(_SQL["find"], execution_id)
        if row is None:
            return None
        task_runs = await connection.fetch(_SQL["task_runs"], execution_id)
        outputs = await connection.fetch(_SQL["outputs"], execution_id)
    return execution_of(row, task_runs, outputs)


async def orphans(pool: Pool, owner: str, now: datetime, limit: int) -> list[str]:
    """Ids of executions whose holder, another than `owner`, is gone."""
    return [row["id"] for row in await pool.fetch(_SQL["orphans"], owner, now, limit)]


async def release(pool: Pool, owner: str, held: Sequence[tuple[str, int]]) -> None:
    """Let go of executions, as (id, fence)."""
    await pool.execute(_SQL["release"], owner, [h[0] for h in held], [h[1] for h in held])


async def strays(pool: Pool, owner: str, held: Sequence[str], limit: int) -> list[str]:
    """Ids of executions that `owner` holds by their rows, without those that it knows of."""
    rows = await pool.fetch(_SQL["strays"], owner, list(held), limit)
    return [row["id"] for row in rows]


async def lost(pool: Pool, held: Sequence[tuple[str, int]]) -> list[str]:
    """Which of the executions, as (id, fence), somebody else has claimed since, or deleted."""
    rows = await pool.fetch(_SQL["lost"], [h[0] for h in held], [h[1] for h in held])
    return [row["id"] for row in rows]


async def by_idempotency_key(pool: Pool, namespace: str, flow_id: str, key: str) -> str | None:
    """The execution that was created under this key before."""
    found: str | None = await pool.fetchval(_SQL["by_idempotency_key"], namespace, flow_id, key)
    return found


def execution_of(
    row: asyncpg.Record, task_runs: Sequence[asyncpg.Record], outputs: Sequence[asyncpg.Record]
) -> Execution:
    """The aggregate that the rows describe."""
    trigger = row["trigger"]
    return Execution(
        id=row["id"],
        namespace=row["namespace"],
        flow_id=row["flow_id"],
        flow_revision=row["flow_revision"],
        state=ExecutionState(row["state"]),
        history=history_of(row["history"]),
        created_at=row["created_at"],
        inputs=row["inputs"],
        variables=row["variables"],
        labels=row["labels"],
        outputs=row["outputs"],
        trigger=None if trigger is None else ExecutionTrigger(**trigger),
        kind=ExecutionKind(row["kind"]),
        scheduled_at=row["scheduled_at"],
        attempt=row["attempt"],
        parent_id=row["parent_id"],
        parent_task_run_id=row["parent_task_run_id"],
        parent_waits=row["parent_waits"],
        original_id=row["original_id"],
        replay_of=row["replay_of"],
        breakpoints=tuple(row["breakpoints"]),
        version=row["version"],
        sequence=row["sequence"],
        error=row["error"],
        memory=row["memory"],
        task_runs={run["id"]: task_run_of(run) for run in task_runs},
        task_outputs={output["task_run_id"]: output["value"] for output in outputs},
    )


def task_run_of(row: asyncpg.Record) -> TaskRun:
    """The task run that a row describes."""
    return TaskRun(
        id=row["id"],
        task_id=row["task_id"],
        state=TaskRunState(row["state"]),
        history=history_of(row["history"]),
        ordinal=row["ordinal"],
        parent_id=row["parent_id"],
        value=row["value"],
        iteration=row["iteration"],
        attempts=attempts_of(row["attempts"]),
        child_execution_id=row["child_execution_id"],
        dynamic=row["dynamic"],
    )
