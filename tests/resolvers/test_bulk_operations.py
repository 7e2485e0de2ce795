"""Actions on many executions through the API: what is previewed, done, refused and told."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from runtime.errors import LimitExceeded
from tests.support import bulk
from tests.support.api import Api
from tests.support.engine import Driver, driven
from tests.support.flows import FAILING, HELLO, WAITING
from tests.support.waiting import until

PAUSED = """
id: paused
namespace: company.team
tasks:
  - id: wait
    type: io.kestra.plugin.core.flow.Pause
    onResume:
      - id: code
        type: SECRET
"""
LIMITED = """
id: limited
namespace: company.team
concurrency:
  limit: 1
  behavior: QUEUE
tasks:
  - id: wait
    type: io.kestra.plugin.core.flow.Sleep
    duration: PT10M
"""
PARENT = """
id: parent
namespace: company.team
tasks:
  - id: child
    type: io.kestra.plugin.core.flow.Subflow
    namespace: company.other
    flowId: waiting
"""
WATCH = """subscription ($id: ID!, $after: String) { bulkOperation(id: $id, after: $after) {
  __typename
  ... on BulkOperationChanged { cursor bulkOperation { state succeeded failed total } }
  ... on StreamHeartbeat { cursor }
  ... on StreamReset { cursor reason } } }"""
NOBODY = "ex_0000000000000000000000000"


@pytest.fixture
async def driver(database_url: str, tmp_path: Path) -> AsyncIterator[Driver]:
    async with driven(database_url, tmp_path) as driver:
        yield driver


@pytest.fixture
def api(driver: Driver) -> Api:
    return Api(driver.runtime)


async def mixed(driver: Driver) -> dict[str, str]:
    """Executions in several states, by their states."""
    success = await driver.run(HELLO)
    failed = await driver.run(FAILING)
    running = await driver.create(WAITING)
    await driver.reached(running, "RUNNING")
    paused = await driver.create(PAUSED)
    await driver.reached(paused, "PAUSED")
    return {
        "SUCCESS": success.execution.id,
        "FAILED": failed.execution.id,
        "RUNNING": running,
        "PAUSED": paused,
    }


def outcomes(operation: dict[str, Any]) -> dict[str, str]:
    """The code of each item that failed and OK for the others, by execution."""
    nodes = operation["items"]["nodes"]
    return {node["executionId"]: node.get("code", "OK") for node in nodes}


async def test_each_of_a_mixed_selection_is_done_or_refused_by_itself(
    driver: Driver, api: Api
) -> None:
    there = await mixed(driver)
    operation = await bulk.done(api, "killExecutions", {"ids": [*there.values(), NOBODY]})
    assert operation["state"] == "COMPLETED"
    assert (operation["total"], operation["succeeded"], operation["failed"]) == (5, 2, 3)
    assert outcomes(operation) == {
        there["SUCCESS"]: "INVALID_STATE",
        there["FAILED"]: "INVALID_STATE",
        there["RUNNING"]: "OK",
        there["PAUSED"]: "OK",
        NOBODY: "NOT_FOUND",
    }
    assert (await driver.ended(there["RUNNING"])).state == "KILLED"
    assert (await driver.ended(there["PAUSED"])).state == "KILLED"
    refused = operation["items"]["nodes"][0]
    assert refused["state"] == "SUCCESS"
    assert "must be one of" in refused["message"]


@pytest.mark.parametrize(
    ("action", "name", "options"),
    [
        ("RESTART", "restartExecutions", {}),
        ("REPLAY", "replayExecutions", {}),
        ("PAUSE", "pauseExecutions", {}),
        ("RESUME", "resumeExecutions", {"inputs": {"code": "zebra"}}),
        ("KILL", "killExecutions", {}),
        ("FORCE_RUN", "forceRunExecutions", {"inputs": None}),
        ("UNQUEUE", "unqueueExecutions", {}),
        ("CHANGE_STATE", "changeExecutionsState", {"state": "WARNING"}),
        ("CHANGE_STATE", "changeExecutionsState", {"state": "FAILED"}),
        ("SET_LABELS", "setExecutionsLabels", {"labels": [{"key": "a", "value": "b"}]}),
        ("DELETE", "deleteExecutions", {}),
        ("DELETE", "deleteExecutions", {"force": True}),
    ],
)
async def test_what_a_preview_tells_is_what_comes_of_it(
    driver: Driver, api: Api, action: str, name: str, options: dict[str, Any]
) -> None:
    there = await mixed(driver)
    ids = [id_ for state, id_ in there.items() if (action, state) != ("FORCE_RUN", "PAUSED")]
    shown = {key: value for key, value in options.items() if key in ("state", "force")}
    preview = await bulk.previewed(api, action, {"ids": [*ids, NOBODY]}, **shown)
    assert preview["total"] == len(ids) + 1
    options = {key: value for key, value in options.items() if value is not None}
    operation = await bulk.done(api, name, {"selectionToken": preview["selectionToken"]}, **options)
    assert operation["succeeded"] == preview["applicable"]
    told = sorted(
        (each["code"], each["state"], each["message"])
        for each in preview["refusals"]
        for _ in range(each["count"])
    )
    came = sorted(
        (each["code"], each["state"], each["message"])
        for each in operation["items"]["nodes"]
        if "code" in each
    )
    assert [each for each in came if each[1]] == [each for each in told if each[1]]
    assert len(came) == len(told)


async def test_what_comes_after_a_preview_is_not_swept_in(driver: Driver, api: Api) -> None:
    first = await driver.run(FAILING)
    preview = await bulk.previewed(api, "DELETE", {"filter": {"flowId": {"eq": "failing"}}})
    assert (preview["total"], preview["applicable"], preview["refusals"]) == (1, 1, [])
    later = await driver.run(FAILING)
    operation = await bulk.done(
        api, "deleteExecutions", {"selectionToken": preview["selectionToken"]}
    )
    assert list(outcomes(operation)) == [first.execution.id]
    assert (await driver.look(later.execution.id)).state == "FAILED"


async def test_a_token_pins_executions_and_not_their_states(driver: Driver, api: Api) -> None:
    waiting = await driver.create(WAITING)
    await driver.reached(waiting, "RUNNING")
    chosen = {"filter": {"state": {"in": ["RUNNING"]}}}
    preview = await bulk.previewed(api, "PAUSE", chosen)
    assert preview["applicable"] == 1
    await bulk.done(api, "killExecutions", {"ids": [waiting]})
    await driver.ended(waiting)
    operation = await bulk.done(
        api, "pauseExecutions", {"selectionToken": preview["selectionToken"]}
    )
    assert outcomes(operation) == {waiting: "INVALID_STATE"}


async def test_a_filter_means_what_was_there_when_it_was_given(driver: Driver, api: Api) -> None:
    ids = await bulk.fill_paused(driver, 450)
    operation = await bulk.begun(
        api,
        "setExecutionsLabels",
        {"filter": {"flowId": {"eq": "resting"}}},
        labels=[{"key": "seen", "value": "yes"}],
    )
    await bulk.fill_paused(driver, 3, prefix="q")
    over = await bulk.ended(api, operation["id"])
    assert (over["total"], over["succeeded"]) == (len(ids), len(ids))
    labelled = await driver.runtime.pool.fetchval(
        'SELECT count(*) FROM executions WHERE labels @> \'{"seen": "yes"}\''
    )
    assert labelled == len(ids)


async def test_a_restart_runs_failed_parts_and_a_replay_makes_new_executions(
    driver: Driver, api: Api
) -> None:
    failed = (await driver.run(FAILING)).execution.id
    await driver.save(FAILING.replace("the disk is full", "the disk is fuller"))
    restarted = await bulk.done(api, "restartExecutions", {"ids": [failed]})
    assert outcomes(restarted) == {failed: "OK"}
    assert restarted["items"]["nodes"][0]["createdExecutionId"] is None
    assert (await driver.ended(failed)).execution.attempt == 2
    for name in ("replayExecutions", "restartExecutions"):
        operation = await bulk.done(api, name, {"ids": [failed]}, revision="LATEST")
        created = operation["items"]["nodes"][0]["createdExecutionId"]
        seen = await driver.ended(created)
        assert (seen.execution.flow_revision, seen.execution.replay_of) != (1, None)
        assert seen.execution.labels["system.username"] == "somebody"


async def test_queued_executions_leave_the_queue_together(driver: Driver, api: Api) -> None:
    ids = [await driver.create(LIMITED) for _ in range(4)]
    await driver.reached(ids[-1], "QUEUED")
    queued = {"filter": {"state": {"in": ["QUEUED"]}}}
    operation = await bulk.done(api, "unqueueExecutions", queued)
    assert operation["succeeded"] == 3
    for execution_id in ids:
        await driver.reached(execution_id, "RUNNING")


async def test_secrets_given_to_a_resume_are_stored_for_nobody_to_read(
    driver: Driver, api: Api
) -> None:
    paused = [await driver.create(PAUSED) for _ in range(2)]
    for execution_id in paused:
        await driver.reached(execution_id, "PAUSED")
    operation = await bulk.done(
        api, "resumeExecutions", {"ids": paused}, inputs={"code": "zebra-crossing"}
    )
    assert operation["succeeded"] == 2
    for execution_id in paused:
        assert (await driver.ended(execution_id)).state == "SUCCESS"
    stored = await driver.runtime.pool.fetchval("SELECT work FROM bulk_operations")
    assert "zebra" not in stored


async def test_a_deletion_takes_what_it_was_told_to(driver: Driver, api: Api) -> None:
    ids = [(await driver.run(HELLO)).execution.id for _ in range(3)]
    operation = await bulk.done(api, "deleteExecutions", {"ids": ids}, deleteLogs=False)
    assert operation["succeeded"] == 3
    assert all(node["execution"] is None for node in operation["items"]["nodes"])
    pool = driver.runtime.pool
    assert await pool.fetchval("SELECT count(*) FROM executions") == 0
    assert await pool.fetchval("SELECT count(*) FROM task_runs") == 0
    assert await pool.fetchval("SELECT count(*) FROM logs") == 3


async def test_who_asked_stands_in_the_operation_and_in_every_history(
    driver: Driver, api: Api
) -> None:
    execution_id = (await driver.run(HELLO)).execution.id
    labels = [{"key": "a", "value": "b"}]
    operation = await bulk.done(api, "setExecutionsLabels", {"ids": [execution_id]}, labels=labels)
    assert operation["actor"] == "somebody"
    detail = await driver.runtime.pool.fetchval(
        "SELECT detail FROM events WHERE execution_id = $1 AND kind = 'EXECUTION_ACTION'",
        execution_id,
    )
    assert detail["actor"] == "somebody"
    assert detail["bulkOperationId"] == operation["id"]


async def test_items_come_in_pages_in_the_order_of_the_selection(driver: Driver, api: Api) -> None:
    ids = await bulk.fill_paused(driver, 230)
    given = [*ids[:100], NOBODY, *ids[100:]]
    operation = await bulk.done(api, "resumeExecutions", {"ids": given})
    found: list[str] = []
    after = None
    while True:
        page = await api.ask(
            """query ($id: ID!, $after: String) { bulkOperation(id: $id) {
              items(first: 50, after: $after) { count { value }
                nodes { ... on BulkItemSuccess { executionId }
                        ... on BulkItemFailure { executionId } }
                pageInfo { hasNextPage endCursor } } } }""",
            id=operation["id"],
            after=after,
        )
        items = page["bulkOperation"]["items"]
        found += [node["executionId"] for node in items["nodes"]]
        after = items["pageInfo"]["endCursor"]
        if not items["pageInfo"]["hasNextPage"]:
            break
    assert found == given
    assert items["count"]["value"] == 231
    failures = await bulk.seen(api, operation["id"], "FAILURE")
    assert outcomes(failures) == {NOBODY: "NOT_FOUND"}
    assert len(api.statements) <= 3


async def test_a_stream_begins_with_a_heartbeat_and_ends_with_the_operation(
    driver: Driver, api: Api
) -> None:
    await bulk.fill_paused(driver, 500)
    operation = await bulk.begun(api, "resumeExecutions", {"filter": {}})
    items = [item["data"]["bulkOperation"] async for item in api.watch(WATCH, id=operation["id"])]
    assert items[0]["__typename"] == "StreamHeartbeat"
    last = items[-1]["bulkOperation"]
    assert last == {"state": "COMPLETED", "succeeded": 500, "failed": 0, "total": 500}
    progress = [item["bulkOperation"]["succeeded"] for item in items[1:]]
    assert progress == sorted(progress)
    cursors = [int(item["cursor"][1:]) for item in items]
    assert cursors == sorted(cursors)
    again = [
        item["data"]["bulkOperation"]
        async for item in api.watch(WATCH, id=operation["id"], after=items[1]["cursor"])
    ]
    assert again[-1] == items[-1]
    assert all(int(item["cursor"][1:]) > int(items[1]["cursor"][1:]) for item in again[1:])
    behind = [
        item["data"]["bulkOperation"]["__typename"]
        async for item in api.watch(WATCH, id=operation["id"], after=items[-1]["cursor"])
    ]
    assert behind == ["StreamHeartbeat"]


async def test_a_stream_refuses_what_it_does_not_know(driver: Driver, api: Api) -> None:
    async def codes(**variables: str) -> list[str]:
        answers = [item async for item in api.watch(WATCH, **variables)]
        return [error["extensions"]["code"] for item in answers for error in item["errors"]]

    assert await codes(id="bo_nothing") == ["NOT_FOUND"]
    paused = await bulk.fill_paused(driver, 1)
    operation = await bulk.done(api, "killExecutions", {"ids": paused})
    assert await codes(id=operation["id"], after="e17") == ["BAD_CURSOR"]
    ahead = [item async for item in api.watch(WATCH, id=operation["id"], after="b900")]
    kinds = [item["data"]["bulkOperation"]["__typename"] for item in ahead]
    assert kinds == ["StreamHeartbeat", "StreamReset", "BulkOperationChanged"]


async def test_an_operation_that_is_cancelled_leaves_the_rest_alone(
    driver: Driver, api: Api
) -> None:
    ids = await bulk.fill_paused(driver, 3_000)
    operation = await bulk.begun(api, "resumeExecutions", {"filter": {}})

    async def begun() -> bool:
        return bool((await bulk.seen(api, operation["id"]))["succeeded"])

    await until(begun, what="the first outcome")
    await api.ask(bulk.mutation("cancelBulkOperation"), input={"bulkOperationId": operation["id"]})
    over = await bulk.ended(api, operation["id"])
    assert over["state"] == "CANCELLED"
    assert over["cancelledBy"] == "somebody"
    assert 0 < over["remaining"] < len(ids)
    left = await driver.runtime.pool.fetchval(
        "SELECT count(*) FROM executions WHERE state = 'PAUSED'"
    )
    assert left == over["remaining"]
    error = await bulk.refused(api, "cancelBulkOperation", bulkOperationId=operation["id"])
    assert error["code"] == "INVALID_STATE"
    error = await bulk.refused(api, "cancelBulkOperation", bulkOperationId="bo_nothing")
    assert error["code"] == "NOT_FOUND"


async def test_one_key_begins_one_operation(driver: Driver, api: Api) -> None:
    ids = await bulk.fill_paused(driver, 1)
    one = await bulk.begun(api, "killExecutions", {"ids": ids}, idempotencyKey="friday")
    two = await bulk.begun(api, "killExecutions", {"ids": ids}, idempotencyKey="friday")
    assert one["id"] == two["id"]
    error = await bulk.refused(
        api, "pauseExecutions", selector={"ids": ids}, idempotencyKey="friday"
    )
    assert (error["code"], error["path"]) == ("CONFLICT", ["idempotencyKey"])


async def test_an_operation_on_nothing_is_over_at_once(api: Api) -> None:
    operation = await bulk.begun(api, "killExecutions", {"filter": {"flowId": {"eq": "none"}}})
    assert (operation["state"], operation["total"]) == ("COMPLETED", 0)
    assert operation["endedAt"] is not None


async def test_an_operation_is_a_node(driver: Driver, api: Api) -> None:
    ids = await bulk.fill_paused(driver, 1)
    operation = await bulk.done(api, "killExecutions", {"ids": ids})
    found = await api.ask(
        "query ($id: ID!) { node(id: $id) { ... on BulkOperation { action total } } }",
        id=operation["id"],
    )
    assert found["node"] == {"action": "KILL", "total": 1}
    assert (await api.ask('{ bulkOperation(id: "bo_nothing") { id } }'))["bulkOperation"] is None


async def test_operations_are_listed_with_the_newest_first(driver: Driver, api: Api) -> None:
    ids = await bulk.fill_paused(driver, 2)
    one = await bulk.done(api, "killExecutions", {"ids": ids[:1]})
    two = await bulk.done(api, "resumeExecutions", {"ids": ids[1:]})
    text = """query ($states: [BulkOperationState!], $first: Int) {
      bulkOperations(states: $states, first: $first) {
        nodes { id action } pageInfo { hasNextPage } count { value } } }"""
    listed = (await api.ask(text))["bulkOperations"]
    assert [node["id"] for node in listed["nodes"]] == [two["id"], one["id"]]
    page = (await api.ask(text, states=["COMPLETED"], first=1))["bulkOperations"]
    assert page["nodes"] == [{"id": two["id"], "action": "RESUME"}]
    assert (page["pageInfo"]["hasNextPage"], page["count"]["value"]) == (True, 2)
    assert (await api.ask(text, states=["RUNNING"]))["bulkOperations"]["nodes"] == []


@pytest.mark.parametrize(
    "selector",
    ["{}", '{ids: ["ex_1"], selectionToken: "x"}', "{ids: null}", "{filter: null}"],
)
async def test_a_selector_says_exactly_one_thing(api: Api, selector: str) -> None:
    answer = await api.answer(
        f"{{ previewBulkOperation(action: KILL, selector: {selector}) {{ total }} }}"
    )
    assert answer["data"] is None
    assert answer["errors"]


async def test_a_selector_of_nothing_is_refused_with_its_place(api: Api) -> None:
    error = await bulk.refused(api, "killExecutions", selector={"ids": []})
    assert (error["code"], error["path"]) == ("INVALID_INPUT", ["selector", "ids"])
    error = await bulk.refused(api, "killExecutions", selector={"selectionToken": "sl_gone"})
    assert error["__typename"] == "NotFoundError"
    assert error["path"] == ["selector", "selectionToken"]


async def test_what_would_be_refused_for_all_is_refused_at_once(driver: Driver, api: Api) -> None:
    chosen = {"selector": {"ids": await bulk.fill_paused(driver, 1)}}
    error = await bulk.refused(api, "changeExecutionsState", **chosen, state="RUNNING")
    assert (error["code"], error["path"]) == ("INVALID_INPUT", ["state"])
    reserved = [{"key": "system.x", "value": "y"}]
    error = await bulk.refused(api, "setExecutionsLabels", **chosen, labels=reserved)
    assert (error["code"], error["path"]) == ("INVALID_INPUT", ["labels"])
    error = await bulk.refused(api, "setExecutionsLabels", **chosen, labels=[])
    assert error["code"] == "INVALID_INPUT"
    error = await bulk.refused(api, "replayExecutions", **chosen, inputs=[1])
    assert (error["code"], error["path"]) == ("INVALID_INPUT", ["inputs"])


async def test_too_many_are_refused_with_what_to_do(database_url: str, tmp_path: Path) -> None:
    async with driven(database_url, tmp_path, bulk_limit=20) as driver:
        api = Api(driver.runtime)
        ids = await bulk.fill_paused(driver, 21)
        selectors: list[dict[str, Any]] = [{"filter": {}}, {"ids": ids}]
        for selector in selectors:
            error = await bulk.refused(api, "killExecutions", selector=selector)
            assert error["code"] == LimitExceeded.code
            assert "More than 20 executions" in error["message"]
            assert "FLOWDECK_BULK_LIMIT" in error["message"]
        assert (await bulk.done(api, "killExecutions", {"ids": ids[:20]}))["succeeded"] == 20


async def test_a_child_that_went_with_its_parent_counts_as_killed(driver: Driver, api: Api) -> None:
    await driver.save(WAITING)
    await driver.create(PARENT)

    async def both() -> list[str]:
        found = await api.ask("{ executions(filter: {state: {in: [RUNNING]}}) { nodes { id } } }")
        ids = [node["id"] for node in found["executions"]["nodes"]]
        return ids if len(ids) == 2 else []

    child, parent = await until(both, what="the parent and its child")
    filling = await bulk.fill_paused(driver, 200)
    operation = await bulk.done(api, "killExecutions", {"ids": [parent, *filling, child]})
    assert set(outcomes(operation).values()) == {"OK"}
    assert (await driver.ended(child)).state == "KILLED"
