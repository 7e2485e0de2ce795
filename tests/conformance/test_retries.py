"""Retries: of a task, of a block, of a flow, of a whole execution; and time limits."""

import pytest

from tests.support.conformance import NAMESPACE, Bench, Row
from tests.support.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="module")

FAST = "type: constant, interval: PT0.01S"
THRICE = f"{{{FAST}, maxAttempts: 3}}"
ANEW = f"{{{FAST}, maxAttempts: 3, behavior: RETRY_FLOWABLE}}"
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
        "what is tried again looks again at what it asked for",
        """
        tasks:
          - {id: zero, type: kv.Set, key: tries, value: "0", kvType: NUMBER}
          - id: block
            type: flow.AllowFailure
            retry: {type: constant, interval: PT0.01S, maxAttempts: 3}
            tasks:
              - id: gate
                type: flow.If
                condition: "{{ kv('tries') > 0 ? true : missing }}"
                then: [{id: say, type: log.Log, message: "{{ kv('tries') > 1 ? 'in' : no }}"}]
            errors:
              - {id: count, type: kv.Set, key: tries, value: "{{ kv('tries') + 1 }}"}
        """,
        "SUCCESS",
        "zero:SUCCESS block:SUCCESS gate:SUCCESS say:SUCCESS",
        attempts={"block": 3, "gate": 3, "say": 2},
        logs=("in",),
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
        "no try begins after maxDuration",
        "tasks: [{id: ko, type: execution.Fail, retry: {type: exponential, interval: PT0.01S, "
        "delayFactor: 100000, maxInterval: PT1H, maxDuration: PT1M}}]",
        "FAILED",
        "ko:FAILED",
        attempts={"ko": 2},
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
        "RETRY_FLOWABLE begins the whole block anew and keeps the last round",
        f"tasks: [{{id: s, type: flow.Sequential, retry: {ANEW}, tasks: ["
        "{id: ok, type: log.Log, message: x}, {id: ko, type: execution.Fail}]}]",
        "FAILED",
        "s:FAILED ok:SUCCESS ko:FAILED",
        attempts={"s": 3, "ok": 1, "ko": 1},
    ),
    Row(
        "RETRY_FLOWABLE stops at the first good round, with a warning when asked for",
        f"tasks: [{{id: s, type: flow.Sequential, retry: {ANEW[:-1]}, warningOnRetry: true}}, "
        "tasks: [{id: t, type: execution.Fail, "
        "condition: '{{ parent.taskrun.attemptsCount is not defined and "
        'kv("round", errorOnMissing=false) is null }}\', '
        "errorMessage: x}], errors: [{id: e, type: kv.Set, key: round, value: '1'}]}]",
        "WARNING",
        "s:WARNING t:SUCCESS",
        attempts={"s": 2, "t": 1},
    ),
    Row(
        "a task inside keeps its own retry in each round",
        f"tasks: [{{id: s, type: flow.Sequential, retry: {{{FAST}, maxAttempts: 2, "
        "behavior: RETRY_FLOWABLE}, tasks: [{id: ko, type: execution.Fail, "
        f"retry: {{{FAST}, maxAttempts: 2}}}}]}}]",
        "FAILED",
        "s:FAILED ko:FAILED",
        attempts={"s": 2, "ko": 2},
    ),
    Row(
        "a failure is allowed only after the last round",
        f"tasks: [{{id: s, type: flow.Sequential, allowFailure: true, retry: {ANEW}, tasks: "
        "[{id: ko, type: execution.Fail}]}, {id: after, type: log.Log, message: x}]",
        "WARNING",
        "s:WARNING ko:FAILED after:SUCCESS",
        attempts={"s": 3},
    ),
    Row(
        "a loop begins anew with all its values",
        f"tasks: [{{id: each, type: flow.ForEach, values: [a, b], retry: {ANEW}, tasks: "
        "[{id: v, type: execution.Fail, condition: \"{{ taskrun.value == 'b' }}\"}]}]",
        "FAILED",
        "each:FAILED v[a]:SUCCESS v[b]:FAILED",
        attempts={"each": 3},
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
async def test_the_retry_of_a_loop_is_that_of_the_tasks_in_its_iterations(
    bench: Bench, where: str
) -> None:
    own, shared = (f", retry: {THRICE}", "") if where == "task" else ("", f"retry: {THRICE}")
    seen = await bench.run(
        f"tasks: [{{id: loop, type: flow.Loop, values: [a]{own}, tasks: "
        f"[{{id: ko, type: execution.Fail}}]}}]\n{shared}"
    )
    (turn,) = await bench.children(seen.execution.id)
    assert (len(seen.run("loop").attempts), len(turn.run("ko").attempts)) == (1, 3)


TWICE = f"{{{FAST}, maxAttempts: 2}}"


@pytest.mark.parametrize(
    ("loop", "task", "attempts"),
    [("", "", 3), (f", retry: {TWICE}", "", 2), (f", retry: {THRICE}", f", retry: {TWICE}", 2)],
)
async def test_the_nearest_retry_around_a_loop_is_that_of_the_tasks_in_its_iterations(
    bench: Bench, loop: str, task: str, attempts: int
) -> None:
    seen = await bench.run(
        f"""
        retry: {{{FAST}, maxAttempts: 5}}
        tasks:
          - id: s
            type: flow.Sequential
            retry: {THRICE}
            tasks:
              - id: if
                type: flow.If
                condition: "true"
                then: [{{id: loop, type: flow.Loop, values: [a, b], transmitFailed: false{loop},
                  tasks: [{{id: ko, type: execution.Fail{task}}}]}}]
        """
    )
    turns = await bench.children(seen.execution.id)
    assert [len(turn.run("ko").attempts) for turn in turns] == [attempts, attempts]
    assert seen.state == "SUCCESS"


async def test_a_block_does_not_try_a_loop_again_whose_tasks_had_its_retry(bench: Bench) -> None:
    seen = await bench.run(
        f"""
        tasks:
          - id: p
            type: flow.Parallel
            retry: {THRICE}
            tasks:
              - {{id: ko, type: execution.Fail}}
              - id: s
                type: flow.Sequential
                tasks: [{{id: loop, type: flow.Loop, values: [a, b],
                  tasks: [{{id: inner, type: execution.Fail}}]}}]
        """
    )
    (turn,) = await bench.children(seen.execution.id)
    assert (seen.state, seen.run("loop").state.value) == ("FAILED", "FAILED")
    assert [len(seen.run(name).attempts) for name in ("p", "ko", "s", "loop")] == [3, 3, 1, 1]
    assert len(turn.run("inner").attempts) == 3


async def test_a_block_begins_a_loop_anew_when_it_tries_again_as_a_whole(bench: Bench) -> None:
    seen = await bench.run(
        f"tasks: [{{id: s, type: flow.Sequential, retry: {ANEW}, tasks: [{{id: loop, "
        "type: flow.Loop, values: [a], tasks: [{id: ko, type: execution.Fail}]}]}]"
    )
    turns = await bench.children(seen.execution.id)
    assert (seen.state, len(seen.run("s").attempts), len(turns)) == ("FAILED", 3, 3)
    assert [len(turn.run("ko").attempts) for turn in turns] == [1, 1, 1]


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


# The first execution fails, the one that takes over finds what it left.
SECOND_TIME = """
{id: before, type: debug.Return, format: "{{ kv(KEY, errorOnMissing=false) }}"},
{id: mark, type: kv.Set, key: "{{ KEY }}", value: done},
{id: t, type: execution.Fail, condition: "{{ outputs.before.value != 'done' }}",
 retry: {RETRY}}
"""


def _second_time(key: str, most: int = 3) -> str:
    retry = f"{{{FAST}, maxAttempts: {most}, behavior: CREATE_NEW_EXECUTION}}"
    return SECOND_TIME.replace("KEY", key).replace("{RETRY}", retry)


@pytest.mark.parametrize("limit", [1, 0])
async def test_a_loop_follows_an_iteration_that_is_tried_again_as_a_new_execution(
    bench: Bench, limit: int
) -> None:
    key = f"('iteration-{limit}-' ~ item.value)"
    seen = await bench.run(
        f"tasks: [{{id: loop, type: flow.Loop, values: [a, b], concurrencyLimit: {limit}, outputs: "
        f"[{{id: o, value: '{{{{ outputs.before.value }}}}'}}], tasks: [{_second_time(key)}]}}]"
    )
    turns = await bench.children(seen.execution.id)
    assert sorted(turn.state for turn in turns) == ["RETRIED", "RETRIED", "SUCCESS", "SUCCESS"]
    assert seen.state == "SUCCESS", seen.logs
    yielded = seen.yielded("loop")
    assert yielded["terminatedIterations"] == {"SUCCESS": 2}
    assert yielded["outputs"] == [
        {"item": {"iteration": 0, "value": "a"}, "outputs": {"o": "done"}},
        {"item": {"iteration": 1, "value": "b"}, "outputs": {"o": "done"}},
    ]


async def test_an_iteration_that_is_tried_again_has_the_variables_of_the_loop(bench: Bench) -> None:
    seen = await bench.run(
        f"""
        variables: {{said: by the flow}}
        tasks:
          - {{id: set, type: execution.SetVariables, overwrite: true, variables: {{said: late}}}}
          - id: loop
            type: flow.Loop
            values: [a]
            outputs: [{{id: o, value: "{{{{ vars.said }}}}"}}]
            tasks: [{_second_time(repr("with-variables")).strip().replace(chr(10), " ")}]
        """
    )
    yielded = seen.yielded("loop")["outputs"]
    assert yielded == [{"item": {"iteration": 0, "value": "a"}, "outputs": {"o": "late"}}]


async def test_a_loop_fails_when_the_last_execution_of_an_iteration_does(bench: Bench) -> None:
    retry = f"{{{FAST}, maxAttempts: 2, behavior: CREATE_NEW_EXECUTION}}"
    seen = await bench.run(
        "tasks: [{id: loop, type: flow.Loop, values: [a, b], tasks: "
        f"[{{id: ko, type: execution.Fail, retry: {retry}}}]}}]"
    )
    turns = await bench.children(seen.execution.id)
    assert [turn.state for turn in turns] == ["RETRIED", "FAILED"]
    assert (seen.state, seen.yielded("loop")["terminatedIterations"]) == ("FAILED", {"FAILED": 1})


async def test_a_subflow_follows_a_child_that_is_tried_again_as_a_new_execution(
    bench: Bench,
) -> None:
    child = await bench.save(f"tasks: [{_second_time(repr('of-a-subflow'))}]")
    seen = await bench.run(
        f"tasks: [{{id: sub, type: flow.Subflow, namespace: {NAMESPACE}, flowId: {child}}}]"
    )
    turns = await bench.children(seen.execution.id)
    assert [turn.state for turn in turns] == ["RETRIED", "SUCCESS"]
    assert (seen.state, seen.yielded("sub")["executionId"]) == ("SUCCESS", turns[1].execution.id)


async def test_a_for_each_item_follows_a_batch_that_is_tried_again_as_a_new_execution(
    bench: Bench,
) -> None:
    child = await bench.save(f"tasks: [{_second_time(repr('of-a-batch'))}]")
    seen = await bench.run(
        f"""
        tasks:
          - {{id: file, type: storage.Write, content: "one\\n"}}
          - {{id: each, type: flow.ForEachItem, items: "{{{{ outputs.file.uri }}}}",
             namespace: {NAMESPACE}, flowId: {child}}}
        """
    )
    turns = await bench.children(seen.execution.id)
    assert [turn.state for turn in turns] == ["RETRIED", "SUCCESS"]
    assert seen.state == "SUCCESS"
    iterations = seen.yielded("each_items")["iterations"]
    assert iterations == {"CREATED": 0, "RUNNING": 0, "SUCCESS": 1}
