"""Loops: one block for each value, until something holds, or for each batch of a file."""

from collections.abc import AsyncIterator

import pytest

from runtime.engine.engine import UploadedFile
from runtime.executions.messages import Kill
from tests.support.conformance import NAMESPACE, Bench, Row

pytestmark = pytest.mark.asyncio(loop_scope="module")

VALUE = "{id: v, type: debug.Return, format: 'is {{ taskrun.value }}'}"

ROWS = [
    Row(
        "LoopUntil asks anew what its condition asks for",
        """
        tasks:
          - {id: zero, type: kv.Set, key: turns, value: "0", kvType: NUMBER}
          - id: loop
            type: flow.LoopUntil
            condition: "{{ kv('turns') >= 3 }}"
            checkFrequency: {interval: PT0.01S, maxIterations: 6}
            tasks:
              - {id: count, type: kv.Set, key: turns, value: "{{ kv('turns') + 1 }}"}
        """,
        yields={"loop": {"iterationCount": 3}},
    ),
    Row(
        "LoopUntil counts the iterations that it has done when it may do no more",
        """
        tasks:
          - id: loop
            type: flow.LoopUntil
            condition: "{{ outputs.r.value == '10' }}"
            checkFrequency: {interval: PT0.01S, maxIterations: 3}
            tasks: [{id: r, type: debug.Return, format: "{{ outputs.loop.iterationCount }}"}]
        """,
        yields={"loop": {"iterationCount": 3}},
    ),
    Row(
        "LoopUntil counts no further when it fails for that",
        """
        tasks:
          - id: loop
            type: flow.WaitFor
            condition: "{{ outputs.r.value == '10' }}"
            failOnMaxReached: true
            checkFrequency: {interval: PT0.01S, maxIterations: 3}
            tasks: [{id: r, type: debug.Return, format: "{{ outputs.loop.iterationCount }}"}]
        """,
        "FAILED",
        yields={"loop": {"iterationCount": 3}},
        logs=("after 3 iterations",),
    ),
    Row(
        "a ForEach runs its tasks for one value after another",
        f"tasks: [{{id: each, type: flow.ForEach, values: [a, b], tasks: [{VALUE}]}}]",
        runs="each:SUCCESS v[a]:SUCCESS v[b]:SUCCESS",
    ),
    Row(
        "values come from JSON text, each once",
        f"tasks: [{{id: each, type: flow.ForEach, values: '[1, 2, 1]', tasks: [{VALUE}]}}]",
        runs="each:SUCCESS v[1]:SUCCESS v[2]:SUCCESS",
    ),
    Row(
        "outputs stand below the values of all loops",
        """
        tasks:
          - id: outer
            type: flow.ForEach
            values: [x, y]
            tasks:
              - id: inner
                type: flow.ForEach
                values: [1, 2]
                tasks:
                  - id: v
                    type: debug.Return
                    format: "{{ parent.taskrun.value }}{{ taskrun.value }}"
                  - {id: w, type: debug.Return, format: "{{ currentEachOutput(outputs.v).value }}"}
        outputs:
          - {id: one, type: STRING, value: "{{ outputs.v.y['2'].value }}"}
          - {id: two, type: STRING, value: "{{ outputs.w['x']['1'].value }}"}
        """,
        outputs={"one": "y2", "two": "x1"},
    ),
    Row(
        "an empty list is a success",
        f"tasks: [{{id: each, type: flow.ForEach, values: [], tasks: [{VALUE}]}}]",
        runs="each:SUCCESS",
    ),
    Row(
        "a null among the values fails the loop and says so",
        f"tasks: [{{id: each, type: flow.ForEach, values: '[1, null]', tasks: [{VALUE}]}}]",
        "FAILED",
        "each:FAILED",
        logs=("Found '1' null values",),
    ),
    Row(
        "after a failed value no further value starts",
        """
        tasks:
          - id: each
            type: flow.ForEach
            values: [a, b, c]
            tasks:
              - {id: v, type: execution.Fail, condition: "{{ taskrun.value == 'b' }}"}
            errors: [{id: e, type: log.Log, message: x}]
        """,
        "FAILED",
        "each:FAILED v[a]:SUCCESS v[b]:FAILED e:SUCCESS",
    ),
    Row(
        "a limit of 0 starts all values at once",
        "tasks: [{id: each, type: flow.ForEach, concurrencyLimit: 0, values: [a, b], tasks: "
        "[{id: ko, type: execution.Fail}]}]",
        "FAILED",
        "each:FAILED ko[a]:FAILED ko[b]:FAILED",
    ),
    Row(
        "the elder loops do the same",
        f"""
        tasks:
          - {{id: one, type: flow.EachSequential, value: '["a"]', tasks: [{VALUE}]}}
          - {{id: all, type: flow.EachParallel, value: [b], tasks: [
              {{id: w, type: debug.Return, format: "{{{{ taskrun.value }}}}"}}]}}
        """,
        runs="one:SUCCESS v[a]:SUCCESS all:SUCCESS w[b]:SUCCESS",
    ),
    Row(
        "LoopUntil counts its iterations from 1 and ends when its condition holds",
        """
        tasks:
          - id: loop
            type: flow.LoopUntil
            condition: "{{ outputs.r.value == '3' }}"
            checkFrequency: {interval: PT0.01S}
            tasks: [{id: r, type: debug.Return, format: "{{ outputs.loop.iterationCount }}"}]
        """,
        runs="loop:SUCCESS r:SUCCESS r:SUCCESS r:SUCCESS",
        yields={"loop": {"iterationCount": 3}},
    ),
    Row(
        "LoopUntil gives up at its most iterations, quietly",
        """
        tasks:
          - id: loop
            type: flow.WaitFor
            condition: "{{ false }}"
            checkFrequency: {interval: PT0.01S, maxIterations: 2}
            tasks: [{id: r, type: log.Log, message: x}]
        """,
        yields={"loop": {"iterationCount": 2}},
    ),
    Row(
        "LoopUntil fails at its limit when told to",
        """
        tasks:
          - id: loop
            type: flow.LoopUntil
            condition: "{{ false }}"
            failOnMaxReached: true
            checkFrequency: {interval: PT0.01S, maxIterations: 2}
            tasks: [{id: r, type: log.Log, message: x}]
        """,
        "FAILED",
        "loop:FAILED r:SUCCESS r:SUCCESS",
    ),
    Row(
        "a Loop runs each iteration as an execution and gathers their outputs",
        """
        tasks:
          - id: loop
            type: flow.Loop
            values: [a, b]
            outputs: [{id: o, value: "{{ outputs.v.value }}"}]
            tasks: [{id: v, type: debug.Return, format: "{{ item.index }}{{ item.value }}"}]
        """,
        runs="loop:SUCCESS",
        yields={"loop": {"iterationCount": 2, "terminatedIterations": {"SUCCESS": 2}}},
    ),
    Row(
        "the outputs of a Loop say which iteration they are of, in their type",
        """
        tasks:
          - id: loop
            type: flow.Loop
            values: {one: 1, two: 2}
            concurrencyLimit: 0
            fetchType: FETCH
            outputs: [{id: n, type: INT, value: "{{ outputs.v.value }}"}]
            tasks: [{id: v, type: debug.Return, format: "{{ item.value }}"}]
          - {id: all, type: debug.Return, format: "{{ loopOutputs(outputs.loop.outputs, 'n') }}"}
        """,
        yields={
            "loop": {
                "outputs": [
                    {"item": {"iteration": 0, "key": "one", "value": 1}, "outputs": {"n": 1}},
                    {"item": {"iteration": 1, "key": "two", "value": 2}, "outputs": {"n": 2}},
                ]
            },
            "all": {"value": "[1,2]"},
        },
    ),
    Row(
        "breakWhen ends a Loop after the iteration for which it holds",
        """
        tasks:
          - id: loop
            type: flow.Loop
            values: [a, b, c]
            breakWhen: "{{ item.value == 'b' and iteration.state == 'SUCCESS' and
              iteration.outputs.o == 'b!' }}"
            outputs: [{id: o, value: "{{ outputs.v.value }}"}]
            tasks: [{id: v, type: debug.Return, format: "{{ item.value }}!"}]
        """,
        yields={"loop": {"iterationCount": 3, "terminatedIterations": {"SUCCESS": 2}}},
    ),
    Row(
        "a breakWhen that cannot be rendered fails the Loop",
        "tasks: [{id: loop, type: flow.Loop, values: [a, b], breakWhen: '{{ nothing.here }}', "
        "tasks: [{id: v, type: log.Log, message: x}]}]",
        "FAILED",
        yields={"loop": {"terminatedIterations": {"SUCCESS": 1}}},
    ),
    Row(
        "an output of an iteration that is not of its type fails the iteration",
        "tasks: [{id: loop, type: flow.Loop, values: [a], outputs: [{id: n, type: INT, "
        "value: '{{ item.value }}'}], tasks: [{id: v, type: log.Log, message: x}]}]",
        "FAILED",
        yields={"loop": {"terminatedIterations": {"FAILED": 1}}},
    ),
    Row(
        "the first failed iteration ends a Loop",
        "tasks: [{id: loop, type: flow.Loop, values: [a, b], tasks: "
        "[{id: ko, type: execution.Fail}]}]",
        "FAILED",
        "loop:FAILED",
        yields={"loop": {"terminatedIterations": {"FAILED": 1}}},
    ),
    Row(
        "a Loop that does not transmit failures succeeds",
        "tasks: [{id: loop, type: flow.Loop, values: [a, b], transmitFailed: false, tasks: "
        "[{id: ko, type: execution.Fail}]}]",
        "SUCCESS",
        "loop:SUCCESS",
        yields={"loop": {"terminatedIterations": {"FAILED": 2}}},
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=str)
async def test_loops_go_as_told(bench: Bench, row: Row) -> None:
    await bench.holds(row)


async def _content(lines: int) -> AsyncIterator[bytes]:
    for number in range(lines):
        yield b"line %d\n" % number


@pytest.mark.parametrize(
    ("lines", "ends", "runs"),
    [
        (7, "SUCCESS", "each:SUCCESS each_split:SUCCESS each_items:SUCCESS each_merge:SUCCESS"),
        (0, "SUCCESS", "each:SUCCESS each_split:SUCCESS each_items:SUCCESS each_merge:SUCCESS"),
        (7, "FAILED", "each:FAILED each_split:SUCCESS each_items:FAILED"),
    ],
)
async def test_a_for_each_item_starts_an_execution_for_each_batch(
    bench: Bench, lines: int, ends: str, runs: str
) -> None:
    task = {
        "SUCCESS": "{id: t, type: debug.Return, format: x}",
        "FAILED": "{id: t, type: execution.Fail}",
    }
    child = await bench.save(f"inputs: [{{id: batch, type: STRING}}]\ntasks: [{task[ends]}]")
    parent = await bench.save(
        f"""
        inputs: [{{id: file, type: FILE}}]
        tasks:
          - id: each
            type: flow.ForEachItem
            items: "{{{{ inputs.file }}}}"
            batch: {{rows: 3}}
            namespace: {NAMESPACE}
            flowId: {child}
            inputs: {{batch: "{{{{ taskrun.items }}}}"}}
        """
    )
    seen = await bench.over(
        await bench.start(parent, files={"file": UploadedFile("lines.txt", _content(lines))})
    )
    batches = (lines + 2) // 3
    assert (seen.state, " ".join(f"{run.task_id}:{run.state}" for run in seen.task_runs)) == (
        ends,
        runs,
    )
    assert [one.state for one in await bench.children(seen.execution.id)] == [ends] * batches
    if batches:
        assert seen.yielded("each_items")["numberOfBatches"] == batches


@pytest.mark.parametrize(
    ("batch", "batches"),
    [
        ("rows: 4", [4, 3]),
        ("partitions: 2", [4, 3]),
        ("bytes: 16", [2, 2, 2, 1]),
        ("rows: '{{ 7 }}'", [7]),
    ],
)
async def test_a_file_is_cut_by_rows_by_parts_or_by_size(
    bench: Bench, batch: str, batches: list[int]
) -> None:
    child = await bench.save(
        """
        inputs: [{id: batch, type: FILE}]
        tasks: [{id: n, type: storage.Size, uri: "{{ inputs.batch }}"}]
        outputs: [{id: size, type: INT, value: "{{ outputs.n.size / 7 }}"}]
        """
    )
    lines = "line 1\\n" * 7
    seen = await bench.run(
        f"""
        tasks:
          - {{id: file, type: storage.Write, content: "{lines}"}}
          - id: each
            type: flow.ForEachItem
            items: "{{{{ outputs.file.uri }}}}"
            batch: {{{batch}}}
            namespace: {NAMESPACE}
            flowId: {child}
            inputs: {{batch: "{{{{ taskrun.items }}}}"}}
        """
    )
    assert seen.state == "SUCCESS", seen.logs
    children = await bench.children(seen.execution.id)
    sizes = [(each.outputs or {})["size"] for each in children]
    assert sorted(sizes, key=str) == sorted(batches, key=str)
    assert seen.yielded("each_items")["iterations"] == {
        "CREATED": 0,
        "RUNNING": 0,
        "SUCCESS": len(batches),
    }
    assert str(seen.yielded("each_merge")["subflowOutputs"]).startswith("kestra:///")


@pytest.mark.parametrize(
    ("more", "state", "runs"),
    [
        ("transmitFailed: false", "SUCCESS", 4),
        ("wait: false", "SUCCESS", 4),
        ("allowFailure: true", "WARNING", 3),
        ("allowFailure: true, allowWarning: true", "SUCCESS", 3),
    ],
)
async def test_what_failed_children_of_a_for_each_item_mean(
    bench: Bench, more: str, state: str, runs: int
) -> None:
    child = await bench.save("tasks: [{id: ko, type: execution.Fail}]")
    seen = await bench.run(
        f"""
        tasks:
          - {{id: file, type: storage.Write, content: "a\\nb\\n"}}
          - {{id: each, type: flow.ForEachItem, items: "{{{{ outputs.file.uri }}}}",
             namespace: {NAMESPACE}, flowId: {child}, {more}}}
        """
    )
    assert (seen.state, len(seen.task_runs) - 1) == (state, runs)


async def test_loop_until_looks_each_minute_and_gives_up_after_its_most_time(bench: Bench) -> None:
    tasks = "tasks: [{id: r, type: log.Log, message: x}]"
    loop = "{id: loop, type: flow.LoopUntil, condition: '{{ false }}'"
    slow = await bench.start(await bench.save(f"tasks: [{loop}, {tasks}}}]"))
    seen = await bench.driver.reached(slow, "RUNNING")
    assert seen.run("loop").dynamic["interval"] == 60
    assert seen.run("loop").dynamic["maxIterations"] is None
    await bench.engine.act(slow, Kill())
    often = "checkFrequency: {interval: PT0.01S, maxDuration: PT0.05S}, failOnMaxReached: true"
    seen = await bench.run(f"tasks: [{loop}, {often}, {tasks}}}]")
    assert seen.state == "FAILED"
    assert any("maxDuration" in line for line in seen.logs)


async def test_a_failure_inside_loop_until_ends_it(bench: Bench) -> None:
    seen = await bench.run(
        "tasks: [{id: loop, type: flow.LoopUntil, condition: '{{ false }}', "
        "checkFrequency: {interval: PT0.01S}, tasks: [{id: ko, type: execution.Fail}]}]"
    )
    assert (seen.state, len(seen.task_runs)) == ("FAILED", 2)


@pytest.mark.parametrize(
    ("fetch", "stores"), [("", True), ("fetchType: STORE", True), ("fetchType: FETCH", False)]
)
async def test_a_loop_over_a_stored_file_stores_what_it_yields_unless_told_otherwise(
    bench: Bench, fetch: str, stores: bool
) -> None:
    seen = await bench.run(
        f"""
        tasks:
          - {{id: file, type: storage.Write, extension: .ion, content: "{{a:1}}\\n{{a:2}}\\n"}}
          - id: loop
            type: flow.Loop
            values: "{{{{ outputs.file.uri }}}}"
            outputs: [{{id: o, type: STRING, value: "{{{{ outputs.v.value }}}}"}}]
            {fetch}
            tasks:
              - id: v
                type: debug.Return
                format: "{{{{ item.index }}}}: {{{{ item.value.a }}}} at {{{{ now() }}}}"
          - id: first
            type: debug.Return
            format: "{{{{ read(outputs.loop.outputs[0].outputs.uri ?? outputs.file.uri) }}}}"
        """
    )
    assert seen.state == "SUCCESS", seen.logs
    yielded = seen.yielded("loop")["outputs"]
    assert isinstance(yielded, list)
    assert [entry["item"] for entry in yielded] == [
        {"iteration": 0, "value": {"a": 1}},
        {"iteration": 1, "value": {"a": 2}},
    ]
    assert [*yielded[0]["outputs"]] == (["uri"] if stores else ["o"])
    if stores:
        assert 'o:"0: 1 at ' in str(seen.yielded("first")["value"]).replace(" o", "o")


async def _numbers(count: int, size: int) -> AsyncIterator[bytes]:
    more = b"x" * size
    for start in range(0, count, 1_000):
        rows = range(start, min(count, start + 1_000))
        yield b"".join(b'{"n": %d, "more": "%s"}\n' % (n, more) for n in rows)


OVER_A_FILE = """
inputs: [{id: file, type: FILE}]
tasks:
  - id: loop
    type: flow.Loop
    values: "{{ inputs.file }}"
    concurrencyLimit: 4
    MORE
    tasks: [{id: v, type: execution.Fail, condition: "{{ item.value.n != item.index }}"}]
"""


@pytest.mark.parametrize(
    ("count", "size", "more", "ended"),
    [
        (50, 50_000, "", range(50, 51)),
        (50, 50_000, 'breakWhen: "{{ item.value.n == 30 }}"', range(31, 36)),
        (150_000, 0, 'breakWhen: "{{ item.value.n == 5 }}"', range(6, 11)),
    ],
    ids=["three pages", "until the second page", "more than a list may have"],
)
async def test_a_loop_goes_through_a_long_file_page_by_page(
    bench: Bench, count: int, size: int, more: str, ended: range
) -> None:
    flow_id = await bench.save(OVER_A_FILE.replace("MORE", more))
    file = UploadedFile("numbers.jsonl", _numbers(count, size))
    seen = await bench.over(await bench.start(flow_id, files={"file": file}))
    assert seen.state == "SUCCESS", seen.logs
    yielded = seen.yielded("loop")
    states = yielded["terminatedIterations"]
    assert isinstance(states, dict)
    assert yielded["iterationCount"] == count
    assert (list(states), states["SUCCESS"] in ended) == (["SUCCESS"], True), states
