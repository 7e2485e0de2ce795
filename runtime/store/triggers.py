"""Reading triggers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from runtime.store.pool import Pool
from runtime.store.statements import Statements
from runtime.store.tables import Column, SortKey, Special, Table

_SQL = Statements("triggers")

TriggerKey = tuple[str, str, str]
"""Namespace, flow and id."""


@dataclass(frozen=True, slots=True)
class TriggerRecord:
    """One trigger of a flow's newest revision, and when it is due."""

    namespace: str
    flow_id: str
    trigger_id: str
    type: str
    flow_revision: int
    disabled: bool
    next_at: datetime | None
    last_at: datetime | None
    execution_id: str | None
    backfill: Mapping[str, object] | None
    updated_at: datetime


TRIGGERS = Table(
    select=_SQL["select"],
    columns={
        "text": Special("strpos(lower(flow_id || ' ' || trigger_id), lower({}::text)) > 0"),
        "namespace": Column("namespace"),
        "flow_id": Column("flow_id"),
        "trigger_id": Column("trigger_id"),
        "type": Column("type"),
        "disabled": Column("disabled"),
        "next_at": Column("next_at"),
    },
    orders={"name": SortKey(("namespace", "flow_id", "trigger_id"), ("text", "text", "text"))},
)


def record_of(row: asyncpg.Record) -> TriggerRecord:
    return TriggerRecord(
        namespace=row["namespace"],
        flow_id=row["flow_id"],
        trigger_id=row["trigger_id"],
        type=row["type"],
        flow_revision=row["flow_revision"],
        disabled=row["disabled"],
        next_at=row["next_at"],
        last_at=row["last_at"],
        execution_id=row["execution_id"],
        backfill=row["backfill"],
        updated_at=row["updated_at"],
    )


async def by_keys(pool: Pool, keys: Sequence[TriggerKey]) -> dict[TriggerKey, TriggerRecord]:
    """Those that are there, by key."""
    rows = await pool.fetch(
        _SQL["by_keys"],
        [key[0] for key in keys],
        [key[1] for key in keys],
        [key[2] for key in keys],
    )
    return {(row["namespace"], row["flow_id"], row["trigger_id"]): record_of(row) for row in rows}
