"""Filters and functions on numbers."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from babel.numbers import format_decimal

from runtime.expressions import operators
from runtime.expressions.access import describe, range_of
from runtime.expressions.java_dates import locale_of
from runtime.expressions.limits import LIMITS
from runtime.expressions.names import Table
from runtime.expressions.operators import Number, is_number
from runtime.expressions.printing import to_text
from runtime.expressions.problems import ExpressionError
from runtime.expressions.state import State

_whole_re = re.compile(r"[+-]?\d+[lL]?")
_hexadecimal_re = re.compile(r"([+-]?)(?:0[xX]|#)([0-9a-fA-F]+)")
_decimal_re = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?[fFdD]?")
_RANGES = {"INT": 31, "LONG": 63}
_WHOLE = ("INT", "LONG", "BIGINTEGER")
_TYPES = (*_WHOLE, "FLOAT", "DOUBLE", "BIGDECIMAL")


def number(value: Any, type: Any = None) -> Number | None:
    """A string as a number: `number('INT')`; without a type whole if it can be.

    A leading zero does not make it octal, unlike in Kestra.
    """
    if value is None:
        return None
    kind = "" if type is None else to_text(type).upper()
    if not isinstance(value, str):
        raise ExpressionError(
            f"the filter `number` works on a string, not on {describe(value)}",
            hint="It is perhaps a number already: leave the filter out.",
        )
    if kind and kind not in _TYPES:
        raise ExpressionError(f"there is no number type `{kind}`", hint=f"Use {', '.join(_TYPES)}.")
    text = value.strip()
    if len(text) > LIMITS.digits:
        raise ExpressionError("the number has too many digits")
    try:
        return _read(text, kind)
    except (ValueError, InvalidOperation, OverflowError):
        raise ExpressionError(f"`{text[:60]}` is not a number of type {kind or 'any'}") from None


def _read(text: str, kind: str) -> Number:
    hexadecimal = _hexadecimal_re.fullmatch(text)
    if hexadecimal and kind not in ("FLOAT", "DOUBLE", "BIGDECIMAL"):
        return int(hexadecimal[1] + hexadecimal[2], 16)
    if _whole_re.fullmatch(text) and kind in ("", *_WHOLE):
        whole = int(text.rstrip("lL"))
        if kind in _RANGES and not -(2 ** _RANGES[kind]) <= whole < 2 ** _RANGES[kind]:
            raise ValueError(text)
        return whole
    if not _decimal_re.fullmatch(text) or kind in _WHOLE:
        raise ValueError(text)
    if kind == "BIGDECIMAL":
        return Decimal(text)
    return float(text.rstrip("fFdD"))


def number_format(value: Any, format: Any = None, locale: Any = None) -> str | None:
    """A number by a pattern of Java's DecimalFormat: `numberFormat('#,##0.00')`."""
    if value is None:
        return None
    if not is_number(value):
        raise ExpressionError(
            f"the filter `numberFormat` works on a number, not on {describe(value)}",
            hint="Use the filter `number` first.",
        )
    pattern = None if format is None else to_text(format)
    if len(pattern or "") > 100:
        raise ExpressionError("the number pattern is too long")
    where = locale_of(to_text(locale) or "en_US")
    exact = Decimal(to_text(value)) if isinstance(value, float) else value
    try:
        return str(format_decimal(exact, format=pattern, locale=where))
    except (ValueError, AttributeError, TypeError, ArithmeticError) as error:
        raise ExpressionError(f"`{pattern}` is not a number pattern: {error}") from None


def absolute(value: Any) -> Number | None:
    """Without its sign."""
    if value is None or is_number(value):
        return None if value is None else abs(value)
    raise ExpressionError(f"the filter `abs` works on a number, not on {describe(value)}")


def maximum(state: State, *values: Any) -> Any:
    """The largest of the numbers, or of the numbers of one list."""
    return _extreme(values, "max", operators.greater)


def minimum(state: State, *values: Any) -> Any:
    """The smallest of the numbers, or of the numbers of one list."""
    return _extreme(values, "min", operators.less)


def _extreme(values: tuple[Any, ...], name: str, better: Any) -> Any:
    only = values[0] if len(values) == 1 else values
    candidates = list(only) if isinstance(only, list | tuple | range) else [only]
    if not candidates:
        raise ExpressionError(f"`{name}()` needs at least one number")
    best = candidates[0]
    for candidate in candidates[1:]:
        best = candidate if better(candidate, best) else best
    return best


def range_(state: State, start: Any, end: Any, increment: Any = 1) -> list[Any]:
    """`range(1, 5)`, both included, as `1..5`."""
    return range_of(start, end, increment)


FILTERS: Table = {
    "abs": absolute,
    "number": number,
    "numberFormat": number_format,
    "numberformat": number_format,
}

FUNCTIONS: Table = {"max": maximum, "min": minimum, "range": range_}
