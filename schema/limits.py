"""What one operation may ask for: depth, aliases, tokens and cost.

The cost is reckoned before anything is done: an object costs 1, a page costs 1 for each of its rows
(and what is selected below is multiplied by them), a plain value nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

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
    SelectionSetNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
)
from strawberry.extensions import SchemaExtension

from resolvers.pages import STANDARD
from runtime.errors import ErrorCode
from schema.documents import MOST_TOKENS, operation_of
from schema.variables import MOST_VALUES, is_too_much

DEEPEST = 15
MOST_ALIASES = 60
MOST_COST = 100_000
_BEYOND = 2**53
"""A cost that is told as it is; one of more digits is a number that JSON readers cannot read."""
_LIST = 10
"""Rows of a list that is no page, as a guess."""
_ABOUT = {"__schema": "__Schema", "__type": "__Type"}
_MEMBERS = 3
"""Fields of a type, arguments of a field and so on, as a guess."""


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
    return Weight(depth, scale.aliases, min(cost, _BEYOND))


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
        if node.selection_set is None:
            return depth, 0
        about = _ABOUT.get(name)
        if about is not None:
            # How deep it may go is limited by GraphQL itself.
            _, cost = self.selection(self._types[about], node.selection_set, 1)
            return depth, 1 + cost
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
            if get_named_type(kind).name.startswith("__"):
                return len(self._types) if node.name.value == "types" else _MEMBERS
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

    def on_validate(self) -> Iterator[None]:
        # `Documents` stands before us in the list: the document is valid now, or refused.
        if not self.execution_context.pre_execution_errors:
            self._weigh()
        yield

    def _weigh(self) -> None:
        context = self.execution_context
        if context.graphql_document is None:
            return
        operation = operation_of(context.graphql_document, context.operation_name)
        if operation is None:
            return
        schema: GraphQLSchema = context.schema._schema
        if is_too_much(schema, operation, context.variables or {}):
            context.pre_execution_errors = [_TOO_MANY_VALUES]
            return
        weight = weigh(schema, context.graphql_document, operation, context.variables or {})
        self.cost = weight.cost
        problems = list(_excess(weight))
        if problems:
            context.pre_execution_errors = problems

    def get_results(self) -> dict[str, object]:
        return {} if self.cost is None else {"cost": {"value": self.cost, "limit": MOST_COST}}


_TOO_MANY_VALUES = GraphQLError(
    f"The variables hold more than {MOST_VALUES} values, or a twentieth of that in objects.",
    extensions={
        "code": ErrorCode.LIMIT_EXCEEDED.value,
        "hint": "Ask or act in several operations.",
    },
)


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
