"""Live streams: from any cursor, in order, with heartbeats and resets, and lists that are live."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from resolvers import following
from runtime.events.event import StoredEvent
from runtime.events.tail import CursorTooOld
from runtime.executions.messages import Kill
from tests.support.api import Api
from tests.support.engine import Driver, driven
from tests.support.flows import HELLO, WAITING

WATCH = """subscription ($id: ID!, $after: String) { execution(id: $id, after: $after) {
  __typename
  ... on ExecutionChanged { cursor sequence state execution { state } }
  ... on TaskRunChanged { cursor sequence runState: state taskRun { state } }
  ... on TaskRunRemoved { cursor sequence taskRunId }
  ... on ExecutionRemoved { cursor sequence executionId }
  ... on StreamHeartbeat { cursor lag }
  ... on StreamReset { cursor reason } } }"""
LIST = """subscription ($filter: ExecutionFilter) { executions(filter: $filter) {
  __typename
  ... on ExecutionChanged { state matches execution { id } }
  ... on ExecutionRemoved { executionId }
  ... on StreamHeartbeat { cursor } } }"""

MEASURED = """\
id: measured
namespace: company.team
tasks:
  - id: one
    type: io.kestra.plugin.core.metric.Publish
    metrics: [{name: first, value: 1}]
  - id: two
    type: io.kestra.plugin.core.metric.Publish
    metrics: [{name: second, value: 2}]
