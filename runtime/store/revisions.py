"""Save flows: every revision stays until it is purged (revisions.sql)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from runtime.store.encoding import to_json
from runtime.store.pool import Connection, Pool
from runtime.store.statements import Statements

_SQL = Statements("revisions")


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest revision of a flow."""

    revision: int
    disabled: bool
    source: str
    is_deleted: bool


@dataclass(frozen=True, slots=True)
class Head:
    """The newest revision's number, without its source."""

    revision: int
    disabled: bool
    is_deleted: bool


@dataclass(frozen=True, slots=True)
class NewRevision:
    namespace: str
    flow_id: str
    source: str
    disabled: bool
    description: str | None
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RevisionPurge:
    """Which revisions go: all but the newest `keep`, if given only those saved until `before`;
    patterns as in SQL's LIKE."""

    namespaces_like: Sequence[str] | None = None
    flows_like: str = "%"
    before: datetime | None = None
    keep: int = 1


async def lock(connection: Connection, namespace: str, flow_id: str) -> None:
    """Wait until nobody else changes this flow; until the end of the transaction."""
    await connection.execute(_SQL["lock"], namespace, flow_id)


async def latest(connection: Connection, namespace: str, flow_id: str) -> Latest | None:
    row = await connection.fetchrow(_SQL["latest"], namespace, flow_id)
    if row is None:
        return None
    return Latest(row["revision"], row["disabled"], row["source"], row["deleted_at"] is not None)


async def head(pool: Pool, namespace: str, flow_id: str) -> Head | None:
    row = await pool.fetchrow(_SQL["head"], namespace, flow_id)
    if row is None:
        return None
    return Head(row["revision"], row["disabled"], row["deleted_at"] is not None)


async def source(pool: Pool, namespace: str, flow_id: str, revision: int) -> str | None:
    found: str | None = await pool.fetchval(_SQL["source"], namespace, flow_id, revision)
    return found


async def write(
    connection: Connection, new: NewRevision, revision: int, now: datetime, actor: str | None
) -> None:
    """Make `new` the latest revision."""
    await connection.execute(
        _SQL["write_flow"],
        new.namespace,
        new.flow_id,
        revision,
        new.disabled,
        new.description,
        to_json(new.labels),
        now,
        actor,
    )
    await connection.execute(
        _SQL["write_revision"], new.namespace, new.flow_id, revision, new.source, now, actor
    )


async def delete(
    connection: Connection, namespace: str, flow_id: str, now: datetime, actor: str | None
) -> bool:
    """False when there is no such flow."""
    return await connection.fetchval(_SQL["delete"], namespace, flow_id, now, actor) is not None


async def set_disabled(
    connection: Connection,
    namespace: str,
    flow_id: str,
    disabled: bool,
    now: datetime,
    actor: str | None,
) -> bool:
    """False when there is no such flow."""
    changed = await connection.fetchval(
        _SQL["set_disabled"], namespace, flow_id, disabled, now, actor
    )
    return changed is not None


async def purge(pool: Pool, what: RevisionPurge) -> int:
    """Delete old revisions; how many. The newest stays, and each that an execution is of."""
    status = await pool.execute(
        _SQL["purge"], what.namespaces_like, what.flows_like, what.before, what.keep
    )
    return int(status.rpartition(" ")[2])
