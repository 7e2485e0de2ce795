"""Conditions, orders and pages turned into SQL: the one place that composes statements.

Only names of the closed tables below ever reach the text of a statement; every value is a
parameter. What a caller may ask for stands in one `Table` for each entity, beside its statements.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

import asyncpg

from runtime.errors import ErrorCode, InvalidInput, LimitExceeded
from runtime.store.conditions import All, AnyOf, Condition, Is, Not, Operator, Order
from runtime.store.pool import Pool

_DEEPEST = 5
_MOST = 100
_LONGEST_LIST = 1_000
_NOW_IS_USED = "$1::timestamptz IS NOT NULL"
"""Tells PostgreSQL the type of `$1` in statements that have no other use for it."""


@dataclass(frozen=True, slots=True)
class Column:
    """An expression that filters may compare."""

    sql: str
    plain: Callable[[object], object] = lambda value: value
    """How a value of the caller becomes a parameter."""
    around: str = "{}"
    """What the comparison, at `{}`, stands in; for columns of other tables."""


@dataclass(frozen=True, slots=True)
class Special:
    """A column with a meaning of its own: every `{}` in the text stands for the parameter."""

    sql: str


@dataclass(frozen=True, slots=True)
class SortKey:
    """A complete sort key: expressions with their SQL types, of which the last ones are unique."""

    expressions: tuple[str, ...]
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """What may be asked of one entity. `$1` in the texts is the time of the query."""

    select: str
    """From SELECT to FROM and its joins."""
    columns: Mapping[str, Column | Special]
    orders: Mapping[str, SortKey]
    always: str = "true"


@dataclass(frozen=True, slots=True)
class Window:
    """Which rows of a sorted list: `size` after the key `after` and before the key `before`, from
    the beginning or (`backwards`) from the end. Keys are texts, as `key_of` gives them."""

    size: int
    after: Sequence[str] | None = None
    before: Sequence[str] | None = None
    backwards: bool = False


@dataclass(slots=True)
class Parameters:
    """The values of a statement, in the order of their numbers."""

    values: list[object] = field(default_factory=list)

    def add(self, value: object, cast: str = "") -> str:
        """Take a value and give its place in the text."""
        self.values.append(value)
        return f"${len(self.values)}{cast}"


async def rows(
    pool: Pool, table: Table, condition: Condition, order: Order, window: Window, now: datetime
) -> list[asyncpg.Record]:
    """The rows of a window and one more if there is one, in the list's order (from the end, when
    backwards). Raises InvalidInput for keys that are none of this order's."""
    parameters = Parameters([now])
    statement = _select(table, condition, order, window, parameters)
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
    direction = "DESC" if order.descending is not window.backwards else "ASC"
    sorting = ", ".join(f"{expression} {direction}" for expression in key.expressions)
    texts = ", ".join(f"({expression})::text" for expression in key.expressions)
    columns = table.select[: table.select.index("FROM")]
    return (
        f"{columns}, ARRAY[{texts}] AS sort_key {_from(table)} WHERE {' AND '.join(tests)} "
        f"ORDER BY {sorting} LIMIT {window.size + 1:d}"
    )


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
    return table.columns[owner].sql


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


def where(condition: Condition, table: Table, parameters: Parameters) -> str:
    """The condition as a boolean expression. Raises LimitExceeded and InvalidInput."""
    if _size(condition) > _MOST:
        raise LimitExceeded(
            f"The filter has more than {_MOST} conditions.", hint="Ask with fewer of them."
        )
    return _compile(condition, table, parameters, 0)


def _size(condition: Condition) -> int:
    match condition:
        case All(parts) | AnyOf(parts):
            return 1 + sum(_size(part) for part in parts)
        case Not(part):
            return 1 + _size(part)
        case Is():
            return 1


