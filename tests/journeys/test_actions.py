"""What the header of an execution does, and what its outputs and its flow's triggers show."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.server import Server

pytestmark = pytest.mark.browser

_SLEEPING = """
id: sleeping
namespace: company.team
tasks:
  - {id: sleep, type: io.kestra.plugin.core.flow.Sleep, duration: PT1H}
"""
_ASKING = """
id: asking
namespace: company.team
tasks:
  - id: wait
    type: io.kestra.plugin.core.flow.Pause
    onResume:
      - {id: approved, type: BOOL, displayName: Approved?, defaults: true}
      - {id: reason, type: STRING}
      - {id: times, type: INT, min: 1, max: 3, defaults: 1}
  - id: tell
    type: io.kestra.plugin.core.debug.Return
    format: "{{ outputs.wait.onResume.reason }}"
outputs:
  - {id: said, type: STRING, value: "{{ outputs.tell.value }}"}
"""
_FAILING = """
id: failing
namespace: company.team
tasks:
  - {id: fail, type: io.kestra.plugin.core.execution.Fail, errorMessage: It has to.}
"""
_QUICK = """
id: quick
namespace: company.team
tasks:
  - {id: say, type: io.kestra.plugin.core.debug.Return, format: done}
triggers:
  - {id: nightly, type: io.kestra.plugin.core.trigger.Schedule, cron: "0 2 * * *"}
"""
FLOWS = (_SLEEPING, _ASKING, _FAILING, _QUICK)


def _open(page: Page, server: Server, flow_id: str, state: str) -> str:
    """A new execution's page, once it shows that state; its id."""
    execution = server.start("company.team", flow_id)
    page.goto(f"{server.url}/executions/{execution}")
    _shows(page, state)
    return execution


def _shows(page: Page, state: str) -> None:
    expect(page.locator(".page-name .state-badge")).to_have_text(state)


def _press(page: Page, name: str) -> None:
    page.locator(".page-actions").get_by_role("button", name=name, exact=True).click()


def _choose(page: Page, name: str) -> None:
    _press(page, "More with this execution")
    page.get_by_role("menuitem", name=name).click()


def test_a_kill_is_asked_about_and_then_done(page: Page, server: Server, faults: list[str]) -> None:
    _open(page, server, "sleeping", "Running")
    _press(page, "Kill")
    page.get_by_role("dialog").get_by_role("button", name="Leave it").click()
    _shows(page, "Running")
    _press(page, "Kill")
    page.get_by_role("dialog").get_by_role("button", name="Kill").click()
    _shows(page, "Killed")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_running_execution_pauses_and_goes_on(
    page: Page, server: Server, faults: list[str]
) -> None:
    _open(page, server, "sleeping", "Running")
    _press(page, "Pause")
    expect(page.get_by_text("Pauses after the tasks that run now")).to_be_visible()
    _shows(page, "Paused")
    _press(page, "Resume")
    _shows(page, "Running")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_pause_asks_for_its_inputs_before_it_goes_on(
    page: Page, server: Server, faults: list[str]
) -> None:
    _open(page, server, "asking", "Paused")
    _press(page, "Resume")
    form = page.get_by_role("dialog", name="Resume wait")
    expect(form.get_by_text("Approved?")).to_be_visible()
    form.get_by_label("times").fill("9")
    form.get_by_role("button", name="Resume").click()
    expect(form.get_by_role("alert")).to_have_count(2)
    form.get_by_label("reason").fill("It is fine.")
    form.get_by_label("times").fill("2")
    form.get_by_role("button", name="Resume").click()
    _shows(page, "Success")
    expect(page.get_by_role("region", name="Outputs")).to_contain_text("It is fine.")


def test_a_failed_execution_is_restarted_in_its_place(
    page: Page, server: Server, faults: list[str]
) -> None:
    execution = _open(page, server, "failing", "Failed")
    _press(page, "Restart")
    expect(page.get_by_text("Restarted", exact=True).first).to_be_visible()
    _shows(page, "Failed")
    assert execution in page.url


def test_a_replay_is_another_execution(page: Page, server: Server, faults: list[str]) -> None:
    execution = _open(page, server, "quick", "Success")
    _press(page, "Replay")
    expect(page).not_to_have_url(re.compile(execution))
    _shows(page, "Success")
    expect(page.get_by_text("Replay of")).to_be_visible()


def test_an_execution_that_has_ended_gets_another_end(
    page: Page, server: Server, faults: list[str]
) -> None:
    _open(page, server, "failing", "Failed")
    _choose(page, "Change state")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("radio", name="Warning").check()
    dialog.get_by_role("button", name="Change").click()
    _shows(page, "Warning")


def test_labels_are_set_and_shown(page: Page, server: Server, faults: list[str]) -> None:
    _open(page, server, "quick", "Success")
    _choose(page, "Set labels")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Labels").fill("team:data nothing")
    expect(dialog.get_by_role("button", name="Set")).to_be_disabled()
    dialog.get_by_label("Labels").fill("team:data")
    dialog.get_by_role("button", name="Set").click()
    expect(page.get_by_role("complementary", name="Facts")).to_contain_text("team:data")


def test_a_deleted_execution_leaves_the_list(page: Page, server: Server, faults: list[str]) -> None:
    execution = _open(page, server, "quick", "Success")
    _choose(page, "Delete")
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page).to_have_url(re.compile(r"/executions$"))
    expect(page.get_by_role("link", name=execution[-8:])).to_have_count(0)


def test_outputs_are_walked_through_column_by_column(
    page: Page, server: Server, faults: list[str]
) -> None:
    execution = _open(page, server, "quick", "Success")
    page.get_by_role("link", name="Outputs").click()
    page.get_by_role("list", name="Tasks").get_by_role("button", name="say").click()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    value = page.get_by_role("region", name="Value")
    expect(value).to_contain_text("{{ outputs.say.value }}")
    expect(value).to_contain_text("done")
    page.reload()
    expect(value).to_contain_text("{{ outputs.say.value }}")
    assert execution in page.url


def test_a_trigger_is_switched_off_on_its_flows_page(
    page: Page, server: Server, faults: list[str]
) -> None:
    page.goto(f"{server.url}/flows/company.team/quick/triggers")
    switch = page.get_by_role("switch", name="nightly is on")
    expect(switch).to_be_checked()
    switch.click()
    expect(switch).not_to_be_checked()
    page.reload()
    expect(switch).not_to_be_checked()
