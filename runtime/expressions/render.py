"""Templates rendered: as text, as typed values, deep inside lists and maps; checked and read.

    renderer = Renderer()                       # one per process
    renderer.text("Hello {{ inputs.name }}", Scope({"inputs": {"name": "Ada"}}))
    renderer.value("{{ inputs.rows }}", scope)  # the list itself, not its JSON

Rendering is synchronous and pure. What it needs from outside is asked of `scope.facts`; when a
fact is not there yet `FactNeeded` is raised: fetch it, put it into the facts, render again.
"""

import re
from collections.abc import Mapping
from types import TracebackType
from typing import Any

from jinja2.exceptions import TemplateSyntaxError

from runtime.expressions.environment import FILE_NAME, DialectEnvironment
from runtime.expressions.limits import LIMITS, Budget, check_text, current
from runtime.expressions.printing import join_pieces, to_text
from runtime.expressions.problems import (
    ExpressionError,
    LimitError,
    SyntaxProblem,
    TemplateProblemError,
)
from runtime.expressions.references import static_paths
from runtime.expressions.scope import FactNeeded, Scope
from runtime.expressions.state import State, put_back_raw
from runtime.expressions.tables import FILTERS, FUNCTIONS, PREDICATES
from runtime.expressions.templates import Template, TemplateCache

_unexpected_re = re.compile(r"unexpected char ['\"](.+)['\"] at (\d+)")


class Renderer:
    """Renders templates; safe to share between threads."""

    def __init__(self) -> None:
        self._environment = DialectEnvironment(FILTERS, PREDICATES, FUNCTIONS)
        self._cache = TemplateCache()

    def text(self, template: str, scope: Scope) -> str:
        """The template as text. A text without `{` comes back untouched."""
        if "{" not in template:
            return template
        compiled = self._cache.get(template) or self._compiled(template)
        return self._text(compiled, State(self, scope, Budget()))

    def value(self, template: str, scope: Scope) -> object:
        """The native value when the template is one `{{ }}`, else its text; null if nothing."""
        if "{" not in template:
            return template
        compiled = self._cache.get(template) or self._compiled(template)
        return self._value(compiled, State(self, scope, Budget()))

    def deep(self, value: object, scope: Scope) -> object:
        """Every text in a list or map rendered as by `value`, keys as by `text`."""
        return self._deep(value, scope, 0)

    def check(self, template: str) -> list[SyntaxProblem]:
        """What is wrong with the syntax: nothing, or the first problem."""
        if "{" not in template:
            return []
        try:
            self._cache.get(template) or self._compiled(template)
        except TemplateProblemError as problem:
            line, column = problem.line or 1, problem.column
            return [SyntaxProblem(problem.reason, line, column, problem.hint)]
        except ExpressionError as problem:
            return [SyntaxProblem(problem.reason, problem.line or 1, 1, problem.hint)]
        return []

    def filter_names(self) -> frozenset[str]:
        """All filters there are, for editors that complete them."""
        return frozenset(FILTERS)

    def references(self, template: str) -> frozenset[tuple[str, ...]]:
        """The paths that stand literally in the template, such as `('outputs', 'a', 'value')`."""
        if "{" not in template:
            return frozenset()
        with _Located(template):
            return static_paths(self._environment.parse_template(template))

    def again(self, template: str, state: State, *, recursive: bool) -> str:
        """`render()` and `renderOnce()`: a text that an expression has computed, as a template."""
        budget = state.budget
        budget.spend()
        budget.levels += 1
        if budget.levels > LIMITS.render_depth:
            raise LimitError(
                f"`render()` calls itself more than {LIMITS.render_depth} times deep",
                hint="A variable probably renders itself.",
            )
        try:
            return self._repeatedly(template, state, LIMITS.render_depth if recursive else 1)
        finally:
            budget.levels -= 1

    def _repeatedly(self, template: str, state: State, times: int) -> str:
        raw_texts: list[str] = []
        text = template
        for _ in range(times):
            if "{" not in text:
                break
            inner = State(self, state.scope, state.budget, raw_texts)
            inner.vars = dict(state.vars)
            before, text = text, self._text(self._compiled(text), inner)
            if text == before:
                break
        else:
            if times > 1:
                raise LimitError(f"the text still changes after {times} renderings")
        return put_back_raw(text, raw_texts)

    def _deep(self, value: object, scope: Scope, depth: int) -> object:
        if type(value) is str:
            return self.value(value, scope)
        if depth > LIMITS.render_depth:
            raise LimitError("the value is nested too deeply")
        if isinstance(value, Mapping):
            return {
                self.text(k, scope) if type(k) is str else k: self._deep(v, scope, depth + 1)
                for k, v in value.items()
            }
        if isinstance(value, list | tuple):
            return [self._deep(v, scope, depth + 1) for v in value]
        return value

    def _compiled(self, source: str) -> Template:
        cached = self._cache.get(source)
        if cached is not None:
            return cached
        with _Located(source):
            if len(source) > LIMITS.source:
                raise LimitError(f"the template is longer than {LIMITS.source:,} characters")
            if source.count("{{") + source.count("{%") > LIMITS.expressions:
                raise LimitError(
                    f"the template holds more than {LIMITS.expressions:,} expressions",
                    hint="Write a loop, or build the text in a script task.",
                )
            tree = self._environment.parse_template(source)
            root, lines = self._environment.compile_template(tree)
        return self._cache.put(Template(source, root, lines))

    def _text(self, template: Template, state: State) -> str:
        outer, current.budget = current.budget, state.budget
        try:
            pieces: list[Any] = []
            size = 0
            for piece in template.root(state):
                text = piece if type(piece) is str else to_text(piece)
                size += len(text)
                if size > LIMITS.output:
                    check_text(size)
                pieces.append(text)
            return pieces[0] if len(pieces) == 1 else "".join(pieces)
        except FactNeeded:
            raise
        except Exception as error:
            raise _explained(error, template) from None
        finally:
            current.budget = outer

    def _value(self, template: Template, state: State) -> object:
        outer, current.budget = current.budget, state.budget
        try:
            pieces = [piece for piece in template.root(state) if piece is not None]
            if len(pieces) == 1:
                return pieces[0]
            return join_pieces(pieces) if pieces else None
        except FactNeeded:
            raise
        except Exception as error:
            raise _explained(error, template) from None
        finally:
            current.budget = outer


