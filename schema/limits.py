"""What one operation may ask for: depth, aliases, tokens and cost.

The cost is reckoned before anything is done: an object costs 1, a page costs 1 for each of its rows
(and what is selected below is multiplied by them), a plain value nothing.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    parse,
)
from strawberry.extensions import SchemaExtension

from resolvers.pages import STANDARD
from runtime.errors import ErrorCode

DOCUMENTS = 500
"""How many different documents are kept parsed and validated."""
DEEPEST = 15
MOST_ALIASES = 60
MOST_TOKENS = 4_000
MOST_COST = 100_000
_LIST = 10
"""Rows of a list that is no page, as a guess."""


@dataclass(frozen=True, slots=True)
class Weight:
    """What an operation asks for."""

    depth: int
    aliases: int
    cost: int


def weigh(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Mapping[str, object],
) -> Weight:
    """The weight of a valid operation."""
    fragments = {
        node.name.value: node
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    root = schema.get_root_type(operation.operation)
    scale = _Scale(schema.type_map, fragments, variables)
    depth, cost = scale.selection(root, operation.selection_set, 1)
    return Weight(depth, scale.aliases, cost)


class _Scale:
    def __init__(
        self,
        types: Mapping[str, object],
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: Mapping[str, object],
    ) -> None:
        self._types = types
        self._fragments = fragments
        self._variables = variables
        self._steps = 0
        self.aliases = 0

    def selection(self, parent: object, selection: SelectionSetNode, depth: int) -> tuple[int, int]:
        """The depth reached and the cost of one turn of a selection."""
        deepest, cost = depth, 0
        for node in selection.selections:
            self._steps += 1
            if self._steps > MOST_TOKENS:
                # Fragments that spread each other grow without bound; nobody needs that.
                return depth, MOST_COST + 1
            if isinstance(node, FieldNode):
                below, more = self._field(parent, node, depth)
            elif isinstance(node, FragmentSpreadNode):
                fragment = self._fragments[node.name.value]
                on = self._types.get(fragment.type_condition.name.value, parent)
                below, more = self.selection(on, fragment.selection_set, depth)
            elif isinstance(node, InlineFragmentNode):
                named = node.type_condition.name.value if node.type_condition else ""
                on = self._types.get(named, parent)
                below, more = self.selection(on, node.selection_set, depth)
            else:
                continue
            deepest, cost = max(deepest, below), cost + more
        return deepest, cost

    def _field(self, parent: object, node: FieldNode, depth: int) -> tuple[int, int]:
        self.aliases += node.alias is not None
        name = node.name.value
        if node.selection_set is None or name.startswith("__"):
            return depth, 0
        kind = _type_of(parent, name)
        rows = self._rows(kind, node)
        below, cost = self.selection(
            get_named_type(kind) if kind else None, node.selection_set, depth + 1
        )
        return below, rows * (1 + cost)

    def _rows(self, kind: GraphQLOutputType | None, node: FieldNode) -> int:
        if kind is None:
            return 1
        if get_named_type(kind).name.endswith("Connection"):
            return self._asked(node)
        if isinstance(get_nullable_type(kind), GraphQLList):
            # The rows of a page are counted where the page is asked for.
            return 1 if node.name.value in ("nodes", "edges") else _LIST
        return 1

    def _asked(self, node: FieldNode) -> int:
        for argument in node.arguments or ():
            if argument.name.value in ("first", "last"):
                value: object = None
                if isinstance(argument.value, IntValueNode):
                    value = int(argument.value.value)
                elif isinstance(argument.value, VariableNode):
                    value = self._variables.get(argument.value.name.value)
                if isinstance(value, int):
                    return max(value, 1)
        return STANDARD


def _type_of(parent: object, name: str) -> GraphQLOutputType | None:
    """The type of a field; None for what is not in the schema."""
    if isinstance(parent, GraphQLObjectType | GraphQLInterfaceType) and name in parent.fields:
        kind: GraphQLOutputType = parent.fields[name].type
        return kind
    return None


class Limits(SchemaExtension):
    """Refuses operations above the limits, and tells the cost in `extensions`."""

    cost: int | None = None

    def on_operation(self) -> Iterator[None]:
        self.execution_context.parse_options["max_tokens"] = MOST_TOKENS
        yield

    def on_parse(self) -> Iterator[None]:
        # What cannot be parsed is left to Strawberry, which tells it on every transport.
        with suppress(GraphQLError):
            self.execution_context.graphql_document = _parsed(self.execution_context.query or "")
        yield

    def on_validate(self) -> Iterator[None]:
        # `ValidationCache` stands before us in the list: the document is valid now, or refused.
        if not self.execution_context.pre_execution_errors:
            self._weigh()
        yield

    def _weigh(self) -> None:
        context = self.execution_context
        if context.graphql_document is None:
            return
        operation = _operation(context.graphql_document, context.operation_name)
        if operation is None:
            return
        schema: GraphQLSchema = context.schema._schema
        weight = weigh(schema, context.graphql_document, operation, context.variables or {})
        self.cost = weight.cost
        problems = list(_excess(weight))
        if problems:
            context.pre_execution_errors = problems

    def get_results(self) -> dict[str, object]:
        return {} if self.cost is None else {"cost": {"value": self.cost, "limit": MOST_COST}}


def _excess(weight: Weight) -> Iterator[GraphQLError]:
    for what, value, limit, hint in (
        ("is nested", weight.depth, DEEPEST, "levels deep; ask in several operations"),
        ("has", weight.aliases, MOST_ALIASES, "aliases; ask in several operations"),
        ("costs", weight.cost, MOST_COST, "points; ask for smaller pages"),
    ):
        if value > limit:
            yield GraphQLError(
                f"The operation {what} {value} {hint}. The limit is {limit}.",
                extensions={"code": ErrorCode.LIMIT_EXCEEDED.value},
            )


@lru_cache(maxsize=DOCUMENTS)
def _parsed(query: str) -> DocumentNode:
    return parse(query, max_tokens=MOST_TOKENS)


def may_change(query: str | None) -> bool:
    """Whether a document holds a mutation; it must not be cut off in the middle."""
    with suppress(GraphQLError):
        return any(
            isinstance(node, OperationDefinitionNode) and node.operation is OperationType.MUTATION
            for node in _parsed(query or "").definitions
        )
    return False


def _operation(document: DocumentNode, name: str | None) -> OperationDefinitionNode | None:
    found = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    if name is not None:
        found = [node for node in found if node.name and node.name.value == name]
    return found[0] if len(found) == 1 else None
