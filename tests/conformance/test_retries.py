"""Retries: of a task, of a block, of a flow, of a whole execution; and time limits."""

import pytest

from tests.support.conformance import Bench, Row
from tests.support.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="module")

FAST = "type: constant, interval: PT0.01S"
THRICE = f"{{{FAST}, maxAttempts: 3}}"
SECOND = "{{ taskrun.attemptsCount < 1 }}"

ROWS = [
    Row(
        "maxAttempts counts the first attempt",
        f"tasks: [{{id: ko, type: execution.Fail, retry: {THRICE}}}]",
        "FAILED",
        "ko:FAILED",
        attempts={"ko": 3},
    ),
    Row(
        "the elder spelling maxAttempt is the same",
        f"tasks: [{{id: ko, type: execution.Fail, retry: {{{FAST}, maxAttempt: 2}}}}]",
        "FAILED",
        attempts={"ko": 2},
    ),
    Row(
        "a retry that helps makes a success",
        f"tasks: [{{id: t, type: execution.Fail, condition: '{SECOND}', retry: {THRICE}}}]",
        attempts={"t": 2},
    ),
    Row(
        "warningOnRetry makes it a warning",
        f"tasks: [{{id: t, type: execution.Fail, condition: '{SECOND}', "
        f"retry: {{{FAST}, maxAttempts: 3, warningOnRetry: true}}}}]",
        "WARNING",
        attempts={"t": 2},
    ),
    Row(
        "errors wait until the last attempt has failed",
        f"tasks: [{{id: ko, type: execution.Fail, retry: {THRICE}}}]\n"
        "errors: [{id: e, type: log.Log, message: x}]",
        "FAILED",
        "ko:FAILED e:SUCCESS",
        attempts={"ko": 3},
    ),
    Row(
        "maxDuration ends the retries too",
        "tasks: [{id: ko, type: execution.Fail, retry: {type: constant, interval: PT0.05S, "
        "maxDuration: PT0.12S}}]",
        "FAILED",
        attempts={"ko": 3},
    ),
    Row(
        "an exponential retry",
        "tasks: [{id: ko, type: execution.Fail, retry: {type: exponential, interval: PT0.01S, "
        "maxInterval: PT0.02S, maxAttempts: 3}}]",
        "FAILED",
        attempts={"ko": 3},
    ),
    Row(
        "a random retry",
        "tasks: [{id: ko, type: execution.Fail, retry: {type: random, minInterval: PT0.01S, "
        "maxInterval: PT0.02S, maxAttempts: 3}}]",
        "FAILED",
        attempts={"ko": 3},
    ),
    Row(
        "the flow's retry is that of its tasks",
        f"retry: {THRICE}\ntasks: [{{id: ko, type: execution.Fail}}]",
        "FAILED",
        attempts={"ko": 3},
    ),
    Row(
        "a block's retry is that of its tasks",
        f"tasks: [{{id: s, type: flow.Sequential, retry: {THRICE}, "
        "tasks: [{id: ko, type: execution.Fail}]}]",
        "FAILED",
        "s:FAILED ko:FAILED",
        attempts={"ko": 3},
    ),
    Row(
        "a task's own retry goes before the flow's",
        f"retry: {{{FAST}, maxAttempts: 5}}\n"
        f"tasks: [{{id: ko, type: execution.Fail, retry: {{{FAST}, maxAttempts: 2}}}}]",
        "FAILED",
        attempts={"ko": 2},
    ),
    Row(
        "allowFailure comes after the retries",
        f"tasks: [{{id: ko, type: execution.Fail, allowFailure: true, retry: {THRICE}}}]",
        "WARNING",
        "ko:WARNING",
        attempts={"ko": 3},
    ),
    Row(
        "runIf is asked once, not by each attempt",
        f"tasks: [{{id: ko, type: execution.Fail, retry: {THRICE}, "
        "runIf: '{{ taskrun.attemptsCount == 0 }}'}]",
        "FAILED",
        "ko:FAILED",
        attempts={"ko": 3},
    ),
    Row(
        "a timeout fails a waiting task",
        "tasks: [{id: t, type: flow.Sleep, duration: PT1H, timeout: PT0.02S}]",
        "FAILED",
        "t:FAILED",
    ),
    Row(
        "a timeout kills a script",
        "tasks: [{id: t, type: shell.Commands, commands: [sleep 60], timeout: PT0.1S}]",
        "FAILED",
        "t:FAILED",
        logs=("imeout",),
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=str)
async def test_retries_go_as_told(bench: Bench, row: Row) -> None:
    await bench.holds(row)


@pytest.mark.parametrize("where", ["task", "flow"])
async def test_a_new_execution_takes_over_from_a_retried_one(bench: Bench, where: str) -> None:
    retry = f"retry: {{{FAST}, maxAttempts: 3, behavior: CREATE_NEW_EXECUTION}}"
    task = f"{{id: ko, type: execution.Fail{f', {retry}' if where == 'task' else ''}}}"
    flow_id = await bench.save(f"tasks: [{task}]\n{retry if where == 'flow' else ''}")
    await bench.start(flow_id)

    async def states() -> list[str]:
        rows = await bench.driver.runtime.pool.fetch(
            "SELECT state FROM executions WHERE flow_id = $1 ORDER BY id", flow_id
        )
        found = [row["state"] for row in rows]
        return found if "FAILED" in found else []

    assert await until(states, what="the last one") == ["RETRIED", "RETRIED", "FAILED"]
