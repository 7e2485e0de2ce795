"""An execution watched in a real browser: Gantt, topology, logs and drawer move by themselves."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from tests.support.accessibility import assert_accessible
from tests.support.server import Server

pytestmark = pytest.mark.browser

_GATED = """
id: gated
namespace: company.team
inputs:
  - {id: gate, type: STRING}
tasks:
  - id: begin
    type: io.kestra.plugin.core.log.Log
    message: begun
  - id: work
    type: io.kestra.plugin.core.flow.Parallel
    tasks:
      - id: wait
        type: io.kestra.plugin.scripts.shell.Commands
        commands:
          - n=0; until [ -e "{{ inputs.gate }}" ]; do n=$((n+1)); echo "line $n"; sleep 0.1; done
      - id: other
        type: io.kestra.plugin.core.debug.Return
        format: Hello World!
  - id: finish
    type: io.kestra.plugin.core.debug.Return
    format: finished
"""
_BROKEN = """
id: broken
namespace: company.team
tasks:
  - id: fail
    type: io.kestra.plugin.scripts.shell.Commands
    commands: ['echo "looking for the file"; echo "no such file: orders.csv" >&2; exit 3']
  - id: never
    type: io.kestra.plugin.core.debug.Return
    format: unreached
"""
_LOOP = """
id: loop
namespace: company.team
tasks:
  - id: each
    type: io.kestra.plugin.core.flow.ForEach
    values: "{{ range(1, 300) }}"
    concurrencyLimit: 0
    tasks:
      - {id: fetch, type: io.kestra.plugin.core.debug.Return, format: "{{ taskrun.value }}"}
      - {id: store, type: io.kestra.plugin.core.log.Log, message: "stored {{ taskrun.value }}"}
"""
FLOWS = (_GATED, _BROKEN, _LOOP)
_ENDED = "query ($id: ID!) { execution(id: $id) { isTerminal } }"


@dataclass(slots=True)
class Gated:
    """An execution whose middle task runs until the gate is opened."""

    id: str
    gate: Path

    def open(self) -> None:
        self.gate.touch()


@pytest.fixture
def gated(server: Server, tmp_path: Path) -> Iterator[Gated]:
    gate = tmp_path / "gate"
    made = Gated(server.start("company.team", "gated", gate=str(gate)), gate)
    yield made
    made.open()


@dataclass
class Sockets:
    """The page's live connections, which can be cut. (No slots: Playwright keeps a note on it.)"""

    open: list[WebSocketRoute] = field(default_factory=list)
    count: int = 0

    def take(self, route: WebSocketRoute) -> None:
        route.connect_to_server()
        self.open.append(route)
        self.count += 1

    def cut(self) -> None:
        for route in self.open:
            route.close(code=1012, reason="cut by a test")
        self.open.clear()


def _row(page: Page, task: str) -> Locator:
    return page.get_by_role("row").filter(has=page.get_by_text(task, exact=True))


def _width(bar: Locator) -> float:
    box = bar.bounding_box()
    assert box is not None
    return box["width"]


def _ended(server: Server, page: Page, execution: str) -> None:
    """Wait until the server says that it has ended."""
    for _ in range(300):
        if server.ask(_ENDED, id=execution)["execution"]["isTerminal"]:
            return
        page.wait_for_timeout(50)
    raise AssertionError("the execution did not end")


def test_the_bar_of_a_running_task_grows_and_then_takes_its_end(
    page: Page, server: Server, gated: Gated, faults: list[str]
) -> None:
    page.goto(f"{server.url}/executions/{gated.id}/gantt")
    bar = _row(page, "wait").locator(".gantt-bar[data-grows]")
    expect(bar).to_have_attribute("data-state", "RUNNING")
    before = _width(bar)
    page.wait_for_function(
        "([bar, before]) => bar.getBoundingClientRect().width > before + 4",
        arg=[bar.element_handle(), before],
    )
    gated.open()
    ended = _row(page, "wait").locator('.gantt-bar[data-kind="running"]')
    expect(ended).to_have_attribute("data-state", "SUCCESS")
    expect(_row(page, "finish")).to_be_visible()
    expect(page.locator(".state-badge", has_text="Success").first).to_be_visible()


