"""The operators that filters are made of, and how a filter becomes a condition on rows.

Every set operator and every set attribute must hold (they are joined by and). What is absent says
nothing; an explicit null is refused, because its author may have meant either of two things.
"""

from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime, timedelta
from enum import Enum

import strawberry
from strawberry import UNSET, enum_value, field

from runtime.errors import InvalidInput
from runtime.store.conditions import All, AnyOf, Condition, Is, Not, Operator


class Operators:
    """Marks an input whose attributes are operators on one column."""


@strawberry.input(description="Conditions on a text.")
class StringFilter(Operators):
    eq: str | None = field(default=UNSET, description="It is exactly this.")
    not_eq: str | None = field(default=UNSET, description="It is anything but this.")
    in_: list[str] | None = field(default=UNSET, name="in", description="It is one of these.")
    not_in: list[str] | None = field(default=UNSET, description="It is none of these.")
    contains: str | None = field(
        default=UNSET, description="It holds this somewhere, whatever the case of letters."
    )
    starts_with: str | None = field(default=UNSET, description="It begins with this.")
    ends_with: str | None = field(default=UNSET, description="It ends with this.")


@strawberry.input(description="Conditions on a namespace.")
class NamespaceFilter(Operators):
    in_: list[str] | None = field(default=UNSET, name="in", description="It is one of these.")
    not_in: list[str] | None = field(default=UNSET, description="It is none of these.")
    prefix: str | None = field(
        default=UNSET, description="It is this namespace or one below it: `a.b` finds `a.b.c`."
    )
    contains: str | None = field(
        default=UNSET, description="It holds this somewhere, whatever the case of letters."
    )


@strawberry.input(description="Conditions on a moment. A moment that is not there meets none.")
class DateTimeFilter(Operators):
    gte: datetime | None = field(default=UNSET, description="At this moment or later.")
    gt: datetime | None = field(default=UNSET, description="Later than this moment.")
    lte: datetime | None = field(default=UNSET, description="At this moment or earlier.")
    lt: datetime | None = field(default=UNSET, description="Earlier than this moment.")
    within: timedelta | None = field(
        default=UNSET, description="Not longer ago than this, counted from the time of the query."
    )


@strawberry.input(description="Conditions on a length of time.")
class DurationFilter(Operators):
    gte: timedelta | None = field(default=UNSET, description="This long or longer.")
    gt: timedelta | None = field(default=UNSET, description="Longer than this.")
    lte: timedelta | None = field(default=UNSET, description="This long or shorter.")
    lt: timedelta | None = field(default=UNSET, description="Shorter than this.")


@strawberry.enum(description="How a label is compared.")
class LabelOperator(Enum):
    EQUALS = enum_value("EQUALS", description="The label is there and has this value.")
    NOT_EQUALS = enum_value(
        "NOT_EQUALS", description="The label has another value or is not there."
    )
    EXISTS = enum_value("EXISTS", description="The label is there, whatever its value.")
    NOT_EXISTS = enum_value("NOT_EXISTS", description="The label is not there.")


@strawberry.input(description="A condition on one label.")
class LabelFilter:
    key: str = field(description="The label's key.")
    value: str | None = field(
        default=None, description="The value to compare with; needed by EQUALS and NOT_EQUALS."
    )
    op: LabelOperator = field(
        default=LabelOperator.EQUALS, description="How the label is compared."
    )


def condition(filter: object | None, name: str = "filter") -> Condition:
    """What the filter demands of a row; everything is allowed without one. Raises InvalidInput."""
    if filter is None or filter is UNSET:
        return All(())
    return All(tuple(_parts(filter, (name,))))


def _parts(filter: object, path: tuple[str, ...]) -> Iterator[Condition]:
    for each in fields(filter):  # type: ignore[arg-type]  # every Strawberry input is a dataclass
        value = getattr(filter, each.name)
        if value is UNSET:
            continue
        here = (*path, each.name.rstrip("_"))
        if value is None:
            raise InvalidInput(
                f"{'.'.join(here)} is null, which could mean two things.",
                hint="Leave it out to demand nothing of it.",
                path=here,
            )
        yield from _part(each.name, value, here)


def _part(name: str, value: object, path: tuple[str, ...]) -> Iterator[Condition]:
    match name, value:
        case "and_", list():
            yield All(tuple(All(tuple(_parts(each, path))) for each in value))
        case "or_", list():
            yield AnyOf(tuple(All(tuple(_parts(each, path))) for each in value))
        case "not_", _:
            yield Not(All(tuple(_parts(value, path))))
        case "labels", list():
            for label in value:
                yield _label(label, path)
        case _, Operators():
            yield from _operators(name, value, path)
        case _:
            yield Is(name, Operator.EQ, value)


def _operators(column: str, operators: object, path: tuple[str, ...]) -> Iterator[Condition]:
    for part in _parts(operators, path):
        if isinstance(part, Is):
            yield Is(column, Operator(part.column.rstrip("_")), part.value)


def _label(label: LabelFilter, path: tuple[str, ...]) -> Condition:
    if label.op in (LabelOperator.EXISTS, LabelOperator.NOT_EXISTS):
        found = Is("labels", Operator.HAS_KEY, label.key)
        return found if label.op is LabelOperator.EXISTS else Not(found)
    if label.value is None:
        raise InvalidInput(
            f"The label {label.key!r} has no value to compare with.",
            hint="Give a value, or ask with EXISTS or NOT_EXISTS.",
            path=(*path, "value"),
        )
    found = Is("labels", Operator.HAS_LABEL, {label.key: label.value})
    return found if label.op is LabelOperator.EQUALS else Not(found)
