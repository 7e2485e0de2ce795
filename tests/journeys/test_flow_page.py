"""A flow's page in a real browser: written with help, saved, drawn, executed."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.accessibility import assert_accessible
from tests.support.server import Server

pytestmark = pytest.mark.browser

_GREETING = """id: greeting
namespace: company.team
inputs:
  - id: name
    type: STRING
  - id: times
    type: INT
    min: 1
    max: 3
    defaults: 1
tasks:
  - id: say
    type: io.kestra.plugin.core.debug.Return
    format: "{{ inputs.name }} {{ inputs.times }}"
outputs:
  - id: said
    type: STRING
    value: "{{ outputs.say.value }}"
"""
FLOWS = (_GREETING,)


def _open(page: Page, server: Server, flow_id: str = "greeting") -> None:
    page.goto(f"{server.url}/flows/company.team/{flow_id}")
    expect(page.get_by_role("textbox", name="The flow's YAML")).to_be_visible()


def _write(page: Page, source: str) -> None:
    """Replace the whole YAML, as one would paste it."""
    page.get_by_role("textbox", name="The flow's YAML").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(source)


def test_a_problem_is_marked_where_it_is_and_says_how_to_mend_it(
    page: Page, server: Server, faults: list[str]
) -> None:
    _open(page, server)
    _write(page, _GREETING.replace("format:", "formt:"))
    problem = page.get_by_role("list", name="Problems").get_by_role("listitem")
    expect(problem).to_contain_text("formt")
    expect(problem).to_contain_text("14:5")
    expect(page.locator(".cm-lintRange-error")).to_have_text("formt")
    expect(page.get_by_role("button", name="Save")).to_be_disabled()


def test_a_changed_flow_is_saved_as_a_new_revision(
    page: Page, server: Server, faults: list[str]
) -> None:
    server.save(_GREETING.replace("greeting", "revised"))
    _open(page, server, "revised")
    _write(page, _GREETING.replace("greeting", "revised").replace("id: say", "id: speak"))
    expect(page.get_by_text("Changed since revision 1")).to_be_visible()
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Saved as revision 2")).to_be_visible()
    page.get_by_role("link", name="Revisions").click()
    expect(page.get_by_role("list", name="Revisions").get_by_role("listitem")).to_have_count(2)


def test_the_graph_follows_what_is_written(page: Page, server: Server, faults: list[str]) -> None:
    _open(page, server)
    graph = page.get_by_role("region", name="Topology")
    expect(graph.get_by_role("button", name=re.compile("say"))).to_be_visible()
    more = "tasks:\n  - id: first\n    type: io.kestra.plugin.core.debug.Return\n    format: a\n"
    _write(page, _GREETING.replace("tasks:\n", more))
    expect(graph.get_by_role("button", name=re.compile("first"))).to_be_visible()


def test_types_are_completed_from_what_the_server_knows(
    page: Page, server: Server, faults: list[str]
) -> None:
    _open(page, server)
    _write(page, "id: a\nnamespace: b\ntasks:\n  - id: c\n    type: ")
    page.keyboard.type("Ret")
    offer = page.get_by_role("option", name=re.compile("^Return"))
    offer.click()
    editor = page.get_by_role("textbox", name="The flow's YAML")
    expect(editor).to_contain_text("type: io.kestra.plugin.core.debug.Return")


def test_the_form_asks_for_the_inputs_and_starts_an_execution(
    page: Page, server: Server, faults: list[str]
) -> None:
    _open(page, server)
    page.get_by_role("button", name="Execute").click()
    dialog = page.get_by_role("dialog", name="Execute greeting")
    expect(dialog.get_by_label("times")).to_have_value("1")
    page.keyboard.press("Control+Enter")
    expect(dialog.get_by_role("alert")).to_have_text("The flow cannot start without it.")
    dialog.get_by_label("name").fill("Hello")
    dialog.get_by_label("Labels").fill("stage:test")
    page.keyboard.press("Control+Enter")
    expect(page).to_have_url(re.compile(r"/executions/ex_"))
    expect(page.get_by_role("region", name="Outputs")).to_contain_text("Hello 1")
    expect(page.get_by_text("stage:")).to_be_visible()


def test_what_the_server_finds_wrong_with_an_input_stands_beside_it(
    page: Page, server: Server, faults: list[str]
) -> None:
    server.save(
        _GREETING.replace("greeting", "strict").replace(
            "type: STRING\n  - id: times", 'type: STRING\n    validator: "[A-Z].*"\n  - id: times'
        )
    )
    _open(page, server, "strict")
    page.get_by_role("button", name="Execute").click()
    dialog = page.get_by_role("dialog", name="Execute strict")
    dialog.get_by_label("name").fill("lower")
    page.keyboard.press("Control+Enter")
    expect(dialog.locator(".field", has_text="name").get_by_role("alert")).to_contain_text("name")


def test_an_unknown_flow_says_so_and_offers_the_next_step(
    page: Page, server: Server, faults: list[str]
) -> None:
    page.goto(f"{server.url}/flows/company.team/nobody")
    expect(page.get_by_text("There is no flow nobody in company.team")).to_be_visible()
    page.get_by_role("button", name="Write it").click()
    expect(page).to_have_url(f"{server.url}/flows/new")


def test_editor_and_form_are_accessible(page: Page, server: Server, theme: str) -> None:
    _open(page, server)
    expect(page.get_by_text("No problems")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Execute").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert_accessible(page)
