"""Conditions, orders and pages turned into SQL: the one place that composes statements.

Only names of the closed tables below ever reach the text of a statement; every value is a
parameter. What a caller may ask for stands in one `Table` for each entity, beside its statements.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum, StrEnum

from runtime.errors import InvalidInput, LimitExceeded

_DEEPEST = 5
_MOST = 100
_LONGEST_LIST = 1_000


class Operator(StrEnum):
    """How a column is compared."""

    EQ = "eq"
    NOT_EQ = "not_eq"
    IN = "in"
    NOT_IN = "not_in"
    CONTAINS = "contains"
    STARTS_WITH = "starts_with"
    ENDS_WITH = "ends_with"
    PREFIX = "prefix"
    """The namespace itself or one below it."""
    GTE = "gte"
    GT = "gt"
    LTE = "lte"
    LT = "lt"
    WITHIN = "within"
    """Not longer ago than a duration."""
    HAS_KEY = "has_key"
    HAS_LABEL = "has_label"


@dataclass(frozen=True, slots=True)
class Is:
    """A comparison of one column with a value."""

    column: str
    operator: Operator
    value: object


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; nothing is demanded when there is none."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: "Condition"


Condition = Is | All | AnyOf | Not
ANYTHING = All(())


@dataclass(frozen=True, slots=True)
class Order:
    """What a list is sorted by: a name of the entity's table."""

    name: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column that filters may compare. `template` is SQL with `{op}`-free text: the expression."""

    sql: str
    plain: Callable[[object], object] = lambda value: value
    """How a value of the caller becomes a parameter."""
    cast: str = ""
    """The parameter's type where PostgreSQL cannot tell, such as `::text`."""


@dataclass(frozen=True, slots=True)
class Special:
    """A column with a meaning of its own: `{}` in the text stands for the parameter."""

    sql: str
    plain: Callable[[object], object] = lambda value: value


@dataclass(frozen=True, slots=True)
class SortKey:
    """A complete sort key: expressions of which the last one is unique, with their SQL types."""

    expressions: tuple[str, ...]
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """What may be asked of one entity."""

    columns: Mapping[str, Column | Special]
    orders: Mapping[str, SortKey] = field(default_factory=dict)


@dataclass(slots=True)
class Parameters:
    """The values of a statement, in the order of their numbers."""

    values: list[object] = field(default_factory=list)

    def add(self, value: object, cast: str = "") -> str:
        """Take a value and give its place in the text."""
        self.values.append(value)
        return f"${len(self.values)}{cast}"


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
        return column.sql.replace("{}", parameters.add(column.plain(_value(test.value))))
    return _WRITERS[test.operator](column, test.value, parameters)


def _value(value: object) -> object:
    if isinstance(value, Enum) and not isinstance(value, int):
        return value.value
    return value


def _plain(column: Column, value: object) -> object:
    return column.plain(_value(value))


def _simple(sign: str) -> Callable[[Column, object, Parameters], str]:
    def write(column: Column, value: object, parameters: Parameters) -> str:
        return f"{column.sql} {sign} {parameters.add(_plain(column, value), column.cast)}"

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
