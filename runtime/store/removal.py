"""Takes executions away, with as much of what belongs to them as is wanted (removal.sql)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from runtime.store.pool import Connection
from runtime.store.scribe import take_positions
from runtime.store.statements import Statements

_SQL = Statements("removal")
_ROWS = ("task_runs", "outputs", "messages", "slots", "executions")


@dataclass(frozen=True, slots=True)
class Doomed:
    """An execution that is to go, as it was last; nobody works on it."""

    id: str
    namespace: str
    flow_id: str
    state: str
    sequence: int


async def remove_executions(
    connection: Connection, doomed: Sequence[Doomed], at: datetime, actor: str | None
) -> None:
    """Delete the executions and whatever only they need, and write the event that says so.

    Their other events stay: those are the audit, and streams count on their positions.
    """
    ids = [each.id for each in doomed]
    for name in _ROWS:
        await connection.execute(_SQL[name], ids)
    first = await take_positions(connection, "events", len(doomed))
    await connection.execute(
        _SQL["tell"],
        first,
        ids,
        [each.sequence + 1 for each in doomed],
        [each.state for each in doomed],
        [each.namespace for each in doomed],
        [each.flow_id for each in doomed],
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
