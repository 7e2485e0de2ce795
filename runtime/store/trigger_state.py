"""The write side of triggers (trigger_state.sql): declare, claim, advance, remember."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from runtime.store.encoding import to_json
from runtime.store.pool import Connection, Pool
from runtime.store.statements import Statements
from runtime.store.triggers import TriggerKey

_SQL = Statements("trigger_state")
FlowName = tuple[str, str]
"""Namespace and id."""


@dataclass(frozen=True, slots=True)
class Head:
    """The newest revision of a living flow."""

    revision: int
    disabled: bool
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Declaration:
    """A trigger as its flow declares it now."""

    key: TriggerKey
    type: str
    flow_revision: int
    disabled: bool
    next_at: datetime | None
    since: datetime
    signature: str
    memory: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Due:
    """A trigger that is due and claimed by this server."""

    key: TriggerKey
    next_at: datetime | None
    disabled: bool
    execution_id: str | None
    backfill: Mapping[str, object] | None
    signature: str


@dataclass(frozen=True, slots=True)
class Switches:
    """How a trigger is switched, and whether a backfill is under way."""

    disabled: bool
    source_disabled: bool
    type: str
    backfill: Mapping[str, object] | None


async def heads(pool: Pool) -> dict[FlowName, Head]:
    rows = await pool.fetch(_SQL["heads"])
    return {
        (row["namespace"], row["flow_id"]): Head(
            row["revision"], row["disabled"], row["updated_at"]
        )
        for row in rows
    }


async def mentioning(pool: Pool, flows: Sequence[tuple[FlowName, int]]) -> set[FlowName]:
    """Those flows whose source may declare triggers."""
    columns = [[n[0] for n, _ in flows], [n[1] for n, _ in flows], [r for _, r in flows]]
    rows = await pool.fetch(_SQL["mentioning"], *columns)
    return {(row["namespace"], row["flow_id"]) for row in rows}


async def declare(
    pool: Pool,
    flows: Sequence[tuple[FlowName, int]],
    declared: Sequence[Declaration],
    now: datetime,
) -> None:
    """Make the rows of these flows what their revisions say."""
    rows = [
        (
            *d.key, d.type, d.flow_revision, d.disabled, d.next_at, d.since, d.signature,
            to_json(d.memory),
        )
        for d in declared
    ]  # fmt: skip
    keys = [[d.key[part] for d in declared] for part in range(3)]
    revisions = [[n[0] for n, _ in flows], [n[1] for n, _ in flows], [r for _, r in flows]]
    async with pool.acquire() as connection, connection.transaction():
        if rows:
            columns = [list(column) for column in zip(*rows, strict=True)]
            await connection.execute(_SQL["declare"], *columns, now)
        await connection.execute(_SQL["forget"], *revisions, *keys)


async def tidy(pool: Pool) -> None:
    """Forget triggers of deleted flows; what is switched off is not due."""
    await pool.execute(_SQL["forget_deleted"])
    await pool.execute(_SQL["rest"])


async def idle(pool: Pool, types: Collection[str]) -> list[TriggerKey]:
    """Triggers that do not know their next moment."""
    rows = await pool.fetch(_SQL["idle"], list(types))
    return [(row["namespace"], row["flow_id"], row["trigger_id"]) for row in rows]


async def wake(pool: Pool, key: TriggerKey, next_at: datetime | None, signature: str) -> None:
    """Say when it is due, or that it never is any more."""
    memory = {"over": True} if next_at is None else {}
    await pool.execute(_SQL["wake"], *key, next_at, memory, signature)


async def claim(
    pool: Pool,
    owner: str,
    now: datetime,
    without: Collection[TriggerKey],
    no_backfill: Collection[TriggerKey],
    limit: int,
) -> list[Due]:
    """What is due, for this server alone until it is released; for some not by their backfill."""
    names = ["/".join(key) for key in without]
    full = ["/".join(key) for key in no_backfill]
    rows = await pool.fetch(_SQL["claim"], owner, now, names, limit, full)
    return [
        Due(
            (row["namespace"], row["flow_id"], row["trigger_id"]),
            row["next_at"],
            row["disabled"],
            row["execution_id"],
            row["backfill"],
            row["signature"],
        )
        for row in rows
    ]


async def release(pool: Pool, key: TriggerKey, owner: str) -> None:
    await pool.execute(_SQL["release"], *key, owner)


async def advance(
    pool: Pool,
    due: Due,
    at: datetime,
    next_at: datetime | None,
    execution_id: str | None,
    now: datetime,
) -> bool:
    """From the moment `at` to the next; False when somebody has changed the trigger meanwhile."""
    row = await pool.fetchrow(
        _SQL["advance"], *due.key, at, next_at, execution_id, now, due.signature
    )
    return row is not None and row["next_at"] is not None


async def jump(pool: Pool, due: Due, at: datetime, to: datetime | None) -> bool:
    """Pass over moments; False when somebody has changed the trigger meanwhile."""
    return await pool.fetchval(_SQL["jump"], *due.key, at, to, due.signature) is not None


async def next_at(pool: Pool, after: datetime) -> datetime | None:
    found: datetime | None = await pool.fetchval(_SQL["next_at"], after)
    return found


async def fired(
    connection: Connection | Pool, moments: Mapping[TriggerKey, tuple[datetime, str | None]]
) -> None:
    """Note when triggers fired last, and the execution that each started, if it did."""
    rows = [(*key, at, execution_id) for key, (at, execution_id) in moments.items()]
    if rows:
        await connection.execute(_SQL["fired"], *map(list, zip(*rows, strict=True)))


async def switch(
    connection: Connection | Pool,
    key: TriggerKey,
    disabled: bool,
    now: datetime,
    actor: str | None = None,
) -> bool:
    """Off or on, by somebody or by a flow; False when there is no such trigger."""
    return await connection.fetchval(_SQL["disable"], *key, disabled, now, actor) is not None


async def switches(pool: Pool, key: TriggerKey) -> Switches | None:
    row = await pool.fetchrow(_SQL["find"], *key)
    if row is None:
        return None
    return Switches(row["disabled"], row["source_disabled"], row["type"], row["backfill"])


async def set_backfill(
    pool: Pool,
    key: TriggerKey,
    backfill: Mapping[str, object] | None,
    now: datetime,
    actor: str | None,
) -> bool:
    """Begin one, or with None take it away; False when there is one already."""
    return await pool.fetchval(_SQL["set_backfill"], *key, backfill, now, actor) is not None


async def change_backfill(
    pool: Pool, key: TriggerKey, id_: str, news: Mapping[str, object], now: datetime
) -> bool:
    """Change some of its entries; False when it is gone, or another one by now."""
    changed = await pool.fetchval(_SQL["change_backfill"], *key, id_, to_json(news), now)
    return changed is not None


async def pause_backfill(
    pool: Pool, key: TriggerKey, paused: bool, now: datetime, actor: str | None
) -> bool:
    """Hold it, or let it go on; False when there is none."""
    changed = await pool.fetchval(_SQL["pause_backfill"], *key, paused, now, actor)
    return changed is not None


async def end_backfill(pool: Pool, key: TriggerKey, id_: str, now: datetime) -> None:
    await pool.execute(_SQL["end_backfill"], *key, id_, now)


async def unfinished(pool: Pool, execution_ids: Sequence[str]) -> list[str]:
    """Those of the executions that have not ended."""
    rows = await pool.fetch(_SQL["unfinished"], list(execution_ids))
    return [row["id"] for row in rows]


@dataclass(frozen=True, slots=True)
class CallableFlow:
    """The newest revision of a flow that may be called, and which of its triggers may not."""

    revision: int
    switched_off: frozenset[str]


async def callable_flow(pool: Pool, namespace: str, flow_id: str) -> CallableFlow | None:
    row = await pool.fetchrow(_SQL["callable"], namespace, flow_id)
    return None if row is None else CallableFlow(row["revision"], frozenset(row["switched_off"]))
