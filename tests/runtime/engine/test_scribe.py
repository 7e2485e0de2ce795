"""What working tasks log and measure is written once, whatever happens to the connection."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import asyncpg
import pytest

from runtime.engine.scribe import Scribe
from runtime.executions.model import LogLevel, Metric, MetricKind
from runtime.store.committed import Committed
from runtime.store.migrate import migrate
from runtime.store.pool import Pool, is_away, open_pool
from runtime.store.scribe import LogBlock, Origin
from tests.support.waiting import until

AT = datetime(2026, 3, 14, tzinfo=UTC)
ORIGIN = Origin("ex_1", "t", "flow")


def lines(*messages: str) -> LogBlock:
    size = sum(map(len, messages))
    return LogBlock(ORIGIN, AT, LogLevel.INFO, "tr_1", "task", 1, messages, size)


class Cutting:
    """A pool whose connections are cut just before or just after the next commit."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self.before = False
        self.after = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pool, name)

    @asynccontextmanager
    async def acquire(self) -> AsyncIterator["_Cut"]:
        async with self._pool.acquire() as connection:
            yield _Cut(connection, self)


class _Cut:
    def __init__(self, connection: Any, cutting: Cutting) -> None:
        self._connection = connection
        self._cutting = cutting

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[None]:
        cutting = self._cutting
        async with self._connection.transaction():
            yield
            if cutting.before:
                cutting.before = False
                self._connection.terminate()
        if cutting.after:
            cutting.after = False
            self._connection.terminate()
            raise asyncpg.ConnectionDoesNotExistError("connection was closed")


@pytest.fixture
async def cutting(database_url: str) -> AsyncIterator[Cutting]:
    await migrate(database_url)
    async with open_pool(database_url, connections=4) as pool:
        yield Cutting(pool)


async def _write(scribe: Scribe) -> None:
    """Write as a Loop does: again and again, until the database says that it is there."""
    with pytest.raises(Exception, match=r"\w") as cut:
        await scribe.write()
    assert is_away(cut.value)

    async def is_done() -> bool:
        try:
            await scribe.write()
        except TimeoutError:
            return False
        return True

    await until(is_done, what="the fate of the transaction")


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_a_connection_cut_at_the_commit_neither_doubles_nor_loses_lines(
    cutting: Cutting, moment: str
) -> None:
    told: list[Committed] = []
    scribe = Scribe(cutting, told.append)  # type: ignore[arg-type]  # a pool for all it is asked
    scribe.log(lines("one", "two"))
    scribe.measure(ORIGIN, Metric(AT, "rows", MetricKind.COUNTER, 3.0, {}, "tr_1", "task"))
    setattr(cutting, moment, True)
    await _write(scribe)
    scribe.log(lines("three"))
    await scribe.write()
    rows = await cutting.fetch("SELECT position, message FROM logs ORDER BY position")
    assert [tuple(row) for row in rows] == [(1, "one"), (2, "two"), (3, "three")]
    assert await cutting.fetchval("SELECT count(*) FROM metrics") == 1
    followed = [(log.position, log.message) for each in told for log in each.logs]
    assert followed == [tuple(row) for row in rows]


async def test_lines_that_come_while_a_commit_is_in_doubt_are_written_after_it(
    cutting: Cutting,
) -> None:
    scribe = Scribe(cutting, lambda _: None)  # type: ignore[arg-type]  # as above
    scribe.log(lines("one"))
    cutting.after = True
    with pytest.raises(asyncpg.ConnectionDoesNotExistError):
        await scribe.write()
    scribe.log(lines("two"))
    await scribe.write()
    rows = await cutting.fetch("SELECT message FROM logs ORDER BY position")
    assert [row["message"] for row in rows] == ["one", "two"]
