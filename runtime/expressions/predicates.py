"""Tests after `is` and `is not`. `defined` is the parser's: its left side may be missing."""

import json
from collections.abc import Mapping
from typing import Any

from runtime.expressions.access import describe
from runtime.expressions.names import Table
from runtime.expressions.operators import equals, is_empty
from runtime.expressions.problems import ExpressionError


def is_null(value: Any) -> bool:
    return value is None


def is_even(value: Any) -> bool:
    return _whole(value, "even") % 2 == 0


def is_odd(value: Any) -> bool:
    return _whole(value, "odd") % 2 == 1


def _whole(value: Any, test: str) -> int:
    if type(value) is int:
        return value
    raise ExpressionError(f"`is {test}` asks of a whole number, not of {describe(value)}")


def is_iterable(value: Any) -> bool:
    return isinstance(value, list | tuple | range)


def is_map(value: Any) -> bool:
    return isinstance(value, Mapping)


def is_equal_to(left: Any, /, value: Any) -> bool:
    return equals(left, value)


def is_json(value: Any) -> bool:
    """A string that is a JSON object or list."""
    if not isinstance(value, str) or value.lstrip()[:1] not in ("{", "["):
        return False
    try:
        json.loads(value)
    except (ValueError, RecursionError):
        return False
    return True


PREDICATES: Table = {
    "empty": is_empty,
    "equalTo": is_equal_to,
    "even": is_even,
    "iterable": is_iterable,
    "json": is_json,
    "map": is_map,
    "null": is_null,
    "odd": is_odd,
}
