"""Group commit: all or nothing, in commit order, refused when fenced."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

import asyncpg
import pytest

from runtime.clock import SystemClock
from runtime.errors import Unavailable
from runtime.executions.decision import ChangeKind, Decision, Event
from runtime.executions.model import Execution, LogLevel, LogLine, StateChange
from runtime.executions.states import ExecutionState
from runtime.ids import EXECUTION, new_id
from runtime.loop import Loop
from runtime.store.batch import Fenced
from runtime.store.committed import Committed
from runtime.store.entry import Entry, new_entry, step_entry
from runtime.store.journal import Journal
from runtime.store.pool import Pool, open_pool
from tests.support.database import disk_full
from tests.support.waiting import until

NOW = datetime(2026, 3, 14, tzinfo=UTC)


@dataclass
class Desk:
    """A journal over the test's database, and what it told."""

    pool: Pool
    journal: Journal
    told: list[Committed] = field(default_factory=list)

    def execution(self) -> Execution:
        history = (StateChange(ExecutionState.CREATED, NOW),)
        created = ExecutionState.CREATED
        return Execution(new_id(EXECUTION), "n", "f", 1, created, history, NOW, version=1)


def first(execution: Execution, events: int = 1, text: str = "hello") -> Entry:
    decision = Decision(execution_changed=True)
    for _ in range(events):
        execution.sequence += 1
        decision.events.append(
            Event(execution.sequence, NOW, ChangeKind.EXECUTION_CREATED, execution.state)
        )
    decision.logs.append(LogLine(NOW, LogLevel.INFO, text))
    return new_entry(execution, decision, owner="wk_me")


@pytest.fixture
async def desk(database_url: str) -> AsyncIterator[Desk]:
    async with open_pool(database_url, connections=4) as pool:
        told: list[Committed] = []
        journal = Journal(pool, SystemClock(), told.append)
        async with Loop("journal", journal.commit, SystemClock()):
            yield Desk(pool, journal, told)


async def test_positions_follow_the_commits_without_a_gap(desk: Desk) -> None:
    entries = [first(desk.execution(), events=3) for _ in range(50)]
    await asyncio.gather(*(desk.journal.write(entry) for entry in entries))
    positions = [event.position for committed in desk.told for event in committed.events]
    assert positions == list(range(1, 151))
    stored = await desk.pool.fetch("SELECT position FROM events ORDER BY position")
    assert [row["position"] for row in stored] == positions


async def test_many_writers_share_a_commit(desk: Desk) -> None:
    await asyncio.gather(*(desk.journal.write(first(desk.execution())) for _ in range(200)))
    assert len(desk.told) < 20


async def test_a_reader_that_saw_a_position_never_finds_one_below_it_later(
    desk: Desk, database_url: str
) -> None:
    slow = await asyncpg.connect(database_url)
    transaction = slow.transaction()
    await transaction.start()
    await slow.execute("UPDATE counters SET value = value + 1 WHERE name = 'events'")
    await slow.execute(
        "INSERT INTO events (position, execution_id, sequence, at, kind, state, namespace, flow_id)"
        " VALUES (1, 'ex_slow', 1, now(), 'EXECUTION_CREATED', 'CREATED', 'n', 'f')"
    )
    writing = asyncio.create_task(desk.journal.write(first(desk.execution())))
    seen_before = await desk.pool.fetch("SELECT position FROM events")
    assert seen_before == []
    assert not writing.done()
    await transaction.commit()
    await writing
    seen = await desk.pool.fetch("SELECT position FROM events ORDER BY position")
    assert [row["position"] for row in seen] == [1, 2]
    await slow.close()


async def test_a_write_under_an_old_fence_is_refused_and_the_others_are_written(
    desk: Desk,
) -> None:
    taken, kept = desk.execution(), desk.execution()
    await desk.journal.write(first(taken), first(kept))
    await desk.pool.execute("UPDATE executions SET fence = fence + 1 WHERE id = $1", taken.id)
    for each in (taken, kept):
        each.version += 1
        each.state = ExecutionState.RUNNING
    outcome = await asyncio.gather(
        *(
            desk.journal.write(step_entry(each, Decision(), owner="wk_me", fence=1))
            for each in (taken, kept)
        ),
        return_exceptions=True,
    )
    assert isinstance(outcome[0], Fenced)
    assert outcome[1] is None
    states = {
        r["id"]: r["state"] for r in await desk.pool.fetch("SELECT id, state FROM executions")
    }
    assert states == {taken.id: "CREATED", kept.id: "RUNNING"}


