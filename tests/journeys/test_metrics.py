"""What tasks counted and timed, in a real browser: a metric over the last executions of a flow."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.accessibility import assert_accessible
from tests.support.server import Server
from tests.support.waiting import blocking_until

pytestmark = pytest.mark.browser

_MEASURED = """
id: measured
namespace: company.team
inputs:
  - {id: rows, type: INT}
tasks:
  - id: count
    type: io.kestra.plugin.core.metric.Publish
    metrics:
      - {name: rows, type: counter, value: "{{ inputs.rows }}"}
      - {name: load, type: timer, value: PT0.25S}
"""
FLOWS = (_MEASURED,)


def _measured(server: Server, rows: int) -> str:
    execution = server.start("company.team", "measured", rows=rows)
    query = "query ($id: ID!) { execution(id: $id) { state } }"

    def ended() -> bool:
        return bool(server.ask(query, id=execution)["execution"]["state"] == "SUCCESS")

    blocking_until(ended, what="the end of the execution")
    return execution


def test_a_metric_is_shown_over_the_last_executions_and_leads_to_them(
    page: Page, server: Server, faults: list[str]
) -> None:
    first, _, last = _measured(server, 10), _measured(server, 40), _measured(server, 20)
    page.goto(f"{server.url}/executions/{last}/metrics?metric=count/rows")
    chart = page.get_by_role("region", name="rows over the last executions")
    expect(chart.get_by_role("link")).to_have_count(3)
    expect(chart).to_contain_text("usually 20")
    expect(chart.get_by_role("link").last).to_have_attribute("aria-current", "page")
    page.get_by_role("button", name="load", exact=True).click()
    timed = page.get_by_role("region", name="load over the last executions")
    expect(timed).to_contain_text("250 ms")
    expect(page).to_have_url(re.compile("metric=count%2Fload"))
    page.get_by_role("button", name="rows", exact=True).click()
    chart.get_by_role("link", name=re.compile("^10,")).click()
    expect(page).to_have_url(re.compile(f"/executions/{first}/metrics"))


def test_the_history_of_a_metric_is_accessible(page: Page, server: Server, theme: str) -> None:
    execution = _measured(server, 5)
    page.goto(f"{server.url}/executions/{execution}/metrics")
    expect(page.locator(".metric-bars a").first).to_be_visible()
    assert_accessible(page)
