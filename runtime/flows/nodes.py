"""YAML text to nodes that know where they stand. No object is ever constructed.

Events of libyaml's parser are put together here, without recursion and within limits of size,
depth and number of elements (aliases counted as often as they are used), so that no text can
exhaust the machine. Merge keys (`<<`) are followed. A key written twice is a problem; the first
one is kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from runtime.flows.model import Path, Position
from runtime.flows.problem import Problem, ProblemCode
from runtime.flows.scalars import Value, plain_value

MAX_SOURCE = 1_048_576
"""Characters."""
MAX_DEPTH = 100
MAX_ELEMENTS = 200_000
START = Position(1, 1)
_MERGE = "<<"
_STRING_TAG = "tag:yaml.org,2002:str"


@dataclass(slots=True)
class ScalarNode:
    """A single value; `text` is what was written, without quotes."""

    value: Value
    text: str
    position: Position
    start: int = 0
    end: int = 0
    size: int = 1


@dataclass(slots=True)
class ListNode:
    position: Position
    start: int = 0
    end: int = 0
    items: list["Node"] = field(default_factory=list)
    size: int = 1


@dataclass(slots=True)
class Entry:
    """One property of a map; `position` is that of its key."""

    key: str
    position: Position
    node: "Node"


@dataclass(slots=True)
class MapNode:
    position: Position
    start: int = 0
    end: int = 0
    entries: dict[str, Entry] = field(default_factory=dict)
    size: int = 1


Node = ScalarNode | ListNode | MapNode


@dataclass(frozen=True, slots=True)
class Composed:
    """The root, if the text could be read at all, and what is wrong with it as YAML."""

    root: Node | None
    problems: tuple[Problem, ...]


class _Stop(Exception):
    """Ends the reading: nothing below can be trusted."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def compose(source: str) -> Composed:
    """Read one YAML document. Never raises."""
    composer = _Composer()
    try:
        if len(source) > MAX_SOURCE:
            raise _stop(
                f"The source has {len(source):,} characters; {MAX_SOURCE:,} are allowed.",
                "Move large texts into namespace files.",
                START,
                ProblemCode.LIMIT,
            )
        root = composer.read(source)
    except _Stop as stop:
        return Composed(None, (*composer.problems, stop.problem))
    except yaml.YAMLError as error:
        return Composed(None, (*composer.problems, _syntax_problem(error, source)))
    except ValueError as error:
        problem = _problem("The source is not valid text.", str(error), START, ProblemCode.SYNTAX)
        return Composed(None, (*composer.problems, problem))
    return Composed(root, tuple(composer.problems))


class _Composer:
    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._anchors: dict[str, Node] = {}
        self._open: list[ListNode | MapNode] = []
        self._keys: list[tuple[str, Position] | None] = []
        self._elements = 0
        self._root: Node | None = None
        self._documents = 0

    def read(self, source: str) -> Node | None:
        loader = yaml.CSafeLoader(source)
        while loader.check_event():
            event = loader.get_event()
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                self._begin(event)
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                self._finish(_span(event)[1])
            elif isinstance(event, yaml.AliasEvent):
                self._alias(event)
            elif isinstance(event, yaml.DocumentStartEvent):
                self._document(_position(event))
        return self._root

    def _document(self, position: Position) -> None:
        self._documents += 1
        if self._documents > 1:
            raise _stop(
                "The source holds more than one YAML document.",
                "Save one flow at a time: take out what follows `---`.",
                position,
                ProblemCode.SYNTAX,
            )

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        text: str = event.value
        plain = event.implicit[0] and not event.style and event.tag != _STRING_TAG
        node = ScalarNode(
            plain_value(text) if plain else text,
            text,
            _position(event),
            *_span(event),
        )
        if self._is_key():
            self._keys[-1] = (text, node.position)
            self._count(1, node.position)
        else:
            self._place(node)
        if event.anchor is not None:
            self._anchors[event.anchor] = node

    def _begin(self, event: yaml.CollectionStartEvent) -> None:
        position = _position(event)
        if self._is_key():
            raise _stop(
                "A list or a map cannot be the name of a property.",
                'Quote text that starts with a brace or bracket, as in "{{ inputs.name }}".',
                position,
                ProblemCode.SYNTAX,
            )
        if len(self._open) >= MAX_DEPTH:
            raise _stop(
                f"Elements are nested more than {MAX_DEPTH} deep.",
                "Flatten the flow, or split it with Subflow.",
                position,
                ProblemCode.LIMIT,
            )
        kind = MapNode if isinstance(event, yaml.MappingStartEvent) else ListNode
        node = kind(position, _span(event)[0])
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        self._open.append(node)
        self._keys.append(None)

    def _finish(self, end: int) -> None:
        node = self._open.pop()
        self._keys.pop()
        node.end = end
        if isinstance(node, MapNode) and _MERGE in node.entries:
            self._merge(node)
        self._place(node)

    def _alias(self, event: yaml.AliasEvent) -> None:
        name = event.anchor or ""
        node = self._anchors.get(name)
        position = _position(event)
        if node is None or any(node is opened for opened in self._open):
            why = "is not defined above" if node is None else "contains itself"
            raise _stop(
                f"The alias `*{name}` {why}.",
                f"Put `&{name}` on an element before it.",
                position,
                ProblemCode.SYNTAX,
            )
        if self._is_key():
            text = node.text if isinstance(node, ScalarNode) else name
            self._keys[-1] = (text, position)
        else:
            self._count(node.size - 1, position)
            self._place(node)

    def _is_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1], MapNode) and self._keys[-1] is None

    def _place(self, node: Node) -> None:
        self._count(1, node.position)
        if not self._open:
            self._root = node
            return
        parent = self._open[-1]
        parent.size += node.size
        if isinstance(parent, ListNode):
            parent.items.append(node)
            return
        key = self._keys[-1]
        self._keys[-1] = None
        if key is not None:
            self._add(parent, Entry(key[0], key[1], node))

    def _add(self, parent: MapNode, entry: Entry) -> None:
        first = parent.entries.setdefault(entry.key, entry)
        if first is not entry:
            self.problems.append(
                _problem(
                    f"`{entry.key}` is written twice in the same map, first on line "
                    f"{first.position.line}.",
                    "Keep one of them.",
                    entry.position,
                    ProblemCode.DUPLICATE_KEY,
                )
            )

    def _merge(self, node: MapNode) -> None:
        entry = node.entries.pop(_MERGE)
        merged = entry.node.items if isinstance(entry.node, ListNode) else [entry.node]
        for source in merged:
            if isinstance(source, MapNode):
                self._count(source.size, entry.position)
                for inherited in source.entries.values():
                    node.entries.setdefault(inherited.key, inherited)
            else:
                self.problems.append(
                    _problem(
                        "`<<` can only take in maps.",
                        "Refer to an anchor of a map, as in `<<: *settings`.",
                        entry.position,
                        ProblemCode.SYNTAX,
                    )
                )

    def _count(self, elements: int, position: Position) -> None:
        self._elements += elements
        if self._elements > MAX_ELEMENTS:
            raise _stop(
                f"The source has more than {MAX_ELEMENTS:,} elements, aliases counted each time.",
                "Use fewer aliases, or split the flow with Subflow.",
                position,
                ProblemCode.LIMIT,
            )


