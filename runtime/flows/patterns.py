"""Regular expressions of flow authors, as validators of inputs: bounded in time and size."""

from functools import lru_cache

import regex

_SECONDS = 0.1
"""Nothing else goes on meanwhile."""
_LONGEST = 2_000


@lru_cache(maxsize=256)
def compile_pattern(pattern: str) -> "regex.Pattern[str]":
    """A pattern in Java's notation. Raises ValueError, whose text says what is wrong with it."""
    if len(pattern) > _LONGEST:
        raise ValueError(f"it is longer than {_LONGEST} characters")
    try:
        return regex.compile(pattern)
    except (regex.error, OverflowError, RecursionError) as error:
        raise ValueError(str(error)) from None


def matches(pattern: str, text: str) -> bool:
    """Whether the whole text fits. Raises ValueError when the pattern takes too long."""
    try:
        return compile_pattern(pattern).fullmatch(text, timeout=_SECONDS) is not None
    except TimeoutError:
        raise ValueError(f"the pattern `{pattern}` took too long on it") from None
