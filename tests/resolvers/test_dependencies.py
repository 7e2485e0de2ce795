"""Which flows depend on which, the executions that belong together, and their live stream."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.api import Api
from tests.support.engine import Driver, driven

CORE = "io.kestra.plugin.core"
GRAPH = """nodes { id kind direction distance disabled state states { state count }
  executions { executionId state } flow { flowId } }
edges { source target kind via dynamic disabled state states { state count } } isCut streamCursor"""
FLOW = (
    "query ($flow: String!, $depth: Int! = 10) "
    '{ dependencies(namespace: "n", flowId: $flow, depth: $depth) { ' + GRAPH + " } }"
)
EXECUTION = (
    "query ($id: ID!, $depth: Int! = 10) "
    "{ execution(id: $id) { dependencies(depth: $depth) { " + GRAPH + " } } }"
)
WATCH = """subscription ($id: ID!, $after: String) {
  dependencies(executionId: $id, depth: 10, after: $after) { __typename
    ... on ExecutionChanged { cursor change state execution { id flowId } }
    ... on ExecutionRemoved { cursor executionId }
    ... on StreamHeartbeat { cursor } } }"""
DELETE = """mutation ($id: ID!) { deleteExecution(input: {executionId: $id})
  { userErrors { message } } }"""


@pytest.fixture
async def driver(database_url: str, tmp_path: Path) -> AsyncIterator[Driver]:
    async with driven(database_url, tmp_path) as driver:
        yield driver


@pytest.fixture
def api(driver: Driver) -> Api:
    return Api(driver.runtime)


def calls(id: str, *others: str, inputs: str = "", disabled: bool = False) -> str:
    """A flow that starts others by Subflow tasks."""
    tasks = [
        f"  - {{id: call{index}, type: {CORE}.flow.Subflow, namespace: n, flowId: '{other}'}}"
        for index, other in enumerate(others)
    ]
    end = f"  - {{id: end, type: {CORE}.debug.Return, format: end}}"
    switch = "disabled: true" if disabled else ""
    return "\n".join([f"id: {id}", "namespace: n", switch, inputs, "tasks:", *tasks, end])


def follows(id: str, condition: str = "") -> str:
    """A flow that a Flow trigger starts."""
    return f"""
