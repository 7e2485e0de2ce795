"""Functions that make something new each time: ids and random numbers, from `scope.entropy`."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from runtime.expressions.limits import LIMITS
from runtime.expressions.names import Table
from runtime.expressions.printing import to_text
from runtime.expressions.problems import ExpressionError
from runtime.expressions.state import State
from runtime.expressions.text_filters import whole

_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_NANO_ALPHABET = "_-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_KSUID_EPOCH = datetime.fromtimestamp(1_400_000_000, UTC)
_PORTS = (1024, 65536)


def uuid(state: State) -> str:
    """A random UUID."""
    return str(UUID(bytes=state.scope.entropy(16), version=4))


def id_(state: State) -> str:
    """A short random id: a UUID of 22 letters and digits."""
    return _base62(int.from_bytes(state.scope.entropy(16)), 22)


def ksuid(state: State) -> str:
    """27 letters and digits that sort by time of making, to the second."""
    seconds = int((state.scope.clock() - _KSUID_EPOCH).total_seconds()) & 0xFFFFFFFF
    return _base62(int.from_bytes(seconds.to_bytes(4) + state.scope.entropy(16)), 27)


def _base62(number: int, width: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 62)
        digits = _BASE62[digit] + digits
    return digits.rjust(width, "0")


def nano_id(state: State, length: Any = 21, alphabet: Any = _NANO_ALPHABET) -> str:
    """Random letters: 21 that are safe in a URL, unless told otherwise."""
    count, letters = whole(length, "length"), to_text(alphabet)
    if not 1 <= count <= LIMITS.digits or not 1 <= len(letters) <= 1_000:
        raise ExpressionError(f"`nanoId()` makes 1 to {LIMITS.digits} letters of an alphabet")
    return "".join(letters[_random(state, len(letters))] for _ in range(count))


def random_int(state: State, lower: Any, upper: Any) -> int:
    """A whole number from `lower` up to, not including, `upper`; their own if they are the same."""
    if isinstance(lower, str) or isinstance(upper, str):
        raise ExpressionError(
            "`randomInt(lower, upper)` takes whole numbers, not strings",
            hint="Use the filter `number('INT')` on strings.",
        )
    first, end = whole(lower, "lower"), whole(upper, "upper")
    if end < first:
        raise ExpressionError("`randomInt(lower, upper)` needs an upper bound above the lower one")
    return first + _random(state, max(end - first, 1))


def random_port(state: State) -> int:
    """A port that needs no privilege."""
    return _PORTS[0] + _random(state, _PORTS[1] - _PORTS[0])


def _random(state: State, below: int) -> int:
    """Uniform in [0, below) up to 2^-64."""
    return int.from_bytes(state.scope.entropy(8 + (below.bit_length() + 7) // 8)) % below


FUNCTIONS: Table = {
    "id": id_,
    "ksuid": ksuid,
    "nanoId": nano_id,
    "randomInt": random_int,
    "randomPort": random_port,
    "uuid": uuid,
}
