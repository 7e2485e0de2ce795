"""Which subscriptions are the same: those that differ only in where they begin.

They get the same items, so that one execution of the stream serves all of them (`web/cohorts.py`).
"""

from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache

import orjson
from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    VariableNode,
    visit,
)
from graphql.language import Visitor

from schema.documents import operation_of, parsed

_AFTER = "after"
_REMEMBERED = 100


def likeness(
    query: str, operation_name: str | None, variables: Mapping[str, object] | None
) -> str | None:
    """The same text for subscriptions that differ only in `after`; None for what is no
    subscription or cannot be read. To be asked of documents that were validated."""
    found = _beginning(query, operation_name)
    if found is None:
        return None
    rest = {name: value for name, value in (variables or {}).items() if name != found}
    with suppress(TypeError):
        written = orjson.dumps(rest, option=orjson.OPT_SORT_KEYS).decode()
        return f"{operation_name or ''}\n{written}\n{query}"
    return None


@lru_cache(maxsize=500)
def _beginning(query: str, operation_name: str | None) -> str | None:
    """The variable that says where the stream begins, and nothing else; empty when there is none.
    None for what is no subscription."""
    try:
        document = parsed(query)
    except GraphQLError:
        return None
    operation = operation_of(document, operation_name)
    if operation is None or operation.operation is not OperationType.SUBSCRIPTION:
        return None
    name = _given_to_after(operation)
    return name if name and _uses(document, name) == 1 else ""


def _given_to_after(operation: OperationDefinitionNode) -> str:
    for node in operation.selection_set.selections:
        for argument in (isinstance(node, FieldNode) and node.arguments) or ():
            if argument.name.value == _AFTER and isinstance(argument.value, VariableNode):
                return argument.value.name.value
    return ""


def _uses(document: DocumentNode, name: str) -> int:
    """How often a variable is used; where it is declared does not count."""
    counter = _Uses(name)
    visit(document, counter)
    return counter.found - counter.declared


class _Uses(Visitor):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.found = 0
        self.declared = 0

    def enter_variable(self, node: VariableNode, *_: object) -> None:
        self.found += node.name.value == self._name

    def enter_variable_definition(self, node: object, *_: object) -> None:
        self.declared += node.variable.name.value == self._name  # type: ignore[attr-defined]  # by the visitor's naming
