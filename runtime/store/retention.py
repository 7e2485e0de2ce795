"""Takes away what is older than is kept, a batch at a time (retention.sql)."""

from datetime import datetime

from runtime.store.events import LogName
from runtime.store.pool import Connection, Pool
from runtime.store.statements import Statements

_SQL = Statements("retention", log=LogName)


async def move_horizon(pool: Pool, log: LogName, before: datetime, limit: int) -> bool:
    """Move the horizon of a log over at most `limit` rows older than a moment; whether there may
    be more."""
    async with pool.acquire() as connection, connection.transaction():
        first = await connection.fetchval(_SQL["lock_horizon"], log)
        if first is None:
            return False
        row = await connection.fetchrow(_SQL[f"prune_{log}"], first, before, limit)
        if row is None or not row["passed"]:
            return False
        await connection.execute(_SQL["move_horizon"], log, row["last"] + 1)
    return bool(row["passed"] == limit)


async def expired(connection: Connection, before: datetime, limit: int) -> list[str]:
    """Executions that ended before a moment; nobody else gets them until the transaction ends."""
    return [row["id"] for row in await connection.fetch(_SQL["expired"], before, limit)]


async def drop_events(connection: Connection, ids: list[str]) -> None:
    """Forget what happened to executions that are gone."""
    await connection.execute(_SQL["drop_events"], ids)


async def drop_cache(pool: Pool, now: datetime) -> None:
    """Forget outputs that were kept for tasks and count no longer."""
    await pool.execute(_SQL["drop_cache"], now)


async def drop_messages(pool: Pool, before: datetime) -> None:
    """Forget messages to executions that are not there."""
    await pool.execute(_SQL["drop_messages"], before)
