"""What executions are still to be told (messages.sql)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from runtime.store.entry import NewMessage, message_row
from runtime.store.pool import Pool
from runtime.store.statements import Statements

_SQL = Statements("messages")


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """A message that is due. It stays until the step that answers it is committed."""

    id: str
    execution_id: str
    key: str | None
    kind: str
    payload: Mapping[str, object]


async def due(
    pool: Pool, now: datetime, owner: str, under_way: Collection[str], limit: int
) -> list[StoredMessage]:
    """Messages to deliver by now, without those that are under way already."""
    rows = await pool.fetch(_SQL["due"], now, owner, list(under_way), limit)
    return [StoredMessage(**row) for row in rows]


async def next_at(pool: Pool, now: datetime) -> datetime | None:
    """When the next message after `now` is due."""
    moment: datetime | None = await pool.fetchval(_SQL["next_at"], now)
    return moment


async def drop(pool: Pool, ids: Collection[str]) -> None:
    """Forget messages that nobody can answer any more."""
    await pool.execute(_SQL["delete"], list(ids))


async def send(pool: Pool, message: NewMessage) -> str:
    """Leave a message for an execution, outside any step; its id."""
    row = message_row(message)
    await pool.execute(_SQL["insert"], *row)
    return str(row[0])


async def is_left(pool: Pool, message_id: str) -> bool:
    """Whether nobody has answered the message yet."""
    left: bool = await pool.fetchval(_SQL["is_left"], message_id)
    return left
