"""Flows that depend on each other, in a real browser: drawn, listed, followed live."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.accessibility import assert_accessible
from tests.support.server import Server

pytestmark = pytest.mark.browser

_CORE = "io.kestra.plugin.core"
_LOAD = f"""id: load
namespace: company.team
tasks:
  - {{id: hold, type: {_CORE}.flow.Pause}}
"""
_NIGHTLY = f"""id: nightly
namespace: company.team
tasks:
  - {{id: call, type: {_CORE}.flow.Subflow, namespace: company.team, flowId: load}}
  - {{id: more, type: {_CORE}.flow.Subflow, namespace: company.team, flowId: gone, disabled: true}}
"""
_REPORT = f"""id: report
namespace: company.team
tasks:
  - {{id: say, type: {_CORE}.log.Log, message: done}}
triggers:
  - id: after
    type: {_CORE}.trigger.Flow
    states: [SUCCESS]
    conditions:
      - {{type: {_CORE}.condition.ExecutionFlow, namespace: company.team, flowId: nightly}}
"""
_ALONE = f"""id: alone
namespace: company.team
tasks:
  - {{id: say, type: {_CORE}.log.Log, message: done}}
"""
FLOWS = (_LOAD, _NIGHTLY, _REPORT, _ALONE)


def test_the_flows_that_belong_together_are_drawn_and_listed(
    page: Page, server: Server, faults: list[str]
) -> None:
    page.goto(f"{server.url}/flows/company.team/nightly")
    tabs = page.get_by_role("navigation", name="Flow")
    expect(tabs.get_by_role("link", name="Dependencies")).to_contain_text("3")
    tabs.get_by_role("link", name="Dependencies").click()
    graph = page.get_by_role("group", name="Topology")
    expect(graph.get_by_role("button", name="flow load, company.team")).to_be_visible()
    expect(graph.get_by_role("button", name="flow gone, not there")).to_be_visible()
    rows = page.get_by_role("table")
    rows.get_by_role("button", name="report company.team").click()
    chosen = graph.get_by_role("button", name="flow report, company.team")
    expect(chosen).to_have_attribute("aria-pressed", "true")
    expect(rows.locator("tr[aria-current]")).to_contain_text("Flow trigger after")
    graph.get_by_role("button", name="flow load, company.team").press("Enter")
    expect(rows.locator("tr[aria-current]")).to_contain_text("1 step downstream")
    rows.locator("tr[aria-current]").get_by_role("link", name="Flow").click()
    expect(page.get_by_role("heading", name="load")).to_be_visible()


def test_what_an_execution_starts_appears_and_moves_while_one_looks(
    page: Page, server: Server, faults: list[str]
) -> None:
    top = server.start("company.team", "nightly")
    page.goto(f"{server.url}/executions/{top}/dependencies")
    graph = page.get_by_role("group", name="Topology")
    expect(graph.get_by_role("button", name="flow load, company.team, paused")).to_be_visible()
    row = page.get_by_role("row").filter(has_text="1 step downstream").filter(has_text="load")
    expect(row).to_contain_text("Paused")
    child = row.get_by_role("link").first.get_attribute("href") or ""
    server.ask(
        "mutation ($id: ID!) { resumeExecution(input: {executionId: $id}) "
        "{ userErrors { message } } }",
        id=child.rsplit("/", 1)[-1],
    )
    expect(row).to_contain_text("Success")
    expect(graph.get_by_role("button", name="flow report, company.team, success")).to_be_visible()
    expect(graph.get_by_role("button", name="flow gone, not there")).to_be_visible()


def test_a_flow_that_stands_alone_says_what_would_be_here(
    page: Page, server: Server, faults: list[str]
) -> None:
    page.goto(f"{server.url}/flows/company.team/alone/dependencies")
    expect(page.get_by_role("heading", name="It stands alone")).to_be_visible()


def test_it_is_readable_for_everybody(page: Page, server: Server, theme: str) -> None:
    page.goto(f"{server.url}/flows/company.team/nightly/dependencies")
    expect(page.get_by_role("table")).to_be_visible()
    assert_accessible(page)


def test_it_fits_a_telephone(page: Page, server: Server, faults: list[str]) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{server.url}/flows/company.team/nightly/dependencies")
    expect(page.get_by_role("table")).to_be_visible()
    expect(page.get_by_role("group", name="Topology")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
