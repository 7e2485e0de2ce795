"""Gathers what working tasks log and measure, and writes it in bulk without slowing anybody."""

import asyncio
from collections.abc import Callable

from runtime.executions.model import LogLine, Metric
from runtime.store.committed import Committed
from runtime.store.pool import Pool
from runtime.store.scribe import Origin, write_logs, write_metrics

_MOST_LINES = 5_000
_ENOUGH = 20_000


class Scribe:
    """One buffer for the whole process; each turn writes what has gathered."""

    def __init__(self, pool: Pool, told: Callable[[Committed], None]) -> None:
        self._pool = pool
        self._told = told
        self._lines: list[tuple[Origin, LogLine]] = []
        self._points: list[tuple[Origin, Metric]] = []
        self._wake = asyncio.Event()
        self._flushes: list[asyncio.Future[None]] = []
        self._room = asyncio.Event()
        self._room.set()

    def log(self, origin: Origin, line: LogLine) -> None:
        """Take a line; it is written soon."""
        self._lines.append((origin, line))
        if len(self._lines) >= _ENOUGH:
            self._room.clear()
        self._wake.set()

    def measure(self, origin: Origin, point: Metric) -> None:
        self._points.append((origin, point))
        self._wake.set()

    async def flowing(self) -> None:
        """Wait while more is buffered than should be."""
        await self._room.wait()

    async def flush(self) -> None:
        """Return when everything taken so far is durable."""
        if not self._lines and not self._points and not self._flushes:
            return
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._flushes.append(done)
        self._wake.set()
        await done

    async def write(self) -> None:
        """Write what has gathered, once there is something. One turn of a Loop."""
        await self._wake.wait()
        self._wake.clear()
        flushes, self._flushes = self._flushes, []
        try:
            while self._lines or self._points:
                await self._write_some()
        except BaseException:
            self._flushes = flushes + self._flushes
            self._wake.set()
            raise
        for flush in flushes:
            if not flush.done():
                flush.set_result(None)

    async def _write_some(self) -> None:
        lines, points = self._lines[:_MOST_LINES], self._points[:_MOST_LINES]
        async with self._pool.acquire() as connection, connection.transaction():
            logs = await write_logs(connection, lines)
            metrics = await write_metrics(connection, points)
        del self._lines[: len(lines)]
        del self._points[: len(points)]
        if len(self._lines) < _ENOUGH:
            self._room.set()
        self._told(Committed(logs=logs, metrics=metrics))
