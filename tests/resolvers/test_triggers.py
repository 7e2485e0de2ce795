"""Triggers through the API: when they fire by the clock."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.api import Api
from tests.support.engine import Driver, driven
from tests.support.waiting import until

_TIMED = """
id: timed
namespace: company.team
tasks:
  - {id: say, type: io.kestra.plugin.core.log.Log, message: hello}
triggers:
  - id: mornings
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "30 6 * * MON-FRI"
    timezone: Europe/Paris
  - id: dates
    type: io.kestra.plugin.core.trigger.ScheduleOnDates
    dates: ["2199-01-01T00:00:00Z"]
  - {id: off, type: io.kestra.plugin.core.trigger.Schedule, cron: "@daily", disabled: true}
  - {id: call, type: io.kestra.plugin.core.trigger.Webhook, key: secret-key}
"""
_QUERY = """query ($first: Int!) { triggers { nodes { triggerId nextAt
  timetable { cron timezone moments(first: $first) } } } }"""


@pytest.fixture
async def driver(database_url: str, tmp_path: Path) -> AsyncIterator[Driver]:
    async with driven(database_url, tmp_path) as driver:
        yield driver


@pytest.fixture
async def api(driver: Driver) -> Api:
    api = Api(driver.runtime)
    await driver.save(_TIMED)

    async def declared() -> bool:
        return len((await api.ask("{ triggers { nodes { id } } }"))["triggers"]["nodes"]) == 4

    await until(declared, what="the flow's triggers")
    return api


async def _timetables(api: Api, first: int = 3) -> Mapping[str, Any]:
    found = await api.ask(_QUERY, first=first)
    return {node["triggerId"]: node for node in found["triggers"]["nodes"]}


async def test_a_schedule_says_its_line_its_zone_and_the_moments_to_come(api: Api) -> None:
    found = await _timetables(api)
    mornings = found["mornings"]["timetable"]
    assert (mornings["cron"], mornings["timezone"]) == ("30 6 * * MON-FRI", "Europe/Paris")
    moments = _moments(mornings)
    assert moments[0] == datetime.fromisoformat(found["mornings"]["nextAt"])
    assert moments == sorted(set(moments))
    assert all(moment.weekday() < 5 for moment in moments)
    assert moments[2] - moments[0] >= timedelta(days=2) - timedelta(hours=1)


def _moments(timetable: Mapping[str, Sequence[str]]) -> list[datetime]:
    return [datetime.fromisoformat(moment) for moment in timetable["moments"]]


async def test_moments_that_are_listed_have_no_line_and_come_to_an_end(api: Api) -> None:
    dates = (await _timetables(api))["dates"]["timetable"]
    assert dates["cron"] is None
    assert [moment.year for moment in _moments(dates)] == [2199]


async def test_what_waits_for_something_else_or_is_off_by_its_flow_has_no_timetable(
    api: Api,
) -> None:
    found = await _timetables(api)
    assert found["call"]["timetable"] is None
    assert found["off"]["timetable"] is None


async def test_nobody_asks_for_moments_without_end(api: Api) -> None:
    answer = await api.answer(_QUERY, first=1000)
    assert "Ask for 1 to 20 moments" in str(answer["errors"])
