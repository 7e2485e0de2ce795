"""Pages: what they say of their neighbours, what a cursor is good for, and how far is counted."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from resolvers.cursors import list_cursor, list_key
from runtime.errors import InvalidInput
from runtime.store.conditions import Order
from tests.support.api import Api
from tests.support.engine import Driver, driven

FLOW = """\
id: three
namespace: t
tasks:
  - {id: a, type: io.kestra.plugin.core.debug.Return, format: a}
  - {id: b, type: io.kestra.plugin.core.debug.Return, format: b}
  - {id: c, type: io.kestra.plugin.core.debug.Return, format: c}
"""
RUNS = """query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
  execution(id: $id) { taskRuns(first: $first, after: $after, last: $last, before: $before) {
    nodes { taskId } edges { cursor node { taskId } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }"""


@pytest.fixture
async def driver(database_url: str, tmp_path: Path) -> AsyncIterator[Driver]:
    async with driven(database_url, tmp_path) as running:
        yield running


@pytest.fixture
def api(driver: Driver) -> Api:
    return Api(driver.runtime)


async def page(api: Api, execution_id: str, **more: Any) -> tuple[str, bool, bool, dict[str, str]]:
    """Tasks of a page, whether others come before and after it, and cursors by task."""
    found = (await api.ask(RUNS, id=execution_id, **more))["execution"]["taskRuns"]
    info, edges = found["pageInfo"], found["edges"]
    cursors = {edge["node"]["taskId"]: edge["cursor"] for edge in edges}
    assert [info["startCursor"], info["endCursor"]] == (
        [edges[0]["cursor"], edges[-1]["cursor"]] if edges else [None, None]
    )
    tasks = "".join(node["taskId"] for node in found["nodes"])
    return tasks, info["hasPreviousPage"], info["hasNextPage"], cursors


async def test_a_page_knows_whether_others_come_before_and_after_it(
    driver: Driver, api: Api
) -> None:
    id_ = (await driver.run(FLOW)).execution.id
    tasks, before, after, cursors = await page(api, id_)
    assert (tasks, before, after) == ("abc", False, False)
    cases: list[tuple[dict[str, Any], tuple[str, bool, bool]]] = [
        ({"first": 2}, ("ab", False, True)),
        ({"first": 3}, ("abc", False, False)),
        ({"first": 1, "after": cursors["a"]}, ("b", True, True)),
        ({"first": 2, "after": cursors["a"]}, ("bc", True, False)),
        ({"last": 2}, ("bc", True, False)),
        ({"last": 3}, ("abc", False, False)),
        ({"last": 1, "before": cursors["c"]}, ("b", True, True)),
        ({"last": 2, "before": cursors["c"]}, ("ab", False, True)),
        ({"first": 5, "after": cursors["c"]}, ("", True, False)),
    ]
    for asked, expected in cases:
        assert (await page(api, id_, **asked))[:3] == expected, asked


async def test_a_count_of_exactly_the_limit_is_exact(driver: Driver, api: Api) -> None:
    id_ = (await driver.run(FLOW)).execution.id
    counted = "few: count(limit: 2) {...c} all: count(limit: 3) {...c} more: count {...c}"
    found = await api.ask(
        f"""query ($id: ID!) {{ execution(id: $id) {{ taskRuns {{ {counted} }} }}
              taskRuns {{ {counted} }} }}
            fragment c on BoundedCount {{ value precision }}""",
        id=id_,
    )
    expected = {
        "few": {"value": 2, "precision": "AT_LEAST"},
        "all": {"value": 3, "precision": "EXACT"},
        "more": {"value": 3, "precision": "EXACT"},
    }
    assert found == {"execution": {"taskRuns": expected}, "taskRuns": expected}


@pytest.mark.parametrize("limit", [0, 1_000_001])
async def test_counting_has_bounds(api: Api, limit: int) -> None:
    assert await api.code(f"{{ flows {{ count(limit: {limit}) {{ value }} }} }}") == "INVALID_INPUT"


@pytest.mark.parametrize(
    "other", [Order("duration"), Order("created_at", descending=True), Order("id")]
)
def test_a_cursor_belongs_to_one_order_in_one_direction(other: Order) -> None:
    order = Order("created_at")
    cursor = list_cursor(order, ["2026-01-01", "ex_1"])
    assert list_key(order, cursor) == ["2026-01-01", "ex_1"]
    with pytest.raises(InvalidInput, match="cursor"):
        list_key(other, cursor)


@pytest.mark.parametrize(
    "cursor", ["", "!", "W10", "eyJhIjoxfQ", "WyJjcmVhdGVkX2F0IiwgZmFsc2UsIDFd"]
)
def test_what_is_no_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidInput, match="cursor"):
        list_key(Order("created_at"), cursor)
