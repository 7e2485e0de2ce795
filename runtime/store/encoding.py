"""How values become text for PostgreSQL: what a user wrote must never break a write."""

import json
import math

import orjson

_OPTIONS = orjson.OPT_NON_STR_KEYS | orjson.OPT_UTC_Z


def to_json(value: object) -> str:
    """JSON text. Keys become text, times RFC 3339, and what JSON does not know its own text.

    Numbers beyond 64 bits keep their digits; half characters (lone surrogates) become U+FFFD.
    """
    try:
        return orjson.dumps(value, default=str, option=_OPTIONS).decode()
    except (TypeError, orjson.JSONEncodeError):
        return clean(json.dumps(_plain(value), default=str, ensure_ascii=False))


def clean(text: str) -> str:
    """Text as PostgreSQL can hold it: without NUL, and well-formed."""
    if "\x00" in text:
        text = text.replace("\x00", "\N{REPLACEMENT CHARACTER}")
    if text.isascii():
        return text
    return text.encode("utf-8", "replace").decode("utf-8")


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
