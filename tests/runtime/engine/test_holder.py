"""What is let go while it waits goes on when its time has come."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from runtime.clock import ManualClock
from runtime.executions.messages import Kill
from tests.support.engine import Driver, Seen, driven
from tests.support.waiting import until

START = datetime(2026, 1, 1, tzinfo=UTC)
LOOKING = """
id: looking
namespace: t
tasks:
  - id: until
    type: io.kestra.plugin.core.flow.LoopUntil
    condition: "{{ false }}"
    checkFrequency: {interval: PT10M, maxIterations: 3}
    tasks: [{id: look, type: io.kestra.plugin.core.debug.Return, format: x}]
"""


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture
async def driver(database_url: str, tmp_path: Path, clock: ManualClock) -> AsyncIterator[Driver]:
    async with driven(database_url, tmp_path, clock) as started:
        yield started


async def test_a_loop_that_was_let_go_between_two_looks_looks_again(
    driver: Driver, clock: ManualClock
) -> None:
    id_ = await driver.create(LOOKING)

    async def over() -> Seen | None:
        clock.advance(timedelta(seconds=6))
        seen = await driver.look(id_)
        return seen if seen.execution.state.is_terminal else None

    seen = await until(over, within=30, what="the third look")
    assert seen.state == "SUCCESS"
    assert seen.yielded("until") == {"iterationCount": 3}
    claims = await driver.runtime.pool.fetchval("SELECT fence FROM executions WHERE id = $1", id_)
    assert claims >= 3


SLEEPING = """
id: sleeping
namespace: t
tasks:
  - {id: sleep, type: io.kestra.plugin.scripts.shell.Commands, commands: [sleep 60]}
"""


async def test_what_a_server_that_is_gone_was_at_ends_when_somebody_kills_it_before_the_rescue(
    driver: Driver, database_url: str, tmp_path: Path
) -> None:
    async with driven(database_url, tmp_path) as gone:
        id_ = await gone.create(SLEEPING)
        await until(lambda: _is_asleep(gone, id_), what="the task at work")
    await driver.runtime.engine.act(id_, Kill())
    assert (await driver.ended(id_)).state == "KILLED"


async def _is_asleep(driver: Driver, execution_id: str) -> bool:
    return [run.state for run in (await driver.look(execution_id)).task_runs] == ["RUNNING"]
