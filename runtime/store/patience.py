"""Waiting for a database that is away, where nobody else would try again."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from runtime.clock import Clock
from runtime.store.pool import is_away

_PAUSE = 0.2
R = TypeVar("R")


async def patiently(work: Callable[[], Awaitable[R]], clock: Clock, tries: int | None = None) -> R:
    """Do it, again and again while the database is away; at most `tries` times when told.

    `work` must do no harm when it is done twice.
    """
    tried = 0
    while True:
        try:
            return await work()
        except Exception as error:
            tried += 1
            if not is_away(error) or tried == tries:
                raise
        await clock.sleep(_PAUSE)