def _explained(error: Exception, template: Template) -> ExpressionError:
    """Any failure of a template as an `ExpressionError` that knows its line."""
    if not isinstance(error, ExpressionError):
        error = _translated(error)
    error.locate(template.source, template.line_of(_code_line(error.__traceback__)))
    return error


def _translated(error: Exception) -> ExpressionError:
    """Failures of Python itself, in the author's words."""
    if isinstance(error, RecursionError):
        reason: ExpressionError = LimitError("the expression is nested too deeply")
    elif isinstance(error, MemoryError | OverflowError):
        reason = LimitError("a number or text grows too large")
    else:
        reason = ExpressionError(f"the expression fails: {error}")
    return reason.with_traceback(error.__traceback__)


def _code_line(trace: TracebackType | None) -> int | None:
    """The line of generated code where it happened, the innermost template's."""
    line = None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == FILE_NAME:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _lexical_problem(error: TemplateSyntaxError, source: str) -> TemplateProblemError:
    """What Jinja's lexer refuses, with its column and a hint."""
    message = (error.message or "").rstrip(".")
    found = _unexpected_re.fullmatch(message)
    if found is None:
        return TemplateProblemError(message, error.lineno, 1)
    offset = int(found[2])
    column = offset - source.rfind("\n", 0, offset)
    hint = "A quotation mark is probably not closed." if found[1] in "\"'" else ""
    return TemplateProblemError(f"unexpected `{found[1]}`", error.lineno, column, hint)


class _Located:
    """Turns whatever the compiler raises into a located `ExpressionError`."""

    def __init__(self, source: str) -> None:
        self._source = source

    def __enter__(self) -> None:
        return None

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if error is None or not isinstance(error, Exception):
            return
        if isinstance(error, TemplateSyntaxError):
            error = _lexical_problem(error, self._source)
        elif isinstance(error, SyntaxError | RecursionError | MemoryError):
            error = TemplateProblemError("the template is nested too deeply", 1, 1)
        elif not isinstance(error, ExpressionError):
            error = TemplateProblemError(f"the template cannot be compiled: {error}", 1, 1)
        error.locate(self._source, error.line)
        raise error from None