def test_a_node_changes_its_colour_and_the_way_goes_on(
    page: Page, server: Server, gated: Gated, faults: list[str]
) -> None:
    page.goto(f"{server.url}/executions/{gated.id}/topology")
    card = page.locator(".task-card", has=page.get_by_text("wait", exact=True))
    expect(card).to_have_attribute("data-state", "RUNNING")
    running = card.evaluate("card => getComputedStyle(card).borderColor")
    finish = page.get_by_role("button", name="task finish")
    expect(finish).not_to_have_attribute("data-state", "SUCCESS")
    gated.open()
    expect(card).to_have_attribute("data-state", "SUCCESS")
    assert card.evaluate("card => getComputedStyle(card).borderColor") != running
    expect(finish).to_have_attribute("data-state", "SUCCESS")


def test_log_lines_arrive_and_wait_while_somebody_reads(
    page: Page, server: Server, gated: Gated, faults: list[str]
) -> None:
    page.set_viewport_size({"width": 1100, "height": 420})
    page.goto(f"{server.url}/executions/{gated.id}/logs")
    log = page.get_by_role("log")
    expect(log.get_by_text("line 1", exact=True)).to_be_visible()
    expect(log.get_by_text("line 30", exact=True)).to_be_visible()
    log.hover()
    page.mouse.wheel(0, -4000)
    chip = page.get_by_role("button", name="new line")
    expect(chip).to_be_visible()
    expect(log.get_by_text("line 1", exact=True)).to_be_visible()
    chip.click()
    expect(chip).to_have_count(0)


def test_a_search_in_the_log_is_an_address_and_marks_what_it_found(
    page: Page, server: Server, faults: list[str]
) -> None:
    broken = server.start("company.team", "broken")
    _ended(server, page, broken)
    page.goto(f"{server.url}/executions/{broken}/logs")
    expect(page.get_by_role("log").get_by_text("looking for the file")).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("orders")
    expect(page.locator("mark").first).to_have_text("orders")
    expect(page.get_by_role("log").get_by_text("looking for the file")).to_have_count(0)
    assert "text=orders" in page.url


def test_a_cut_socket_loses_and_repeats_nothing(
    page: Page, server: Server, gated: Gated, faults: list[str]
) -> None:
    sockets = Sockets()
    page.route_web_socket("**/graphql", sockets.take)
    page.goto(f"{server.url}/executions/{gated.id}/logs")
    log = page.get_by_role("log")
    for reached in (5, 15, 25):
        expect(log.get_by_text(f"line {reached}", exact=True)).to_be_visible()
        before = sockets.count
        sockets.cut()
        _again(page, sockets, before)
    expect(log.get_by_text("line 45", exact=True)).to_be_visible(timeout=20_000)
    gated.open()
    _ended(server, page, gated.id)
    page.get_by_role("link", name="Gantt").click()
    expect(_row(page, "finish")).to_have_count(1)
    page.get_by_role("link", name="Logs").click()
    page.get_by_role("textbox", name="Search").or_(page.locator(".log-search")).first.fill("line")
    numbers = page.locator(".log-message")
    expect(numbers.first).to_be_visible()
    shown = numbers.all_inner_texts()
    assert len(shown) == len(set(shown))
    counted = [int(text.removeprefix("line ")) for text in shown if text.startswith("line ")]
    assert counted == list(range(counted[0], counted[0] + len(counted)))


