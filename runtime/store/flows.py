"""Reading flows and their revisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from runtime.store.pool import Pool
from runtime.store.statements import Statements
from runtime.store.tables import Column, SortKey, Special, Table, escaped

_SQL = Statements("flows")

FlowKey = tuple[str, str, int | None]
"""Namespace, id and revision; None is the newest."""


@dataclass(frozen=True, slots=True)
class FlowRecord:
    """One revision of a flow, without its YAML. `created_at` is when the revision was saved.
    Description and labels are those of the newest revision."""

    namespace: str
    flow_id: str
    revision: int
    latest_revision: int
    description: str | None
    disabled: bool
    deleted: bool
    labels: Mapping[str, str]
    created_at: datetime
    created_by: str | None


FLOWS = Table(
    select=_SQL["select"],
    columns={
        "text": Special(
            "strpos(lower(flows.namespace || '.' || flows.flow_id || ' ' || "
            "COALESCE(flows.description, '')), lower({}::text)) > 0"
        ),
        "namespace": Column("flows.namespace"),
        "flow_id": Column("flows.flow_id"),
        "labels": Column("flows.labels"),
        "disabled": Column("flows.disabled"),
        "updated_at": Column("flows.updated_at"),
    },
    orders={
        "name": SortKey(("flows.namespace", "flows.flow_id"), ("text", "text")),
        "updated_at": SortKey(
            ("flows.updated_at", "flows.namespace", "flows.flow_id"),
            ("timestamptz", "text", "text"),
        ),
    },
    always="flows.deleted_at IS NULL",
)
REVISIONS = Table(
    select=_SQL["select_revisions"],
    columns={"namespace": Column("flows.namespace"), "flow_id": Column("flows.flow_id")},
    orders={"revision": SortKey(("flow_revisions.revision",), ("integer",))},
)


def record_of(row: asyncpg.Record) -> FlowRecord:
    return FlowRecord(
        namespace=row["namespace"],
        flow_id=row["flow_id"],
        revision=row["revision"],
        latest_revision=row["latest_revision"],
        description=row["description"],
        disabled=row["disabled"],
        deleted=row["deleted"],
        labels=row["labels"],
        created_at=row["created_at"],
        created_by=row["created_by"],
    )


async def by_keys(pool: Pool, keys: Sequence[FlowKey]) -> dict[FlowKey, FlowRecord]:
    """Those that are there, by the keys that were asked for; deleted ones, too."""
    rows = await pool.fetch(
        _SQL["by_keys"],
        [key[0] for key in keys],
        [key[1] for key in keys],
        [key[2] for key in keys],
    )
    return {
        (row["namespace"], row["flow_id"], row["wanted_revision"]): record_of(row) for row in rows
    }


async def sources(pool: Pool, keys: Sequence[FlowKey]) -> dict[FlowKey, str]:
    """The YAML of revisions, by key."""
    rows = await pool.fetch(
        _SQL["sources"],
        [key[0] for key in keys],
        [key[1] for key in keys],
        [key[2] for key in keys],
    )
    return {(row["namespace"], row["flow_id"], row["revision"]): row["source"] for row in rows}


async def namespaces(pool: Pool, prefix: str | None) -> list[tuple[str, int]]:
    """Namespaces with the number of flows directly in each, by name."""
    below = None if prefix is None else escaped(prefix) + ".%"
    rows = await pool.fetch(_SQL["namespaces"], prefix, below)
    return [(row["namespace"], row["flows"]) for row in rows]
