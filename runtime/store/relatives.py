"""Which executions come from which (relatives.sql)."""

from runtime.store.pool import Pool
from runtime.store.statements import Statements

_SQL = Statements("relatives")


async def are_related(pool: Pool, one: str, other: str) -> bool:
    """Whether one execution comes from the other, through parents, replays and triggers."""
    related: bool = await pool.fetchval(_SQL["are_related"], one, other)
    return related


async def depth(pool: Pool, execution_id: str) -> int:
    """How many executions stand above this one, through parents."""
    found: int = await pool.fetchval(_SQL["depth"], execution_id)
    return found
