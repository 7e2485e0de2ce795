"""How many executions run at once, how long they may take, what must stay true."""

import asyncio

import pytest

from runtime.errors import Conflict, NotFound
from runtime.executions.messages import Kill, Resume
from tests.support.conformance import Bench, Row
from tests.support.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="module")

PAUSE = "tasks: [{id: p, type: flow.Pause}]"
ROWS = [
    Row(
        "MAX_DURATION fails a late execution",
        "sla: [{id: quick, type: MAX_DURATION, duration: PT0.05S, behavior: FAIL}]\n"
        "tasks: [{id: s, type: flow.Sleep, duration: PT1H}]",
        "FAILED",
        logs=("`quick`",),
    ),
    Row(
        "MAX_DURATION leaves a quick one alone",
        "sla: [{id: quick, type: MAX_DURATION, duration: PT1H, behavior: FAIL}]\n"
        "tasks: [{id: s, type: log.Log, message: x}]",
    ),
    Row(
        "EXECUTION_ASSERTION cancels what does not hold, before a task has run",
        "sla: [{id: a, type: EXECUTION_ASSERTION, assert: '{{ 1 == 2 }}', behavior: CANCEL}]\n"
        "tasks: [{id: s, type: log.Log, message: x}]",
        "CANCELLED",
    ),
    Row(
        "EXECUTION_ASSERTION sees outputs before the execution ends",
        """
        sla:
          - {id: a, type: EXECUTION_ASSERTION, behavior: NONE, labels: {sla: broken},
             assert: "{{ outputs.r.value == 'good' }}"}
        tasks: [{id: r, type: debug.Return, format: bad}]
        """,
        labels={"sla": "broken"},
    ),
    Row(
        "EXECUTION_ASSERTION holds as long as it cannot be told",
        """
        sla: [{id: a, type: EXECUTION_ASSERTION, behavior: FAIL, assert: "{{ outputs.r.value }}"}]
        tasks: [{id: l, type: log.Log, message: x}, {id: r, type: debug.Return, format: good}]
        """,
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=str)
async def test_promises_are_kept_or_told_broken(bench: Bench, row: Row) -> None:
    await bench.holds(row)


@pytest.mark.parametrize(("behavior", "state"), [("CANCEL", "CANCELLED"), ("FAIL", "FAILED")])
async def test_beyond_the_limit_an_execution_ends_without_a_task_run(
    bench: Bench, behavior: str, state: str
) -> None:
    flow_id = await bench.save(f"concurrency: {{limit: 1, behavior: {behavior}}}\n{PAUSE}")
    first = await bench.start(flow_id)
    await bench.driver.reached(first, "PAUSED")
    second = await bench.over(await bench.start(flow_id))
    assert (second.history(), second.task_runs) == (["CREATED", state], [])
    await bench.engine.act(first, Resume())
    assert (await bench.over(first)).state == "SUCCESS"


async def test_beyond_the_limit_executions_queue_and_follow_in_order(bench: Bench) -> None:
    flow_id = await bench.save(f"concurrency: {{limit: 1}}\n{PAUSE}")
    first, second, third = [await bench.start(flow_id) for _ in range(3)]
    for execution_id in (first, second, third):
        await bench.driver.reached(execution_id, "PAUSED")
        await bench.engine.act(execution_id, Resume())
        seen = await bench.over(execution_id)
        queued = ["CREATED", "RUNNING"] if execution_id == first else ["CREATED", "QUEUED"]
        assert seen.history()[:2] == queued


@pytest.mark.parametrize("name", ["queueLimit", "queueSize"])
async def test_beyond_the_limit_of_the_queue_executions_are_cancelled(
    bench: Bench, name: str
) -> None:
    flow_id = await bench.save(f"concurrency: {{limit: 1, {name}: 1}}\n{PAUSE}")
    first, second = [await bench.start(flow_id) for _ in range(2)]
    await bench.driver.reached(first, "PAUSED")
    await bench.driver.reached(second, "QUEUED")
    third = await bench.over(await bench.start(flow_id))
    assert (third.history(), third.task_runs) == (["CREATED", "CANCELLED"], [])
    assert "`queueLimit` allows, 1" in third.logs[-1]
    await bench.engine.act(first, Resume())
    await bench.driver.reached(second, "PAUSED")
    fourth = await bench.start(flow_id)
    await bench.driver.reached(fourth, "QUEUED")
    for execution_id in (second, fourth):
        await bench.driver.reached(execution_id, "PAUSED")
        await bench.engine.act(execution_id, Resume())
        assert (await bench.over(execution_id)).state == "SUCCESS"


async def test_a_queue_of_nobody_cancels_what_cannot_run(bench: Bench) -> None:
    flow_id = await bench.save(f"concurrency: {{limit: 1, queueLimit: 0}}\n{PAUSE}")
    first = await bench.start(flow_id)
    await bench.driver.reached(first, "PAUSED")
    assert (await bench.over(await bench.start(flow_id))).state == "CANCELLED"
    await bench.engine.act(first, Kill())


async def test_many_at_once_never_make_the_queue_longer_than_it_may_be(bench: Bench) -> None:
    flow_id = await bench.save(f"concurrency: {{limit: 2, queueLimit: 5}}\n{PAUSE}")
    ids = await asyncio.gather(*(bench.start(flow_id) for _ in range(40)))

    async def settled() -> list[str] | None:
        states = [(await bench.driver.look(each)).state for each in ids]
        return None if {"CREATED", "RUNNING"} & {*states} else states

    states = await until(settled, within=15, what="all at rest")
    assert (states.count("PAUSED"), states.count("QUEUED")) == (2, 5)
    assert states.count("CANCELLED") == 33
    for each in ids:
        if (await bench.driver.look(each)).state in ("PAUSED", "QUEUED"):
            await bench.engine.act(each, Kill())


async def test_a_killed_execution_gives_its_place_back(bench: Bench) -> None:
    flow_id = await bench.save(f"concurrency: {{limit: 1}}\n{PAUSE}")
    first, second = await bench.start(flow_id), await bench.start(flow_id)
    await bench.driver.reached(first, "PAUSED")
    await bench.driver.reached(second, "QUEUED")
    await bench.engine.act(first, Kill())
    await bench.driver.reached(second, "PAUSED")
    await bench.engine.act(second, Kill())
    assert (await bench.over(second)).state == "KILLED"


@pytest.mark.parametrize(
    ("behavior", "state"), [("FAIL", "FAILED"), ("CANCEL", "CANCELLED"), ("NONE", "SUCCESS")]
)
@pytest.mark.parametrize(
    "promise",
    ["type: MAX_DURATION, duration: PT0.02S", "type: EXECUTION_ASSERTION, assert: '{{ 1 == 2 }}'"],
)
async def test_a_broken_promise_does_as_its_behavior_says_and_leaves_its_labels(
    bench: Bench, promise: str, behavior: str, state: str
) -> None:
    seen = await bench.run(
        f"sla: [{{id: a, {promise}, behavior: {behavior}, labels: {{sla: broken, n: 1}}}}]\n"
        "tasks: [{id: s, type: flow.Sleep, duration: PT0.3S}]"
    )
    assert seen.state == state
    assert (seen.execution.labels["sla"], seen.execution.labels["n"]) == ("broken", "1")
    assert any("`a` is broken" in line for line in seen.logs)


@pytest.mark.parametrize(
    ("behaviors", "state"),
    [
        (["FAIL_EXECUTION"], "FAILED"),
        (["CREATE_EXECUTION"], "SUCCESS"),
        (["CREATE_EXECUTION", "FAIL_EXECUTION"], "FAILED"),
        (["FAIL_EXECUTION", "BLOCK_EXECUTION"], None),
    ],
)
async def test_of_several_checks_the_strictest_decides(
    bench: Bench, behaviors: list[str], state: str | None
) -> None:
    checks = [
        f"{{when: '{{{{ 1 == 2 }}}}', message: no {each}, style: WARNING, behavior: {each}}}"
        for each in behaviors
    ]
    flow_id = await bench.save(
        f"checks: [{', '.join(checks)}]\ntasks: [{{id: a, type: log.Log, message: x}}]"
    )
    if state is None:
        with pytest.raises(Conflict, match="no BLOCK_EXECUTION"):
            await bench.start(flow_id)
        return
    seen = await bench.over(await bench.start(flow_id))
    assert (seen.state, len(seen.task_runs)) == (state, 0 if state == "FAILED" else 1)
    assert [line.rpartition(": ")[2] for line in seen.logs if "A check" in line] == [
        f"no {each}" for each in behaviors
    ]


async def test_a_disabled_flow_is_not_started(bench: Bench) -> None:
    flow_id = await bench.save(f"disabled: true\n{PAUSE}")
    with pytest.raises(NotFound, match="disabled"):
        await bench.start(flow_id)


async def test_a_check_forbids_to_start(bench: Bench) -> None:
    flow_id = await bench.save(
        """
        inputs: [{id: n, type: INT}]
        checks: [{condition: "{{ inputs.n < 3 }}", message: too many}]
        tasks: [{id: a, type: log.Log, message: x}]
        """
    )
    with pytest.raises(Conflict, match="too many"):
        await bench.start(flow_id, {"n": 3})
    assert (await bench.over(await bench.start(flow_id, {"n": 2}))).state == "SUCCESS"
