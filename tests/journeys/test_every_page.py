"""What every page offers: keys, its GraphQL, themes, forms of all kinds, a telephone's width."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.accessibility import assert_accessible
from tests.support.server import Server

pytestmark = pytest.mark.browser

_ORDER = """id: order
namespace: company.shop
inputs:
  - {id: gift, type: BOOL, defaults: false}
  - id: wrapping
    type: SELECT
    values: [{value: red, label: Red paper}, {value: blue, label: Blue paper}]
    dependsOn: {inputs: [gift], condition: "{{ inputs.gift == true }}"}
  - id: contact
    type: FORM
    displayName: Who to ask
    inputs:
      - {id: email, type: EMAIL, displayName: E-mail}
  - id: items
    type: TABLE
    columns:
      - {id: article, type: STRING}
      - {id: pieces, type: INT, defaults: 1}
    rows: {min: 1, max: 2}
tasks:
  - id: take
    type: io.kestra.plugin.core.debug.Return
    format: "{{ inputs }}"
  - id: pack
    type: io.kestra.plugin.core.debug.Return
    format: packed
outputs:
  - {id: paper, type: STRING, value: "{{ inputs.wrapping }} for {{ inputs.contact.email }}"}
  - {id: articles, type: STRING, value: "{{ inputs.items }}"}
"""
_BROKEN = """id: broken
namespace: company.shop
tasks:
  - id: fail
    type: io.kestra.plugin.scripts.shell.Commands
    commands: ['echo "no such file: orders.csv" >&2; exit 3']
"""
FLOWS = (_ORDER, _BROKEN)


def test_a_question_mark_shows_the_keys_and_escape_closes_them(
    page: Page, server: Server, faults: list[str]
) -> None:
    page.goto(f"{server.url}/flows")
    expect(page.get_by_role("heading", name="Flows")).to_be_visible()
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_contain_text("Search and commands")
    expect(keys).to_contain_text("Critical path")
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()


def test_a_page_shows_its_graphql_and_the_playground_takes_it_over(
    page: Page, server: Server, faults: list[str]
) -> None:
    page.goto(f"{server.url}/flows")
    expect(page.get_by_role("link", name="order", exact=True)).to_be_visible()
    page.keyboard.press("q")
    shown = page.get_by_role("dialog", name="The GraphQL of this page")
    shown.get_by_role("tab", name="FlowsPage").click()
    expect(shown.get_by_label("FlowsPage")).to_contain_text("flows(")
    shown.get_by_role("link", name="Open in the playground").click()
    expect(page.locator(".graphiql-query-editor")).to_contain_text("FlowsPage")


def test_the_theme_is_chosen_kept_and_followed_by_the_playground(
    page: Page, server: Server, faults: list[str]
) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(f"{server.url}/executions")
    page.get_by_role("group", name="Theme").get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto(f"{server.url}/flows")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto(f"{server.url}/graphql")
    expect(page.locator("body")).to_have_class(re.compile("graphiql-dark"))


def test_a_form_asks_for_what_counts_with_fields_for_groups_and_rows(
    page: Page, server: Server, faults: list[str]
) -> None:
    page.goto(f"{server.url}/flows/company.shop/order/executions")
    page.get_by_role("button", name="Execute", exact=False).first.click()
    form = page.get_by_role("dialog", name="Execute order")
    expect(form.get_by_label("wrapping")).to_have_count(0)
    form.get_by_text("true", exact=True).click()
    form.get_by_label("wrapping").select_option(label="Blue paper")
    page.keyboard.press("Control+Enter")
    expect(form.get_by_role("alert")).to_have_text(["The flow cannot start without it."] * 2)
    form.get_by_label("E-mail").fill("ann@example.org")
    form.get_by_label("article of row 1").fill("pen")
    form.get_by_role("button", name="Add a row").click()
    expect(form.get_by_role("button", name="Add a row")).to_be_disabled()
    form.get_by_label("article of row 2").fill("ink")
    page.keyboard.press("Control+Enter")
    expect(page).to_have_url(re.compile(r"/executions/ex_"))
    outputs = page.get_by_role("region", name="Outputs")
    expect(outputs).to_contain_text("blue for ann@example.org")
    expect(outputs).to_contain_text("ink")


def test_a_failure_shows_its_last_lines_on_the_first_page(
    page: Page, server: Server, faults: list[str]
) -> None:
    execution = server.start("company.shop", "broken")
    page.goto(f"{server.url}/executions/{execution}")
    expect(page.get_by_role("region", name="Last lines")).to_contain_text("orders.csv")
    page.get_by_role("link", name="All lines of fail").click()
    expect(page).to_have_url(re.compile(r"/logs\?logTask=fail"))


def test_a_graph_is_turned_and_the_address_keeps_it(
    page: Page, server: Server, faults: list[str]
) -> None:
    page.set_viewport_size({"width": 1440, "height": 700})
    page.goto(f"{server.url}/flows/company.shop/broken")
    graph = page.get_by_role("group", name="Topology")
    expect(graph.get_by_role("button", name=re.compile("fail"))).to_be_visible()
    page.get_by_role("button", name=re.compile("Draw it from")).click()
    expect(page).to_have_url(re.compile("course="))
    expect(graph.get_by_role("button", name=re.compile("fail"))).to_be_visible()


@pytest.mark.parametrize(
    "path", ["overview", "gantt", "topology", "logs", "outputs", "metrics", "/executions", "/flows"]
)
def test_every_page_fits_a_telephone_and_is_accessible_there(
    page: Page, server: Server, theme: str, path: str
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    execution = server.start("company.shop", "broken")
    page.goto(server.url + (path if path[0] == "/" else f"/executions/{execution}/{path}"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    if path[0] != "/":
        expect(page.locator(".page-name .state-badge")).to_have_text("Failed")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert_accessible(page)
