"""Key-value pairs of a namespace (kv.sql). A pair whose time is over counts as absent at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import asyncpg

from runtime.store.encoding import to_json
from runtime.store.pool import Pool
from runtime.store.statements import Statements

_SQL = Statements("kv")


class KvKind(StrEnum):
    STRING = "STRING"
    NUMBER = "NUMBER"
    BOOLEAN = "BOOLEAN"
    DATETIME = "DATETIME"
    DATE = "DATE"
    DURATION = "DURATION"
    JSON = "JSON"


@dataclass(frozen=True, slots=True)
class KvPair:
    """A value under a key. `value` is JSON; dates and durations are ISO 8601 text."""

    namespace: str
    key: str
    value: object
    kind: KvKind
    description: str | None
    version: int
    created_at: datetime
    updated_at: datetime
    expires_at: datetime | None


def with_parents(namespace: str) -> list[str]:
    """A namespace and those above it, nearest first: `a.b` gives `a.b`, `a`."""
    parts = namespace.split(".")
    return [".".join(parts[:end]) for end in range(len(parts), 0, -1)]


async def find(pool: Pool, namespaces: Sequence[str], key: str, now: datetime) -> KvPair | None:
    """The pair of the nearest of these namespaces that has one."""
    row = await pool.fetchrow(_SQL["find"], list(namespaces), key, now)
    return _pair(row) if row else None


async def put(
    pool: Pool,
    namespace: str,
    key: str,
    value: object,
    kind: KvKind,
    now: datetime,
    *,
    description: str | None = None,
    expires_at: datetime | None = None,
    overwrite: bool = True,
    expected_version: int | None = None,
) -> int | None:
    """Write a pair; its version, or None when it is there and stays as it is."""
    version: int | None = await pool.fetchval(
        _SQL["put"],
        *(namespace, key, to_json(value), kind.value, description, now, expires_at),
        *(overwrite, expected_version),
    )
    return version


async def delete(pool: Pool, namespace: str, key: str, now: datetime) -> bool:
    """Whether there was such a pair; it is gone now."""
    return bool(await pool.fetchval(_SQL["delete"], namespace, key, now))


async def page(
    pool: Pool, namespace: str, now: datetime, *, prefix: str = "", after: str = "", limit: int
) -> list[KvPair]:
    """Pairs of one namespace in the order of their keys."""
    rows = await pool.fetch(_SQL["page"], namespace, prefix, after, now, limit)
    return [_pair(row) for row in rows]


@dataclass(frozen=True, slots=True)
class KvPurge:
    """Which pairs go: those whose time is over, or all; patterns as in SQL's LIKE."""

    namespaces_like: Sequence[str] | None = None
    keys_like: str = "%"
    expired_only: bool = True


async def purge(pool: Pool, now: datetime, what: KvPurge | None = None) -> int:
    """Delete pairs; how many."""
    asked = what or KvPurge()
    status = await pool.execute(
        _SQL["purge"], now, asked.expired_only, asked.namespaces_like, asked.keys_like
    )
    return int(status.rpartition(" ")[2])


def _pair(row: asyncpg.Record) -> KvPair:
    return KvPair(**{**row, "kind": KvKind(row["kind"])})
