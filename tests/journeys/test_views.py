"""The saved views of the list in a real browser: saved, shown, renamed, opened with, deleted."""

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


def _save(page: Page, server: Server, search: str, name: str) -> None:
    page.goto(f"{server.url}/executions?{search}")
    page.get_by_role("button", name=re.compile("^View")).click()
    page.get_by_role("menuitem", name="Save this view").click()
    dialog = page.get_by_role("dialog", name="Save this view")
    dialog.get_by_label("Name").fill(name)
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name=f"View: {name}")).to_be_visible()


def _manage(page: Page, current: str) -> None:
    page.get_by_role("button", name=current).click()
    page.get_by_role("menuitem", name="Manage views").click()
    expect(page.get_by_role("dialog", name="Views")).to_be_visible()


def test_a_view_is_saved_with_filter_order_and_columns_and_shown_again(
    page: Page, server: Server, faults: list[str]
) -> None:
    server.start("company.team", "quick")
    page.goto(f"{server.url}/executions")
    page.get_by_role("button", name="Columns").click()
    page.get_by_role("menuitemcheckbox", name="Revision").click()
    page.keyboard.press("Escape")
    _save(page, server, "state=SUCCESS&created=7d&order=-duration", "Done this week")
    page.get_by_role("button", name="View: Done this week").click()
    page.get_by_role("menuitemcheckbox", name="All executions").click()
    expect(page).to_have_url(f"{server.url}/executions")
    page.get_by_role("button", name="Columns").click()
    page.get_by_role("menuitemcheckbox", name="Revision").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("columnheader", name="Revision")).to_have_count(0)
    page.get_by_role("button", name="Views").click()
    page.get_by_role("menuitemcheckbox", name="Done this week").click()
    expect(page).to_have_url(re.compile(r"\?state=SUCCESS&created=7d&order=-duration$"))
    expect(page.get_by_role("columnheader", name="Revision")).to_be_visible()


def test_a_name_that_is_taken_is_told_and_replaced(
    page: Page, server: Server, faults: list[str]
) -> None:
    _save(page, server, "state=FAILED", "Mine")
    page.goto(f"{server.url}/executions?state=KILLED")
    page.get_by_role("button", name="Views").click()
    page.get_by_role("menuitem", name="Save this view").click()
    dialog = page.get_by_role("dialog", name="Save this view")
    dialog.get_by_label("Name").fill("Mine")
    expect(dialog.get_by_role("status")).to_contain_text("There is a view of this name")
    dialog.get_by_role("button", name="Replace").click()
    expect(page.get_by_role("button", name="View: Mine")).to_be_visible()
    page.goto(f"{server.url}/executions?state=FAILED")
    expect(page.get_by_role("button", name="Views", exact=True)).to_be_visible()


def test_the_list_opens_with_the_view_that_has_the_star(
    page: Page, server: Server, faults: list[str]
) -> None:
    _save(page, server, "state=WARNING", "Odd ones")
    _manage(page, "View: Odd ones")
    page.get_by_role("button", name="Odd ones opens first").click()
    page.get_by_role("button", name="Done", exact=True).click()
    page.get_by_role("link", name="Flows").click()
    expect(page.get_by_role("heading", name="Flows")).to_be_visible()
    page.get_by_role("link", name="Executions", exact=True).click()
    expect(page).to_have_url(f"{server.url}/executions?state=WARNING")
    page.get_by_role("button", name="Clear the filter").first.click()
    expect(page).to_have_url(f"{server.url}/executions")


def test_a_view_is_renamed_and_deleted_for_everybody(
    page: Page, server: Server, faults: list[str]
) -> None:
    _save(page, server, "state=CANCELLED", "Old name")
    _manage(page, "View: Old name")
    page.get_by_label("Name of Old name").fill("New name")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Name of New name")).to_be_visible()
    page.get_by_role("button", name="Delete New name").click()
    expect(page.get_by_text("Delete New name for everybody?")).to_be_visible()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_label("Name of New name")).to_have_count(0)
    asked = server.ask("{ savedViews(target: EXECUTIONS) { name } }")
    assert "New name" not in [view["name"] for view in asked["savedViews"]]


def test_the_menu_and_the_dialogs_are_accessible(page: Page, server: Server, theme: str) -> None:
    _save(page, server, "state=FAILED", f"For {theme}")
    _manage(page, f"View: For {theme}")
    assert_accessible(page)
    page.get_by_role("button", name="Done", exact=True).click()
    page.goto(f"{server.url}/executions?state=RUNNING")
    page.get_by_role("button", name="Views").click()
    expect(page.get_by_role("menuitemcheckbox", name=f"For {theme}")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("menuitem", name="Save this view").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert_accessible(page)
