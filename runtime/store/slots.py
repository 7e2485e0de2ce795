"""The places of a flow's concurrency limit (slots.sql)."""

from runtime.store.pool import Pool
from runtime.store.statements import Statements

_SQL = Statements("slots")


async def take(pool: Pool, execution_id: str, namespace: str, flow_id: str, limit: int) -> bool:
    """Whether the execution has a slot now; asking again changes nothing.

    One that has ended gets none, whoever asks for it: a server may wake up after others brought
    it to its end.
    """
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(_SQL["lock_flow"], namespace, flow_id)
        await connection.execute(_SQL["take"], execution_id, namespace, flow_id, limit)
        has: bool = await connection.fetchval(_SQL["has"], execution_id)
    return has


async def wait(pool: Pool, execution_id: str, namespace: str, flow_id: str, limit: int) -> bool:
    """Whether the execution may wait in the queue of its flow; asking again changes nothing."""
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(_SQL["lock_flow"], namespace, flow_id)
        await connection.execute(_SQL["forget_places"], namespace, flow_id)
        await connection.execute(_SQL["wait"], execution_id, namespace, flow_id, limit)
        waits: bool = await connection.fetchval(_SQL["waits"], execution_id)
    return waits


async def force(pool: Pool, execution_id: str) -> None:
    """Give the execution a slot whatever the limit says, unless it has ended."""
    await pool.execute(_SQL["force"], execution_id)


async def queued(pool: Pool, namespace: str, flow_id: str, limit: int) -> list[str]:
    """The executions that wait for a slot, those that wait longest first."""
    return [row["id"] for row in await pool.fetch(_SQL["queued"], namespace, flow_id, limit)]


async def free(pool: Pool, namespace: str, flow_id: str, limit: int) -> int:
    """How many slots are left of `limit`; never below zero."""
    taken: int = await pool.fetchval(_SQL["taken"], namespace, flow_id)
    return max(0, limit - taken)


async def flows_with_queue(pool: Pool) -> list[tuple[str, str]]:
    """(namespace, flow id) of every flow that has executions waiting."""
    rows = await pool.fetch(_SQL["flows_with_queue"])
    return [(row["namespace"], row["flow_id"]) for row in rows]
