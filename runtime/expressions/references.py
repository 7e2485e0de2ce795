"""Which variables a template names, without rendering it: for editors and dependency hints."""

from jinja2 import nodes

from runtime.expressions.codegen import literal_path
from runtime.expressions.expression_parser import constant, internal_name


def static_paths(tree: nodes.Template) -> frozenset[tuple[str, ...]]:
    """Every variable with the literal keys that follow it, longest form only."""
    calls: dict[str, list[nodes.Call]] = {"x_lookup": [], "x_item": [], "x_set": []}
    for call in tree.find_all(nodes.Call):
        calls.get(internal_name(call), []).append(call)
    inner = {id(call.args[0]) for call in calls["x_item"] if _literal(call)}
    set_here = {constant(call.args[0]) for call in calls["x_set"]}
    outer = [call for call in calls["x_lookup"] + calls["x_item"] if id(call) not in inner]
    paths = {literal_path(call) for call in outer}
    return frozenset(tuple(map(str, path)) for path in paths if path and path[0] not in set_here)


def _literal(call: nodes.Call) -> bool:
    return isinstance(call.args[1], nodes.Const)
