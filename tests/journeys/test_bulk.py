"""Many executions at once in a real browser: selected, asked about, followed to the end."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager

import asyncpg
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.accessibility import assert_accessible
from tests.support.database import DatabaseServer
from tests.support.server import Server
from tests.support.waiting import blocking_until

pytestmark = pytest.mark.browser

_SLEEPING = """
id: sleeping
namespace: company.team
tasks:
  - {id: sleep, type: io.kestra.plugin.core.flow.Sleep, duration: PT1H}
"""
_QUICK = """
id: quick
namespace: company.team
tasks:
  - {id: say, type: io.kestra.plugin.core.debug.Return, format: done}
"""
FLOWS = (_SLEEPING, _QUICK)


Unsettled = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def unsettled(database_server: DatabaseServer, dsn: str) -> Unsettled:
    """While it is entered no operation gets further: its outcomes cannot be written."""

    @asynccontextmanager
    async def locked() -> AsyncIterator[None]:
        connection = await asyncpg.connect(dsn)
        try:
            async with connection.transaction():
                await connection.execute("LOCK TABLE bulk_items IN EXCLUSIVE MODE")
                yield
        finally:
            await connection.close()

    return lambda: database_server.portal.wrap_async_context_manager(locked())


def _listed(page: Page, server: Server, address: str, count: int) -> None:
    """The list at an address, once it shows so many rows."""
    page.goto(f"{server.url}/executions?{address}")
    expect(page.locator("table[aria-busy=false] tbody tr")).to_have_count(count)


def _box(page: Page, execution: str) -> Locator:
    return page.locator(f"#row-{execution}").get_by_role("checkbox")


def _toolbar(page: Page) -> Locator:
    return page.get_by_role("toolbar", name="Selected executions")


def _choose(page: Page, action: str) -> Locator:
    """The dialog of an action out of the toolbar's menu."""
    _toolbar(page).get_by_role("button", name="More for the selected executions").click()
    page.get_by_role("menuitem", name=action).click()
    return page.get_by_role("dialog")


def _labelled(server: Server, label: str, count: int, flow_id: str = "quick") -> list[str]:
    """New executions with a label of their own, the newest first."""
    made = [server.start("company.team", flow_id) for _ in range(count)]
    key, value = label.split(":")
    for execution in made:
        server.ask(
            "mutation ($input: SetExecutionLabelsInput!) { setExecutionLabels(input: $input) "
            "{ userErrors { message } } }",
            input={"executionId": execution, "labels": [{"key": key, "value": value}]},
        )
    return made[::-1]


def test_rows_are_selected_one_by_one_in_ranges_and_by_keys(
    page: Page, server: Server, faults: list[str]
) -> None:
    made = _labelled(server, "walk:rows", 5)
    _listed(page, server, "label=walk:rows", 5)
    _box(page, made[0]).click()
    expect(_toolbar(page)).to_contain_text("1 selected")
    _box(page, made[3]).click(modifiers=["Shift"])
    expect(_toolbar(page)).to_contain_text("4 selected")
    page.keyboard.press("Escape")
    expect(_toolbar(page)).to_have_count(0)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(_box(page, made[1])).to_be_checked()
    page.keyboard.press("a")
    expect(_toolbar(page)).to_contain_text("5 selected")
    expect(page.get_by_role("checkbox", name="Select the page")).to_be_checked()


def test_a_selection_outlives_what_comes_and_moves_nothing(
    page: Page, server: Server, faults: list[str]
) -> None:
    _labelled(server, "stays:put", 2)
    page.goto(f"{server.url}/executions")
    row = page.locator("tbody tr[id]").first
    chosen = (row.get_attribute("id") or "").removeprefix("row-")
    before = page.locator(f"#row-{chosen}").bounding_box()
    _box(page, chosen).click()
    server.start("company.team", "quick")
    expect(page.get_by_role("button", name="1 new")).to_be_visible()
    assert page.locator(f"#row-{chosen}").bounding_box() == before
    expect(_box(page, chosen)).to_be_checked()
    page.keyboard.press("Escape")
    page.get_by_role("heading", name="Executions").hover()  # no longer the rows
    expect(page.get_by_role("button", name="1 new")).to_have_count(0)
    expect(page.locator("tbody tr[id]").first).not_to_have_id(f"row-{chosen}")


def test_all_that_match_are_labelled_though_the_page_shows_a_part(
    page: Page, server: Server, faults: list[str]
) -> None:
    _labelled(server, "many:yes", 28)
    _listed(page, server, "label=many:yes&size=25", 25)
    page.get_by_role("checkbox", name="Select the page").click()
    _toolbar(page).get_by_role("button", name="Select all 28 that match").click()
    dialog = _choose(page, "Set labels")
    expect(dialog).to_contain_text("28 executions will get these labels")
    expect(dialog.get_by_role("button", name="Set labels")).to_be_disabled()
    dialog.get_by_label("Labels").fill("seen:by-us")
    dialog.get_by_role("button", name="Set labels 28").click()
    expect(page.get_by_role("dialog", name="Labels set: 28 executions")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="Close").last.click()
    expect(_toolbar(page)).to_have_count(0)
    _listed(page, server, "label=seen:by-us&size=50", 28)


