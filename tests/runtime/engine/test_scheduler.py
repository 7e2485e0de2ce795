"""Schedules under a clock of the test's own, on a real database."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from runtime.clock import ManualClock
from tests.support.schedules import Timed, flow, schedule, timed

DEMO = files("runtime.flows.examples").joinpath("conditionallyReturnOutputs.yaml").read_text()
MINUTE = timedelta(minutes=1)
START = datetime(2026, 3, 14, 9, 26, 53, 500_000, tzinfo=UTC)


def at(hour: int, minute: int, day: int = 14) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


@pytest.fixture
async def driver(database_url: str, tmp_path: Path, clock: ManualClock) -> AsyncIterator[Timed]:
    async with timed(database_url, tmp_path, clock) as started:
        yield started


async def test_the_demo_flow_runs_at_each_minute(driver: Timed) -> None:
    await driver.save(DEMO)
    for count, minute in enumerate((27, 28, 29), 1):
        await driver.due_at(at(9, minute), "every_minute_schedule")
        await driver.pass_time(MINUTE)
        await driver.fired(count, "conditionallyReturnOutputs")
    dates = await driver.dates("conditionallyReturnOutputs")
    assert dates == [f"2026-03-14T09:{minute}:00.000Z" for minute in (27, 28, 29)]
