"""Filters of lists that people gave a name (saved_views.sql)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import asyncpg

from runtime.store.pool import Pool
from runtime.store.statements import Statements

_SQL = Statements("saved_views")


class ViewTarget(StrEnum):
    """Which list a view is of."""

    EXECUTIONS = "EXECUTIONS"
    TASK_RUNS = "TASK_RUNS"
    FLOWS = "FLOWS"
    LOGS = "LOGS"
    METRICS = "METRICS"
    TRIGGERS = "TRIGGERS"


@dataclass(frozen=True, slots=True)
class View:
    """A view as somebody wants it. `settings` are a client's own."""

    target: ViewTarget
    name: str
    description: str | None
    filter: Mapping[str, object]
    settings: object


@dataclass(frozen=True, slots=True)
class ViewRecord:
    id: str
    view: View
    version: int
    created_at: datetime
    created_by: str | None
    updated_at: datetime
    updated_by: str | None


def _record_of(row: asyncpg.Record) -> ViewRecord:
    return ViewRecord(
        id=row["id"],
        view=View(
            ViewTarget(row["target"]),
            row["name"],
            row["description"],
            row["filter"],
            row["settings"],
        ),
        version=row["version"],
        created_at=row["created_at"],
        created_by=row["created_by"],
        updated_at=row["updated_at"],
        updated_by=row["updated_by"],
    )


async def of_target(pool: Pool, target: ViewTarget) -> list[ViewRecord]:
    """All views of a list, by name."""
    rows = await pool.fetch(
        _SQL["select"] + " WHERE target = $1 ORDER BY lower(name), name", target.value
    )
    return [_record_of(row) for row in rows]


async def by_ids(pool: Pool, ids: Sequence[str]) -> dict[str, ViewRecord]:
    """Those that are there, by id."""
    rows = await pool.fetch(_SQL["select"] + " WHERE id = ANY ($1)", list(ids))
    return {row["id"]: _record_of(row) for row in rows}


async def count(pool: Pool, target: ViewTarget) -> int:
    found: int = await pool.fetchval(_SQL["count"], target.value)
    return found


async def create(pool: Pool, view_id: str, view: View, now: datetime, actor: str | None) -> None:
    """Raises UniqueViolationError for a name that is taken."""
    await pool.execute(_SQL["create"], view_id, *_values(view), now, actor)


async def change(
    pool: Pool, view_id: str, view: View, now: datetime, actor: str | None, version: int | None
) -> bool:
    """False when there is none, or it has another version than the one expected. Raises
    UniqueViolationError for a name that is taken."""
    changed = await pool.fetchval(_SQL["change"], view_id, *_values(view), now, actor, version)
    return changed is not None


async def version_of(pool: Pool, view_id: str) -> int | None:
    found: int | None = await pool.fetchval(_SQL["version"], view_id)
    return found


async def delete(pool: Pool, view_id: str) -> bool:
    """False when there was none."""
    return await pool.fetchval(_SQL["delete"], view_id) is not None


def _values(view: View) -> tuple[object, ...]:
    return view.target.value, view.name, view.description, view.filter, view.settings
