"""Histories of task runs as columns: states, and moments as milliseconds.

Ten thousand task runs bring 40,000 moments, and a loop over them would be most of an answer's time.
So all of them are read together: text is sifted in whole passes, numbers are made by one reading of
JSON and reckoned by chained maps.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import repeat
from operator import add, truediv

import orjson

_DIGITS = b"0123456789"
_ALL = bytes(range(256))
_BUT_DIGITS = _ALL.translate(None, _DIGITS)
_BUT_LINES = _ALL.translate(None, b"Z\n")
_BUT_NAMES = _DIGITS + b' -:.,[]"\n'
_MOMENT = len("20260131120000000000")
_MINUTE = len("202601311200")
"""How many digits a moment to the microsecond has, and how many of them say its minute."""


@dataclass(frozen=True, slots=True)
class Segments:
    """The states of all task runs one after the other: how many each one has, their names, and when
    they were entered, in milliseconds after an origin."""

    counts: list[int]
    states: list[str]
    offsets: list[float]


def segments_of(histories: str, origin: datetime) -> Segments:
    """From lines of `[["CREATED", "2026-01-31T12:00:00.000000Z"], …]`. No name of a state has a
    digit or a Z, so each moment ends with the only Z of its pair."""
    if not histories:
        return Segments([], [], [])
    text = histories.encode()
    ends = text.translate(None, _BUT_LINES).split(b"\n")
    states = text.translate(None, _BUT_NAMES).decode().split("TZ")
    states.pop()  # behind the last moment
    digits = text.translate(None, _BUT_DIGITS)
    if len(digits) != _MOMENT * len(states):
        digits = b"".join(_with_fraction(part) for part in text.split(b'"')[3::4])
    return Segments(list(map(len, ends)), states, _offsets(digits, origin))


def _with_fraction(moment: bytes) -> bytes:
    """The digits of a moment; a whole second is stored without a fraction."""
    return moment.translate(None, _BUT_DIGITS).ljust(_MOMENT, b"0")


def _offsets(digits: bytes, origin: datetime) -> list[float]:
    """Of moments that are `_MOMENT` digits each."""
    minutes = _numbers(digits, 0, _MINUTE)
    known = {minute: _after(origin, minute) for minute in set(minutes)}
    rest = _numbers(digits, _MINUTE, _MOMENT)
    after = map(add, map(known.__getitem__, minutes), rest)
    return list(map(truediv, after, repeat(1_000)))


def _after(origin: datetime, minute: int) -> int:
    """A minute as microseconds after an origin, less the 1 in front of what is added to it."""
    at = datetime.strptime(f"{minute}+0000"[1:], "%Y%m%d%H%M%z")
    return int((at - origin) // timedelta(microseconds=1) - 10 ** (_MOMENT - _MINUTE))


def _numbers(digits: bytes, begin: int, end: int) -> list[int]:
    """The same digits of each moment as a number, with a 1 in front: none begins with a zero."""
    width = end - begin + 2
    written = bytearray(b"1" + b"0" * (width - 2) + b",") * (len(digits) // _MOMENT)
    for place in range(begin, end):
        written[place - begin + 1 :: width] = digits[place::_MOMENT]
    written[-1:] = b"]"
    found: list[int] = orjson.loads(b"[" + written)
    return found
