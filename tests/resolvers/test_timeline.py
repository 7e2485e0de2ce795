"""An execution over time: what made it last, and its graph at any moment."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.api import Api
from tests.support.engine import Driver, driven

LOOP = """\
id: loop
namespace: t
tasks:
  - id: each
    type: io.kestra.plugin.core.flow.ForEach
    values: [a, b]
    tasks:
      - {id: body, type: io.kestra.plugin.core.debug.Return, format: x}
  - {id: wait, type: io.kestra.plugin.core.flow.Pause}
  - {id: last, type: io.kestra.plugin.core.debug.Return, format: x}
"""
GRAPH = """query ($id: ID!) { execution(id: $id) { topology { nodes {
  taskId state states { state count } taskRunId startedAt endedAt } } } }"""
PATH = """query ($id: ID!) { execution(id: $id) { startedAt criticalPath {
  taskId startedAt endedAt duration wait } } }"""


@pytest.fixture
async def driver(database_url: str, tmp_path: Path) -> AsyncIterator[Driver]:
    async with driven(database_url, tmp_path) as running:
        yield running


async def test_the_longest_chain_tells_how_long_each_step_waited_and_ran(driver: Driver) -> None:
    api = Api(driver.runtime)
    execution_id = await driver.create(LOOP)
    await driver.reached(execution_id, "PAUSED")
    await driver.runtime.pool.execute(
        """UPDATE task_runs SET
             started_at = execution.started_at + moments.begin * interval '1 second',
             ended_at = execution.started_at + moments.finish * interval '1 second'
           FROM (SELECT started_at FROM executions WHERE id = $1) AS execution,
             (VALUES ('a', 1, 3), ('b', 7, 8)) AS moments (value, begin, finish)
           WHERE task_id = 'body' AND task_runs.value = moments.value""",
        execution_id,
    )
    found = (await api.ask(PATH, id=execution_id))["execution"]
    a, b = [step for step in found["criticalPath"] if step["taskId"] == "body"]
    assert a["duration"] == "PT2S"
    assert (b["wait"], b["duration"]) == ("PT4S", "PT1S")


async def test_the_graph_tells_what_several_task_runs_of_a_node_amount_to(driver: Driver) -> None:
    api = Api(driver.runtime)
    execution_id = await driver.create(LOOP)
    await driver.reached(execution_id, "PAUSED")
    found = (await api.ask(GRAPH, id=execution_id))["execution"]["topology"]["nodes"]
    nodes = {node["taskId"]: node for node in found if node["taskId"]}
    assert nodes["body"]["states"] == [{"state": "SUCCESS", "count": 2}]
    assert nodes["body"]["taskRunId"] is None
    assert nodes["body"]["endedAt"] >= nodes["body"]["startedAt"]
    assert (nodes["wait"]["state"], nodes["wait"]["endedAt"]) == ("PAUSED", None)
    assert nodes["wait"]["taskRunId"].startswith("tr_")
    assert (nodes["last"]["state"], nodes["last"]["states"]) == (None, [])
    await driver.runtime.pool.execute(
        """UPDATE task_runs SET state = 'RUNNING', ended_at = NULL
           WHERE task_id = 'body' AND value = 'b'"""
    )
    again = (await api.ask(GRAPH, id=execution_id))["execution"]["topology"]["nodes"]
    body = next(node for node in again if node["taskId"] == "body")
    assert (body["state"], body["endedAt"]) == ("RUNNING", None)


@pytest.mark.parametrize(("last", "allowed"), [(0, False), (1, True), (100, True), (101, False)])
async def test_as_many_recent_executions_are_told_as_may_be_asked_for(
    driver: Driver, last: int, allowed: bool
) -> None:
    execution_id = await driver.create(LOOP)
    query = f"query ($id: ID!) {{ execution(id: $id) {{ recent(last: {last}) {{ id }} }} }}"
    answer = await Api(driver.runtime).answer(query, id=execution_id)
    assert bool(answer["errors"]) is not allowed


async def test_whoever_asks_for_different_numbers_of_recent_ones_gets_each(driver: Driver) -> None:
    made = [await driver.create(LOOP) for _ in range(3)]
    query = """query ($id: ID!) { execution(id: $id) {
      one: recent(last: 1) { id } two: recent(last: 2) { id } all: recent { id } } }"""
    found = (await Api(driver.runtime).ask(query, id=made[-1]))["execution"]
    told = {name: [each["id"] for each in recent] for name, recent in found.items()}
    assert told == {"one": made[-1:], "two": made[-2:], "all": made}


async def test_no_more_than_two_hundred_things_are_found_at_once(driver: Driver) -> None:
    api = Api(driver.runtime)
    query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    assert await api.ask(query, ids=["ex_no"] * 200) == {"nodes": [None] * 200}
    assert await api.code(query, ids=["ex_no"] * 201) == "INVALID_INPUT"
