"""Takes executions away, with as much of what belongs to them as is wanted (removal.sql)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from runtime.store.pool import Connection
from runtime.store.scribe import take_positions
from runtime.store.statements import Statements

_SQL = Statements("removal")
_ROWS = ("task_runs", "outputs", "messages", "slots", "queue_places")


@dataclass(frozen=True, slots=True)
class Place:
    """Whose files an execution's are."""

    id: str
    namespace: str
    flow_id: str


async def places_of(connection: Connection, ids: Sequence[str]) -> list[Place]:
    """Those of the executions that are there."""
    rows = await connection.fetch(_SQL["places"], list(ids))
    return [Place(**row) for row in rows]


async def remove_executions(
    connection: Connection,
    ids: Sequence[str],
    at: datetime,
    actor: str | None,
    kinds: tuple[str, str],
) -> None:
    """Delete the executions and whatever only they need, and write the event that says so.

    Their other events stay: those are the audit, and streams count on their positions. `kinds` are
    those of the messages that kill what they started, and tell who waits for them.
    """
    wanted = list(ids)
    kill, child = kinds
    await connection.execute(_SQL["kill_children"], wanted, at, kill)
    await connection.execute(_SQL["tell_parents"], wanted, at, child)
    for name in _ROWS:
        await connection.execute(_SQL[name], wanted)
    # The counter first, then the rows: the order in which every writer takes them.
    await connection.execute(_SQL["lock_events"])
    gone = await connection.fetch(_SQL["executions"], wanted)
    if not gone:
        return
    first = await take_positions(connection, "events", len(gone))
    await connection.execute(
        _SQL["tell"],
        first,
        [each["id"] for each in gone],
        [each["sequence"] + 1 for each in gone],
        [each["state"] for each in gone],
        [each["namespace"] for each in gone],
        [each["flow_id"] for each in gone],
        at,
        {"actor": actor},
    )


async def remove_logs(connection: Connection, ids: Sequence[str]) -> int:
    """How many log lines of these executions are gone."""
    gone: int = await connection.fetchval(_SQL["logs"], list(ids))
    return gone


async def remove_metrics(connection: Connection, ids: Sequence[str]) -> int:
    """How many metrics of these executions are gone."""
    gone: int = await connection.fetchval(_SQL["metrics"], list(ids))
    return gone
