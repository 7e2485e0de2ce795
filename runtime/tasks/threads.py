"""Blocking work (files, SQL drivers) beside the event loop, ended when its task is cancelled."""

import asyncio
import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TypeVar

T = TypeVar("T")

_THREADS = ThreadPoolExecutor(max_workers=64, thread_name_prefix="flowdeck-task")


class StoppedEarly(Exception):
    """The work was told to stop; whoever waited for it was cancelled."""


class Stop:
    """Asked by blocking work now and then, so that it ends soon when it is not wanted any more."""

    def __init__(self) -> None:
        self._event = Event()
        self._interrupts: list[Callable[[], None]] = []

    def check(self) -> None:
        """Raises StoppedEarly once the work shall end."""
        if self._event.is_set():
            raise StoppedEarly

    def interrupts(self, interrupt: Callable[[], None]) -> None:
        """Also call this, from another thread, to end what cannot ask by itself."""
        self._interrupts.append(interrupt)

    def set(self) -> None:
        self._event.set()
        for interrupt in self._interrupts:
            with contextlib.suppress(Exception):  # it may be over already; the event is set anyway
                interrupt()


async def in_thread(work: Callable[[Stop], T]) -> T:
    """Run blocking work in a thread. Being cancelled stops it and waits until it has ended."""
    stop = Stop()
    future = asyncio.get_running_loop().run_in_executor(_THREADS, work, stop)
    try:
        return await asyncio.shield(future)
    except asyncio.CancelledError:
        stop.set()
        await asyncio.wait([future])
        if not future.cancelled():
            future.exception()
        raise
