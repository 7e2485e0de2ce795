"""Ion, the format in which flows store rows: written by `toIon`, read by `fromIon()`.

The library is loaded when first needed: it is slow to import and few processes use it.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from runtime.expressions.access import describe
from runtime.expressions.limits import check_items, check_text
from runtime.expressions.names import Table
from runtime.expressions.printing import check_size, to_text
from runtime.expressions.problems import ExpressionError
from runtime.expressions.state import State

_DEPTH = 200
_BINARY = b"\xe0\x01\x00\xea"
"""How every binary Ion begins: the version marker of Ion 1.0."""


def to_ion(value: Any) -> str:
    """Ion text on one line."""
    from amazon.ion import simpleion

    check_size(value)
    try:
        text = simpleion.dumps(_writable(value, 0), binary=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise ExpressionError(f"the value cannot be written as Ion: {error}") from None
    return with_short_floats(str(text).removeprefix("$ion_1_0").strip())


_float_re = re.compile(
    r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|(-?\d+(?:\.\d+)?e[+-]\d+)""", re.DOTALL
)


def with_short_floats(text: str) -> str:
    """Ion text with `1.123e0` where the library writes all digits, `1.1229999999999999982e+0`."""
    return _float_re.sub(lambda found: _short(found[1]) if found[1] else found[0], text)


def _short(number: str) -> str:
    text = repr(float(number)).removesuffix(".0")
    return text if "e" in text else f"{text}e0"


def _writable(value: Any, depth: int) -> Any:
    if depth > _DEPTH:
        raise ExpressionError("the value is nested too deeply")
    match value:
        case None | bool() | int() | float() | str() | Decimal() | bytes() | datetime():
            return value
        case Mapping():
            return {to_text(k): _writable(v, depth + 1) for k, v in value.items()}
        case list() | tuple() | range():
            return [_writable(v, depth + 1) for v in value]
    return to_text(value)


def from_ion(state: State, ion: Any, all_rows: Any = False) -> Any:
    """The first value of an Ion text, or with `allRows=true` the list of all."""
    if ion is None:
        return None
    if not isinstance(ion, str | bytes):
        raise ExpressionError(f"`fromIon` reads a string, not {describe(ion)}")
    check_text(len(ion))
    rows = read_rows(ion if isinstance(ion, bytes) else ion.encode())
    if all_rows is True:
        return rows
    return rows[0] if rows else None


def read_rows(data: bytes) -> list[Any]:
    """Every value in an Ion text or binary, as plain values."""
    from amazon.ion import simpleion
    from amazon.ion.exceptions import IonException

    try:
        rows = simpleion.load(BytesIO(data), single_value=False)
        check_items(len(rows))
        return [_plain(row, 0) for row in rows]
    except (IonException, ValueError, TypeError, RecursionError, OverflowError) as error:
        raise ExpressionError(f"the text is not Ion: {error}") from None


def is_binary(data: bytes) -> bool:
    """Whether a file that begins like this is binary Ion."""
    return data.startswith(_BINARY)


def as_text(data: bytes) -> str:
    """The content of a file for `read()`: binary Ion as Ion text, all else as UTF-8."""
    if not is_binary(data):
        return data.decode("utf-8", "replace")
    return "".join(f"{to_ion(row)}\n" for row in read_rows(data))


def _plain(value: Any, depth: int) -> Any:
    """Without the library's annotated types."""
    if depth > _DEPTH:
        raise ExpressionError("the value is nested too deeply")
    if value is None or type(value).__name__ == "IonPyNull":
        return None
    if isinstance(value, Mapping):
        return {to_text(k): _plain(v, depth + 1) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v, depth + 1) for v in value]
    return _plain_scalar(value)


def _plain_scalar(value: Any) -> Any:
    if isinstance(value, bool) or type(value).__name__ == "IonPyBool":
        return bool(value)
    if isinstance(value, datetime):
        return datetime.fromisoformat(value.isoformat())
    for kind in (int, float, str, Decimal, bytes):
        if isinstance(value, kind):
            return kind(value)  # type: ignore[arg-type]  # the value is of this very kind
    return str(getattr(value, "text", value))


FILTERS: Table = {"toIon": to_ion}

FUNCTIONS: Table = {"fromIon": from_ion, "ionDecode": from_ion}
