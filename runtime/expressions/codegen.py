"""Nodes to Python: Jinja's code generator, printing values as they are and our own calls by name.

The code of a template is a generator that yields texts and native values; whoever runs it joins
them to a text or takes the single value as it is.
"""

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

from runtime.expressions.dialect import Dialect
from runtime.expressions.expression_parser import constant, internal_name

# Our functions that need the rendering: they get it first.
WITH_STATE = frozenset({"x_lookup", "x_set", "x_each", "x_local", "x_macro", "x_raw"})

# What these make of a secret does not lead back to it.
ONE_WAY = frozenset({"className", "length", "md5", "sha1", "sha256", "sha512"})
# Functions that read the text they are given; what they find in a secret is secret, too.
READERS = frozenset(
    {
        *("f_fromIon", "f_fromJson", "f_ionDecode", "f_json", "f_jsonDecode", "f_yaml"),
        *("f_render", "f_renderOnce"),
    }
)


class DialectCodeGenerator(CodeGenerator):
    """Generates one template; only the nodes that `DialectParser` makes are expected."""

    dialect: Dialect

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802 - named by Jinja for its nodes
        for child in node.nodes:
            if frame.buffer is None:
                self.writeline("yield ", child)
            else:
                self.writeline(f"{frame.buffer}.append(", child)
            if isinstance(child, nodes.TemplateData):
                self.write(repr(child.data))
            else:
                self.visit(child, frame)
            if frame.buffer is not None:
                self.write(")")

    def visit_Name(self, node: nodes.Name, frame: Frame) -> None:  # noqa: N802 - named by Jinja for its nodes
        reference = frame.symbols.ref(node.name)
        if node.ctx == "load":
            self.write(f"x_local(context, {node.name!r}, {reference})")
        else:
            self.write(reference)

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:  # noqa: N802 - named by Jinja for its nodes
        self.write("{")
        for pair in node.items:
            self.visit(pair.key, frame)
            self.write(": ")
            self.visit(pair.value, frame)
            self.write(", ")
        self.write("}")

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:  # noqa: N802 - named by Jinja for its nodes
        operation = self.dialect.operations[node.name]
        leads_back = node.name not in ONE_WAY
        if leads_back:
            how = "x_filtered_with_state" if operation.with_state else "x_filtered"
            self.write(f"{how}(context, o_{node.name}, ")
        else:
            self.write(f"x_charged(context, o_{node.name}(")
        if node.node is None:
            self.write(f"concat({frame.buffer})")
        else:
            self.visit(node.node, frame)
        self.signature(node, frame)
        self.write(")" if leads_back else "))")

    def visit_Test(self, node: nodes.Test, frame: Frame) -> None:  # noqa: N802 - named by Jinja for its nodes
        self.write(f"p_{node.name}(")
        self.visit(node.node, frame)
        self.signature(node, frame)
        self.write(")")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 - named by Jinja for its nodes
        name = internal_name(node)
        if name in ("x_null_or", "x_undefined_or", "x_default"):
            self.write_fallback(name, node.args[0], node.args[1], frame)
        elif name == "x_is_defined":
            self.write("(x_or_null(lambda: ")
            self.visit(node.args[0], frame)
            self.write(") is not None)")
        elif name == "x_item" and (path := literal_path(node)):
            self.write(f"x_path(context, {', '.join(map(repr, path))})")
        else:
            self.write_call(name, node, frame)

    def write_call(self, name: str, node: nodes.Call, frame: Frame) -> None:
        is_function = name.startswith("f_")
        reads = name in READERS
        if reads:
            self.write(f"x_called(context, {name}, ")
        elif is_function:
            self.write(f"x_charged(context, {name}(context, ")
        else:
            self.write(f"{name}(context, " if name in WITH_STATE else f"{name}(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        if node.kwargs:
            self.write("**{")
            for keyword in node.kwargs:
                self.write(f"{keyword.key!r}: ")
                self.visit(keyword.value, frame)
                self.write(", ")
            self.write("}")
        self.write("))" if is_function and not reads else ")")

    def write_fallback(self, name: str, left: nodes.Expr, right: nodes.Expr, frame: Frame) -> None:
        """`left` unless it is missing; `right` is only computed when it is."""
        value = self.temporary_identifier()
        attempt = "x_or_missing" if name == "x_undefined_or" else "x_or_null"
        self.write(f"({value} if ")
        if name == "x_default":
            self.write("not x_is_empty(")
        self.write(f"({value} := {attempt}(lambda: ")
        self.visit(left, frame)
        self.write("))")
        ending = {"x_null_or": " is not None", "x_undefined_or": " is not missing"}
        self.write(ending.get(name, ")"))
        self.write(" else ")
        self.visit(right, frame)
        self.write(")")


def literal_path(node: nodes.Node) -> tuple[str | int, ...]:
    """A variable and the keys that follow it, if all are written out; else nothing."""
    keys: list[str | int] = []
    while isinstance(node, nodes.Call):
        name = internal_name(node)
        if name == "x_lookup":
            return (constant(node.args[0]), *reversed(keys))
        if name != "x_item" or not isinstance(node.args[1], nodes.Const):
            return ()
        keys.append(constant(node.args[1]))
        node = node.args[0]
    return ()
