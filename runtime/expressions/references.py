"""Which variables a template names, without rendering it: for editors and dependency hints."""

from jinja2 import nodes

from runtime.expressions.codegen import literal_path
from runtime.expressions.expression_parser import constant, internal_name


def static_paths(tree: nodes.Template) -> frozenset[tuple[str, ...]]:
    """Every variable with the literal keys that follow it, longest form only."""
    calls = [
        call for call in tree.find_all(nodes.Call) if internal_name(call) in ("x_lookup", "x_item")
    ]
    inner = {
        id(call.args[0]) for call in calls if internal_name(call) == "x_item" and _literal(call)
    }
    set_here = {
        constant(call.args[0])
        for call in tree.find_all(nodes.Call)
        if internal_name(call) == "x_set"
    }
    paths = {literal_path(call) for call in calls if id(call) not in inner}
    return frozenset(tuple(map(str, path)) for path in paths if path and path[0] not in set_here)


def _literal(call: nodes.Call) -> bool:
    return isinstance(call.args[1], nodes.Const)
