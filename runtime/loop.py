"""The one way to run something in the background: a named task that is supervised and stopped.

A Loop runs `work` again and again. When it raises, the error is logged and it is tried again after
a pause that grows to 15 seconds; nothing else of the process is disturbed.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Self

from runtime.clock import Clock

_FIRST_PAUSE = 0.1
_LONGEST_PAUSE = 15.0
_log = logging.getLogger(__name__)


class Loop:
    """Calls `work` for ever, one call after the other.

    It may be stopped twice, or before it started. An error for which `is_passing` holds (a database
    that is away) is told in one line, once; any other with its trace.
    """

    def __init__(
        self,
        name: str,
        work: Callable[[], Awaitable[None]],
        clock: Clock,
        is_passing: Callable[[BaseException], bool] = lambda _: False,
    ) -> None:
        self.name = name
        self._is_passing = is_passing
        self._work = work
        self._clock = clock
        self._task: asyncio.Task[None] | None = None
        self._stopping = asyncio.Event()

    async def __aenter__(self) -> Self:
        self._stopping = asyncio.Event()
        self._task = asyncio.create_task(self._run(), name=f"flowdeck-{self.name}")
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def stop(self) -> None:
        """Cancel the work and wait until it has let go."""
        self._stopping.set()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def _run(self) -> None:
        pause = _FIRST_PAUSE
        # A cancelled database call may raise its own error in the place of the cancellation.
        while not self._stopping.is_set():
            try:
                await self._work()
                pause = _FIRST_PAUSE
            except Exception as error:
                if self._stopping.is_set():
                    return
                if not self._is_passing(error):
                    _log.exception("%s failed; trying again in %.1f s", self.name, pause)
                elif pause == _FIRST_PAUSE:
                    _log.warning("%s waits: %s: %s", self.name, type(error).__name__, error)
                await self._clock.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)


class Tasks:
    """Background coroutines that belong to one owner: named, their errors logged, ended with it."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, coroutine: Coroutine[object, object, None], what: str) -> asyncio.Task[None]:
        """Run a coroutine now; the owner need not keep the result."""
        task = asyncio.create_task(coroutine, name=f"flowdeck-{self._name}-{what}")
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    async def stop(self) -> None:
        """Cancel all of them and wait."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("%s failed", task.get_name(), exc_info=error)


async def first_of(*waits: Awaitable[object]) -> None:
    """Return when one of them is over; the others are cancelled."""
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