def plain(node: Node) -> object:
    """The node as plain maps, lists and scalars."""
    if isinstance(node, ScalarNode):
        return node.value
    if isinstance(node, ListNode):
        return [plain(item) for item in node.items]
    return {key: plain(entry.node) for key, entry in node.entries.items()}


def node_of(value: object, position: Position) -> Node:
    """Nodes for a plain value that has no text of its own; all stand at `position`."""
    if isinstance(value, dict):
        entries = {
            str(key): Entry(str(key), position, node_of(item, position))
            for key, item in value.items()
        }
        return MapNode(position, entries=entries)
    if isinstance(value, list | tuple):
        return ListNode(position, items=[node_of(item, position) for item in value])
    if isinstance(value, bool) or value is None:
        return ScalarNode(value, "" if value is None else str(value).lower(), position)
    if isinstance(value, int | float | str):
        return ScalarNode(value, str(value), position)
    return ScalarNode(str(value), str(value), position)


def walk(node: Node, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """Every element with its path, parents first."""
    waiting: list[tuple[Path, Node]] = [(path, node)]
    while waiting:
        here, current = waiting.pop()
        yield here, current
        if isinstance(current, ListNode):
            waiting.extend(((*here, i), item) for i, item in enumerate(current.items))
        elif isinstance(current, MapNode):
            waiting.extend(((*here, key), entry.node) for key, entry in current.entries.items())


def _position(event: yaml.Event) -> Position:
    mark = event.start_mark
    return Position(mark.line + 1, mark.column + 1) if mark else START


def _span(event: yaml.Event) -> tuple[int, int]:
    start, end = event.start_mark, event.end_mark
    return start.index if start else 0, end.index if end else 0


def _problem(message: str, hint: str, position: Position, code: ProblemCode) -> Problem:
    return Problem(message, hint, (), position, code)


def _stop(message: str, hint: str, position: Position, code: ProblemCode) -> _Stop:
    return _Stop(_problem(message, hint, position, code))


def _syntax_problem(error: yaml.YAMLError, source: str) -> Problem:
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        position = Position(mark.line + 1, mark.column + 1) if mark else START
        what = error.problem or "it cannot be read"
    else:
        position = START
        what = str(error).splitlines()[0] if str(error) else "it cannot be read"
    return _problem(
        f"This is not valid YAML: {what}.",
        _syntax_hint(what, position, source),
        position,
        ProblemCode.SYNTAX,
    )


def _syntax_hint(what: str, position: Position, source: str) -> str:
    lines = source.splitlines()
    line = lines[position.line - 1] if position.line <= len(lines) else ""
    if "\t" in line[: max(position.column, 1)]:
        return "Indent with spaces, not with tabs."
    if "mapping values are not allowed" in what:
        return "Quote a value that holds a colon, and check the indentation of this line."
    if "{{" in line or "{%" in line:
        return 'Quote a value that starts with an expression, as in "{{ inputs.name }}".'
    return "Check quotes, colons and indentation here and on the line above."
