"""How much memory this process took on the way, watched from a thread."""

from threading import Event, Thread
from types import TracebackType
from typing import Self

import psutil

PAUSE = 0.005  # seconds between two looks


class MemoryWatch:
    """`grown` is by how many megabytes the process was larger, at most, than when it began."""

    def __init__(self) -> None:
        self._process = psutil.Process()
        self._before = self._most = 0
        self._over = Event()
        self._thread = Thread(target=self._look, daemon=True)

    @property
    def grown(self) -> float:
        return (self._most - self._before) / 1e6

    def __enter__(self) -> Self:
        self._before = self._most = self._process.memory_info().rss
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(PAUSE):
            self._most = max(self._most, self._process.memory_info().rss)
