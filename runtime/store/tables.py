"""What may be asked of an entity, and conditions on it as SQL.

Only names of closed tables ever reach the text of a statement, and words of closed lists such as
states, so that PostgreSQL plans by them; every other value is a parameter. What a caller may ask
for stands in one `Table` for each entity, beside its statements.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum

from runtime.errors import InvalidInput, LimitExceeded
from runtime.store.conditions import All, AnyOf, Condition, Is, Not, Operator

_DEEPEST = 5
_MOST = 100
_LONGEST_LIST = 1_000


@dataclass(frozen=True, slots=True)
class Column:
    """An expression that filters may compare."""

    sql: str
    plain: Callable[[object], object] = lambda value: value
    """How a value of the caller becomes a parameter."""
    around: str = "{}"
    """What the comparison, at every `{}`, stands in; for columns of other tables."""
    begins: str = ""
    """A moment that is never later than this one: an upper bound of this one holds for it, too."""
    words: bool = False
    """Whether its values are words of a closed list, to be written into the statement."""


@dataclass(frozen=True, slots=True)
class Special:
    """A column with a meaning of its own: every `{}` in the text stands for the parameter. The text
    may depend on the value."""

    sql: str | Callable[[object], str]


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
    of_flows: frozenset[str] = frozenset()
    """Columns that tell of which flow a row is: where no flow meets them, no row does."""
    order_of_flow: str = ""
    """The order in which the rows of one flow lie in an index."""


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
        value = _value(test.value)
        text = column.sql if isinstance(column.sql, str) else column.sql(value)
        return text.replace("{}", parameters.add(value)) if "{}" in text else text
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
        place = parameters.add(_plain(column, value))
        compared = f"{column.sql} {sign} {place}"
        if column.begins and sign in ("<", "<="):
            return f"{compared} AND {column.begins} {sign} {place}"
        return compared

    return write


def _among(column: Column, value: object, parameters: Parameters) -> str:
    values = list(value) if isinstance(value, (list, tuple)) else [value]
    if len(values) > _LONGEST_LIST:
        raise LimitExceeded(f"A filter lists more than {_LONGEST_LIST} values.")
    plain = [_plain(column, each) for each in values]
    if column.words:
        return f"{column.sql} IN ({', '.join(_word(each) for each in plain)})" if plain else "false"
    if len(plain) == 1:
        return f"{column.sql} = {parameters.add(plain[0])}"
    return f"{column.sql} = ANY ({parameters.add(plain)})"


def _not_among(column: Column, value: object, parameters: Parameters) -> str:
    return f"({_among(column, value, parameters)}) IS NOT TRUE"


def _word(value: object) -> str:
    if not isinstance(value, str) or not value.isidentifier() or not value.isascii():
        raise InvalidInput("A filter names a state that there is not.")
    return f"'{value}'"


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
    Operator.IN: _among,
    Operator.NOT_IN: _not_among,
    Operator.CONTAINS: _like("%", "%", "ILIKE"),
    Operator.STARTS_WITH: _like("", "%", "LIKE"),
    Operator.ENDS_WITH: _like("%", "", "LIKE"),
    Operator.PREFIX: _prefix,
    Operator.WITHIN: _within,
    Operator.HAS_KEY: _simple("?"),
    Operator.HAS_LABEL: _simple("@>"),
}
