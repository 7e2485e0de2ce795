"""`pluginDefaults` (once `taskDefaults`): properties given once for all tasks of a type.

A default is meant for a type, or for every type whose name starts with it and a dot; then only
what such a type knows is taken. What a task says itself wins unless the default is `forced`; of
two defaults that are not forced the first wins. Maps are merged, everything else is replaced. A
default with a `ref` is only for what names it in `pluginDefaultsRef`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from runtime.flows.model import Path
from runtime.flows.nodes import Entry, MapNode, Node, ScalarNode
from runtime.flows.problem import ProblemCode
from runtime.flows.read_properties import property_names
from runtime.flows.reader import Fields, Reader
from runtime.flows.type_names import find_type, read_type
from runtime.flows.types import TypeKind, TypeSpec


@dataclass(frozen=True, slots=True)
class TypeDefault:
    """`type` is a full type name, or the beginning of one up to a dot."""

    type: str
    forced: bool
    values: MapNode
    ref: str | None = None
    """Only what names it in `pluginDefaultsRef` takes it."""


@dataclass(frozen=True, slots=True)
class TypedReader:
    """Opens what has a `type`, with the defaults of that type filled in."""

    reader: Reader
    defaults: tuple[TypeDefault, ...] = ()

    def open(
        self, node: Node, path: Path, what: str, known: Iterable[str], *kinds: TypeKind
    ) -> tuple[Fields | None, TypeSpec | None]:
        """The properties of a task, trigger or condition and its type; None where unreadable."""
        fields = self.reader.map(node, path, what)
        if fields is None:
            return None, None
        spec = read_type(self.reader, fields, *kinds)
        if spec is None or not self.defaults:
            return fields, spec
        filled = fill(fields.node, spec, {*known}, self.defaults)
        again = Fields(self.reader, filled, path)
        again.entry("type")
        return again, spec


def read_defaults(fields: Fields) -> tuple[TypeDefault, ...]:
    """The defaults of a flow, under their present and their older name."""
    fields.old("taskDefaults", "Write `pluginDefaults`")
    found: list[TypeDefault] = []
    for name in ("pluginDefaults", "taskDefaults"):
        for path, node in fields.items(name):
            default = _read_default(fields.reader, path, node)
            if default is not None:
                found.append(default)
    return tuple(found)


def _read_default(reader: Reader, path: Path, node: Node) -> TypeDefault | None:
    fields = reader.map(node, path, "A default")
    if fields is None:
        return None
    name = fields.text("type", required=True)
    forced = fields.flag("forced")
    ref = fields.text("ref")
    entry = fields.entry("values")
    fields.refuse_unknown("A default")
    if entry is None:
        fields.missing("values")
        return None
    values = reader.map(entry.node, (*path, "values"), "`values`")
    if name is None or values is None:
        return None
    spec = find_type(reader.types, name)
    canonical = spec.name if spec else name
    if not any(_fits(canonical, known.name) for known in reader.types.all()):
        reader.warn(
            f"No type is called `{name}` or starts with it.",
            "The default has no effect; check the spelling.",
            (*path, "type"),
            fields.node.entries["type"].node.position,
            ProblemCode.NO_EFFECT,
        )
    return TypeDefault(canonical, forced, values.node, ref)


def fill(
    node: MapNode, spec: TypeSpec, known: set[str], defaults: tuple[TypeDefault, ...]
) -> MapNode:
    """The node with what the defaults give to its type."""
    entry = node.entries.get("pluginDefaultsRef")
    wanted = entry.node.text if entry and isinstance(entry.node, ScalarNode) else None
    for default in defaults:
        if not _fits(default.type, spec.name) or default.ref not in (None, wanted):
            continue
        given = default.values
        if default.type != spec.name:
            fitting = {
                key: entry
                for key, entry in given.entries.items()
                if key in known or key in _own_names(spec)
            }
            given = MapNode(given.position, entries=fitting)
        node = _merged(given, node) if default.forced else _merged(node, given)
    return node


def _fits(default: str, name: str) -> bool:
    return name == default or name.startswith(f"{default}.")


def _own_names(spec: TypeSpec) -> set[str]:
    return {*property_names(spec.properties)} | {branch.name for branch in spec.branches}


def _merged(first: MapNode, second: MapNode) -> MapNode:
    """Both maps; where both have a key the first wins."""
    entries = dict(second.entries)
    for key, entry in first.entries.items():
        other = entries.get(key)
        if other and isinstance(entry.node, MapNode) and isinstance(other.node, MapNode):
            entry = Entry(key, entry.position, _merged(entry.node, other.node))
        entries[key] = entry
    return MapNode(first.position, first.start, first.end, entries)
