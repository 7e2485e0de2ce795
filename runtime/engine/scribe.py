"""Gathers what working tasks log and measure, and writes it in bulk without slowing anybody.

What was committed although the answer was lost is not written again: the next turn asks first what
became of the transaction.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from runtime.executions.model import Metric
from runtime.store.committed import Committed
from runtime.store.pool import Pool
from runtime.store.scribe import (
    LogBlock,
    Origin,
    is_committed,
    transaction_of,
    write_blocks,
    write_metrics,
)

_MOST_LINES = 10_000
_MOST_CHARACTERS = 4 << 20
_MOST_POINTS = 5_000
_ENOUGH_LINES = 30_000
_ENOUGH_CHARACTERS = 16 << 20
"""What may be buffered before those who write many lines wait."""


@dataclass(slots=True)
class _Portion:
    """What one transaction writes."""

    blocks: Sequence[LogBlock]
    points: Sequence[tuple[Origin, Metric]]
    written: Committed = field(default_factory=Committed)
    transaction: str | None = None
    """Known once it lacks nothing but its commit."""


class Scribe:
    """One buffer for the whole process; each turn writes what has gathered."""

    def __init__(self, pool: Pool, told: Callable[[Committed], None]) -> None:
        self._pool = pool
        self._told = told
        self._blocks: list[LogBlock] = []
        self._lines = 0
        self._characters = 0
        self._points: list[tuple[Origin, Metric]] = []
        self._unanswered: _Portion | None = None
        self._wake = asyncio.Event()
        self._flushes: list[asyncio.Future[None]] = []
        self._room = asyncio.Event()
        self._room.set()

    def log(self, block: LogBlock) -> None:
        """Take lines; they are written soon."""
        self._blocks.append(block)
        self._count(block, 1)
        self._wake.set()

    def measure(self, origin: Origin, point: Metric) -> None:
        self._points.append((origin, point))
        self._wake.set()

    async def flowing(self) -> None:
        """Wait while more is buffered than should be."""
        await self._room.wait()

    async def flush(self) -> None:
        """Return when everything taken so far is durable."""
        if not self._blocks and not self._points and not self._flushes:
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
            while self._blocks or self._points:
                await self._write_some()
        except BaseException:
            self._flushes = flushes + self._flushes
            self._wake.set()
            raise
        for flush in flushes:
            if not flush.done():
                flush.set_result(None)

    async def _write_some(self) -> None:
        portion = self._unanswered
        if portion is None or not await self._is_written(portion):
            portion = self._unanswered = _Portion(self._some(), self._points[:_MOST_POINTS])
            await self._transact(portion)
        self._unanswered = None
        del self._blocks[: len(portion.blocks)]
        del self._points[: len(portion.points)]
        for block in portion.blocks:
            self._count(block, -1)
        self._told(portion.written)

    async def _transact(self, portion: _Portion) -> None:
        async with self._pool.acquire() as connection, connection.transaction():
            logs = await write_blocks(connection, portion.blocks)
            metrics = await write_metrics(connection, portion.points)
            portion.written = Committed(logs=logs, metrics=metrics)
            portion.transaction = await transaction_of(connection)

    async def _is_written(self, portion: _Portion) -> bool:
        name = portion.transaction
        return name is not None and await is_committed(self._pool, name)

    def _some(self) -> list[LogBlock]:
        """The first blocks, as many as one transaction shall write."""
        lines = characters = 0
        for number, block in enumerate(self._blocks, 1):
            lines += len(block.messages)
            characters += block.size
            if lines >= _MOST_LINES or characters >= _MOST_CHARACTERS:
                return self._blocks[:number]
        return list(self._blocks)

    def _count(self, block: LogBlock, sign: int) -> None:
        self._lines += sign * len(block.messages)
        self._characters += sign * block.size
        if self._lines < _ENOUGH_LINES and self._characters < _ENOUGH_CHARACTERS:
            self._room.set()
        else:
            self._room.clear()
