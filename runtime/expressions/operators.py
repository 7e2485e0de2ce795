"""Arithmetic, comparison and truth, with Pebble's rules.

Our choices where Java's types have no counterpart: whole numbers do not overflow (they are
exact up to `Limits.digits`), `/` of two whole numbers cuts towards zero, `%` has the sign of the
left side, a decimal with a whole number is a decimal, and a division of whole numbers by zero is
an error while that of decimals is Infinity or NaN. `+` with a string on either side joins texts
(null prints as `null` there and as nothing with `~`), and joins a list with what follows it.
"""

import math
import operator
from collections.abc import Callable, Mapping
from decimal import Context as DecimalContext
from decimal import Decimal, DecimalException
from typing import Any

from runtime.expressions.access import describe
from runtime.expressions.limits import LIMITS, check_items, check_text
from runtime.expressions.printing import check_size, to_text
from runtime.expressions.problems import ExpressionError, LimitError

Number = int | float | Decimal
_DECIMAL = DecimalContext(prec=34)


def is_number(value: Any) -> bool:
    """Booleans are not numbers here."""
    kind = type(value)
    return kind is int or kind is float or (isinstance(value, Decimal) and kind is not bool)


def add(left: Any, right: Any) -> Any:
    """`+`"""
    if isinstance(left, str) or isinstance(right, str):
        return _joined("null" if left is None else left, "null" if right is None else right)
    if isinstance(left, list | tuple):
        more = list(right) if isinstance(right, list | tuple) else [right]
        check_items(len(left) + len(more))
        return [*left, *more]
    return _arithmetic("+", left, right)


def subtract(left: Any, right: Any) -> Any:
    """`-`"""
    if isinstance(left, list | tuple):
        removed = right if isinstance(right, list | tuple) else [right]
        check_items(len(left) * len(removed))
        return [kept for kept in left if not any(equals(kept, gone) for gone in removed)]
    return _arithmetic("-", left, right)


def multiply(left: Any, right: Any) -> Any:
    """`*`"""
    return _arithmetic("*", left, right)


def divide(left: Any, right: Any) -> Any:
    """`/`"""
    return _arithmetic("/", left, right)


def remainder(left: Any, right: Any) -> Any:
    """`%`"""
    return _arithmetic("%", left, right)


def negative(value: Any) -> Any:
    """Unary `-`"""
    return _arithmetic("*", -1, value)


def positive(value: Any) -> Any:
    """Unary `+`"""
    return _arithmetic("*", 1, value)


def concat(left: Any, right: Any) -> str:
    """`~`: both as text, null as nothing."""
    return _joined(left, right)


def _joined(left: Any, right: Any) -> str:
    first, second = to_text(left), to_text(right)
    check_text(len(first) + len(second))
    return first + second


def _arithmetic(symbol: str, left: Any, right: Any) -> Number:
    if not is_number(left) or not is_number(right):
        raise ExpressionError(
            f"`{symbol}` needs two numbers, not {describe(left)} and {describe(right)}",
            hint="Use the filter `number` on strings, `~` to join texts.",
        )
    if isinstance(left, Decimal) or isinstance(right, Decimal):
        return _decimal(symbol, left, right)
    if type(left) is int and type(right) is int:
        return _whole(symbol, left, right)
    return _double(symbol, float(left), float(right))


def _whole(symbol: str, left: int, right: int) -> int:
    if left.bit_length() + right.bit_length() > LIMITS.digits * 4:
        raise LimitError("the numbers are too large")
    match symbol:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
    if right == 0:
        hint = "Test the divisor first: `b == 0 ? 0 : a / b`."
        raise ExpressionError("division by zero", hint=hint)
    quotient = abs(left) // abs(right)
    quotient = quotient if (left < 0) == (right < 0) else -quotient
    return quotient if symbol == "/" else left - quotient * right


def _double(symbol: str, left: float, right: float) -> float:
    match symbol:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/" if right == 0:
            return math.nan if left == 0 or math.isnan(left) else math.copysign(math.inf, left)
        case "/":
            return left / right
    return math.fmod(left, right) if right and not math.isinf(left) else math.nan


def _decimal(symbol: str, left: Number, right: Number) -> Decimal:
    operations: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
        "+": _DECIMAL.add,
        "-": _DECIMAL.subtract,
        "*": _DECIMAL.multiply,
        "/": _DECIMAL.divide,
        "%": _DECIMAL.remainder,
    }
    try:
        return operations[symbol](Decimal(to_text(left)), Decimal(to_text(right)))
    except DecimalException:
        raise ExpressionError(f"`{symbol}` of {left} and {right} has no result") from None


