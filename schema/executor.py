"""How operations are executed: as graphql-core does it, but quicker where nothing is unusual.

Plain fields are written by selections that are compiled once for an operation (`compiled.py`), and
whole columns pass without a look.
"""

import inspect
from collections.abc import Awaitable, Coroutine, Sequence
from types import CoroutineType
from typing import Any, TypeGuard

from graphql import (
    DirectiveNode,
    GraphQLList,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLResolveInfo,
    VariableNode,
    Visitor,
    visit,
)
from graphql.execution.collect_fields import DeferUsage, FieldDetailsList, GroupedFieldSet
from graphql.pyutils import Path
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from resolvers.columns import Column
from schema.calls import Call, call_of
from schema.compiled import Compiler, Outline, Selection, Write
from schema.documents import Shelf

_outlines: Shelf[Outline] = Shelf(100_000)
_switches: Shelf[tuple[str, ...]] = Shelf(100_000)


class Executor(StrawberryGraphQLCoreExecutionContext):
    """Executes one operation; a stream makes a copy for each of its items."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.middleware_manager and not self.middleware_manager.middlewares:
            self.middleware_manager = None
        self._outline = self._known_outline()
        # Streams would otherwise collect the fields of each item anew, and keep all of them.
        self._relevant_sub_fields = self._outline.below
        self._compiler = Compiler(self.schema, self.collect_subfields)
        self._calls: dict[int, tuple[FieldDetailsList, Call | None]] = {}

    def execute_operation(self, serially: bool | None = None) -> Any:
        """Leave nothing behind: when a field fails, what was just made for its siblings is
        cancelled before it began, and Python would tell of every coroutine that nobody awaits."""
        made: list[Coroutine[Any, Any, Any]] = []

        def is_awaitable(value: object) -> TypeGuard[Awaitable[Any]]:
            if isinstance(value, CoroutineType):
                made.append(value)
                return True
            return hasattr(value, "__await__")

        self.is_awaitable = is_awaitable
        result = super().execute_operation(serially)
        return _tidied(result, made) if isinstance(result, Awaitable) else result

    def execute_collected_root_fields(
        self,
        root_type: GraphQLObjectType,
        root_value: Any,
        grouped_field_set: GroupedFieldSet,
        serially: bool,
        new_defer_usages: Sequence[DeferUsage],
    ) -> Any:
        if not new_defer_usages:
            self._outline.root = grouped_field_set = self._outline.root or grouped_field_set
        return super().execute_collected_root_fields(
            root_type, root_value, grouped_field_set, serially, new_defer_usages
        )

    def execute_fields(
        self,
        parent_type: GraphQLObjectType,
        source_value: Any,
        path: Path | None,
        grouped_field_set: GroupedFieldSet,
        position_context: Any,
    ) -> Any:
        selection = self._selection(parent_type, grouped_field_set)
        if position_context is not None or not selection.plain or self.middleware_manager:
            return super().execute_fields(
                parent_type, source_value, path, grouped_field_set, position_context
            )
        written: dict[str, Any] = dict.fromkeys(selection.names)
        unusual: set[str] = set()
        for plain in selection.plain:
            try:
                value = plain.get(source_value)
                ready = type(value) is plain.ready
                written[plain.name] = value if ready else plain.write(value)
            except Exception:  # graphql-core says what it is
                unusual.add(plain.name)
        rest = selection.rest
        if unusual:
            left = unusual.union(rest)
            rest = {name: part for name, part in grouped_field_set.items() if name in left}
        if not rest:
            return written
        others = super().execute_fields(parent_type, source_value, path, rest, position_context)
        if isinstance(others, dict):
            return written | others
        return _completed(written, others)

    def execute_field(
        self,
        parent_type: GraphQLObjectType,
        source: Any,
        field_details_list: FieldDetailsList,
        path: Path,
        position_context: Any,
    ) -> Any:
        call = self._call(parent_type, field_details_list)
        if call is None or self.middleware_manager:
            return super().execute_field(
                parent_type, source, field_details_list, path, position_context
            )
        info = self.build_resolve_info(call.known, call.nodes, parent_type, path)
        answer = call.ask(source, info)
        return self.complete_awaitable_value(
            call.known.type, field_details_list, info, path, answer, position_context
        )

    def complete_value(
        self,
        return_type: GraphQLOutputType,
        field_details_list: FieldDetailsList,
        info: GraphQLResolveInfo[Any],
        path: Path,
        result: Any,
        position_context: Any,
    ) -> Any:
        """An answer, written as a whole where all that is selected of it is plain."""
        write = None if position_context else self._writer(return_type, field_details_list)
        if write is not None:
            try:
                return write(result)
            except Exception:  # noqa: S110 - graphql-core says what it is
                pass
        return super().complete_value(
            return_type, field_details_list, info, path, result, position_context
        )

    def complete_list_value(
        self,
        return_type: GraphQLList[Any],
        field_details_list: Any,
        info: Any,
        path: Any,
        result: Any,
        position_context: Any,
    ) -> Any:
        """A `Column` holds values in the form in which they are sent: completing each of them again
        would cost the timeline of ten thousand task runs a third of a second."""
        if type(result) is Column:
            return result
        return super().complete_list_value(
            return_type, field_details_list, info, path, result, position_context
        )

    def _selection(self, parent: GraphQLObjectType, whole: GroupedFieldSet) -> Selection:
        found = self._outline.selections.get(id(whole))
        if found is None or found.whole is not whole:
            found = self._outline.selections[id(whole)] = self._compiler.selection(parent, whole)
        return found

    def _call(self, parent: GraphQLObjectType, details: FieldDetailsList) -> Call | None:
        known, call = self._calls.get(id(details), (None, None))
        if known is not details:
            call = call_of(self.schema, parent, details, self.variable_values)
            self._calls[id(details)] = details, call
        return call

    def _writer(self, kind: GraphQLOutputType, details: FieldDetailsList) -> Write | None:
        known, write = self._outline.writers.get((id(details), id(kind)), (None, None))
        if known is not details:
            write = self._compiler.writer(kind, details)
            self._outline.writers[id(details), id(kind)] = details, write
        return write

    def _known_outline(self) -> Outline:
        """What is known of this operation: where `@skip` and `@include` say the same, the same."""
        operation = self.operation
        if operation.loc is None:
            return Outline()
        query = operation.loc.source.body
        named = operation.name.value if operation.name else None
        switches = _switches.find(None, query)
        if switches is None:
            switches = _switches.keep(None, query, tuple(_switches_of(self)))
        values = self.variable_values.coerced
        owner = (self.schema, named, *(values.get(name) for name in switches))
        return _outlines.find(owner, query) or _outlines.keep(owner, query, Outline())


async def _completed(written: dict[str, Any], others: Awaitable[dict[str, Any]]) -> dict[str, Any]:
    return written | await others


async def _tidied(result: Awaitable[Any], made: list[Coroutine[Any, Any, Any]]) -> Any:
    try:
        return await result
    finally:
        for coroutine in made:
            if inspect.getcoroutinestate(coroutine) == inspect.CORO_CREATED:
                coroutine.close()


def _switches_of(executor: Executor) -> list[str]:
    """The variables by which a document switches parts of itself on and off."""
    found = _Switches()
    visit(executor.operation, found)
    for fragment in executor.fragment_definitions.values():
        visit(fragment, found)
    return sorted(found.names)


class _Switches(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_directive(self, node: DirectiveNode, *_: object) -> None:
        for argument in node.arguments or ():
            if isinstance(argument.value, VariableNode):
                self.names.add(argument.value.name.value)
