"""Cursors: places in lists (a sort key) and places in live streams (a position).

Both are opaque to callers. A stream's cursor is marked with the log that it belongs to, so that one
of another stream is refused and not taken for a wrong place.
"""

import base64
import binascii
from collections.abc import Sequence
from enum import StrEnum

import orjson

from runtime.errors import ErrorCode, InvalidInput
from runtime.store.conditions import Order
from runtime.store.search import bad_cursor

_LONGEST = 2_000


class Log(StrEnum):
    """The three logs that can be followed."""

    EVENTS = "e"
    LOGS = "l"
    METRICS = "m"


def list_cursor(order: Order, key: Sequence[str]) -> str:
    """The place of a row in a list of that order."""
    text = orjson.dumps([order.name, order.descending, *key])
    return base64.urlsafe_b64encode(text).decode().rstrip("=")


def list_key(order: Order, cursor: str | None) -> list[str] | None:
    """The sort key of a cursor. Raises InvalidInput (BAD_CURSOR) for those of other lists."""
    if cursor is None:
        return None
    try:
        if len(cursor) > _LONGEST:
            raise ValueError
        padded = cursor + "=" * (-len(cursor) % 4)
        parts: list[object] = orjson.loads(base64.b64decode(padded, b"-_", validate=True))
        name, descending, *rest = parts
        if name != order.name or descending != order.descending:
            raise ValueError
        key = [part for part in rest if isinstance(part, str)]
        if len(key) != len(rest):
            raise ValueError
    except (ValueError, TypeError, binascii.Error):
        raise bad_cursor() from None
    return key


def stream_cursor(log: Log, position: int) -> str:
    """The place behind a position of a log."""
    return f"{log}{position}"


def event_cursor(position: int) -> str:
    """The place behind an event."""
    return stream_cursor(Log.EVENTS, position)


def stream_position(log: Log, cursor: str) -> int:
    """The position of a stream's cursor; "0" is the beginning. Raises InvalidInput (BAD_CURSOR)."""
    if cursor == "0":
        return 0
    digits = cursor[1:]
    if cursor[:1] != log or not digits.isascii() or not digits.isdigit() or len(digits) > 18:
        raise InvalidInput(
            f"{cursor[:40]!r} is not a cursor of this stream.",
            hint='Take one from an item or a `streamCursor`, or "0" for the beginning.',
            path=("after",),
            code=ErrorCode.BAD_CURSOR,
        )
    return int(digits)
