"""Trusted documents: the operations that are known here, by id and by text.

They come from JSON files: ids with their documents, as Relay's compiler and code generators write
them, a manifest of Apollo's tools, or a plain list of documents. A request may name one by its id;
when free documents are switched off, nothing else is answered.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import orjson
from graphql import (
    FieldNode,
    GraphQLError,
    SelectionSetNode,
    Visitor,
    parse,
    print_ast,
    visit,
)
from strawberry.extensions import SchemaExtension

from runtime.errors import ErrorCode, InvalidInput
from schema.documents import Shelf, parsed

_marks: Shelf[str] = Shelf()


@dataclass(frozen=True, slots=True)
class Trusted:
    """What is known; `alone` refuses everything else."""

    by_id: Mapping[str, str] = field(default_factory=dict)
    marks: frozenset[str] = frozenset()
    alone: bool = False

    def allows(self, query: str) -> bool:
        """Whether the operation may be executed. Clients that add `__typename` change nothing."""
        if not self.alone:
            return True
        try:
            document = parsed(query)
        except GraphQLError:
            return False
        mark = _marks.find(None, query) or _marks.keep(None, query, _mark(print_ast(document)))
        return mark in self.marks


def trusted_from(files: Iterable[Path], *, alone: bool) -> Trusted:
    """Read the lists. Raises InvalidInput for a file that is none."""
    by_id: dict[str, str] = {}
    marks: set[str] = set()
    for file in files:
        for given, text in _documents(file):
            try:
                marks.add(_mark(text))
            except GraphQLError as error:
                raise _unreadable(file, f"the document {given or text[:40]}: {error}") from None
            by_id[sha256(text.encode()).hexdigest()] = text
            if given is not None:
                by_id[given.removeprefix("sha256:")] = text
    return Trusted(by_id, frozenset(marks), alone)


def _documents(file: Path) -> Iterator[tuple[str | None, str]]:
    """The documents of a file, each with its id if it has one."""
    try:
        content = orjson.loads(file.read_bytes())
    except (OSError, ValueError) as error:
        raise _unreadable(file, str(error)) from None
    for given, text in _pairs(content):
        if not isinstance(text, str) or not isinstance(given, str | None):
            raise _unreadable(file, "it is neither ids with documents nor a list of documents")
        yield given, text


def _pairs(content: object) -> Iterable[tuple[object, object]]:
    """Ids with documents, as far as the content has any."""
    if isinstance(content, dict):
        operations = content.get("operations")
        if not isinstance(operations, list):
            return content.items()
        return [(each.get("id"), each.get("body")) for each in operations if isinstance(each, dict)]
    return [(None, text) for text in content] if isinstance(content, list) else [(None, None)]


def _unreadable(file: Path, why: str) -> InvalidInput:
    return InvalidInput(
        f"The trusted documents in {file} cannot be read: {why}.",
        hint='Write JSON as {"id": "query …"}, or take FLOWDECK_DOCUMENTS away.',
        path=("FLOWDECK_DOCUMENTS",),
    )


def _mark(text: str) -> str:
    """The same for documents that differ in layout, or in the `__typename` that caches ask for."""
    document = visit(parse(text, no_location=True), _Bare())
    return sha256(print_ast(document).encode()).hexdigest()


class _Bare(Visitor):
    """Takes `__typename` out where it stands beside other fields."""

    def enter_selection_set(self, node: SelectionSetNode, *_: object) -> SelectionSetNode | None:
        kept = tuple(each for each in node.selections if not _is_typename(each))
        if not kept or len(kept) == len(node.selections):
            return None
        return SelectionSetNode(selections=kept)


def _is_typename(node: object) -> bool:
    return isinstance(node, FieldNode) and node.name.value == "__typename" and node.alias is None


class OnlyTrusted(SchemaExtension):
    """Refuses documents that are not trusted, whatever else is wrong with them."""

    def __init__(self, trusted: Trusted) -> None:
        super().__init__()
        self._trusted = trusted

    def on_validate(self) -> Iterator[None]:
        context = self.execution_context
        if not self._trusted.allows(context.query or ""):
            context.pre_execution_errors = [
                GraphQLError(
                    "This server answers trusted documents alone; this is none of them.",
                    extensions={
                        "code": ErrorCode.FORBIDDEN.value,
                        "hint": "Put the document into the list that FLOWDECK_DOCUMENTS names.",
                    },
                )
            ]
        yield