def test_the_drawer_tells_why_a_task_failed_and_keeps_its_place_from_tab_to_tab(
    page: Page, server: Server, faults: list[str]
) -> None:
    broken = server.start("company.team", "broken")
    _ended(server, page, broken)
    page.goto(f"{server.url}/executions/{broken}/gantt")
    _row(page, "fail").locator(".gantt-track").click()
    drawer = page.get_by_role("complementary", name="Task run")
    expect(drawer.get_by_text("exit code 3").first).to_be_visible()
    expect(drawer.get_by_text("no such file: orders.csv").first).to_be_visible()
    expect(drawer.get_by_text("type: io.kestra.plugin.scripts.shell.Commands")).to_be_visible()
    page.get_by_role("link", name="Topology").click()
    expect(drawer.get_by_role("heading", name="fail")).to_be_visible()
    pressed = page.locator('.task-card[aria-pressed="true"]')
    expect(pressed).to_contain_text("fail")
    drawer.get_by_role("button", name="Close").click()
    expect(drawer).to_have_count(0)


def test_a_loop_is_one_card_with_counts_and_rows_that_open(
    page: Page, server: Server, faults: list[str]
) -> None:
    loop = server.start("company.team", "loop")
    _ended(server, page, loop)
    page.goto(f"{server.url}/executions/{loop}/topology")
    expect(page.get_by_role("button", name="task store")).to_contain_text("300/300")
    page.get_by_role("link", name="Gantt").click()
    grid = page.get_by_role("treegrid")
    expect(grid).to_have_attribute("aria-rowcount", "301")
    assert page.get_by_role("row").count() < 60
    grid.focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight"):
        page.keyboard.press(key)
    expect(grid).to_have_attribute("aria-rowcount", "303")


def test_the_gantt_lies_beside_the_run_before(
    page: Page, server: Server, faults: list[str]
) -> None:
    before, now = server.start("company.team", "loop"), server.start("company.team", "loop")
    for execution in (before, now):
        _ended(server, page, execution)
    page.goto(f"{server.url}/executions/{now}/gantt")
    expect(page.locator(".gantt-row").first).to_be_visible()
    page.keyboard.press("b")
    expect(page.get_by_text("beside")).to_contain_text(before[-8:])
    expect(page).to_have_url(re.compile(r"beside=1"))
    page.locator(".gantt-row .gantt-bar[data-kind=running]").first.hover()
    expect(page.get_by_role("tooltip")).to_contain_text("Before")
    page.keyboard.press("b")
    expect(page.get_by_text("beside")).to_have_count(0)


def test_the_past_of_an_execution_can_be_looked_at(
    page: Page, server: Server, faults: list[str]
) -> None:
    broken = server.start("company.team", "broken")
    _ended(server, page, broken)
    page.goto(f"{server.url}/executions/{broken}/topology")
    card = page.get_by_role("button", name="task fail")
    expect(card).to_have_attribute("data-state", "FAILED")
    page.get_by_role("slider", name="Moment shown").press("Home")
    expect(card).to_have_attribute("data-state", "CREATED")
    page.get_by_role("button", name="back to now").click()
    expect(card).to_have_attribute("data-state", "FAILED")


def test_an_unknown_execution_says_so(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/executions/ex_00000000000000000000000000/gantt")
    expect(page.get_by_text("There is no such execution")).to_be_visible()


@pytest.mark.parametrize("tab", ["gantt", "topology", "logs"])
def test_every_instrument_is_accessible(
    page: Page, server: Server, tab: str, theme: str, faults: list[str]
) -> None:
    broken = server.start("company.team", "broken")
    _ended(server, page, broken)
    page.goto(f"{server.url}/executions/{broken}/{tab}?task=fail")
    expect(
        page.get_by_role("complementary", name="Task run").get_by_text("exit code 3").first
    ).to_be_visible()
    assert_accessible(page)


def _again(page: Page, sockets: Sockets, before: int) -> None:
    """Wait until the page has opened another socket."""
    end = time.monotonic() + 20
    while sockets.count <= before:
        assert time.monotonic() < end, "the page opened no other socket"
        page.wait_for_timeout(10)
