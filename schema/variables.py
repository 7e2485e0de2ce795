"""What the variables of an operation may hold: reading an input object costs 100 µs, a value 3."""

from collections.abc import Mapping

from graphql import (
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    OperationDefinitionNode,
    get_named_type,
    is_leaf_type,
    type_from_ast,
)

_OBJECT = 20
"""How many plain values take as long as an object."""
MOST_VALUES = 20_000
"""Plain values, an object for twenty. What is inside of a `JSON` value does not count."""


def is_too_much(
    schema: GraphQLSchema, operation: OperationDefinitionNode, variables: Mapping[str, object]
) -> bool:
    """Whether reading the variables would take too long."""
    waiting: list[tuple[object, object]] = [
        (type_from_ast(schema, each.type), variables.get(each.variable.name.value))
        for each in operation.variable_definitions or ()
    ]
    read = 0
    while waiting and read <= MOST_VALUES:
        kind, value = waiting.pop()
        if isinstance(kind, GraphQLNonNull):
            kind = kind.of_type
        if isinstance(kind, GraphQLList) and isinstance(value, list):
            read += len(value)
            if read <= MOST_VALUES and not is_leaf_type(get_named_type(kind)):
                waiting += [(kind.of_type, each) for each in value]
        elif isinstance(kind, GraphQLInputObjectType) and isinstance(value, dict):
            read += _OBJECT + len(value)
            waiting += [
                (kind.fields[name].type, each)
                for name, each in value.items()
                if name in kind.fields
            ]
    return read > MOST_VALUES
