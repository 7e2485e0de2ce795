"""Executions through the API: found, filtered and paged, in few statements."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.api import Api
from tests.support.engine import Driver, driven
from tests.support.flows import FAILING, HELLO, WAITING
from tests.support.waiting import until

LIST = """
query ($filter: ExecutionFilter, $orderBy: ExecutionOrder, $first: Int, $after: String,
       $last: Int, $before: String) {
  executions(filter: $filter, orderBy: $orderBy, first: $first, after: $after,
             last: $last, before: $before) {
    nodes { id }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    count { value precision }
  }
}
"""
ORDERS = [
    {"field": field, "direction": direction}
    for field in ("CREATED_AT", "STARTED_AT", "ENDED_AT", "DURATION")
    for direction in ("ASC", "DESC")
]

PAUSED = """
id: asks
namespace: company.other
tasks:
  - {id: ask, type: io.kestra.plugin.core.flow.Pause}
"""


@pytest.fixture
async def driver(database_url: str, tmp_path: Path) -> AsyncIterator[Driver]:
    async with driven(database_url, tmp_path) as driver:
        yield driver


@pytest.fixture
def api(driver: Driver) -> Api:
    return Api(driver.runtime)


async def ids(api: Api, **variables: Any) -> list[str]:
    found = await api.ask(LIST, **variables)
    return [node["id"] for node in found["executions"]["nodes"]]


async def test_an_execution_shows_what_it_was_given_did_and_yielded(
    driver: Driver, api: Api
) -> None:
    seen = await driver.run(HELLO, inputs={"name": "Ada"})
    found = await api.ask(
        """query ($id: ID!) { execution(id: $id) {
          state isTerminal inputs outputs stateHistory { state }
          labels { key value } flow { revision flowId } lastSequence version
          taskRuns { nodes { taskId taskType state outputs parent { taskId } source } }
          logs { nodes { message level taskId } } } }""",
        id=seen.execution.id,
    )
    shown = found["execution"]
    assert shown["state"] == "SUCCESS"
    assert shown["isTerminal"]
    assert shown["inputs"] == {"name": "Ada"}
    assert shown["outputs"] == {"greeting": "Hello Ada!"}
    assert [each["state"] for each in shown["stateHistory"]] == ["CREATED", "RUNNING", "SUCCESS"]
    assert {"key": "team", "value": "data"} in shown["labels"]
    assert shown["lastSequence"] == str(seen.execution.sequence)
    runs = {run["taskId"]: run for run in shown["taskRuns"]["nodes"]}
    assert runs["greet"]["outputs"] == {"value": "Hello Ada!"}
    assert runs["left"]["parent"] == {"taskId": "both"}
    assert runs["greet"]["source"].startswith("id: greet\ntype: ")
    assert [line["message"] for line in shown["logs"]["nodes"]] == ["said: Hello Ada!"]


async def test_unknown_ids_are_null_and_no_error(api: Api) -> None:
    found = await api.ask(
        '{ execution(id: "ex_nothing") { id } a: node(id: "fl_xx") { id } b: node(id: "?") { id }'
        ' nodes(ids: ["ex_no", "lg_7"]) { id } }'
    )
    assert found == {"execution": None, "a": None, "b": None, "nodes": [None, None]}


async def test_anything_with_an_id_is_found_again_by_it(driver: Driver, api: Api) -> None:
    seen = await driver.run(HELLO)
    found = await api.ask(
        """query ($id: ID!) { execution(id: $id) { id flow { id } taskRuns(first: 1) { nodes {
          id metrics { id } } } logs { nodes { id } } } }""",
        id=seen.execution.id,
    )
    execution = found["execution"]
    run = execution["taskRuns"]["nodes"][0]
    wanted = [
        execution["id"],
        execution["flow"]["id"],
        run["id"],
        run["metrics"][0]["id"],
        execution["logs"]["nodes"][0]["id"],
    ]
    again = await api.ask("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=wanted)
    assert [node["id"] for node in again["nodes"]] == wanted


@pytest.mark.parametrize("order", ORDERS, ids=lambda o: f"{o['field']}-{o['direction']}")
async def test_pages_meet_without_a_gap_or_a_repeat_in_every_order(
    driver: Driver, api: Api, order: dict[str, str]
) -> None:
    for _ in range(4):
        await driver.run(HELLO)
    await driver.create(WAITING)
    await driver.create(WAITING)
    whole = await ids(api, orderBy=order)
    assert len(whole) == len(set(whole)) == 6

    forwards: list[str] = []
    after = None
    while True:
        page = (await api.ask(LIST, orderBy=order, first=4, after=after))["executions"]
        forwards += [node["id"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert forwards == whole

    backwards: list[str] = []
    before = None
    while True:
        page = (await api.ask(LIST, orderBy=order, last=4, before=before))["executions"]
        backwards = [node["id"] for node in page["nodes"]] + backwards
        before = page["pageInfo"]["startCursor"]
        if not page["pageInfo"]["hasPreviousPage"]:
            break
    assert backwards == whole


async def test_the_opposite_directions_of_an_order_are_each_others_mirror(
    driver: Driver, api: Api
) -> None:
    for _ in range(3):
        await driver.run(HELLO)
    rising = await ids(api, orderBy={"field": "CREATED_AT", "direction": "ASC"})
    assert rising == (await ids(api))[::-1]


async def test_a_count_stops_at_its_limit_and_says_so(driver: Driver, api: Api) -> None:
    for _ in range(3):
        await driver.run(HELLO)
    found = await api.ask(
        "{ executions { few: count(limit: 2) { value precision } all: count { value precision } } }"
    )
    assert found["executions"] == {
        "few": {"value": 2, "precision": "AT_LEAST"},
        "all": {"value": 3, "precision": "EXACT"},
    }


async def test_every_filter_finds_what_it_names_and_nothing_else(driver: Driver, api: Api) -> None:
    hello = (await driver.run(HELLO)).execution.id
    failed = (await driver.run(FAILING)).execution.id
    waiting = await driver.create(WAITING)
    await driver.reached(waiting, "RUNNING")

    cases: list[tuple[dict[str, Any], set[str]]] = [
        ({"state": {"in": ["SUCCESS"]}}, {hello}),
        ({"state": {"notIn": ["SUCCESS", "FAILED"]}}, {waiting}),
        ({"namespace": {"in": ["company.other"]}}, {waiting}),
        ({"namespace": {"prefix": "company"}}, {hello, failed, waiting}),
        ({"namespace": {"prefix": "comp"}}, set()),
        ({"flowId": {"eq": "hello"}}, {hello}),
        ({"flowId": {"notEq": "hello"}}, {failed, waiting}),
        ({"flowId": {"contains": "AI"}}, {failed, waiting}),
        ({"flowId": {"startsWith": "fail", "endsWith": "ing"}}, {failed}),
        ({"labels": [{"key": "team", "value": "data"}]}, {hello}),
        ({"labels": [{"key": "team", "op": "EXISTS"}]}, {hello}),
        ({"labels": [{"key": "team", "op": "NOT_EXISTS"}]}, {failed, waiting}),
        ({"labels": [{"key": "team", "value": "x", "op": "NOT_EQUALS"}]}, {hello, failed, waiting}),
        ({"createdAt": {"within": "PT1H"}}, {hello, failed, waiting}),
        ({"createdAt": {"lt": "2020-01-01T00:00:00Z"}}, set()),
        ({"endedAt": {"gte": "2020-01-01T00:00:00Z"}}, {hello, failed}),
        ({"duration": {"lt": "PT5M"}}, {hello, failed, waiting}),
        ({"duration": {"gt": "PT5M"}}, set()),
        ({"taskId": {"eq": "greet"}}, {hello}),
        ({"isChild": True}, set()),
        ({"isChild": False}, {hello, failed, waiting}),
        ({"scope": "SYSTEM"}, set()),
        ({"text": "WAIT"}, {waiting}),
        ({"text": failed}, {failed}),
        ({"or": [{"flowId": {"eq": "hello"}}, {"state": {"in": ["FAILED"]}}]}, {hello, failed}),
        ({"not": {"flowId": {"eq": "hello"}}}, {failed, waiting}),
        ({"and": [{"flowId": {"eq": "hello"}}, {"state": {"in": ["FAILED"]}}]}, set()),
        ({"or": []}, set()),
        ({"and": []}, {hello, failed, waiting}),
    ]
    for filter, expected in cases:
        assert set(await ids(api, filter=filter)) == expected, filter


async def test_text_with_the_signs_of_patterns_stands_for_itself(driver: Driver, api: Api) -> None:
    await driver.run(HELLO)
    for text in ("%", "_", "hel%o", "\\"):
        assert await ids(api, filter={"flowId": {"contains": text}}) == []
        assert await ids(api, filter={"text": text}) == []


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{ executions(filter: {state: null}) { nodes { id } } }", "INVALID_INPUT"),
        ("{ executions(first: 2, last: 2) { nodes { id } } }", "INVALID_INPUT"),
        ("{ executions(first: 0) { nodes { id } } }", "INVALID_INPUT"),
        ("{ executions(first: 201) { nodes { id } } }", "INVALID_INPUT"),
        ('{ executions(after: "no") { nodes { id } } }', "BAD_CURSOR"),
        (
            '{ executions(after: "WyJjcmVhdGVkX2F0Iix0cnVlLCJ4IiwieSJd") { nodes { id } } }',
            "BAD_CURSOR",
        ),
        ("{ executions { count(limit: 0) { value } } }", "INVALID_INPUT"),
        ('{ executions(filter: {labels: [{key: "a"}]}) { nodes { id } } }', "INVALID_INPUT"),
        (
            '{ executions(filter: {createdAt: {within: "-PT1H"}}) { nodes { id } } }',
            "INVALID_INPUT",
        ),
    ],
)
async def test_what_makes_no_sense_is_refused_with_a_code(api: Api, query: str, code: str) -> None:
    assert await api.code(query) == code


async def test_a_cursor_of_another_order_is_refused(driver: Driver, api: Api) -> None:
    await driver.run(HELLO)
    page = (await api.ask(LIST))["executions"]
    order = {"field": "DURATION", "direction": "DESC"}
    assert await api.code(LIST, orderBy=order, after=page["pageInfo"]["endCursor"]) == "BAD_CURSOR"


async def test_a_filter_that_is_nested_too_deep_is_refused(api: Api) -> None:
    filter: dict[str, Any] = {"flowId": {"eq": "x"}}
    for _ in range(12):
        filter = {"not": filter}
    assert await api.code(LIST, filter=filter) == "LIMIT_EXCEEDED"


async def test_a_page_with_everything_below_it_costs_a_bounded_number_of_statements(
    driver: Driver, api: Api
) -> None:
    query = """{ executions(first: 50) { nodes {
      id inputs outputs flow { flowId source } previous { id } next { id } recent(last: 3) { id }
      original { id } explanation { summary } allowedActions children { count { value } }
      taskRuns(first: 10) { count { value } nodes { taskId taskType outputs allowedActions
        parent { id } execution { id } metrics { name } logs(first: 5) { nodes { message } } } }
      logs(first: 5) { nodes { message } } metrics(first: 5) { nodes { name } } } } }"""
    await driver.run(HELLO)
    await api.ask(query)
    one = len(api.statements)
    for _ in range(9):
        await driver.run(HELLO)
    found = await api.ask(query)
    assert len(found["executions"]["nodes"]) == 10
    assert len(api.statements) == one <= 22


async def test_what_is_not_selected_is_not_read(driver: Driver, api: Api) -> None:
    await driver.run(HELLO)
    await api.ask("{ executions { nodes { id state labels { key } duration } } }")
    assert len(api.statements) == 1


async def test_the_timeline_has_every_task_run_with_its_states(driver: Driver, api: Api) -> None:
    seen = await driver.run(HELLO)
    query = """query ($id: ID!, $since: BigInt) { execution(id: $id) { timeline(since: $since) {
      sequence taskRunIds ordinals parentOrdinals taskIds tasks states
      segmentCounts segmentStates segmentOffsets } } }"""
    found = (await api.ask(query, id=seen.execution.id))["execution"]["timeline"]
    named = [found["taskIds"][index] for index in found["tasks"]]
    assert named == [run.task_id for run in seen.task_runs]
    assert found["parentOrdinals"] == [None, None, None, 2, 2]
    assert sum(found["segmentCounts"]) == len(found["segmentStates"])
    assert found["segmentOffsets"][0] >= 0
    later = (await api.ask(query, id=seen.execution.id, since=found["sequence"]))["execution"]
    assert later["timeline"]["taskRunIds"] == []


async def test_the_timeline_is_read_again_only_when_its_execution_has_changed(
    driver: Driver, api: Api
) -> None:
    query = "query ($id: ID!) { execution(id: $id) { timeline { at states segmentStates } } }"
    execution_id = await driver.create(WAITING)

    async def shown() -> dict[str, Any]:
        found: dict[str, Any] = (await api.ask(query, id=execution_id))["execution"]["timeline"]
        return found

    async def works() -> bool:
        return (await driver.look(execution_id)).states == [("wait", "RUNNING")]

    await until(works, what="a task run that runs")
    before = await shown()
    again = await shown()
    assert len(api.statements) == 1
    assert again | {"at": before["at"]} == before
    assert again["at"] > before["at"]
    kill = """mutation ($input: KillExecutionInput!) { killExecution(input: $input) {
      userErrors { code } } }"""
    await api.ask(kill, input={"executionId": execution_id})
    await driver.ended(execution_id)
    after = await shown()
    assert after["states"] == ["KILLED"]
    assert len(after["segmentStates"]) > len(before["segmentStates"])


async def test_the_topology_shows_states_now_and_at_any_moment_in_the_past(
    driver: Driver, api: Api
) -> None:
    seen = await driver.run(HELLO)
    query = """query ($id: ID!, $at: DateTime) { execution(id: $id) { createdAt topology(at: $at) {
      nodes { taskId state } } } }"""
    found = (await api.ask(query, id=seen.execution.id))["execution"]
    states = {n["taskId"]: n["state"] for n in found["topology"]["nodes"] if n["taskId"]}
    assert set(states.values()) == {"SUCCESS"}
    then = (await api.ask(query, id=seen.execution.id, at=found["createdAt"]))["execution"]
    assert {n["state"] for n in then["topology"]["nodes"]} == {None}


async def test_a_failure_is_explained_by_the_task_that_caused_it(driver: Driver, api: Api) -> None:
    seen = await driver.run(FAILING)
    found = await api.ask(
        "query ($id: ID!) { execution(id: $id) { explanation { kind summary taskId hint } } }",
        id=seen.execution.id,
    )
    told = found["execution"]["explanation"]
    assert told["kind"] == "FAILURE"
    assert told["taskId"] == "broken"
    assert "the disk is full" in told["summary"]


async def test_what_waits_is_told_in_the_words_of_buttons(driver: Driver, api: Api) -> None:
    execution_id = await driver.create(PAUSED)
    await driver.reached(execution_id, "PAUSED")
    query = """query ($id: ID!) { execution(id: $id) {
      allowedActions explanation { summary hint taskId } } }"""
    told = (await api.ask(query, id=execution_id))["execution"]
    assert "RESUME" in told["allowedActions"]
    assert told["explanation"] == {
        "summary": "The task ask paused it.",
        "hint": "Resume it when it may go on.",
        "taskId": "ask",
    }
