"""What a caller demands of rows, as plain values: `search` turns them into SQL."""

from dataclasses import dataclass
from enum import StrEnum


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
