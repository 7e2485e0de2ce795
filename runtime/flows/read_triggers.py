"""Triggers, their conditions, and parts of a task that have a type of their own."""

from collections.abc import Iterable, Mapping

from runtime.flows.model import Path, Trigger
from runtime.flows.nodes import Entry, ListNode, MapNode, Node, ScalarNode
from runtime.flows.read_labels import read_labels
from runtime.flows.read_policies import read_worker_group
from runtime.flows.read_properties import own_entries, read_properties
from runtime.flows.reader import Fields, read_level
from runtime.flows.type_defaults import TypedReader
from runtime.flows.types import TypeKind

TRIGGER_PROPERTIES = (
    "id",
    "type",
    "description",
    "disabled",
    "conditions",
    "when",
    "inputs",
    "labels",
    "stopAfter",
    "logLevel",
    "minLogLevel",
    "logToFile",
    "failOnTriggerError",
    "workerGroup",
    "workerSelector",
    "allowConcurrent",
    "assets",
    "version",
)
"""What every trigger may have, whatever its type."""

_PARTS = {"taskRunner": TypeKind.TASK_RUNNER}
_CONDITIONS = ("conditions", "scheduleConditions")


def read_triggers(typed: TypedReader, fields: Fields) -> tuple[Trigger, ...]:
    """The triggers of a flow."""
    found = (_read_trigger(typed, path, node) for path, node in fields.items("triggers"))
    return tuple(trigger for trigger in found if trigger is not None)


def read_conditions(typed: TypedReader, fields: Fields) -> tuple[Mapping[str, object], ...]:
    """The `conditions` of a trigger or listener, each with its current type name."""
    found = (_read_condition(typed, path, node) for path, node in fields.items("conditions"))
    return tuple(condition for condition in found if condition is not None)


def _read_trigger(typed: TypedReader, path: Path, node: Node) -> Trigger | None:
    fields, spec = typed.open(node, path, "A trigger", TRIGGER_PROPERTIES, TypeKind.TRIGGER)
    if fields is None:
        return None
    properties: dict[str, object] = {}
    if spec is not None:
        entries = own_entries(fields.node, spec.properties, TRIGGER_PROPERTIES)
        entries = canonical_parts(typed, path, entries)
        properties = read_properties(
            typed.reader, fields.node, path, entries, spec.properties, TRIGGER_PROPERTIES
        )
    read_worker_group(fields)
    return Trigger(
        id=fields.text("id", required=True) or "",
        type=spec.name if spec else (fields.text("type") or ""),
        path=path,
        position=fields.position,
        properties=properties,
        conditions=read_conditions(typed, fields),
        when=fields.text("when"),
        description=fields.text("description"),
        disabled=fields.flag("disabled"),
        inputs=fields.mapping("inputs"),
        labels=read_labels(fields),
        stop_after=fields.texts("stopAfter"),
        log_level=read_level(fields, "logLevel", "minLogLevel"),
        log_to_file=fields.flag("logToFile"),
        fail_on_trigger_error=fields.flag("failOnTriggerError"),
        allow_concurrent=fields.flag("allowConcurrent", default=False),
    )


def _read_condition(typed: TypedReader, path: Path, node: Node) -> Mapping[str, object] | None:
    fields, spec = typed.open(node, path, "A condition", ("type",), TypeKind.CONDITION)
    if fields is None or spec is None:
        return None
    shared = ("type", "id")
    entries = own_entries(fields.node, spec.properties, shared)
    entries = canonical_parts(typed, path, entries)
    own = read_properties(typed.reader, fields.node, path, entries, spec.properties, shared)
    return {"type": spec.name, **own}


def canonical_parts(typed: TypedReader, path: Path, entries: Iterable[Entry]) -> list[Entry]:
    """The entries, with the types inside them checked and given their current names.

    Such are the `taskRunner` of a script, and the `conditions` inside a condition or a trigger's
    own, as a list or as a map by name.
    """
    found: list[Entry] = []
    for entry in entries:
        node = entry.node
        here = (*path, entry.key)
        if entry.key in _PARTS and isinstance(node, MapNode):
            node = _canonical(typed, here, node, _PARTS[entry.key])
        elif entry.key in _CONDITIONS:
            node = _canonical_conditions(typed, here, node)
        found.append(Entry(entry.key, entry.position, node))
    return found


def _canonical_conditions(typed: TypedReader, path: Path, node: Node) -> Node:
    kind = TypeKind.CONDITION
    if isinstance(node, ListNode):
        items = [_canonical(typed, (*path, i), item, kind) for i, item in enumerate(node.items)]
        return ListNode(node.position, node.start, node.end, items)
    if isinstance(node, MapNode):
        entries = {
            key: Entry(key, entry.position, _canonical(typed, (*path, key), entry.node, kind))
            for key, entry in node.entries.items()
        }
        return MapNode(node.position, node.start, node.end, entries)
    return node


def _canonical(typed: TypedReader, path: Path, node: Node, kind: TypeKind) -> Node:
    if not isinstance(node, MapNode):
        return node
    fields, spec = typed.open(node, path, "This part", ("type",), kind)
    if fields is None or spec is None:
        return node
    shared = ("type", "id")
    own = canonical_parts(typed, path, own_entries(fields.node, spec.properties, shared))
    read_properties(typed.reader, fields.node, path, own, spec.properties, shared)
    written = fields.node.entries["type"]
    name = ScalarNode(spec.name, spec.name, written.node.position)
    entries = {**fields.node.entries, **{entry.key: entry for entry in own}}
    entries["type"] = Entry("type", written.position, name)
    return MapNode(node.position, node.start, node.end, entries)
