"""Values as text, the way Kestra prints them: maps and lists as JSON, null as nothing."""

import json
import math
from base64 import b64encode
from collections.abc import Mapping, Sequence, Set
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

import orjson

from runtime.expressions.limits import LIMITS, check_text
from runtime.expressions.problems import ExpressionError, LimitError

_JSON_OPTIONS = orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_DATETIME
_DEPTH = 200
_LEAVES = frozenset({int, float, bool, type(None), Decimal, datetime, date})


def to_text(value: object) -> str:
    """One value as it is printed inside a text."""
    kind = type(value)
    if kind is str:
        return value  # type: ignore[return-value]  # its type was just compared
    if value is None:
        return ""
    if kind is bool:
        return "true" if value else "false"
    if kind is int:
        return integer_text(value)  # type: ignore[arg-type]  # its type was just compared
    if kind is float:
        return double_text(value)  # type: ignore[arg-type]  # its type was just compared
    if isinstance(value, Mapping | list | tuple | range | Set):
        return to_json(value)
    return _scalar_text(value)


def _scalar_text(value: object) -> str:
    match value:
        case str():
            return str.__str__(value)
        case Decimal():
            return decimal_text(value)
        case datetime():
            return datetime_text(value)
        case date() | time() | UUID():
            return str(value)
        case timedelta():
            return duration_text(value)
        case bytes():
            return value.decode("utf-8", "replace")
        case float() | int():
            return str(value)
    raise ExpressionError(
        f"a value of type {type(value).__name__} cannot be printed",
        hint="Print one of its properties.",
    )


def join_pieces(pieces: Sequence[object]) -> str:
    """What a template yielded, as one text of bounded length."""
    texts = [p if type(p) is str else to_text(p) for p in pieces]
    if len(texts) == 1:
        return texts[0]
    check_text(sum(map(len, texts)))
    return "".join(texts)


def integer_text(value: int) -> str:
    """Digits of a whole number of bounded size."""
    if value.bit_length() > LIMITS.digits * 4:
        raise ExpressionError("the number is too large to be printed")
    return str(value)


def double_text(value: float) -> str:
    """A decimal number as Java prints a double: `1.0`, `0.001`, `1.0E10`."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == 0 or 1e-3 <= abs(value) < 1e7:
        return format(Decimal(repr(value)), "f") if "e" in repr(value) else repr(value)
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    mantissa = "".join(map(str, digits))
    power = int(exponent) + len(mantissa) - 1
    return f"{'-' if sign else ''}{mantissa[0]}.{mantissa[1:] or '0'}E{power}"


def decimal_text(value: Decimal) -> str:
    """An exact decimal; without an exponent while that stays short."""
    adjusted = value.adjusted() if value.is_finite() else 0
    return format(value, "f") if abs(adjusted) < 100 else str(value)


def datetime_text(value: datetime) -> str:
    """ISO 8601 with `Z` for UTC; elsewhere without seconds where there are none, as in Java."""
    text = value.isoformat()
    if text.endswith("+00:00"):
        return text.removesuffix("+00:00") + "Z"
    is_whole = value.tzinfo is not None and not (value.second or value.microsecond)
    return value.isoformat(timespec="minutes") if is_whole else text


def duration_text(value: timedelta) -> str:
    """ISO 8601 duration in hours, minutes and seconds, as Java prints it."""
    total = value.total_seconds()
    sign, total = ("-", -total) if total < 0 else ("", total)
    hours, rest = divmod(total, 3600)
    minutes, seconds = divmod(rest, 60)
    parts = [f"{sign}{int(hours)}H" if hours else "", f"{sign}{int(minutes)}M" if minutes else ""]
    if seconds or not any(parts):
        parts.append(f"{sign}{seconds:f}".rstrip("0").rstrip(".") + "S")
    return "PT" + "".join(parts)


def to_json(value: object) -> str:
    """Compact JSON; keys in their order, dates as ISO text, null values kept."""
    check_size(value)
    try:
        return orjson.dumps(value, default=_plain, option=_JSON_OPTIONS).decode()
    except (TypeError, ValueError, RecursionError):
        return _to_json_slowly(value)


def _to_json_slowly(value: object) -> str:
    """For what orjson refuses: whole numbers beyond 64 bits, lone surrogates."""
    try:
        return json.dumps(value, default=_plain, ensure_ascii=False, separators=(",", ":"))
    except (TypeError, ValueError, RecursionError) as error:
        raise ExpressionError(f"the value cannot be written as JSON: {error}") from None


def _plain(value: object) -> object:
    match value:
        case Mapping():
            return {to_text(k): v for k, v in value.items()}
        case range() | tuple():
            return list(value)
        case Set():
            return sorted(value, key=to_text)
        case Decimal():
            small = value.is_finite() and abs(value.adjusted()) < 16
            return int(value) if small and value == int(value) else float(value)
        case bytes():
            return b64encode(value).decode()
        case datetime():
            text = value.isoformat()
            return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text
    return _scalar_text(value)


def check_size(value: object, items: int = LIMITS.items) -> None:
    """Refuse a structure that, written out, is larger than one rendering may print.

    A template can nest the same list in itself over and over: small in memory, endless on paper.
    """
    characters = LIMITS.text
    stack: list[tuple[object, int]] = [(value, 0)]
    while stack:
        item, depth = stack.pop()
        children = list(item.values()) if isinstance(item, Mapping) else item
        if not isinstance(children, list | tuple):
            continue
        items -= len(children)
        for child in children:
            kind = type(child)
            if kind is str:
                characters -= len(child)
            elif kind not in _LEAVES:
                stack.append((child, depth + 1))
        if items < 0 or characters < 0 or depth > _DEPTH:
            raise LimitError(
                "the value is too large or too deep to be written out",
                hint="Print the part of it that is needed.",
            )
