"""Labels, written as a map or as a list of `key` and `value`."""

from runtime.flows.misfits import shown
from runtime.flows.model import Path, Position
from runtime.flows.nodes import MapNode, Node, ScalarNode
from runtime.flows.problem import ProblemCode
from runtime.flows.reader import Fields, Reader, is_null

SYSTEM = "system."
MAY_BE_SET = frozenset({"system.readOnly"})
"""The system labels that a flow may set itself."""


def read_labels(fields: Fields) -> dict[str, str]:
    """The labels of a flow, a trigger or an SLA; values are text."""
    entry = fields.entry("labels")
    if entry is None:
        return {}
    path = (*fields.path, "labels")
    labels: dict[str, str] = {}
    if isinstance(entry.node, MapNode):
        for item in entry.node.entries.values():
            _add(fields.reader, labels, (item.key, item.node), (*path, item.key), item.position)
        return labels
    for here, node in fields.reader.list(entry.node, path, "`labels`"):
        pair = fields.reader.map(node, here, "A label")
        if pair is None:
            continue
        key = pair.text("key", required=True)
        value = pair.node.entries.get("value")
        pair.entry("value")
        pair.refuse_unknown("A label")
        if value is None:
            pair.missing("value")
        elif key is not None:
            _add(fields.reader, labels, (key, value.node), here, node.position)
    return labels


def _add(
    reader: Reader, labels: dict[str, str], label: tuple[str, Node], path: Path, place: Position
) -> None:
    key, node = label
    if not key.strip():
        reader.error("A label has an empty key.", "Give it a name.", path, place)
    elif key.startswith(SYSTEM) and key not in MAY_BE_SET:
        reader.error(
            f"The label `{shown(key)}` is set by the system only.",
            "Choose a key that does not start with `system.`.",
            path,
            place,
            ProblemCode.RESERVED,
        )
    elif key in labels:
        reader.error(
            f"The label `{shown(key)}` is written twice.",
            f"Keep one of the two; the first says `{shown(labels[key])}`.",
            path,
            place,
            ProblemCode.DUPLICATE_KEY,
        )
    elif not isinstance(node, ScalarNode) or is_null(node):
        reader.unfit(f"The label `{shown(key)}`", "text", node, path, node.position)
    else:
        labels[key] = node.text
