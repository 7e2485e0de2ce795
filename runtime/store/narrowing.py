"""Lists of few flows: they are read flow by flow, each by its index, and merged.

There are thousands of flows where there are millions of executions, so it is settled first which of
them a condition leaves. None: the list is empty, and nothing is searched. A few: each one's newest
rows lie side by side. Many: the whole list is dense enough to be read as it lies.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

import asyncpg

from runtime.store import search
from runtime.store.conditions import All, AnyOf, Condition, Is, Not, Order
from runtime.store.pool import Pool
from runtime.store.search import Window
from runtime.store.statements import Statements
from runtime.store.tables import Column, Parameters, Table, where

_SQL = Statements("narrowing")
_FEW = 30


async def rows(
    pool: Pool, table: Table, condition: Condition, order: Order, window: Window, now: datetime
) -> list[asyncpg.Record]:
    """As `search.rows`, by the way that costs least."""
    flows = await _flows(pool, table, condition, now)
    if flows == []:
        return []
    if flows is None or len(flows) > _FEW or order.name != table.order_of_flow:
        return await search.rows(pool, table, condition, order, window, now)
    rest = All(tuple(part for part in _parts(condition) if not _is_of_flows(part, table)))
    return await search.rows(pool, table, rest, order, window, now, flows=flows)


async def counted(pool: Pool, table: Table, condition: Condition, limit: int, now: datetime) -> int:
    """As `search.counted`."""
    if await _flows(pool, table, condition, now) == []:
        return 0
    return await search.counted(pool, table, condition, limit, now)


async def _flows(
    pool: Pool, table: Table, condition: Condition, now: datetime
) -> Sequence[tuple[str, str]] | None:
    """Namespace and id of the flows whose rows can meet a condition, up to a few and one more; None
    when it does not say. Deleted flows are among them."""
    wanted = [part for part in _parts(condition) if _is_of_flows(part, table)]
    if not wanted:
        return None
    parameters = Parameters([now])
    flows = Table(
        select=_SQL["select"],
        columns={
            "namespace": Column("namespace"),
            "flow_id": Column("flow_id"),
            **({"scope": table.columns["scope"]} if "scope" in table.of_flows else {}),
        },
        orders={},
    )
    text = where(All(tuple(wanted)), flows, parameters)
    statement = f"{flows.select} WHERE $1::timestamptz IS NOT NULL AND {text} LIMIT {_FEW + 1:d}"
    found = await pool.fetch(statement, *parameters.values)
    return [(row["namespace"], row["flow_id"]) for row in found]


def _parts(condition: Condition) -> Iterator[Condition]:
    """What must hold, all of it."""
    if isinstance(condition, All):
        for part in condition.parts:
            yield from _parts(part)
    else:
        yield condition


def _is_of_flows(condition: Condition, table: Table) -> bool:
    match condition:
        case Is(column):
            return column in table.of_flows
        case All(parts) | AnyOf(parts):
            return all(_is_of_flows(part, table) for part in parts)
        case Not(part):
            return _is_of_flows(part, table)