id: {id}
namespace: n
tasks: [{{id: end, type: {CORE}.debug.Return, format: end}}]
triggers:
  - id: after
    type: {CORE}.trigger.Flow
    states: [SUCCESS]
{condition}
"""


def after(flow_id: str) -> str:
    return (
        "    conditions: "
        f"[{{type: {CORE}.condition.ExecutionFlow, namespace: n, flowId: {flow_id}}}]"
    )


async def asked(api: Api, flow: str, **more: Any) -> dict[str, Any]:
    graph: dict[str, Any] = (await api.ask(FLOW, flow=flow, **more))["dependencies"]
    return graph


async def of_execution(api: Api, id: str, **more: Any) -> dict[str, Any]:
    graph: dict[str, Any] = (await api.ask(EXECUTION, id=id, **more))["execution"]["dependencies"]
    return graph


def lines(graph: dict[str, Any]) -> set[tuple[str, str, str]]:
    return {(edge["source"], edge["target"], edge["kind"]) for edge in graph["edges"]}


def nodes(graph: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {node["id"]: node for node in graph["nodes"]}


async def changes(
    stream: AsyncIterator[dict[str, Any]], flow_id: str, state: str
) -> list[dict[str, Any]]:
    """What a stream brings until an execution of a flow enters a state."""
    found: list[dict[str, Any]] = []
    while True:
        answer = await asyncio.wait_for(anext(stream), 20)
        assert answer["errors"] == []
        item = answer["data"]["dependencies"]
        found.append(item)
        of = item.get("execution") or {}
        if of.get("flowId") == flow_id and item["state"] == state:
            return found


async def test_flows_are_found_upwards_and_downwards_to_any_depth(driver: Driver, api: Api) -> None:
    for source in (calls("c"), calls("b", "c"), calls("a", "b"), follows("d", after("c"))):
        await driver.save(source)
    graph = await asked(api, "b")
    assert lines(graph) == {
        ("n/a", "n/b", "SUBFLOW"),
        ("n/b", "n/c", "SUBFLOW"),
        ("n/c", "n/d", "FLOW_TRIGGER"),
    }
    where = {id: (node["direction"], node["distance"]) for id, node in nodes(graph).items()}
    assert where == {
        "n/a": ("UPSTREAM", 1),
        "n/b": ("SELF", 0),
        "n/c": ("DOWNSTREAM", 1),
        "n/d": ("DOWNSTREAM", 2),
    }
    near = await asked(api, "b", depth=1)
    assert set(nodes(near)) == {"n/a", "n/b", "n/c"}


async def test_flows_in_a_circle_are_told_once(driver: Driver, api: Api) -> None:
    for source in (calls("a", "b"), calls("b", "c"), calls("c", "a")):
        await driver.save(source)
    graph = await asked(api, "a")
    assert len(graph["edges"]) == 3
    assert {id: node["direction"] for id, node in nodes(graph).items()} == {
        "n/a": "SELF",
        "n/b": "BOTH",
        "n/c": "BOTH",
    }


async def test_flows_that_are_not_there_only_a_run_tells_or_are_any_are_said_to_be_so(
    driver: Driver, api: Api
) -> None:
    await driver.save(calls("a", "gone", "{{ inputs.f }}", disabled=True))
    await driver.save(follows("all"))
    found = nodes(await asked(api, "a"))
    assert (found["n/gone"]["kind"], found["n/gone"]["flow"]) == ("MISSING", None)
    assert found["n/{{ inputs.f }}"]["kind"] == "DYNAMIC"
    assert found["n/a"]["disabled"]
    assert set(found) == {"n/a", "n/gone", "n/{{ inputs.f }}", "n/all"}
    above = nodes(await asked(api, "all"))
    assert {id: node["kind"] for id, node in above.items()} == {"n/all": "FLOW", "%/%": "ANY"}
    await driver.save(calls("gone"))
    assert nodes(await asked(api, "a"))["n/gone"]["kind"] == "FLOW"


async def test_a_namespace_stands_for_the_flows_that_are_in_it(driver: Driver, api: Api) -> None:
    condition = f"[{{type: {CORE}.condition.ExecutionNamespace, namespace: n}}]"
    for source in (calls("a"), calls("b"), follows("down", f"    conditions: {condition}")):
        await driver.save(source)
    graph = await asked(api, "down")
    assert lines(graph) == {
        ("n/a", "n/down", "FLOW_TRIGGER"),
        ("n/b", "n/down", "FLOW_TRIGGER"),
    }
    assert ("n/a", "n/down", "FLOW_TRIGGER") in lines(await asked(api, "a"))


async def test_what_a_newer_revision_or_a_deletion_takes_away_is_gone(
    driver: Driver, api: Api
) -> None:
    for source in (calls("b"), calls("c"), calls("a", "b")):
        await driver.save(source)
    assert lines(await asked(api, "a")) == {("n/a", "n/b", "SUBFLOW")}
    await driver.save(calls("a", "c"))
    assert lines(await asked(api, "a")) == {("n/a", "n/c", "SUBFLOW")}
    await driver.runtime.engine.delete_flow("n", "a")
    assert lines(await asked(api, "c")) == set()
    assert await api.code(FLOW, flow="a") == "NOT_FOUND"
    await driver.save(calls("a", "c"))
    await driver.runtime.engine.delete_flow("n", "c")
    assert nodes(await asked(api, "a"))["n/c"]["kind"] == "MISSING"


async def test_another_server_and_one_that_is_older_are_read_from_too(
    driver: Driver, api: Api, database_url: str, tmp_path: Path
) -> None:
    await driver.save(calls("b"))
    await driver.save(calls("a", "b"))
    await driver.runtime.pool.execute("TRUNCATE flow_dependencies")
    await driver.runtime.pool.execute("UPDATE flows SET mapped = 0")
    async with driven(database_url, tmp_path / "other") as other:
        found = await asyncio.gather(*(asked(Api(other.runtime), "b") for _ in range(4)))
        found.append(await asked(api, "b"))
        assert all(lines(graph) == {("n/a", "n/b", "SUBFLOW")} for graph in found)
        assert all(len(graph["edges"]) == 1 for graph in found)
        await other.save(calls("z", "b"))
        assert ("n/z", "n/b", "SUBFLOW") in lines(await asked(api, "b"))


async def test_what_cannot_be_asked_for_is_refused_by_name(driver: Driver, api: Api) -> None:
    await driver.save(calls("a"))
    assert await api.code(FLOW, flow="a", depth=11) == "INVALID_INPUT"
    assert await api.code(FLOW, flow="a", depth=0) == "INVALID_INPUT"
    assert await api.code(FLOW, flow="nothing") == "NOT_FOUND"


async def test_many_flows_are_cut_and_the_cut_is_told(driver: Driver, api: Api) -> None:
    await driver.save(calls("a", *(f"child{index}" for index in range(520))))
    graph = await asked(api, "a")
    assert graph["isCut"]
    assert len(graph["nodes"]) == 500
    assert len(graph["edges"]) == 499


async def test_an_execution_is_shown_with_those_above_and_below_it(
    driver: Driver, api: Api
) -> None:
    inputs = "inputs: [{id: f, type: STRING, defaults: c}]"
    for source in (calls("c"), calls("b", "{{ inputs.f }}", inputs=inputs)):
        await driver.save(source)
    await driver.save(follows("d", after("c")))
    top = await driver.create(calls("a", "b"))
    stream = api.watch(WATCH, id=top, after="0")
    items = await changes(stream, "d", "SUCCESS")
    assert items[0]["__typename"] == "StreamHeartbeat"
    graph = await of_execution(api, top)
    assert {(e["source"], e["target"], e["state"]) for e in graph["edges"]} == {
        ("n/a", "n/b", "SUCCESS"),
        ("n/b", "n/c", "SUCCESS"),
        ("n/c", "n/d", "SUCCESS"),
    }
    found = nodes(graph)
    assert [each["executionId"] for each in found["n/a"]["executions"]] == [top]
    assert found["n/c"]["states"] == [{"state": "SUCCESS", "count": 1}]
    leaf = found["n/d"]["executions"][0]["executionId"]
    assert {id: node["state"] for id, node in nodes(await of_execution(api, leaf)).items()} == {
        "n/a": "SUCCESS",
        "n/b": "SUCCESS",
        "n/c": "SUCCESS",
        "n/d": "SUCCESS",
    }
    near = nodes(await of_execution(api, top, depth=1))
    assert set(near) == {"n/a", "n/b"}


async def test_others_runs_of_the_same_flows_do_not_belong_to_an_execution(
    driver: Driver, api: Api
) -> None:
    await driver.save(calls("b"))
    first = await driver.run(calls("a", "b"))
    await driver.run(calls("a", "b"))
    await driver.run(calls("b"))
    found = nodes(await of_execution(api, first.execution.id))
    assert [node["states"] for node in found.values()] == [[{"state": "SUCCESS", "count": 1}]] * 2


async def test_a_stream_goes_on_behind_any_item_without_a_gap_or_a_repeat(
    driver: Driver, api: Api
) -> None:
    await driver.save(calls("b"))
    top = await driver.create(calls("a", "b"))
    everything = await changes(api.watch(WATCH, id=top, after="0"), "a", "SUCCESS")
    told = [item for item in everything if item["__typename"] == "ExecutionChanged"]
    assert [item["cursor"] for item in told] == sorted(
        {item["cursor"] for item in told}, key=lambda cursor: int(cursor[1:])
    )
    middle = len(told) // 2
    rest = await changes(api.watch(WATCH, id=top, after=told[middle]["cursor"]), "a", "SUCCESS")
    assert [each["cursor"] for each in rest[1:]] == [each["cursor"] for each in told[middle + 1 :]]


async def test_strangers_are_not_told_and_a_deletion_is(driver: Driver, api: Api) -> None:
    await driver.save(calls("b"))
    top = (await driver.run(calls("a", "b"))).execution.id
    child = nodes(await of_execution(api, top))["n/b"]["executions"][0]["executionId"]
    stream = api.watch(WATCH, id=top)
    assert "StreamHeartbeat" in str(await anext(stream))
    await driver.run(calls("b"))
    await api.ask(DELETE, id=child)
    told: list[dict[str, Any]] = []
    while not told or told[-1]["__typename"] != "ExecutionRemoved":
        told.append((await asyncio.wait_for(anext(stream), 20))["data"]["dependencies"])
    assert {item.get("executionId") or item["execution"]["id"] for item in told} == {child}


async def test_a_stream_of_nothing_is_refused(api: Api) -> None:
    answer = await anext(api.watch(WATCH, id="ex_nothing"))
    assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND"
