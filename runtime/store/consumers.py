"""Durable readers of the event log, and what Flow triggers read there (consumers.sql)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from runtime.store.encoding import to_json
from runtime.store.pool import Connection, Pool
from runtime.store.statements import Statements
from runtime.store.triggers import TriggerKey

_SQL = Statements("consumers")


@dataclass(frozen=True, slots=True)
class Entered:
    """An execution entered a state."""

    position: int
    execution_id: str
    namespace: str
    flow_id: str
    sequence: int
    at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class UpstreamRow:
    """An execution that an event tells of, without its task runs."""

    id: str
    namespace: str
    flow_id: str
    flow_revision: int
    kind: str
    labels: Mapping[str, str]
    inputs: Mapping[str, object]
    outputs: Mapping[str, object] | None
    trigger_id: str | None
    created_at: datetime
    attempt_states: Sequence[str]
    was_retried: bool


@dataclass(frozen=True, slots=True)
class Listening:
    """What is stored of a Flow trigger."""

    disabled: bool
    since: datetime | None
    memory: Mapping[str, object]


async def cursor(pool: Pool, name: str) -> int:
    """How far the reader has come."""
    found: int = await pool.fetchval(_SQL["cursor"], name)
    return found


async def pass_by(pool: Pool, name: str, position: int) -> None:
    """Move the cursor over events that concern nobody."""
    await pool.execute(_SQL["pass_by"], name, position)


async def lock_cursor(connection: Connection, name: str) -> int | None:
    """The cursor, until the end of the transaction; None while another server has it."""
    found: int | None = await connection.fetchval(_SQL["lock_cursor"], name)
    return found


async def move_cursor(connection: Connection, name: str, position: int) -> None:
    await connection.execute(_SQL["move_cursor"], name, position)


async def entered(
    connection: Connection | Pool, after: int, until: int, states: Sequence[str], limit: int
) -> list[Entered]:
    """Entries of whole executions into these states, in order."""
    rows = await connection.fetch(_SQL["entered"], after, until, list(states), limit)
    return [Entered(**dict(row)) for row in rows]


async def upstream(
    connection: Connection, execution_ids: Sequence[str], *, attempts: bool
) -> dict[str, UpstreamRow]:
    """The executions by id; states of attempts only when they are asked for."""
    rows = await connection.fetch(_SQL["upstream"], list(execution_ids), attempts)
    return {row["id"]: UpstreamRow(**dict(row)) for row in rows}


async def chain(pool: Pool, execution_id: str, trigger_type: str, limit: int) -> int:
    """How many executions followed one another by such triggers, up to this one or the limit."""
    found: int | None = await pool.fetchval(_SQL["chain"], execution_id, trigger_type, limit)
    return found or 0


async def listening(
    connection: Connection, keys: Sequence[TriggerKey]
) -> dict[TriggerKey, Listening]:
    """What is stored of these Flow triggers."""
    columns = [[key[part] for key in keys] for part in range(3)]
    rows = await connection.fetch(_SQL["listening"], *columns)
    return {
        (row["namespace"], row["flow_id"], row["trigger_id"]): Listening(
            row["disabled"], row["since"], row["memory"]
        )
        for row in rows
    }


async def remember(connection: Connection, news: Mapping[TriggerKey, Mapping[str, object]]) -> None:
    """Write what triggers remember from now on."""
    keys = list(news)
    columns = [[key[part] for key in keys] for part in range(3)]
    await connection.execute(_SQL["remember"], *columns, [to_json(news[key]) for key in keys])
