"""Identifiers that sort by birth: a prefix that tells the kind, then a UUIDv7's bits in base 32.

The 48-bit millisecond clock leads, 74 random bits follow (RFC 9562, section 5.7, without the bits
that are always the same). Inside one process ids only grow, in the order in which they were made.
The alphabet is Crockford's, which sorts as its values do and leaves out look-alikes.
"""

import os
import time
from threading import Lock

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_LENGTH = 25
_RANDOM_BITS = 74
_lock = Lock()
_last = 0

EXECUTION = "ex"
TASK_RUN = "tr"
FLOW = "fl"
MESSAGE = "ms"
WORKER = "wk"
BULK_OPERATION = "bo"
BULK_SELECTION = "sl"
SAVED_VIEW = "sv"


def new_id(prefix: str) -> str:
    """A fresh id such as `ex_01jd3v…`; 28 characters for a prefix of two."""
    return f"{prefix}_{_encode(_next())}"


def _next() -> int:
    global _last
    random = int.from_bytes(os.urandom(10)) & ((1 << _RANDOM_BITS) - 1)
    fresh = (time.time_ns() // 1_000_000) << _RANDOM_BITS | random
    with _lock:
        _last = fresh if fresh > _last else _last + 1
        return _last


def _encode(number: int) -> str:
    digits = [""] * _LENGTH
    for place in range(_LENGTH - 1, -1, -1):
        digits[place] = _ALPHABET[number & 31]
        number >>= 5
    return "".join(digits)
