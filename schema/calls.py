"""Resolvers that many objects of one answer are asked by: what they are asked is made out once.

The arguments of a field are the same for every object of a list. graphql-core and Strawberry read
and convert them for each object anew, which costs more than most resolvers do.
"""

from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

from graphql import (
    FieldNode,
    GraphQLError,
    GraphQLField,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
)
from graphql.execution.collect_fields import FieldDetailsList
from graphql.execution.values import VariableValues, get_argument_values
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.arguments import convert_arguments
from strawberry.types.field import StrawberryField
from strawberry.types.fields.resolver import StrawberryResolver
from strawberry.types.info import Info


@dataclass(frozen=True, slots=True)
class Call:
    """An asynchronous resolver with the arguments of one field of an operation."""

    known: GraphQLField
    nodes: list[FieldNode]
    _field: StrawberryField
    _resolver: StrawberryResolver[Any]
    _arguments: dict[str, Any]

    def ask(self, source: Any, raw: GraphQLResolveInfo[Any]) -> Coroutine[Any, Any, Any]:
        """Have the resolver answer for one object."""
        named = self._arguments
        if (parameter := self._resolver.info_parameter) is not None:
            named = {**named, parameter.name: Info(_raw_info=raw, _field=self._field)}
        answer: Coroutine[Any, Any, Any] = self._resolver(source, **named)
        return answer


def call_of(
    schema: GraphQLSchema,
    parent: GraphQLObjectType,
    details: FieldDetailsList,
    variables: VariableValues,
) -> Call | None:
    """The call that a field stands for; None when graphql-core has to look at it in its own way."""
    node = details[0].node
    known = schema.get_field(parent, node.name.value)
    definition = known and known.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    if known is None or not isinstance(definition, StrawberryField):
        return None
    resolver = definition.base_resolver
    if resolver is None or not _is_simple(definition, resolver):
        return None
    try:
        given = get_argument_values(known, node, variables, details[0].fragment_variable_values)
    except GraphQLError:
        return None
    converter: GraphQLCoreConverter = schema._strawberry_schema.schema_converter  # type: ignore[attr-defined]  # Strawberry leaves itself there
    arguments = convert_arguments(
        given, definition.arguments, converter.scalar_registry, converter.config
    )
    return Call(known, [each.node for each in details], definition, resolver, arguments)


def _is_simple(definition: StrawberryField, resolver: StrawberryResolver[Any]) -> bool:
    """Whether nothing else happens around the resolver, and it is given the object as `self`."""
    is_extended = definition.extensions or definition.permission_classes
    is_given_more = resolver.parent_parameter or resolver.root_parameter
    return bool(
        definition.is_async
        and not definition.is_subscription
        and not is_extended
        and not is_given_more
        and resolver.self_parameter
    )