def _compile(condition: Condition, table: Table, parameters: Parameters, depth: int) -> str:
    if depth > 2 * _DEEPEST:
        raise LimitExceeded(
            f"The filter is nested deeper than {_DEEPEST} levels.", hint="Write it flatter."
        )
    match condition:
        case All(()):
            return "true"
        case AnyOf(()):
            return "false"
        case All(parts):
            return (
                "(" + " AND ".join(_compile(p, table, parameters, depth + 1) for p in parts) + ")"
            )
        case AnyOf(parts):
            return "(" + " OR ".join(_compile(p, table, parameters, depth + 1) for p in parts) + ")"
        case Not(part):
            return f"({_compile(part, table, parameters, depth + 1)}) IS NOT TRUE"
        case Is():
            return _compare(condition, table, parameters)


def _compare(test: Is, table: Table, parameters: Parameters) -> str:
    column = table.columns.get(test.column)
    if column is None:
        raise InvalidInput(f"There is no filter on {test.column}.", path=("filter", test.column))
    if isinstance(column, Special):
        return column.sql.replace("{}", parameters.add(_value(test.value)))
    compared = _WRITERS[test.operator](column, test.value, parameters)
    return column.around.replace("{}", compared)


def _value(value: object) -> object:
    if isinstance(value, Enum) and not isinstance(value, int):
        return value.value
    return value


def _plain(column: Column, value: object) -> object:
    return column.plain(_value(value))


def _simple(sign: str) -> Callable[[Column, object, Parameters], str]:
    def write(column: Column, value: object, parameters: Parameters) -> str:
        return f"{column.sql} {sign} {parameters.add(_plain(column, value))}"

    return write


def _several(template: str) -> Callable[[Column, object, Parameters], str]:
    def write(column: Column, value: object, parameters: Parameters) -> str:
        values = list(value) if isinstance(value, (list, tuple)) else [value]
        if len(values) > _LONGEST_LIST:
            raise LimitExceeded(f"A filter lists more than {_LONGEST_LIST} values.")
        place = parameters.add([_plain(column, each) for each in values])
        return template.format(column=column.sql, place=place)

    return write


def _like(before: str, after: str, sign: str) -> Callable[[Column, object, Parameters], str]:
    def write(column: Column, value: object, parameters: Parameters) -> str:
        pattern = before + escaped(str(value)) + after
        return f"{column.sql} {sign} {parameters.add(pattern)}"

    return write


def escaped(text: str) -> str:
    """Text for a LIKE pattern that stands for itself."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _prefix(column: Column, value: object, parameters: Parameters) -> str:
    exact = parameters.add(value)
    below = parameters.add(escaped(str(value)) + ".%")
    return f"({column.sql} = {exact} OR {column.sql} LIKE {below})"


def _within(column: Column, value: object, parameters: Parameters) -> str:
    if not isinstance(value, timedelta) or value < timedelta(0):
        raise InvalidInput("`within` takes a duration of zero or more, such as PT24H.")
    return f"{column.sql} >= $1::timestamptz - {parameters.add(value, '::interval')}"


_WRITERS: dict[Operator, Callable[[Column, object, Parameters], str]] = {
    Operator.EQ: _simple("="),
    Operator.NOT_EQ: _simple("IS DISTINCT FROM"),
    Operator.GTE: _simple(">="),
    Operator.GT: _simple(">"),
    Operator.LTE: _simple("<="),
    Operator.LT: _simple("<"),
    Operator.IN: _several("{column} = ANY ({place})"),
    Operator.NOT_IN: _several("({column} = ANY ({place})) IS NOT TRUE"),
    Operator.CONTAINS: _like("%", "%", "ILIKE"),
    Operator.STARTS_WITH: _like("", "%", "LIKE"),
    Operator.ENDS_WITH: _like("%", "", "LIKE"),
    Operator.PREFIX: _prefix,
    Operator.WITHIN: _within,
    Operator.HAS_KEY: _simple("?"),
    Operator.HAS_LABEL: _simple("@>"),
}
