"""Documents as they come in: read once, big ones aside, so that they hold up nobody else.

Reading costs up to a second of work for what is written to be expensive. Whatever is longer than an
everyday operation is therefore read in a thread of its own, one after the other.
"""

import asyncio
from collections import Counter, OrderedDict
from collections.abc import AsyncIterator, Callable, Hashable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Generic, TypeVar

from graphql import (
    ASTValidationRule,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    InlineFragmentNode,
    NameNode,
    OperationDefinitionNode,
    OperationType,
    SelectionNode,
    SelectionSetNode,
    parse,
)
from strawberry.extensions import SchemaExtension
from strawberry.schema.schema import validate_document

from runtime.errors import ErrorCode

V = TypeVar("V")

LONGEST = 100_000
"""Characters that a document may have; long values belong into variables."""
MOST_TOKENS = 4_000
_SHORT = 2_000
"""Characters of a document that is read at once, in some milliseconds at worst."""
_KEPT = 400_000
"""Characters of all documents that are remembered. What is read of them takes 250 times as much."""


MOST_REPEATED = 20
"""How often a name may be selected at one place: validation compares all of them in pairs."""


class Shelf(Generic[V]):
    """What was read of documents, the least used forgotten first."""

    def __init__(self, room: int = _KEPT) -> None:
        self._room = room
        self._kept: OrderedDict[tuple[Hashable, str], V] = OrderedDict()

    def find(self, owner: Hashable, query: str) -> V | None:
        found = self._kept.get((owner, query))
        if found is not None:
            with suppress(KeyError):  # another thread may have forgotten it meanwhile
                self._kept.move_to_end((owner, query))
        return found

    def keep(self, owner: Hashable, query: str, value: V) -> V:
        if (owner, query) not in self._kept:
            self._room -= len(query)
        self._kept[owner, query] = value
        while self._room < 0 and self._kept:
            (_, forgotten), _ = self._kept.popitem(last=False)
            self._room += len(forgotten)
        return value


_documents: Shelf[DocumentNode | GraphQLError] = Shelf()
_verdicts: Shelf[tuple[GraphQLError, ...]] = Shelf()
_reader = ThreadPoolExecutor(1, "documents")


def parsed(query: str) -> DocumentNode:
    """A document, read once however often it is asked for. Raises GraphQLError."""
    if len(query) > LONGEST:
        raise _too_long(f"The document has {len(query)} characters. The limit is {LONGEST}.")
    found = _documents.find(None, query) or _documents.keep(None, query, _read(query))
    if isinstance(found, GraphQLError):
        raise found.with_traceback(None)
    return found


def _read(query: str) -> DocumentNode | GraphQLError:
    try:
        return parse(query, max_tokens=MOST_TOKENS)
    except GraphQLSyntaxError as error:
        if f"more than {MOST_TOKENS} tokens" in error.message:
            return _too_long(f"The document has more than {MOST_TOKENS} words and signs.")
        return error


def _too_long(message: str) -> GraphQLError:
    hint = "Ask in several operations, and send long values as variables."
    extensions = {"code": ErrorCode.LIMIT_EXCEEDED.value, "hint": hint}
    return GraphQLError(message, extensions=extensions)


def repeated(document: DocumentNode) -> str | None:
    """A name that one place selects too often; None when there is none."""
    waiting: list[Sequence[SelectionNode]] = [
        node.selection_set.selections
        for node in document.definitions
        if isinstance(node, OperationDefinitionNode | FragmentDefinitionNode)
    ]
    while waiting:
        here, names = list(waiting.pop()), Counter[str]()
        while here:
            node = here.pop()
            if isinstance(node, InlineFragmentNode):
                here += node.selection_set.selections
            elif isinstance(node, FieldNode | FragmentSpreadNode):
                name = (getattr(node, "alias", None) or node.name).value
                names[name] += 1
                if names[name] > MOST_REPEATED:
                    return name
                if isinstance(node, FieldNode) and node.selection_set:
                    waiting.append(node.selection_set.selections)
    return None


def operation_of(document: DocumentNode, name: str | None) -> OperationDefinitionNode | None:
    """The operation that is meant; None when that is not clear."""
    found = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    if name is not None:
        found = [node for node in found if node.name and node.name.value == name]
    return found[0] if len(found) == 1 else None


async def kind_of(query: str | None, name: str | None) -> OperationType | None:
    """What kind of operation is meant; None when that is not clear."""
    with suppress(GraphQLError):
        document = await _aside(query or "", parsed, query or "")
        operation = operation_of(document, name)
        return operation.operation if operation else None
    return None


class Documents(SchemaExtension):
    """Reads and validates documents for Strawberry."""

    refused: GraphQLError | None = None
    """Why the document cannot be read."""

    async def on_parse(self) -> AsyncIterator[None]:
        context = self.execution_context
        if context.query:
            try:
                document = await _aside(context.query, parsed, context.query)
            except GraphQLError as error:
                # Without a document Strawberry would parse again, and here.
                self.refused, document = error, _stand_in(context._provided_operation_name)
            context.graphql_document = document
        yield

    async def on_validate(self) -> AsyncIterator[None]:
        context = self.execution_context
        query, document = context.query or "", context.graphql_document
        if self.refused is not None:
            context.pre_execution_errors = [self.refused]
        elif document is not None:
            schema: GraphQLSchema = context.schema._schema
            rules = context.validation_rules
            found = await _aside(query, _verdict, schema, query, document, rules)
            unclear = _unclear(document, context._provided_operation_name)
            context.pre_execution_errors = [*found, *unclear]
        yield


def _verdict(
    schema: GraphQLSchema,
    query: str,
    document: DocumentNode,
    rules: tuple[type[ASTValidationRule], ...],
) -> tuple[GraphQLError, ...]:
    if (found := _verdicts.find(schema, query)) is not None:
        return found
    if (name := repeated(document)) is not None:
        error = GraphQLError(
            f"`{name}` is selected more than {MOST_REPEATED} times at one place. Select it once.",
            extensions={"code": ErrorCode.LIMIT_EXCEEDED.value},
        )
        return _verdicts.keep(schema, query, (error,))
    return _verdicts.keep(schema, query, tuple(validate_document(schema, document, rules)))


def _stand_in(name: str | None) -> DocumentNode:
    """A document for one that cannot be read, with an operation of that name."""
    operation = OperationDefinitionNode(
        operation=OperationType.QUERY,
        name=NameNode(value=name) if name else None,
        selection_set=SelectionSetNode(selections=()),
    )
    return DocumentNode(definitions=(operation,))


def _unclear(document: DocumentNode, name: str | None) -> list[GraphQLError]:
    """Of several operations one must be named: none is more meant than another."""
    if name is not None or operation_of(document, None) is not None:
        return []
    return [GraphQLError("The document has several operations: say which by `operationName`.")]


async def _aside(query: str, work: Callable[..., V], *values: object) -> V:
    """Work on a document; in the thread when it is long and not known yet."""
    if len(query) <= _SHORT:
        return work(*values)
    return await asyncio.get_running_loop().run_in_executor(_reader, work, *values)
