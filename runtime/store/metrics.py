"""Reading metrics."""

from collections.abc import Sequence

import asyncpg

from runtime.events.event import StoredMetric
from runtime.executions.model import MetricKind
from runtime.store.pool import Pool
from runtime.store.statements import Statements
from runtime.store.tables import Column, SortKey, Table

_SQL = Statements("metrics")

METRICS = Table(
    select=_SQL["select"],
    columns={
        "namespace": Column("namespace"),
        "flow_id": Column("flow_id"),
        "execution_id": Column("execution_id"),
        "task_run_id": Column("task_run_id"),
        "task_id": Column("task_id"),
        "name": Column("name"),
        "at": Column("at"),
    },
    orders={"position": SortKey(("position",), ("bigint",))},
)


def record_of(row: asyncpg.Record) -> StoredMetric:
    return StoredMetric(
        position=row["position"],
        execution_id=row["execution_id"],
        namespace=row["namespace"],
        flow_id=row["flow_id"],
        task_run_id=row["task_run_id"],
        task_id=row["task_id"],
        at=row["at"],
        name=row["name"],
        kind=MetricKind(row["kind"]),
        value=row["value"],
        tags=row["tags"],
    )


async def by_positions(pool: Pool, positions: Sequence[int]) -> dict[int, StoredMetric]:
    rows = await pool.fetch(_SQL["select"] + " WHERE position = ANY ($1)", list(positions))
    return {row["position"]: record_of(row) for row in rows}


async def of_task_runs(pool: Pool, ids: Sequence[str], limit: int) -> dict[str, list[StoredMetric]]:
    """The first `limit` metrics of each task run, in order, by task run id."""
    found: dict[str, list[StoredMetric]] = {id_: [] for id_ in ids}
    for row in await pool.fetch(_SQL["of_task_runs"], list(ids), limit):
        found[row["task_run_id"]].append(record_of(row))
    return found
