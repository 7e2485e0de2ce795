"""Wait for a fact, as short as possible and never longer than said."""

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar, overload

T = TypeVar("T")

PAUSE = 0.005  # seconds between two looks


@overload
async def until(
    look: Callable[[], Awaitable[T | None]], *, within: float = 10.0, what: str = "it"
) -> T: ...
@overload
async def until(look: Callable[[], T | None], *, within: float = 10.0, what: str = "it") -> T: ...
async def until(look: Callable[[], object], *, within: float = 10.0, what: str = "it") -> object:
    """Look until what is seen is truthy and return it; AssertionError after `within` seconds."""
    end = time.monotonic() + within
    while True:
        looked = look()
        seen = await looked if inspect.isawaitable(looked) else looked
        if seen:
            return seen
        _check(end, within, what, seen)
        await asyncio.sleep(PAUSE)


def blocking_until(look: Callable[[], T | None], *, within: float = 10.0, what: str = "it") -> T:
    """The same for tests that do not await: processes, the browser."""
    end = time.monotonic() + within
    while True:
        if seen := look():
            return seen
        _check(end, within, what, seen)
        time.sleep(PAUSE)


def _check(end: float, within: float, what: str, seen: object) -> None:
    if time.monotonic() > end:
        raise AssertionError(f"Waited {within:g} s for {what}; last seen: {seen!r}")
