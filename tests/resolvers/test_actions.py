"""What is done to executions through the API: created, killed, deleted, or refused with reasons."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.api import Api
from tests.support.engine import Driver, driven
from tests.support.flows import FAILING, HELLO, WAITING


@pytest.fixture
async def driver(database_url: str, tmp_path: Path) -> AsyncIterator[Driver]:
    async with driven(database_url, tmp_path) as driver:
        yield driver


@pytest.fixture
def api(driver: Driver) -> Api:
    return Api(driver.runtime)


async def test_actions_that_are_refused_say_so_in_the_payload(driver: Driver, api: Api) -> None:
    seen = await driver.run(HELLO)
    kill = """mutation ($input: KillExecutionInput!) { killExecution(input: $input) {
      execution { id state } userErrors { __typename code message
        ... on StateConflictError { currentState currentVersion } } } }"""
    gone = (await api.ask(kill, input={"executionId": "ex_no"}))["killExecution"]
    assert gone["execution"] is None
    assert [error["code"] for error in gone["userErrors"]] == ["NOT_FOUND"]
    ended = (await api.ask(kill, input={"executionId": seen.execution.id}))["killExecution"]
    [error] = ended["userErrors"]
    assert error["__typename"] == "StateConflictError"
    assert error["currentState"] == "SUCCESS"
    assert error["currentVersion"] == seen.execution.version


async def test_a_kill_is_durable_when_it_answers_and_a_stale_one_is_refused(
    driver: Driver, api: Api
) -> None:
    waiting = await driver.create(WAITING)
    before = await driver.reached(waiting, "RUNNING")
    kill = """mutation ($input: KillExecutionInput!) { killExecution(input: $input) {
      execution { state } userErrors { code } } }"""
    stale = {"executionId": waiting, "expectedVersion": before.execution.version - 1}
    refused = (await api.ask(kill, input=stale))["killExecution"]
    assert refused["userErrors"] == [{"code": "CONFLICT"}]
    done = (await api.ask(kill, input={"executionId": waiting}))["killExecution"]
    assert done["userErrors"] == []
    assert done["execution"]["state"] in ("KILLING", "KILLED")
    assert (await driver.ended(waiting)).state == "KILLED"


async def test_inputs_that_are_wrong_are_all_told_with_their_names(
    driver: Driver, api: Api
) -> None:
    await driver.save(
        HELLO.replace("id: hello", "id: strict").replace(
            "  - id: name\n    type: STRING\n    defaults: you\n",
            "  - id: name\n    type: INT\n  - id: other\n    type: BOOL\n",
        )
    )
    made = await api.ask(
        """mutation ($input: CreateExecutionInput!) { createExecution(input: $input) {
          execution { id } userErrors { __typename code path message } } }""",
        input={
            "namespace": "company.team",
            "flowId": "strict",
            "inputs": {"name": "abc", "other": "maybe"},
        },
    )
    payload = made["createExecution"]
    assert payload["execution"] is None
    assert {tuple(error["path"]) for error in payload["userErrors"]} == {
        ("inputs", "name"),
        ("inputs", "other"),
    }


async def test_the_same_idempotency_key_gives_the_same_execution(driver: Driver, api: Api) -> None:
    await driver.save(HELLO)
    create = """mutation ($input: CreateExecutionInput!) { createExecution(input: $input) {
      execution { id } userErrors { message } } }"""
    wanted = {"namespace": "company.team", "flowId": "hello", "idempotencyKey": "once"}
    first = (await api.ask(create, input=wanted))["createExecution"]
    second = (await api.ask(create, input=wanted))["createExecution"]
    assert first == second
    assert first["userErrors"] == []


async def test_a_replay_that_is_sent_twice_is_made_once(driver: Driver, api: Api) -> None:
    seen = await driver.run(HELLO)
    replay = """mutation ($input: ReplayExecutionInput!) { replayExecution(input: $input) {
      execution { id } userErrors { message } } }"""
    wanted = {"executionId": seen.execution.id, "idempotencyKey": "again"}
    first = (await api.ask(replay, input=wanted))["replayExecution"]
    assert first["userErrors"] == []
    assert first["execution"]["id"] != seen.execution.id
    assert (await api.ask(replay, input=wanted))["replayExecution"] == first


async def test_only_what_has_ended_is_deleted_unless_it_is_forced(driver: Driver, api: Api) -> None:
    waiting = await driver.create(WAITING)
    await driver.reached(waiting, "RUNNING")
    delete = """mutation ($input: DeleteExecutionInput!) { deleteExecution(input: $input) {
      deletedExecutionId userErrors { code } } }"""
    stale = {"executionId": waiting, "force": True, "expectedVersion": 0}
    assert (await api.ask(delete, input=stale))["deleteExecution"] == {
        "deletedExecutionId": None,
        "userErrors": [{"code": "CONFLICT"}],
    }
    refused = (await api.ask(delete, input={"executionId": waiting}))["deleteExecution"]
    assert refused == {"deletedExecutionId": None, "userErrors": [{"code": "INVALID_STATE"}]}
    forced = await api.ask(delete, input={"executionId": waiting, "force": True})
    assert forced["deleteExecution"] == {"deletedExecutionId": waiting, "userErrors": []}
    assert await api.ask("{ executions { nodes { id } } }") == {"executions": {"nodes": []}}


async def test_a_restart_on_another_revision_is_refused_to_who_saw_an_older_execution(
    driver: Driver, api: Api
) -> None:
    seen = await driver.run(FAILING)
    await driver.save(FAILING.replace("the disk is full", "the disk is still full"))
    restart = """mutation ($input: RestartExecutionInput!) { restartExecution(input: $input) {
      execution { id flowRevision } userErrors { code ... on StateConflictError {
        currentVersion } } } }"""
    wanted = {"executionId": seen.execution.id, "revision": 2}
    version = seen.execution.version
    late = (await api.ask(restart, input={**wanted, "expectedVersion": version - 1}))[
        "restartExecution"
    ]
    assert late["userErrors"] == [{"code": "CONFLICT", "currentVersion": version}]
    assert late["execution"]["id"] == seen.execution.id
    made = (await api.ask(restart, input={**wanted, "expectedVersion": version}))[
        "restartExecution"
    ]
    assert made["userErrors"] == []
    assert made["execution"]["id"] != seen.execution.id
    assert made["execution"]["flowRevision"] == 2


async def test_a_task_run_of_another_execution_is_neither_changed_nor_shown(
    driver: Driver, api: Api
) -> None:
    one, other = await driver.run(HELLO), await driver.run(HELLO)
    change = """mutation ($input: ChangeTaskRunStateInput!) { changeTaskRunState(input: $input) {
      taskRun { id } userErrors { code } } }"""
    foreign = {"executionId": one.execution.id, "taskRunId": other.run("greet").id}
    answer = await api.ask(change, input={**foreign, "state": "FAILED"})
    assert answer["changeTaskRunState"] == {"taskRun": None, "userErrors": [{"code": "NOT_FOUND"}]}
    assert (await driver.look(other.execution.id)).states == other.states


async def test_the_history_names_who_asked_for_an_action(driver: Driver, api: Api) -> None:
    waiting = await driver.create(WAITING)
    await driver.reached(waiting, "RUNNING")
    kill = "mutation ($id: ID!) { killExecution(input: {executionId: $id}) { execution { id } } }"
    await api.ask(kill, id=waiting)
    await driver.ended(waiting)
    actors = await driver.runtime.pool.fetch(
        """SELECT detail->>'actor' AS actor FROM events
           WHERE execution_id = $1 AND detail->>'action' = 'KILL'""",
        waiting,
    )
    assert [row["actor"] for row in actors] == ["somebody"]
