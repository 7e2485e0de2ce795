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
class ChangedFlow:
    """A flow whose triggers are to be declared anew."""

    name: FlowName
    revision: int
    change: int
    disabled: bool
    updated_at: datetime
    declares: bool
    """Whether its source may declare triggers, and the flow is there."""


@dataclass(frozen=True, slots=True)
class Changes:
    """The position of the last change of any flow, and whether `triggers` lacks some of them."""

    last: int
    is_behind: bool


@dataclass(frozen=True, slots=True)
class Following:
    """A trigger that follows events: a Flow trigger, or one that stops after some states."""

    key: TriggerKey
    type: str
    flow_revision: int
    stop_after: frozenset[str]


@dataclass(frozen=True, slots=True)
class Declaration:
    """A trigger as its flow declares it now."""

    key: TriggerKey
    type: str
    flow_revision: int
    disabled: bool
    flow_disabled: bool
    next_at: datetime | None
    since: datetime
    signature: str
    memory: Mapping[str, object] = field(default_factory=dict)
    stop_after: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """A trigger that is due and claimed by this server."""

    key: TriggerKey
    type: str
    flow_revision: int
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
    flow_disabled: bool
    flow_revision: int
    type: str
    backfill: Mapping[str, object] | None


async def changes(pool: Pool) -> Changes:
    row = await pool.fetchrow(_SQL["changes"])
    return Changes(row["last"], row["is_behind"]) if row else Changes(0, False)


async def undeclared(pool: Pool, limit: int) -> list[ChangedFlow]:
    """The first flows that changed since their triggers were declared."""
    rows = await pool.fetch(_SQL["undeclared"], limit)
    return [
        ChangedFlow(
            name=(row["namespace"], row["flow_id"]),
            revision=row["revision"],
            change=row["change"],
            disabled=row["disabled"],
            updated_at=row["updated_at"],
            declares=row["mentions"] and not row["is_deleted"],
        )
        for row in rows
    ]


async def following(pool: Pool, after: int, flow_trigger: str) -> dict[FlowName, list[Following]]:
    """What follows events in the flows that changed after a position, by flow; of 0 in all."""
    found: dict[FlowName, list[Following]] = {}
    for row in await pool.fetch(_SQL["following"], after, flow_trigger):
        name = (row["namespace"], row["flow_id"])
        here = found.setdefault(name, [])
        if row["trigger_id"] is not None:
            key = (*name, row["trigger_id"])
            stops = frozenset(row["stop_after"])
            here.append(Following(key, row["type"], row["flow_revision"], stops))
    return found


async def declare(
    pool: Pool, flows: Sequence[ChangedFlow], declared: Sequence[Declaration], now: datetime
) -> None:
    """Make the rows of these flows what their revisions say."""
    rows = [
        (
            *d.key, d.type, d.flow_revision, d.disabled, d.flow_disabled, d.next_at, d.since,
            d.signature, to_json(d.memory), to_json(d.stop_after),
        )
        for d in declared
    ]  # fmt: skip
    keys = [[d.key[part] for d in declared] for part in range(3)]
    names = [[flow.name[part] for flow in flows] for part in range(2)]
    async with pool.acquire() as connection, connection.transaction():
        if rows:
            columns = [list(column) for column in zip(*rows, strict=True)]
            await connection.execute(_SQL["declare"], *columns, now)
        await connection.execute(_SQL["forget"], *names, [flow.revision for flow in flows], *keys)
        await connection.execute(_SQL["declared"], *names, [flow.change for flow in flows])


@dataclass(frozen=True, slots=True)
class Idle:
    """A trigger that was switched on and does not know its next moment yet."""

    key: TriggerKey
    flow_revision: int
    signature: str


async def idle(pool: Pool, types: Collection[str], limit: int) -> list[Idle]:
    rows = await pool.fetch(_SQL["idle"], list(types), limit)
    return [
        Idle(
            (row["namespace"], row["flow_id"], row["trigger_id"]),
            row["flow_revision"],
            row["signature"],
        )
        for row in rows
    ]


async def wake(pool: Pool, idle: Idle, next_at: datetime | None) -> None:
    """Say when it is due, or that it never is any more."""
    memory = {"over": True} if next_at is None else {}
    await pool.execute(_SQL["wake"], *idle.key, next_at, memory, idle.signature)


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
            row["type"],
            row["flow_revision"],
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
    return Switches(**dict(row))


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
