"""The chart above the list in a real browser: what it counts, what a press on it asks for."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.accessibility import assert_accessible
from tests.support.server import Server

pytestmark = pytest.mark.browser

_QUICK = """
id: quick
namespace: company.team
tasks:
  - {id: say, type: io.kestra.plugin.core.debug.Return, format: done}
"""
FLOWS = (_QUICK,)


@pytest.fixture(scope="module", autouse=True)
def _executed(server: Server) -> None:
    """One execution from the beginning: an empty list has no chart."""
    server.start("company.team", "quick")


def test_the_chart_counts_anew_when_something_was_executed(
    page: Page, server: Server, faults: list[str]
) -> None:
    page.goto(f"{server.url}/executions")
    total = page.locator(".chart-legend strong")
    expect(total).to_have_text(re.compile(r"\d+"))
    before = int(total.inner_text())
    server.start("company.team", "quick")
    expect(total).to_have_text(str(before + 1))


def test_a_press_on_a_bar_narrows_the_list_to_its_time(
    page: Page, server: Server, faults: list[str]
) -> None:
    page.goto(f"{server.url}/executions?state=SUCCESS")
    bar = page.get_by_role("group", name="Executions over time").get_by_role(
        "button", name=re.compile("Success")
    )
    bar.last.click()
    expect(page).to_have_url(re.compile(r"state=SUCCESS&created=%3E%3D.+&created=%3C"))
    expect(page.locator("tbody tr[id]").first).to_be_visible()
    page.get_by_role("button", name="All times").click()
    expect(page).to_have_url(re.compile(r"\?state=SUCCESS$"))


def test_the_chart_is_put_away_and_stays_away(
    page: Page, server: Server, faults: list[str]
) -> None:
    page.goto(f"{server.url}/executions")
    chart = page.get_by_role("region", name="Chart")
    expect(chart).to_be_visible()
    page.get_by_role("button", name="Chart", exact=True).click()
    expect(chart).to_have_count(0)
    page.reload()
    expect(page.locator("tbody tr[id]").first).to_be_visible()
    expect(chart).to_have_count(0)


def test_the_chart_and_its_table_are_accessible(page: Page, server: Server, theme: str) -> None:
    page.goto(f"{server.url}/executions")
    expect(page.locator(".chart-bars [data-state]").first).to_be_attached()
    assert_accessible(page)
    page.get_by_role("button", name="As a table").click()
    expect(page.get_by_role("cell", name=re.compile("Success")).first).to_be_visible()
    assert_accessible(page)
