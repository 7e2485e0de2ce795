"""What can be wrong with an expression, said so that its author can mend it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from runtime.errors import ErrorCode, FlowdeckError

_EXPRESSION_SHOWN = 300


class ExpressionError(FlowdeckError):
    """An expression cannot be compiled or rendered.

    `expression` is the source of the template (shortened), `line` counts from 1 inside it;
    both are filled in by the renderer once it knows them.
    """

    code = ErrorCode.EXPRESSION_ERROR

    def __init__(
        self, message: str, *, hint: str = "", expression: str = "", line: int | None = None
    ) -> None:
        super().__init__(message, hint=hint)
        self.reason = message
        self.expression = expression
        self.line = line

    def locate(self, source: str, line: int | None) -> None:
        """Say where it happened, unless an inner template already has."""
        if self.expression:
            return
        self.expression = shorten(source)
        self.line = line
        place = "" if line is None else f" at line {line}"
        self.message = f"{self.reason.rstrip('.')}, in the expression `{self.expression}`{place}."
        self.args = (self.message,)


class MissingValueError(ExpressionError):
    """A variable, a key or a fact is not there; `??` and `???` turn it into their right side.

    `advise` makes the hint once the error is on its way to the author: looking for the nearest
    name takes longer than the whole rendering when `??` catches it.
    """

    def __init__(
        self, message: str, *, hint: str = "", advise: Callable[[], str] | None = None
    ) -> None:
        super().__init__(message, hint=hint)
        self._advise = advise

    def locate(self, source: str, line: int | None) -> None:
        if self._advise is not None:
            self.hint, self._advise = self._advise(), None
        super().locate(source, line)


class LimitError(ExpressionError):
    """The expression asked for more work or memory than one rendering may have."""


class TemplateProblemError(ExpressionError):
    """The source is not a valid template."""

    def __init__(self, message: str, line: int, column: int, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True)
class SyntaxProblem:
    """A syntax error found without rendering; line and column count from 1."""

    message: str
    line: int
    column: int
    hint: str = ""


def shorten(source: str) -> str:
    """The source as shown in messages: one screenful at most."""
    return source if len(source) <= _EXPRESSION_SHOWN else source[: _EXPRESSION_SHOWN - 1] + "…"


def nearest(name: object, known: Iterable[object], *, fallback: str = "") -> str:
    """A hint that names what the author may have meant, or else what there is."""
    names = [str(candidate) for candidate in known]
    close = get_close_matches(str(name), names, n=3, cutoff=0.6)
    close += [n for n in names if n not in close and n.startswith(f"{name}-")][:3]
    if close:
        return f"Did you mean {', '.join(f'`{n}`' for n in close)}?"
    if names and not fallback:
        shown = ", ".join(f"`{n}`" for n in sorted(names)[:8])
        more = ", …" if len(names) > 8 else ""
        return f"Known here: {shown}{more}."
    return fallback
