"""Which variables a template names, without rendering it: for editors and dependency hints."""

from jinja2 import nodes

from runtime.expressions.codegen import literal_path


def static_paths(tree: nodes.Template) -> frozenset[tuple[str, ...]]:
    """Every variable with the literal keys that follow it, longest form only."""
    calls = [call for call in tree.find_all(nodes.Call) if _name(call) in ("x_lookup", "x_item")]
    inner = {id(call.args[0]) for call in calls if _name(call) == "x_item" and _literal(call)}
    set_here = {
        call.args[0].value for call in tree.find_all(nodes.Call) if _name(call) == "x_set"
    }
    paths = {literal_path(call) for call in calls if id(call) not in inner}
    return frozenset(
        tuple(map(str, path)) for path in paths if path and path[0] not in set_here
    )


def _name(node: nodes.Node) -> str:
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.InternalName):
        return str(node.node.name)
    return ""


def _literal(call: nodes.Call) -> bool:
    return isinstance(call.args[1], nodes.Const)

