"""The list of executions in a real browser: live, narrowed by what is typed, walked by keys."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.accessibility import assert_accessible
from tests.support.server import Server

pytestmark = pytest.mark.browser

_HELLO = """
id: hello
namespace: company.team
labels:
  team: data
tasks:
  - id: say
    type: io.kestra.plugin.core.debug.Return
    format: Hello World!
"""
_BROKEN = """
id: broken
namespace: company.ops
tasks:
  - id: fail
    type: io.kestra.plugin.core.execution.Fail
"""
_SLOW = """
id: slow
namespace: company.team
tasks:
  - id: wait
    type: io.kestra.plugin.core.flow.Sleep
    duration: PT1H
"""
FLOWS = (_HELLO, _BROKEN, _SLOW)


def _rows(page: Page, word: str) -> int:
    return page.locator("tbody tr", has_text=word).count()


def _kill(server: Server, execution_id: str) -> None:
    server.ask(
        "mutation ($id: ID!) { killExecution(input: {executionId: $id}) "
        "{ userErrors { message } } }",
        id=execution_id,
    )


def test_an_execution_appears_and_ends_without_a_reload(
    page: Page, server: Server, faults: list[str]
) -> None:
    page.goto(f"{server.url}/executions?flow=slow")
    expect(page.get_by_text("No execution is like that")).to_be_visible()
    started = server.start("company.team", "slow")
    row = page.locator(f"#row-{started}")
    expect(row.get_by_text("Running")).to_be_visible()
    _kill(server, started)
    expect(row.get_by_text("Killed")).to_be_visible()


def test_the_duration_of_a_running_execution_ticks(
    page: Page, server: Server, faults: list[str]
) -> None:
    started = server.start("company.team", "slow")
    page.goto(f"{server.url}/executions?flow=slow")
    duration = page.locator(f"#row-{started} .duration")
    before = duration.inner_text()
    expect(duration).not_to_have_text(before)


def test_what_is_typed_becomes_chips_an_address_and_a_narrower_list(
    page: Page, server: Server, faults: list[str]
) -> None:
    hello, broken = server.start("company.team", "hello"), server.start("company.ops", "broken")
    page.goto(f"{server.url}/executions")
    expect(page.locator(f"#row-{hello}")).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("state:FAILED ")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?state=FAILED$"))
    expect(page.locator(f"#row-{broken}")).to_be_visible()
    expect(page.locator(f"#row-{hello}")).to_have_count(0)
    page.get_by_role("button", name="Remove state:FAILED").click()
    expect(page.locator(f"#row-{hello}")).to_be_visible()


def test_a_press_on_a_label_narrows_to_it(page: Page, server: Server, faults: list[str]) -> None:
    hello = server.start("company.team", "hello")
    page.goto(f"{server.url}/executions")
    page.locator(f"#row-{hello}").get_by_role("button", name="team:data").click()
    expect(page).to_have_url(re.compile(r"label=team%3Adata"))
    expect(page.locator("tbody tr").first).to_contain_text("hello")


def test_an_address_that_means_nothing_is_told_instead_of_ignored(
    page: Page, server: Server, faults: list[str]
) -> None:
    page.goto(f"{server.url}/executions?flowid=hello&state=NONSENSE")
    problems = page.get_by_role("alert")
    expect(problems).to_have_count(2)
    expect(problems.nth(0)).to_contain_text("flowid")
    expect(problems.nth(1)).to_contain_text("Take one of RUNNING")


def test_keys_walk_the_list_and_open_an_execution(
    page: Page, server: Server, faults: list[str]
) -> None:
    server.start("company.team", "hello")
    last = server.start("company.team", "hello")
    page.goto(f"{server.url}/executions?flow=hello")
    expect(page.locator(f"#row-{last}")).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator(f"#row-{last}")).to_have_attribute("aria-current", "true")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{server.url}/executions/{last}")


def test_newcomers_wait_while_somebody_reads_further_down(
    page: Page, server: Server, faults: list[str]
) -> None:
    for _ in range(40):
        server.start("company.team", "hello")
    page.set_viewport_size({"width": 1200, "height": 500})
    page.goto(f"{server.url}/executions?flow=hello&size=100")
    expect(page.locator("tbody tr")).not_to_have_count(0)
    reading = page.locator("tbody tr").nth(25)
    reading.scroll_into_view_if_needed()
    before = reading.bounding_box()
    newest = server.start("company.team", "hello")
    pill = page.get_by_role("button", name="1 new")
    expect(pill).to_be_visible()
    assert reading.bounding_box() == before
    pill.click()
    expect(page.locator(f"#row-{newest}")).to_be_visible()


def test_newcomers_wait_while_the_pointer_is_over_the_rows(
    page: Page, server: Server, faults: list[str]
) -> None:
    reading = server.start("company.team", "slow")
    page.goto(f"{server.url}/executions?flow=slow")
    row = page.locator(f"#row-{reading}")
    expect(row).to_contain_text("Running")
    row.hover()
    before = row.bounding_box()
    newest = server.start("company.team", "slow")
    pill = page.get_by_role("button", name="1 new")
    expect(pill).to_be_visible()
    assert row.bounding_box() == before
    _kill(server, reading)
    expect(row).to_contain_text("Killed")  # what is shown stays live
    assert row.bounding_box() == before
    pill.click()
    expect(page.locator(f"#row-{newest}")).to_be_visible()
    later = server.start("company.team", "slow")
    expect(pill).to_be_visible()
    page.mouse.move(5, 5)
    expect(page.locator(f"#row-{later}")).to_be_visible()


def test_what_left_the_filter_goes_when_the_pointer_does(
    page: Page, server: Server, faults: list[str]
) -> None:
    reading = server.start("company.team", "slow")
    page.goto(f"{server.url}/executions?flow=slow&state=RUNNING")
    row = page.locator(f"#row-{reading}")
    expect(row).to_be_visible()
    row.hover()
    _kill(server, reading)
    expect(row).to_contain_text("Killed")
    page.mouse.move(5, 5)
    expect(row).to_have_count(0)


def test_pages_lead_on_and_back(page: Page, server: Server, faults: list[str]) -> None:
    for _ in range(30):
        server.start("company.ops", "broken")
    page.goto(f"{server.url}/executions?flow=broken&size=25")
    expect(page.locator("tbody tr")).to_have_count(25)
    first = page.locator("tbody tr").first.get_attribute("id")
    page.get_by_role("button", name="Next page").click()
    expect(page.locator(f"#{first}")).to_have_count(0)
    page.go_back()
    expect(page.locator(f"#{first}")).to_be_visible()


@pytest.mark.parametrize("path", ["/executions", "/executions?state=FAILED", "/flows"])
def test_pages_are_accessible(page: Page, server: Server, theme: str, path: str) -> None:
    server.start("company.ops", "broken")
    page.goto(server.url + path)
    expect(page.locator("tbody tr").first).to_be_visible()
    expect(page.locator("table[aria-busy=true]")).to_have_count(0)
    assert_accessible(page)


def test_open_menus_and_dialogs_are_accessible(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/executions")
    page.get_by_role("button", name="Columns").click()
    expect(page.get_by_role("menuitemcheckbox", name="Labels")).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog", name="Search and commands")).to_be_visible()
    assert_accessible(page)


def test_no_page_asks_a_foreign_host(page: Page, server: Server) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("/executions", "/flows", "/flows/company.team/hello"):
        page.goto(server.url + path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(f"{server.url}/graphql")
    expect(page.get_by_role("button", name="Execute query")).to_be_visible()
    foreign = [url for url in asked if not url.startswith((server.url, "data:", "blob:"))]
    assert foreign == []
