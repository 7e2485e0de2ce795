"""Selections of plain fields, compiled once into functions from an object to what is sent of it.

A plain field is an attribute that is read without arguments and sent as it stands: text, numbers,
moments, states, and objects and lists of such. graphql-core spends some microseconds on each of
them; as a compiled selection they cost a tenth. Whatever turns out to be unusual (null where none
may be, an error, another class than expected) raises, and graphql-core does that field again in its
own way, errors included.
"""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLID,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    GraphQLString,
    Undefined,
    is_leaf_type,
)
from graphql.execution.collect_fields import CollectedFields, FieldDetailsList, GroupedFieldSet
from graphql.pyutils import UndefinedType
from strawberry.schema.schema_converter import CustomGraphQLEnumType, GraphQLCoreConverter

from resolvers.columns import Column

Write = Callable[[Any], object]
"""From a value to what is sent of it. Raises when there is anything unusual about the value."""
Collect = Callable[[GraphQLObjectType, FieldDetailsList], CollectedFields]
"""What is selected of an object."""

_SMALLEST, _LARGEST = -(2**31), 2**31 - 1
_UNUSUAL = (Exception, Awaitable, UndefinedType)


class Unusual(Exception):
    """A value that is not written here."""


class _Nothing:
    """The class of no value."""


@dataclass(frozen=True, slots=True)
class Plain:
    """One plain field. A value of exactly the class `ready` is sent as it is, any other written."""

    name: str
    get: Callable[[Any], Any]
    ready: type
    write: Write


@dataclass(frozen=True, slots=True)
class Selection:
    """What is selected of an object: plain fields, and the rest for graphql-core. `whole` is the
    selection as it was collected, and `names` those that the answer has, in order."""

    whole: GroupedFieldSet
    names: tuple[str, ...]
    plain: tuple[Plain, ...]
    rest: GroupedFieldSet


@dataclass(slots=True)
class Outline:
    """What is known of an operation after it was executed once. Selections are kept by the id of
    what was collected, which lives as long as they do."""

    root: GroupedFieldSet | None = None
    below: dict[Any, Any] = field(default_factory=dict)
    """What graphql-core remembers of the fields below each field."""
    selections: dict[int, Selection] = field(default_factory=dict)
    writers: dict[tuple[int, int], tuple[FieldDetailsList, Write | None]] = field(
        default_factory=dict
    )
    """How the answer of a field is written, by the ids of what was collected and of its type."""


class Compiler:
    """Compiles selections of one schema. `collect` tells what is selected below a field."""

    def __init__(self, schema: GraphQLSchema, collect: Collect) -> None:
        self._schema = schema
        self._collect = collect

    def selection(self, parent: GraphQLObjectType, whole: GroupedFieldSet) -> Selection:
        """What is plain of the fields that are selected of an object."""
        names: list[str] = []
        plain: list[Plain] = []
        rest: GroupedFieldSet = {}
        for name, details in whole.items():
            known = self._schema.get_field(parent, details[0].node.name.value)
            if known is None:
                continue
            names.append(name)
            if (compiled := self._plain(parent, name, details, known)) is not None:
                plain.append(compiled)
            else:
                rest[name] = details
        return Selection(whole, tuple(names), tuple(plain), rest)

    def _plain(
        self,
        parent: GraphQLObjectType,
        name: str,
        details: FieldDetailsList,
        known: GraphQLField,
    ) -> Plain | None:
        if details[0].node.name.value == "__typename":
            typename = parent.name
            return Plain(name, lambda _: typename, str, _refuse)
        attribute = _attribute(known)
        write = None if attribute is None else self.writer(known.type, details)
        if attribute is None or write is None:
            return None
        return Plain(name, attrgetter(attribute), _ready(known.type), write)

    def writer(
        self, kind: GraphQLOutputType, details: FieldDetailsList, *, nullable: bool = True
    ) -> Write | None:
        """How a value of a field is written; None for what is not plain."""
        if isinstance(kind, GraphQLNonNull):
            return self.writer(kind.of_type, details, nullable=False)
        if isinstance(kind, GraphQLList):
            each = self.writer(kind.of_type, details)
            return None if each is None else _list_writer(each, nullable)
        if isinstance(kind, GraphQLObjectType):
            return self._object_writer(kind, details, nullable)
        return _leaf_writer(kind, nullable) if is_leaf_type(kind) else None

    def _object_writer(
        self, kind: GraphQLObjectType, details: FieldDetailsList, nullable: bool
    ) -> Write | None:
        classes = tuple(_classes(kind))
        collected = self._collect(kind, details)
        if not classes or collected.new_defer_usages:
            return None
        below = self.selection(kind, collected.grouped_field_set)
        if below.rest:
            return None
        fields = tuple((each.name, each.get, each.ready, each.write) for each in below.plain)

        def write(value: Any) -> object:
            if type(value) not in classes:
                return _null(value, nullable)
            written = {}
            for name, get, ready, write in fields:
                part = get(value)
                written[name] = part if type(part) is ready else write(part)
            return written

        return write


def _attribute(known: GraphQLField) -> str | None:
    """The attribute that a field reads; None for one that does more than that."""
    definition = known.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    is_read = getattr(known.resolve, "_is_default", False) and not known.args
    if definition is None or not is_read or definition.default_resolver is not getattr:
        return None
    name: str = definition.python_name
    return name


def _classes(kind: GraphQLObjectType) -> Iterator[type]:
    """The classes whose objects are of a type without any further question."""
    definition = kind.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    if definition is None or definition.is_type_of is not None:
        return
    yield definition.origin
    if definition.concrete_of is not None:
        yield definition.concrete_of.origin


def _ready(kind: GraphQLOutputType) -> type:
    inner = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
    return str if inner is GraphQLString or inner is GraphQLID else _Nothing


def _leaf_writer(kind: Any, nullable: bool) -> Write:
    coerce = kind.coerce_output_value
    usual: set[type] = set()

    def write(value: Any) -> object:
        if type(value) not in usual:
            if value is None or isinstance(value, _UNUSUAL):
                return _null(value, nullable)
            usual.add(type(value))
        written = coerce(value)
        return _refuse(value) if written is None or written is Undefined else written

    if isinstance(kind, CustomGraphQLEnumType):
        return _enum_writer(kind, write)
    return _int_writer(write) if kind is GraphQLInt else write


def _enum_writer(kind: CustomGraphQLEnumType, otherwise: Write) -> Write:
    members: Any = kind.wrapped_cls
    names = {member: kind.coerce_output_value(member) for member in members}

    def write(value: Any) -> object:
        return names[value] if type(value) is members else otherwise(value)

    return write


def _int_writer(otherwise: Write) -> Write:
    def write(value: Any) -> object:
        is_ready = type(value) is int and _SMALLEST <= value <= _LARGEST
        return value if is_ready else otherwise(value)

    return write


def _list_writer(each: Write, nullable: bool) -> Write:
    def write(value: Any) -> object:
        kind = type(value)
        if kind is list or kind is tuple:
            return [each(item) for item in value]
        return value if kind is Column else _null(value, nullable)

    return write


def _null(value: Any, nullable: bool) -> object:
    if value is not None or not nullable:
        raise Unusual
    return None


def _refuse(value: Any) -> object:
    raise Unusual
