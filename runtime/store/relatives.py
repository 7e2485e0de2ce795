"""Which executions come from which (relatives.sql)."""

from dataclasses import dataclass

from runtime.store.pool import Pool
from runtime.store.statements import Statements

_SQL = Statements("relatives")


async def are_related(pool: Pool, one: str, other: str) -> bool:
    """Whether one execution comes from the other, through parents, replays and triggers."""
    related: bool = await pool.fetchval(_SQL["are_related"], one, other)
    return related


@dataclass(frozen=True, slots=True)
class Above:
    """The line of parents of an execution."""

    depth: int
    is_killed: bool
    """Whether one of them was killed, or is being killed."""


async def above(pool: Pool, execution_id: str) -> Above:
    """What stands above an execution, through parents."""
    row = await pool.fetchrow(_SQL["above"], execution_id)
    return Above(row["depth"] or 0, bool(row["is_killed"])) if row else Above(0, False)
