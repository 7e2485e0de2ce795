"""Lists and counts of one entity: the one place that composes statements (see `tables.py`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from runtime.errors import ErrorCode, InvalidInput
from runtime.store.conditions import Condition, Order
from runtime.store.pool import Connection, Pool
from runtime.store.tables import Parameters, SortKey, Special, Table, where

_NOW_IS_USED = "$1::timestamptz IS NOT NULL"
"""Tells PostgreSQL the type of `$1` in statements that have no other use for it."""


@dataclass(frozen=True, slots=True)
class Window:
    """Which rows of a sorted list: `size` after the key `after` and before the key `before`, from
    the beginning or (`backwards`) from the end. Keys are texts, as `key_of` gives them."""

    size: int
    after: Sequence[str] | None = None
    before: Sequence[str] | None = None
    backwards: bool = False


async def rows(
    pool: Pool,
    table: Table,
    condition: Condition,
    order: Order,
    window: Window,
    now: datetime,
    flows: Sequence[tuple[str, str]] | None = None,
) -> list[asyncpg.Record]:
    """The rows of a window and one more if there is one, in the list's order (from the end, when
    backwards). With `flows`, namespace and id, only rows of these few, each read by its index.
    Raises InvalidInput for keys that are none of this order's."""
    parameters = Parameters([now])
    if flows is None:
        statement = _select(table, condition, order, window, parameters)
    else:
        statement = _select_of_flows(table, condition, order, window, parameters, flows)
    return await _fetch(pool, statement, parameters, window)


async def rows_for_each(
    pool: Pool,
    table: Table,
    owner: str,
    ids: Sequence[str],
    condition: Condition,
    order: Order,
    window: Window,
    now: datetime,
) -> list[asyncpg.Record]:
    """The same window of many lists in one statement: for each of `ids` the rows whose column
    `owner` is that id, with the id as `owner_id`."""
    parameters = Parameters([now])
    places = parameters.add(list(ids), "::text[]")
    one = f"{_owned(table, owner)} = owners.owner_id"
    inner = _select(table, condition, order, window, parameters, one)
    statement = (
        f"SELECT owners.owner_id, found.* FROM unnest({places}) AS owners (owner_id) "  # noqa: S608 - closed names
        f"CROSS JOIN LATERAL ({inner}) AS found"
    )
    return await _fetch(pool, statement, parameters, window)


async def counts_for_each(
    pool: Pool,
    table: Table,
    owner: str,
    ids: Sequence[str],
    condition: Condition,
    limit: int,
    now: datetime,
) -> dict[str, int]:
    """How many rows each of many lists has, counted up to `limit` and one more."""
    parameters = Parameters([now])
    places = parameters.add(list(ids), "::text[]")
    inner = _count(table, condition, limit, parameters, f"{_owned(table, owner)} = owners.owner_id")
    statement = (
        f"SELECT owners.owner_id, ({inner}) AS value "  # noqa: S608 - closed names, see the top
        f"FROM unnest({places}) AS owners (owner_id)"
    )
    found = await pool.fetch(statement, *parameters.values)
    return {row["owner_id"]: row["value"] for row in found}


async def counted(pool: Pool, table: Table, condition: Condition, limit: int, now: datetime) -> int:
    """How many rows meet the condition, counted up to `limit` and one more."""
    parameters = Parameters([now])
    found: int = await pool.fetchval(
        _count(table, condition, limit, parameters), *parameters.values
    )
    return found


async def ids(
    connection: Connection,
    table: Table,
    condition: Condition,
    order: Order,
    limit: int,
    now: datetime,
) -> list[str]:
    """The ids of all rows that meet a condition, in order, up to `limit` and one more."""
    parameters = Parameters([now])
    tests = f"{_NOW_IS_USED} AND ({table.always}) AND {where(condition, table, parameters)}"
    statement = (
        f"SELECT id {_from(table)} WHERE {tests} "
        f"ORDER BY {_sorting(table, order, Window(limit))} LIMIT {limit + 1:d}"
    )
    return [row["id"] for row in await connection.fetch(statement, *parameters.values)]


