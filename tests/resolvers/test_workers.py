"""The servers of an installation through the API."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.api import Api
from tests.support.engine import Driver, driven

LIST = """query ($first: Int, $after: String) { workers(first: $first, after: $after) {
  nodes { id roles slots version startedAt seenAt isAlive heldExecutions }
  pageInfo { endCursor hasNextPage } count { value } } }"""
PAUSED = """
id: paused
namespace: t
tasks:
  - {id: first, type: io.kestra.plugin.scripts.shell.Commands, commands: ["true"]}
  - {id: wait, type: io.kestra.plugin.core.flow.Pause}
"""
LEFT_BEHIND = """
INSERT INTO workers (id, lock_key, roles, slots, version, started_at, seen_at)
VALUES ('wk_0000', 7, '{web}', 3, '0', $1, $1)
"""


@pytest.fixture
async def driver(database_url: str, tmp_path: Path) -> AsyncIterator[Driver]:
    async with driven(database_url, tmp_path, slots=5) as running:
        yield running


@pytest.fixture
def api(driver: Driver) -> Api:
    return Api(driver.runtime)


async def listed(api: Api, **more: Any) -> list[dict[str, Any]]:
    nodes: list[dict[str, Any]] = (await api.ask(LIST, **more))["workers"]["nodes"]
    return nodes


async def test_a_server_is_listed_with_what_it_does_and_holds(api: Api, driver: Driver) -> None:
    execution_id = await driver.create(PAUSED)
    await driver.reached(execution_id, "PAUSED")
    [worker] = await listed(api)
    assert worker["roles"] == ["WEB", "ENGINE", "SCHEDULER"]
    assert (worker["slots"], worker["isAlive"], worker["heldExecutions"]) == (5, True, 1)
    found = await api.ask(
        """query ($id: ID!) { execution(id: $id) { taskRun(taskId: "first") {
             attempts { worker } } } }""",
        id=execution_id,
    )
    assert found["execution"]["taskRun"]["attempts"] == [{"worker": worker["id"]}]


async def test_a_server_that_died_is_told_from_those_that_live(api: Api, driver: Driver) -> None:
    long_ago = driver.runtime.clock.now() - timedelta(minutes=5)
    await driver.runtime.pool.execute(LEFT_BEHIND, long_ago)
    alive = {worker["id"]: worker["isAlive"] for worker in await listed(api)}
    assert alive.pop("wk_0000") is False
    assert list(alive.values()) == [True]


async def test_servers_come_in_pages_the_newest_first(api: Api, driver: Driver) -> None:
    await driver.runtime.pool.execute(LEFT_BEHIND, driver.runtime.clock.now())
    page = (await api.ask(LIST, first=1))["workers"]
    assert page["count"] == {"value": 2}
    assert page["pageInfo"]["hasNextPage"]
    rest = await listed(api, first=1, after=page["pageInfo"]["endCursor"])
    assert [worker["id"] for worker in rest] == ["wk_0000"]


async def test_a_server_is_found_by_its_id(api: Api) -> None:
    [worker] = await listed(api)
    node = "query ($id: ID!) { node(id: $id) { id ... on Worker { version } } }"
    assert await api.ask(node, id=worker["id"]) == {
        "node": {"id": worker["id"], "version": worker["version"]}
    }
    assert await api.ask(node, id="wk_nobody") == {"node": None}
