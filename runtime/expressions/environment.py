"""The dialect put together: Jinja's sandbox with our lexer, parser, generator and functions."""

from collections.abc import Callable, Mapping
from io import StringIO
from types import CodeType
from typing import Any

from jinja2 import nodes
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import missing

from runtime.expressions import access, operators
from runtime.expressions.codegen import DialectCodeGenerator
from runtime.expressions.dialect import operation
from runtime.expressions.lexer import DialectLexer
from runtime.expressions.parser import DialectParser
from runtime.expressions.printing import join_pieces
from runtime.expressions.state import raw_text

FILE_NAME = "<expression>"

INTERNALS: dict[str, Callable[..., Any]] = {
    "x_lookup": access.lookup,
    "x_local": access.local,
    "x_set": access.set_variable,
    "x_item": access.item,
    "x_path": access.path,
    "x_key": access.map_key,
    "x_charged": access.charged,
    "x_filtered": access.filtered,
    "x_filtered_with_state": access.filtered_with_state,
    "x_called": access.called,
    "x_each": access.each,
    "x_macro": access.call_macro,
    "x_raw": raw_text,
    "x_range": access.range_of,
    "x_or_null": access.or_null,
    "x_or_missing": access.or_missing,
    "x_add": operators.add,
    "x_subtract": operators.subtract,
    "x_multiply": operators.multiply,
    "x_divide": operators.divide,
    "x_remainder": operators.remainder,
    "x_negative": operators.negative,
    "x_positive": operators.positive,
    "x_concat": operators.concat,
    "x_equals": operators.equals,
    "x_differs": operators.differs,
    "x_greater": operators.greater,
    "x_less": operators.less,
    "x_greater_or_equal": operators.greater_or_equal,
    "x_less_or_equal": operators.less_or_equal,
    "x_contains": operators.contains,
    "x_in": operators.is_in,
    "x_truth": operators.truth,
    "x_holds": operators.holds,
    "x_is_empty": operators.is_empty,
}


def _null(*_: Any, **__: Any) -> None:
    """A macro's parameter that was not given is null."""


class DialectEnvironment(SandboxedEnvironment):
    """Compiles templates; holds the tables of filters, tests and functions."""

    def __init__(
        self,
        filters: Mapping[str, Callable[..., Any]],
        predicates: Mapping[str, Callable[..., Any]],
        functions: Mapping[str, Callable[..., Any]],
    ) -> None:
        super().__init__(keep_trailing_newline=True, autoescape=False, optimized=False)
        self.operations = {n: operation(run, filtered=True) for n, run in filters.items()}
        self.predicates = {n: operation(run, filtered=True) for n, run in predicates.items()}
        self.functions = {n: operation(run, filtered=False) for n, run in functions.items()}
        self.filters = dict(filters)
        self.tests = dict(predicates)
        self.globals.clear()
        self.undefined = _null  # type: ignore[assignment]  # a class in Jinja
        self.dialect_lexer = DialectLexer(self)
        self.namespace: dict[str, Any] = {
            "environment": self,
            "missing": missing,
            **INTERNALS,
            **{f"o_{name}": o.run for name, o in self.operations.items()},
            **{f"p_{name}": o.run for name, o in self.predicates.items()},
            **{f"f_{name}": o.run for name, o in self.functions.items()},
        }

    @property
    def lexer(self) -> DialectLexer:
        return self.dialect_lexer

    @staticmethod
    def concat(pieces: list[Any]) -> str:  # type: ignore[override]  # Jinja joins strings only
        """What a macro or filter block has collected, as text."""
        return join_pieces(pieces)

    def parse_template(self, source: str) -> nodes.Template:
        """The tree of a template."""
        return DialectParser(self, self, source).parse()

    def compile_template(self, tree: nodes.Template) -> tuple[Callable[..., Any], str]:
        """The generator function of a template and its map of lines."""
        written = StringIO()
        generator = DialectCodeGenerator(self, None, FILE_NAME, stream=written, optimized=False)
        generator.dialect = self
        generator.visit(tree)
        code: CodeType = compile(written.getvalue(), FILE_NAME, "exec")
        namespace = dict(self.namespace)
        exec(code, namespace)  # noqa: S102 - code generated from a checked tree, by design of Jinja
        return namespace["root"], namespace["debug_info"]