async def test_an_entry_that_cannot_be_written_does_not_take_others_with_it(desk: Desk) -> None:
    twice = desk.execution()
    await desk.journal.write(first(twice))
    good = desk.execution()
    outcome = await asyncio.gather(
        desk.journal.write(first(twice)), desk.journal.write(first(good)), return_exceptions=True
    )
    assert isinstance(outcome[0], asyncpg.UniqueViolationError)
    assert outcome[1] is None
    assert await desk.pool.fetchval("SELECT count(*) FROM executions") == 2


async def test_whatever_a_user_wrote_can_be_stored(desk: Desk) -> None:
    execution = desk.execution()
    execution.inputs = {"nul": "a\x00b", "half": "\ud800", "big": 2**80, "nan": float("nan")}
    await desk.journal.write(first(execution, text="line with \x00 in it"))
    row = await desk.pool.fetchrow("SELECT inputs FROM executions")
    assert row is not None
    assert row["inputs"]["big"] in (2**80, float(2**80))
    assert "\N{REPLACEMENT CHARACTER}" in await desk.pool.fetchval("SELECT message FROM logs")


async def test_while_the_disk_is_full_some_wait_and_others_are_told_why(desk: Desk) -> None:
    async with disk_full(desk.pool):
        waiting = asyncio.create_task(desk.journal.write(first(desk.execution())))
        await until(lambda: desk.journal.trouble, what="the first failure")
        # Who comes while those before him are tried again and again does not wait for them.
        with pytest.raises(Unavailable, match="The disk of the database is full") as told:
            await desk.journal.write(first(desk.execution()), patient=False)
        assert "Free some space" in told.value.hint
        assert not waiting.done()
    await waiting
    assert desk.journal.trouble is None
    assert await desk.pool.fetchval("SELECT count(*) FROM executions") == 1


async def test_a_connection_that_breaks_in_a_write_is_not_told_to_anybody(
    desk: Desk, database_url: str
) -> None:
    async with _holding_positions(database_url):
        writing = asyncio.create_task(desk.journal.write(first(desk.execution()), patient=False))
        await _break(desk)
    await writing
    assert await desk.pool.fetchval("SELECT count(*) FROM executions") == 1


async def test_a_commit_that_comes_through_after_its_connection_broke_is_no_error(
    desk: Desk, database_url: str
) -> None:
    model, late = desk.execution(), desk.execution()
    await desk.journal.write(first(model))
    async with _holding_positions(database_url) as other:
        writing = asyncio.create_task(desk.journal.write(first(late), patient=False))
        await _break(desk)
        await until(lambda: _blocked(desk), what="the second try")
        await other.execute(
            "INSERT INTO executions SELECT copied.* FROM executions AS found, "
            "jsonb_populate_record(found, jsonb_build_object('id', $1::text)) AS copied "
            "WHERE found.id = $2",
            late.id,
            model.id,
        )
    await writing
    assert await desk.pool.fetchval("SELECT count(*) FROM executions") == 2


@asynccontextmanager
async def _holding_positions(
    database_url: str,
) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """Whoever writes events waits inside the block."""
    other = await asyncpg.connect(database_url)
    try:
        async with other.transaction():
            await other.execute("UPDATE counters SET value = value WHERE name = 'events'")
            yield other
    finally:
        await other.close()


async def _blocked(desk: Desk) -> list[int]:
    rows = await desk.pool.fetch(
        "SELECT pid FROM pg_stat_activity "
        "WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    return [row["pid"] for row in rows]


async def _break(desk: Desk) -> None:
    """Cut the connection of the write that waits."""
    (pid,) = await until(lambda: _blocked(desk), what="a write that waits")
    await desk.pool.execute("SELECT pg_terminate_backend($1)", pid)

    async def gone() -> bool:
        return pid not in await _blocked(desk)

    await until(gone, what="its end")
