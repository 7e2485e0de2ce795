"""Figures over executions and metrics: counted rightly, in steps, by group, within limits."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.api import Api
from tests.support.engine import Driver, driven

STATISTICS = """query ($filter: ExecutionFilter, $interval: Duration, $groupBy: StatisticsGroup) {
  executionStatistics(filter: $filter, interval: $interval, groupBy: $groupBy) {
    total states { state count } averageDuration longestDuration
    rows { at namespace flowId triggerId count states { state count }
           averageDuration longestDuration } } }"""
SERIES = """query ($filter: MetricFilter!, $aggregate: Aggregate!, $interval: Duration!) {
  metricSeries(filter: $filter, aggregate: $aggregate, interval: $interval) { at value count } }"""
# Four a day from Monday the fifth: an hour apart, each a minute longer than the one before.
EXECUTIONS = """
INSERT INTO executions (
    id, namespace, flow_id, flow_revision, state, history, trigger_id, created_at, started_at,
    ended_at
)
SELECT
    'ex_' || n, CASE WHEN n % 2 = 0 THEN 'even' ELSE 'odd' END, 'flow' || n % 3, 1,
    CASE WHEN n = 7 THEN 'RUNNING' WHEN n % 4 = 0 THEN 'FAILED' ELSE 'SUCCESS' END, '[]',
    CASE WHEN n % 4 = 1 THEN 'daily' END, born, born,
    CASE WHEN n <> 7 THEN born + n * interval '1 minute' END
FROM (
    SELECT
        n,
        '2026-01-05T10:00:00Z'::timestamptz + n / 4 * interval '1 day' + n % 4 * interval '1 hour'
            AS born
    FROM generate_series(0, 7) AS n
) AS made
"""
METRICS = """
INSERT INTO metrics (position, execution_id, namespace, flow_id, at, name, kind, value)
SELECT
    n, 'ex_1', 'odd', 'flow1', '2026-01-05T10:00:00Z'::timestamptz + n * interval '20 minutes',
    'rows', 'COUNTER', n
FROM generate_series(1, 6) AS n
"""


@pytest.fixture
async def driver(database_url: str, tmp_path: Path) -> AsyncIterator[Driver]:
    async with driven(database_url, tmp_path, roles=("web",)) as driver:
        await driver.runtime.pool.execute(EXECUTIONS)
        await driver.runtime.pool.execute(METRICS)
        yield driver


@pytest.fixture
def api(driver: Driver) -> Api:
    return Api(driver.runtime)


async def figures(api: Api, **variables: Any) -> dict[str, Any]:
    found: dict[str, Any] = (await api.ask(STATISTICS, **variables))["executionStatistics"]
    return found


def states(row: dict[str, Any]) -> dict[str, int]:
    return {each["state"]: each["count"] for each in row["states"]}


async def test_all_together_are_counted_by_state_with_how_long_they_ran(api: Api) -> None:
    found = await figures(api)
    assert found["total"] == 8
    assert states(found) == {"RUNNING": 1, "SUCCESS": 5, "FAILED": 2}
    assert found["averageDuration"] == "PT3M"  # of 0 to 6 minutes; the seventh still runs
    assert found["longestDuration"] == "PT6M"
    assert found["rows"] == []
    assert len(api.statements) == 1


async def test_steps_are_days_of_utc_and_weeks_that_begin_on_mondays(api: Api) -> None:
    days = (await figures(api, interval="P1D"))["rows"]
    assert [row["at"][:10] for row in days] == ["2026-01-05", "2026-01-06"]
    assert [row["count"] for row in days] == [4, 4]
    assert states(days[1]) == {"RUNNING": 1, "SUCCESS": 2, "FAILED": 1}
    assert days[1]["averageDuration"] == "PT5M"
    [week] = (await figures(api, interval="P7D"))["rows"]
    assert (week["at"][:10], week["count"]) == ("2026-01-05", 8)


async def test_rows_are_told_apart_by_namespace_flow_or_trigger(api: Api) -> None:
    async def rows(group: str) -> dict[tuple[str | None, ...], int]:
        found = await figures(api, groupBy=group)
        return {
            (row["namespace"], row["flowId"], row["triggerId"]): row["count"]
            for row in found["rows"]
        }

    assert await rows("NAMESPACE") == {("even", None, None): 4, ("odd", None, None): 4}
    assert await rows("TRIGGER") == {(None, None, "daily"): 2, (None, None, None): 6}
    flows = await rows("FLOW")
    assert flows["even", "flow0", None] == 2
    assert sum(flows.values()) == 8


async def test_the_filter_of_the_list_is_that_of_the_figures(api: Api) -> None:
    found = await figures(api, filter={"namespace": {"in": ["odd"]}}, interval="PT1H")
    assert found["total"] == 4
    assert len(found["rows"]) == 4
    nothing = await figures(api, filter={"flowId": {"eq": "none"}}, interval="PT1H")
    assert nothing == {
        "total": 0,
        "states": [],
        "averageDuration": None,
        "longestDuration": None,
        "rows": [],
    }


@pytest.mark.parametrize(
    ("aggregate", "values"),
    [
        ("SUM", [3, 12, 6]),
        ("AVERAGE", [1.5, 4, 6]),
        ("MINIMUM", [1, 3, 6]),
        ("MAXIMUM", [2, 5, 6]),
        ("MEDIAN", [1.5, 4, 6]),
        ("P95", [1.95, 4.9, 6]),
        ("COUNT", [2, 3, 1]),
    ],
)
async def test_a_series_has_a_point_for_every_step(
    api: Api, aggregate: str, values: list[float]
) -> None:
    wanted = {"name": {"eq": "rows"}}
    found = await api.ask(SERIES, filter=wanted, aggregate=aggregate, interval="PT1H")
    points = found["metricSeries"]
    assert [point["value"] for point in points] == pytest.approx(values)
    assert [point["count"] for point in points] == [2, 3, 1]
    assert [point["at"][11:16] for point in points] == ["10:00", "11:00", "12:00"]


async def test_what_would_be_too_long_is_refused(driver: Driver, api: Api) -> None:
    assert await api.code(STATISTICS, interval="PT0S") == "INVALID_INPUT"
    assert await api.code(STATISTICS, interval="P20000D") == "INVALID_INPUT"
    await driver.runtime.pool.execute(
        "INSERT INTO executions "
        "(id, namespace, flow_id, flow_revision, state, history, created_at) "
        "SELECT 'ex_many' || n, 'n', 'f', 1, 'SUCCESS', '[]', "
        "'2026-02-01T00:00:00Z'::timestamptz + n * interval '1 second' "
        "FROM generate_series(1, 5001) AS n"
    )
    answer = await api.answer(STATISTICS, interval="PT1S")
    [error] = answer["errors"]
    assert error["extensions"]["code"] == "LIMIT_EXCEEDED"
    assert "longer interval" in error["extensions"]["hint"]
    assert (await figures(api, interval="PT1M"))["total"] == 5009
