"""How values become text for PostgreSQL: what a user wrote must never break a write."""

import json
import math
import re

import orjson

from runtime.errors import InvalidInput

_NUL = "\\u0000"
_ESCAPE = re.compile(r"\\(?:u0000|.)")
"""One escape of JSON text; two backslashes are one, so that what follows them is plain text."""
_OPTIONS = orjson.OPT_NON_STR_KEYS | orjson.OPT_UTC_Z


def to_json(value: object) -> str:
    """JSON text. Keys become text, times RFC 3339, and what JSON does not know its own text.

    Numbers beyond 64 bits keep their digits. What PostgreSQL cannot hold, NUL and half characters
    (lone surrogates), becomes U+FFFD.
    """
    try:
        text = orjson.dumps(value, default=str, option=_OPTIONS).decode()
    except (TypeError, orjson.JSONEncodeError):
        try:
            return clean(json.dumps(_plain(value), default=str, ensure_ascii=False))
        except RecursionError:
            raise InvalidInput(
                "A value is nested too deeply to be kept.", hint="Give it as a text or a file."
            ) from None
    return _ESCAPE.sub(_without_nul, text) if _NUL in text else text


def clean(text: str) -> str:
    """Text as PostgreSQL can hold it: without NUL, and well-formed."""
    if "\x00" in text:
        text = text.replace("\x00", "\N{REPLACEMENT CHARACTER}")
    if text.isascii():
        return text
    return text.encode("utf-8", "replace").decode("utf-8")


def _without_nul(escape: re.Match[str]) -> str:
    return "\N{REPLACEMENT CHARACTER}" if escape[0] == _NUL else escape[0]


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {clean(str(key)): _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return clean(value) if isinstance(value, str) else value
