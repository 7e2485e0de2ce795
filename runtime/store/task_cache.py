"""Outputs of tasks that need not run again (task_cache.sql)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from runtime.store.pool import Pool
from runtime.store.statements import Statements

_SQL = Statements("task_cache")


@dataclass(frozen=True, slots=True)
class CacheEntry:
    """What is kept, and of which task. `key` is a hash of everything that its result depends on."""

    key: str
    namespace: str
    flow_id: str
    task_id: str
    outputs: Mapping[str, object]
    expires_at: datetime | None
    """When it may be forgotten; None keeps it."""


async def find(pool: Pool, key: str, since: datetime | None) -> Mapping[str, object] | None:
    """The outputs kept under a key, not older than `since`."""
    found: Mapping[str, object] | None = await pool.fetchval(_SQL["find"], key, since)
    return found


async def keep(pool: Pool, entry: CacheEntry, now: datetime) -> None:
    await pool.execute(
        _SQL["keep"],
        entry.key,
        entry.namespace,
        entry.flow_id,
        entry.task_id,
        entry.outputs,
        now,
        entry.expires_at,
    )