def equals(left: Any, right: Any) -> bool:
    """`==`: numbers by value whatever their type, everything else only within its type.

    A number or boolean also equals the text that it prints: outputs keep their types here, while
    flows written for Kestra compare them as the text they are there (`count == '4'`).
    """
    if is_number(left) and is_number(right):
        return _same_number(left, right)
    if isinstance(left, str) and isinstance(right, bool | int | float | Decimal):
        return left == to_text(right)
    if isinstance(right, str) and isinstance(left, bool | int | float | Decimal):
        return right == to_text(left)
    if type(left) is bool or type(right) is bool:
        return left is right
    if isinstance(left, Mapping | list | tuple | range):
        check_size(left)
        check_size(right)
        lists = isinstance(left, list | tuple | range) and isinstance(right, list | tuple | range)
        return list(left) == list(right) if lists else bool(left == right)
    return bool(left == right)


def _same_number(left: Number, right: Number) -> bool:
    return bool(_comparable(left) == _comparable(right)) or (left != left and right != right)


def _comparable(value: Number) -> Number:
    """A double by the digits it prints, so that 0.1 equals the exact 0.1."""
    return Decimal(repr(value)) if type(value) is float and math.isfinite(value) else value


def differs(left: Any, right: Any) -> bool:
    """`!=`"""
    return not equals(left, right)


def _compared(symbol: str, test: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    """An order of numbers or of strings; with null on a side it is false."""

    def compare(left: Any, right: Any) -> bool:
        if left is None or right is None:
            return False
        if isinstance(left, str) and isinstance(right, str):
            return test(left, right)
        if is_number(left) and is_number(right):
            return test(_comparable(left), _comparable(right))
        raise ExpressionError(
            f"`{symbol}` compares two numbers or two strings, not {describe(left)} "
            f"and {describe(right)}",
            hint="Use the filter `number` on strings.",
        )

    return compare


greater = _compared(">", operator.gt)
less = _compared("<", operator.lt)
greater_or_equal = _compared(">=", operator.ge)
less_or_equal = _compared("<=", operator.le)


def contains(whole: Any, part: Any) -> bool:
    """`list contains item(s)`, `map contains key`, `text contains text`; nothing is in null."""
    match whole:
        case None:
            return False
        case str():
            return to_text("null" if part is None else part) in whole
        case Mapping():
            return part in whole if isinstance(part, str) else to_text(part) in whole
        case list() | tuple() | range():
            parts = part if isinstance(part, list | tuple) else [part]
            check_items(len(whole) * len(parts))
            return all(any(equals(element, wanted) for element in whole) for wanted in parts)
    raise ExpressionError(f"`contains` needs a list, a map or a string, not {describe(whole)}")


def is_in(part: Any, whole: Any) -> bool:
    """`part in whole`, compared as text: among the items, or the keys and values of a map."""
    if part is None or whole is None:
        return False
    wanted = to_text(part)
    if isinstance(whole, Mapping):
        return any(wanted in (to_text(k), to_text(v)) for k, v in whole.items())
    if isinstance(whole, list | tuple | range):
        return any(to_text(element) == wanted for element in whole)
    return isinstance(whole, str) and wanted in whole


def truth(value: Any) -> bool:
    """A condition: false are null, false, zero, NaN and the empty text; not the text `false`."""
    if value is None or type(value) is bool:
        return bool(value)
    if is_number(value):
        return bool(value == value and value != 0)
    if isinstance(value, str):
        return value != ""
    raise ExpressionError(
        f"{describe(value)} is neither true nor false",
        hint="Ask `is empty`, `is defined` or compare it.",
    )


def holds(value: Any) -> bool:
    """The condition of an `{% if %}`, where null is an error as in Pebble."""
    if value is None:
        raise ExpressionError(
            "the condition of `{% if %}` is null",
            hint="Give it a value with `?? false`, or ask `is null`.",
        )
    return truth(value)


def is_truthy(text: str) -> bool:
    """Whether a rendered `runIf` lets the task run: all but "", "0", "-0" and "false"."""
    return text not in ("", "0", "-0", "false")


def is_empty(value: Any) -> bool:
    """Null, blank text, an empty list or map."""
    if value is None:
        return True
    if isinstance(value, str):
        return not value.strip()
    return isinstance(value, Mapping | list | tuple | range) and len(value) == 0