async def judged(
    pool: Pool, table: Table, ids: Sequence[str], condition: Condition, now: datetime
) -> list[asyncpg.Record]:
    """These rows as they are now, as far as they are there; `inside` tells whether each meets the
    condition."""
    parameters = Parameters([now])
    wanted = where(condition, table, parameters)
    columns = table.select[: table.select.index("FROM")]
    statement = (
        f"{columns}, ({wanted}) IS TRUE AS inside {_from(table)} "
        f"WHERE {_NOW_IS_USED} AND id = ANY ({parameters.add(list(ids))})"
    )
    return await pool.fetch(statement, *parameters.values)


def _select(
    table: Table,
    condition: Condition,
    order: Order,
    window: Window,
    parameters: Parameters,
    further: str = "true",
) -> str:
    key = table.orders[order.name]
    tests = [_NOW_IS_USED, further, f"({table.always})", where(condition, table, parameters)]
    for bound, later in ((window.after, True), (window.before, False)):
        if bound is not None:
            tests.append(_beyond(key, bound, later is not order.descending, parameters))
    texts = ", ".join(f"({expression})::text" for expression in key.expressions)
    columns = table.select[: table.select.index("FROM")]
    return (
        f"{columns}, ARRAY[{texts}] AS sort_key {_from(table)} WHERE {' AND '.join(tests)} "
        f"ORDER BY {_sorting(table, order, window)} LIMIT {window.size + 1:d}"
    )


def _select_of_flows(
    table: Table,
    condition: Condition,
    order: Order,
    window: Window,
    parameters: Parameters,
    flows: Sequence[tuple[str, str]],
) -> str:
    names = [parameters.add([flow[part] for flow in flows], "::text[]") for part in (0, 1)]
    one = "namespace = flow.of_namespace AND flow_id = flow.of_id"
    inner = _select(table, condition, order, window, parameters, one)
    return (
        f"SELECT found.* FROM unnest({', '.join(names)}) AS flow (of_namespace, of_id) "  # noqa: S608 - closed names
        f"CROSS JOIN LATERAL ({inner}) AS found "
        f"ORDER BY {_sorting(table, order, window)} LIMIT {window.size + 1:d}"
    )


def _sorting(table: Table, order: Order, window: Window) -> str:
    direction = "DESC" if order.descending is not window.backwards else "ASC"
    key = table.orders[order.name]
    return ", ".join(f"{expression} {direction}" for expression in key.expressions)


def _count(
    table: Table, condition: Condition, limit: int, parameters: Parameters, further: str = "true"
) -> str:
    tests = f"{_NOW_IS_USED} AND {further} AND ({table.always})"
    wanted = where(condition, table, parameters)
    inner = f"SELECT 1 {_from(table)} WHERE {tests} AND {wanted} LIMIT {limit + 1:d}"
    return f"SELECT count(*) FROM ({inner}) AS found"  # noqa: S608 - closed names


def _from(table: Table) -> str:
    return table.select[table.select.index("FROM") :]


def _owned(table: Table, owner: str) -> str:
    column = table.columns[owner]
    if isinstance(column, Special):
        raise LookupError(f"{owner} owns nothing")
    return column.sql


async def _fetch(
    pool: Pool, statement: str, parameters: Parameters, window: Window
) -> list[asyncpg.Record]:
    try:
        return await pool.fetch(statement, *parameters.values)
    except asyncpg.DataError as error:
        if window.after is None and window.before is None:
            raise
        raise bad_cursor() from error


def key_of(row: asyncpg.Record) -> list[str]:
    """The sort key of a row that `rows` gave."""
    key: list[str] = row["sort_key"]
    return key


def bad_cursor() -> InvalidInput:
    return InvalidInput(
        "The cursor is not one of this list in this order.",
        hint="Take cursors from `pageInfo` or `edges` of the same query.",
        code=ErrorCode.BAD_CURSOR,
    )


def _beyond(key: SortKey, bound: Sequence[str], rising: bool, parameters: Parameters) -> str:
    if len(bound) != len(key.expressions):
        raise bad_cursor()
    places = [
        parameters.add(text, f"::text::{kind}") for text, kind in zip(bound, key.types, strict=True)
    ]
    sign = ">" if rising else "<"
    return f"({', '.join(key.expressions)}) {sign} ({', '.join(places)})"