"""


@pytest.fixture
async def driver(database_url: str, tmp_path: Path) -> AsyncIterator[Driver]:
    async with driven(database_url, tmp_path) as driver:
        yield driver


@pytest.fixture
def api(driver: Driver) -> Api:
    return Api(driver.runtime)


class Watched:
    """One subscription, read item by item."""

    def __init__(self, results: AsyncIterator[dict[str, Any]], field: str) -> None:
        self._results = results
        self._field = field

    async def next(self) -> dict[str, Any]:
        answer = await asyncio.wait_for(anext(self._results), 10)
        assert answer["errors"] == []
        item: dict[str, Any] = answer["data"][self._field]
        return item

    async def change(self) -> dict[str, Any]:
        while (item := await self.next())["__typename"] == "StreamHeartbeat":
            pass
        return item


def watch(api: Api, field: str, operation: str, /, **variables: Any) -> Watched:
    return Watched(api.watch(operation, **variables), field)


async def test_everything_is_told_from_the_beginning_and_never_older_than_the_event(
    driver: Driver, api: Api
) -> None:
    seen = await driver.run(HELLO)
    stream = watch(api, "execution", WATCH, id=seen.execution.id, after="0")
    assert (await stream.next())["__typename"] == "StreamHeartbeat"
    for sequence in range(1, seen.execution.sequence + 1):
        item = await stream.change()
        assert item["sequence"] == str(sequence)
        assert (item.get("execution") or item["taskRun"])["state"] == "SUCCESS"


async def test_a_stream_goes_on_behind_the_cursor_of_the_snapshot(driver: Driver, api: Api) -> None:
    execution = await driver.create(WAITING)
    await driver.reached(execution, "RUNNING")
    snapshot = await api.ask(
        "query ($id: ID!) { execution(id: $id) { cursor lastSequence } }", id=execution
    )
    stream = watch(api, "execution", WATCH, id=execution, after=snapshot["execution"]["cursor"])
    first = await stream.next()
    assert first["cursor"] == snapshot["execution"]["cursor"]
    await api.ask(
        "mutation ($input: KillExecutionInput!) { killExecution(input: $input) "
        "{ userErrors { message } } }",
        input={"executionId": execution},
    )
    after = int(snapshot["execution"]["lastSequence"])
    assert int((await stream.change())["sequence"]) > after


async def test_an_execution_that_enters_and_leaves_a_filter_is_told_of_both(
    driver: Driver, api: Api
) -> None:
    stream = watch(api, "executions", LIST, filter={"state": {"in": ["RUNNING"]}})
    await stream.next()
    execution = await driver.create(WAITING)
    entered = await stream.change()
    assert entered["matches"]
    assert entered["execution"]["id"] == execution
    await api.ask(
        "mutation ($input: KillExecutionInput!) { killExecution(input: $input) "
        "{ userErrors { message } } }",
        input={"executionId": execution},
    )
    while (left := await stream.change())["matches"]:
        pass
    assert left["execution"]["id"] == execution


async def test_an_execution_that_never_met_the_filter_is_never_told_of(
    driver: Driver, api: Api
) -> None:
    stream = watch(api, "executions", LIST, filter={"flowId": {"eq": "waiting"}})
    await stream.next()
    await driver.run(HELLO)
    execution = await driver.create(WAITING)
    assert (await stream.change())["execution"]["id"] == execution


async def test_a_deleted_execution_is_told_as_gone(driver: Driver, api: Api) -> None:
    seen = await driver.run(HELLO)
    stream = watch(api, "execution", WATCH, id=seen.execution.id)
    await stream.next()
    await driver.runtime.engine.delete_execution(seen.execution.id)
    item = await stream.change()
    assert item["__typename"] == "ExecutionRemoved"
    assert item["sequence"] == str(seen.execution.sequence + 1)


async def test_a_cursor_older_than_what_is_kept_resets_the_stream(driver: Driver, api: Api) -> None:
    await driver.run(HELLO)
    seen = await driver.run(HELLO)
    await driver.runtime.pool.execute("DELETE FROM events WHERE position <= 10")
    stream = watch(api, "execution", WATCH, id=seen.execution.id, after="e3")
    assert (await stream.next())["__typename"] == "StreamHeartbeat"
    reset = await stream.next()
    assert reset["__typename"] == "StreamReset"
    assert reset["cursor"] == f"e{driver.runtime.events.position}"


async def test_the_beginning_of_what_is_kept_is_no_reset(driver: Driver, api: Api) -> None:
    await driver.run(HELLO)
    seen = await driver.run(HELLO)
    await driver.runtime.pool.execute("DELETE FROM events WHERE position <= 3")
    stream = watch(api, "execution", WATCH, id=seen.execution.id, after="0")
    assert (await stream.change())["sequence"] == "1"


async def test_a_quiet_stream_says_that_it_lives(
    driver: Driver, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "HEARTBEAT", 0.01)
    seen = await driver.run(HELLO)
    stream = watch(api, "execution", WATCH, id=seen.execution.id)
    for _ in range(3):
        item = await stream.next()
        assert item["__typename"] == "StreamHeartbeat"
        assert item["lag"] == "PT0S"


async def test_log_lines_of_a_filter_are_the_same_live_and_from_the_beginning(
    driver: Driver, api: Api
) -> None:
    operation = """subscription ($filter: LogFilter, $after: String) {
      logs(filter: $filter, after: $after) { __typename
      ... on LogsAppended { entries { message } } ... on StreamHeartbeat { cursor } } }"""
    filter = {"text": "SAID", "level": {"gte": "INFO"}, "not": {"taskId": {"eq": "greet"}}}
    live = watch(api, "logs", operation, filter=filter)
    await live.next()
    await driver.run(HELLO)
    later = watch(api, "logs", operation, filter=filter, after="0")
    expected = [{"message": "said: Hello you!"}]
    assert (await live.change())["entries"] == expected
    assert (await later.change())["entries"] == expected


@pytest.mark.parametrize(
    ("field", "argument"),
    [("execution", "id"), ("metrics", "executionId"), ("dependencies", "executionId")],
)
async def test_a_stream_of_what_is_not_there_says_which_argument_is_wrong(
    api: Api, field: str, argument: str
) -> None:
    stream = api.watch(f'subscription {{ {field}({argument}: "ex_no") {{ __typename }} }}')
    [error] = (await anext(stream))["errors"]
    assert error["extensions"]["code"] == "NOT_FOUND"
    assert error["extensions"]["argumentPath"] == [argument]


async def test_what_was_there_before_the_stream_is_told_when_it_first_changes(
    driver: Driver, api: Api
) -> None:
    execution = await driver.create(WAITING)
    await driver.reached(execution, "RUNNING")
    stream = watch(api, "executions", LIST, filter={"state": {"in": ["QUEUED"]}})
    await stream.next()
    await driver.runtime.engine.act(execution, Kill())
    item = await stream.change()
    assert (item["execution"]["id"], item["matches"]) == (execution, False)


async def test_a_deletion_is_told_to_every_list_better_once_too_often(
    driver: Driver, api: Api
) -> None:
    stream = watch(api, "executions", LIST, filter={"flowId": {"eq": "waiting"}})
    await stream.next()
    seen = await driver.run(HELLO)
    await driver.runtime.engine.delete_execution(seen.execution.id)
    item = await stream.change()
    while item["__typename"] != "ExecutionRemoved" or "executionId" not in item:
        item = await stream.change()
    assert item["executionId"] == seen.execution.id


@pytest.mark.parametrize("field", ["executions", "taskRuns", "logs"])
async def test_a_filter_that_cannot_be_used_is_refused_before_the_stream_begins(
    api: Api, field: str
) -> None:
    kind = {"executions": "Execution", "taskRuns": "TaskRun", "logs": "Log"}[field]
    filter: dict[str, Any] = {"flowId": {"eq": "x"}}
    for _ in range(12):
        filter = {"not": filter}
    operation = f"subscription ($f: {kind}Filter) {{ {field}(filter: $f) {{ __typename }} }}"
    [error] = (await anext(api.watch(operation, f=filter)))["errors"]
    assert error["extensions"]["code"] == "LIMIT_EXCEEDED"


async def test_a_cursor_from_the_future_resets_the_stream(
    driver: Driver, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "_PATIENCE", 0.05)
    seen = await driver.run(HELLO)
    stream = watch(api, "execution", WATCH, id=seen.execution.id, after="e999999")
    assert (await stream.next())["__typename"] == "StreamHeartbeat"
    reset = await stream.next()
    assert (reset["__typename"], reset["reason"]) == (
        "StreamReset",
        "The cursor is ahead of the log.",
    )
    assert reset["cursor"] == f"e{driver.runtime.events.position}"


async def test_a_reader_that_retention_overtakes_is_told_to_begin_anew(
    driver: Driver, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = await driver.run(HELLO)
    tail = driver.runtime.events
    follow, fails = tail.follow, iter([True])

    async def overtaken(start: int) -> AsyncIterator[list[StoredEvent]]:
        if next(fails, False):
            raise CursorTooOld(oldest=start + 5)
        async for rows in follow(start):
            yield rows

    monkeypatch.setattr(tail, "follow", overtaken)
    stream = watch(api, "execution", WATCH, id=seen.execution.id)
    assert (await stream.next())["__typename"] == "StreamHeartbeat"
    assert (await stream.next())["__typename"] == "StreamReset"
    await driver.runtime.engine.delete_execution(seen.execution.id)
    assert (await stream.change())["__typename"] == "ExecutionRemoved"


async def test_task_runs_of_a_filter_are_told_as_they_change(driver: Driver, api: Api) -> None:
    operation = """subscription ($filter: TaskRunFilter) { taskRuns(filter: $filter) {
      __typename ... on TaskRunChanged { change state taskRun { taskId } } } }"""
    filter = {"taskId": {"in": ["left", "tell"]}, "state": {"in": ["SUCCESS"]}}
    stream = watch(api, "taskRuns", operation, filter=filter)
    await stream.next()
    await driver.run(HELLO)
    told = [await stream.change(), await stream.change()]
    while {item["taskRun"]["taskId"] for item in told} != {"left", "tell"}:
        told.append(await stream.change())
    assert all(item["taskRun"]["taskId"] in ("left", "tell") for item in told)


async def test_metrics_of_one_execution_are_told_from_the_beginning_and_live(
    driver: Driver, api: Api
) -> None:
    operation = """subscription ($id: ID!) { metrics(executionId: $id, after: "0") {
      __typename ... on MetricsAppended { metrics { name executionId } } } }"""
    await driver.run(MEASURED)
    execution = await driver.create(MEASURED)
    stream = watch(api, "metrics", operation, id=execution)
    names: list[str] = []
    while len(names) < 2:
        for metric in (await stream.change())["metrics"]:
            assert metric["executionId"] == execution
            names.append(metric["name"])
    assert names == ["first", "second"]
