"""Following a log: nothing missed, nothing doubled, whatever the order in which news arrives."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest

from runtime.clock import SystemClock
from runtime.events.tail import CursorTooOld, Tail
from runtime.loop import Loop


@dataclass(frozen=True)
class Row:
    position: int


@dataclass
class Table:
    """A log kept in a list; `kept` is the first position that retention has left."""

    rows: list[Row] = field(default_factory=list)
    kept: int = 1
    reads: int = 0

    def commit(self, count: int) -> list[Row]:
        first = len(self.rows) + 1
        fresh = [Row(position) for position in range(first, first + count)]
        self.rows += fresh
        return fresh

    async def read(self, after: int, limit: int) -> Sequence[Row]:
        self.reads += 1
        return [row for row in self.rows if row.position > after][:limit]

    async def bounds(self) -> tuple[int, int]:
        return self.kept, len(self.rows)


@asynccontextmanager
async def tailing(table: Table) -> AsyncIterator[Tail[Row]]:
    tail = Tail(table, SystemClock())
    await tail.open()
    async with Loop("tail", tail.catch_up, SystemClock()):
        yield tail


async def taken(tail: Tail[Row], after: int, count: int) -> list[int]:
    positions: list[int] = []
    async with asyncio.timeout(10):
        async for rows in tail.follow(after):
            positions += [row.position for row in rows]
            if len(positions) >= count:
                break
    return positions


async def test_a_follower_reads_the_backlog_and_then_what_is_new() -> None:
    table = Table()
    table.commit(5)
    async with tailing(table) as tail:
        following = asyncio.create_task(taken(tail, 2, 6))
        await asyncio.sleep(0)
        tail.extend(table.commit(3))
        assert await following == [3, 4, 5, 6, 7, 8]


async def test_news_that_overtake_each_other_are_put_in_order() -> None:
    table = Table()
    async with tailing(table) as tail:
        following = asyncio.create_task(taken(tail, 0, 4))
        first, second = table.commit(2), table.commit(2)
        tail.extend(second)
        tail.extend(first)
        assert await following == [1, 2, 3, 4]


async def test_what_another_server_committed_is_read_after_a_hint() -> None:
    table = Table()
    async with tailing(table) as tail:
        following = asyncio.create_task(taken(tail, 0, 3))
        table.commit(3)
        tail.hint()
        assert await following == [1, 2, 3]


async def test_a_slow_follower_falls_back_to_reading_the_log() -> None:
    table = Table()
    async with tailing(table) as tail:
        tail.extend(table.commit(60_000))
        positions = await taken(tail, 0, 60_000)
        assert positions == list(range(1, 60_001))
        assert table.reads > 1


async def test_rows_that_were_deleted_are_passed_over() -> None:
    table = Table()
    table.commit(6)
    del table.rows[2:4]
    table.rows += [Row(7)]
    async with tailing(table) as tail:
        tail.position = 7
        assert await taken(tail, 0, 5) == [1, 2, 5, 6, 7]


async def test_a_cursor_older_than_what_is_kept_is_told() -> None:
    table = Table()
    table.commit(10)
    table.kept = 6
    async with tailing(table) as tail:
        with pytest.raises(CursorTooOld) as told:
            await taken(tail, 2, 1)
    assert told.value.oldest == 6


async def test_thousand_followers_share_one_tail() -> None:
    table = Table()
    async with tailing(table) as tail:
        following = [asyncio.create_task(taken(tail, 0, 50)) for _ in range(1_000)]
        await asyncio.sleep(0)
        for _ in range(10):
            tail.extend(table.commit(5))
            await asyncio.sleep(0)
        for positions in await asyncio.gather(*following):
            assert positions == list(range(1, 51))


async def test_large_rows_are_let_go_sooner_and_read_again() -> None:
    table = Table()
    tail = Tail(table, SystemClock(), lambda row: 1 << 20)
    for _ in range(5):
        tail.extend(table.commit(20))
    reads = table.reads
    assert await taken(tail, 95, 5) == [96, 97, 98, 99, 100]
    assert table.reads == reads, "the youngest are in memory"
    assert await taken(tail, 0, 100) == list(range(1, 101))
    assert table.reads > reads, "the oldest are not"