def test_a_kill_shows_beforehand_whom_it_meets_and_afterwards_whom_it_did_not(
    page: Page, server: Server, faults: list[str]
) -> None:
    sleeping = _labelled(server, "kill:mixed", 2, "sleeping")
    ended = _labelled(server, "kill:mixed", 1)[0]
    _listed(page, server, "label=kill:mixed", 3)
    expect(page.locator(f"#row-{ended}").get_by_text("Success")).to_be_visible()
    page.keyboard.press("a")
    _toolbar(page).get_by_role("button", name="Kill").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("2 of 3 executions will be stopped")
    expect(dialog.get_by_role("listitem")).to_contain_text("SUCCESS")
    dialog.get_by_role("button", name="Kill 2").click()
    expect(page.get_by_role("dialog", name="Killed: 2 executions")).to_be_visible()
    refused = page.get_by_role("region", name="Not done").get_by_role("listitem")
    expect(refused).to_have_count(1)
    expect(refused.get_by_role("link")).to_have_attribute("href", f"/executions/{ended}")
    page.keyboard.press("Escape")
    for execution in sleeping:
        expect(page.locator(f"#row-{execution}").get_by_text("Killed")).to_be_visible()


def test_a_change_of_state_needs_a_state(page: Page, server: Server, faults: list[str]) -> None:
    made = _labelled(server, "end:other", 2)
    _listed(page, server, "label=end:other", 2)
    page.keyboard.press("a")
    dialog = _choose(page, "Change state")
    dialog.get_by_role("radio", name="Warning").check()
    dialog.get_by_role("button", name=re.compile("Change state 2")).click()
    expect(page.get_by_role("dialog", name="State changed: 2 executions")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(f"#row-{made[0]}").get_by_text("Warning")).to_be_visible()


def test_deleted_executions_leave_the_list(page: Page, server: Server, faults: list[str]) -> None:
    _labelled(server, "gone:soon", 3)
    _listed(page, server, "label=gone:soon", 3)
    page.keyboard.press("a")
    dialog = _choose(page, "Delete")
    dialog.get_by_role("checkbox", name="Files").uncheck()
    dialog.get_by_role("button", name="Delete 3").click()
    expect(page.get_by_role("dialog", name="Deleted: 3 executions")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("No execution is like that")).to_be_visible()


def _replayed(page: Page, count: int, end: str) -> Locator:
    """Replay all that match; the dialog once it says so."""
    expect(page.locator(".pager")).to_contain_text(f"of {count}")
    page.get_by_role("checkbox", name="Select the page").click()
    if count > 25:
        _toolbar(page).get_by_role("button", name=f"Select all {count} that match").click()
    _toolbar(page).get_by_role("button", name="Replay").click()
    page.get_by_role("dialog").get_by_role("button", name=f"Replay {count}").click()
    dialog = page.get_by_role("dialog", name=f"{end}: {count} executions")
    expect(dialog).to_be_visible()
    return dialog


def test_an_operation_is_found_again_after_a_reload_and_can_be_left_off(
    page: Page, server: Server, unsettled: Unsettled, faults: list[str]
) -> None:
    _labelled(server, "long:work", 25)
    page.goto(f"{server.url}/executions?label=long:work&size=25")
    for count in (25, 50, 100, 200):  # until there are more than are done in one go
        _replayed(page, count, "Replayed")
        page.reload()
    with unsettled():
        _replayed(page, 400, "Replaying")
        page.reload()
        tray = page.get_by_role("region", name="Operations on many executions")
        tray.get_by_role("button", name="Replaying").click()
        dialog = page.get_by_role("dialog", name="Replaying: 400 executions")
        dialog.get_by_role("button", name="Leave the rest alone").click()
        blocking_until(lambda: _states(server) == ["CANCELLING"], what="the wish to be stored")
    expect(page.get_by_role("dialog", name="Stopped before the end")).to_contain_text("left alone")


def _states(server: Server) -> list[str]:
    """The states of the operations that have not ended."""
    asked = server.ask("{ bulkOperations(states: [RUNNING, CANCELLING]) { nodes { state } } }")
    return [node["state"] for node in asked["bulkOperations"]["nodes"]]


def test_the_selection_and_its_dialogs_are_accessible(
    page: Page, server: Server, theme: str
) -> None:
    _labelled(server, f"axe:{theme}", 2)
    _listed(page, server, f"label=axe:{theme}&size=25", 2)
    page.keyboard.press("a")
    expect(_toolbar(page)).to_be_visible()
    assert_accessible(page)
    _toolbar(page).get_by_role("button", name="Kill").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("listitem")).to_have_count(1)
    assert_accessible(page)
    page.keyboard.press("Escape")
    dialog = _choose(page, "Delete")
    expect(dialog).to_contain_text("will be deleted for good")
    assert_accessible(page)
