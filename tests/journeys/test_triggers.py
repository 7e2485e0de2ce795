"""The triggers of a flow in a real browser: when they fire, their past made up for, off and on."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.accessibility import assert_accessible
from tests.support.server import Server

pytestmark = pytest.mark.browser

_TIMED = """
id: timed
namespace: company.team
tasks:
  - {id: say, type: io.kestra.plugin.core.debug.Return, format: done}
triggers:
  - id: mornings
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "30 6 * * MON-FRI"
    timezone: Europe/Paris
  - {id: hourly, type: io.kestra.plugin.core.trigger.Schedule, cron: "0 * * * *"}
  - {id: daily, type: io.kestra.plugin.core.trigger.Schedule, cron: "@daily"}
  - {id: call, type: io.kestra.plugin.core.trigger.Webhook, key: some-secret-key}
"""
FLOWS = (_TIMED,)


def _row(page: Page, server: Server, trigger: str) -> Locator:
    page.goto(f"{server.url}/flows/company.team/timed/triggers")
    switch = page.get_by_role("switch", name=f"{trigger} is on")
    return page.get_by_role("row").filter(has=switch)


def test_a_schedule_is_told_in_words_with_the_moments_to_come(
    page: Page, server: Server, faults: list[str]
) -> None:
    row = _row(page, server, "mornings")
    expect(row).to_contain_text("at 06:30 from Monday to Friday, Europe/Paris")
    row.get_by_role("button", name="mornings").click()
    details = page.locator(".trigger-details")
    expect(details.get_by_text("30 6 * * MON-FRI")).to_be_visible()
    expect(details.locator(".moments time")).to_have_count(5)
    row.get_by_role("button", name="mornings").click()
    expect(details).to_have_count(0)


def test_the_past_of_a_schedule_is_made_up_for(
    page: Page, server: Server, faults: list[str]
) -> None:
    row = _row(page, server, "hourly")
    row.get_by_role("button", name="hourly").click()
    page.get_by_role("button", name="Make up for the past").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("From").fill("2026-01-05T08:30")
    dialog.get_by_label("To").fill("2026-01-05T08:00")
    expect(dialog.get_by_text("The end must come after the beginning.")).to_be_visible()
    expect(dialog.get_by_role("button", name="Start the backfill")).to_be_disabled()
    dialog.get_by_label("To").fill("2026-01-05T11:30")
    dialog.get_by_label("Labels").fill("reason:outage")
    dialog.get_by_role("button", name="Start the backfill").click()
    expect(dialog).to_have_count(0)
    page.goto(f"{server.url}/executions?label=reason:outage")
    expect(page.locator("tbody tr[id]", has_text="Success")).to_have_count(3)


def test_a_backfill_rests_goes_on_and_is_ended(
    page: Page, server: Server, faults: list[str]
) -> None:
    server.ask(
        """mutation { backfillTrigger(input: {namespace: "company.team", flowId: "timed",
        triggerId: "daily", start: "2000-01-01T00:00:00Z"}) { userErrors { message } } }"""
    )
    row = _row(page, server, "daily")
    row.get_by_role("button", name="daily").click()
    page.get_by_role("button", name="Pause").click()
    expect(row).to_contain_text("backfill paused")
    page.get_by_role("button", name="Resume").click()
    expect(row).to_contain_text("backfill running")
    page.get_by_role("button", name="End it").click()
    expect(page.get_by_role("button", name="Make up for the past")).to_be_visible()


def test_a_trigger_is_switched_off_and_on(page: Page, server: Server, faults: list[str]) -> None:
    row = _row(page, server, "mornings")
    switch = row.get_by_role("switch")
    expect(switch).to_be_checked()
    switch.click()
    expect(switch).not_to_be_checked()
    page.reload()
    expect(switch).not_to_be_checked()
    switch.click()
    expect(switch).to_be_checked()


def test_triggers_and_their_dialog_are_accessible(page: Page, server: Server, theme: str) -> None:
    row = _row(page, server, "mornings")
    row.get_by_role("button", name="mornings").click()
    expect(page.locator(".moments time")).to_have_count(5)
    assert_accessible(page)
    page.get_by_role("button", name="Make up for the past").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert_accessible(page)
