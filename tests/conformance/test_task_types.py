"""Each task type of the reference's tables, at least once."""

import pytest

from tests.support.conformance import Bench, Row

pytestmark = pytest.mark.asyncio(loop_scope="module")

ROWS = [
    Row(
        "Log writes one line or many, at its level",
        "tasks: [{id: a, type: log.Log, message: one}, "
        "{id: b, type: log.Log, message: ['{{ task.id }}', 2], level: WARN}]",
        logs=("one", "b", "2"),
    ),
    Row("Echo does too", "tasks: [{id: a, type: debug.Echo, format: hi}]", logs=("hi",)),
    Row(
        "the names of old releases still run",
        "tasks: [{id: a, type: io.kestra.core.tasks.debugs.Return, format: x}]",
        yields={"a": {"value": "x"}},
    ),
    Row(
        "Assert fails with the number of what does not hold",
        "tasks: [{id: a, type: execution.Assert, conditions: ['{{ true }}', '{{ 1 == 2 }}']}]",
        "FAILED",
        logs=("Condition 2",),
    ),
    Row(
        "Fail does not when its condition does not hold",
        "tasks: [{id: a, type: execution.Fail, condition: '{{ 1 == 2 }}'}]",
    ),
    Row(
        "kv: set, get, list, delete",
        """
        tasks:
          - {id: set, type: kv.Set, key: k, value: "{{ {'n': 1} }}"}
          - {id: fn, type: debug.Return, format: "{{ kv('k').n }}"}
          - {id: get, type: kv.Get, key: k}
          - {id: keys, type: kv.GetKeys, prefix: k}
          - {id: del, type: kv.Delete, key: k}
          - {id: none, type: kv.Get, key: k, errorOnMissing: true, allowFailure: true}
        """,
        "WARNING",
        yields={
            "fn": {"value": "1"},
            "get": {"value": {"n": 1}},
            "keys": {"keys": ["k"]},
            "del": {"deleted": True},
        },
    ),
    Row(
        "state: set, get, delete",
        """
        tasks:
          - {id: set, type: state.Set, name: s, data: {n: 1}}
          - {id: get, type: state.Get, name: s}
          - {id: del, type: state.Delete, name: s}
        """,
        yields={"get": {"data": {"n": 1}, "count": 1}, "del": {"deleted": True}},
    ),
    Row(
        "files: written, split, joined, measured, reversed, deleted",
        """
        tasks:
          - {id: w, type: storage.Write, content: "a\\nb\\nc\\n", extension: .txt}
          - {id: split, type: storage.Split, from: "{{ outputs.w.uri }}", rows: 2}
          - {id: join, type: storage.Concat, files: "{{ outputs.split.uris }}"}
          - {id: turn, type: storage.Reverse, from: "{{ outputs.join.uri }}"}
          - {id: size, type: storage.Size, uri: "{{ outputs.turn.uri }}"}
          - {id: read, type: debug.Return, format: "{{ read(outputs.turn.uri) }}"}
          - {id: del, type: storage.Delete, uri: "{{ outputs.w.uri }}"}
        """,
        yields={
            "size": {"size": 6},
            "read": {"value": "c\nb\na\n"},
            "del": {"deleted": True},
        },
    ),
    Row(
        "a working directory hands files from task to task",
        """
        tasks:
          - id: dir
            type: flow.WorkingDirectory
            inputFiles: {in.txt: hello}
            outputFiles: [out.txt]
            tasks:
              - {id: copy, type: shell.Commands, commands: [cp in.txt out.txt]}
              - {id: look, type: storage.LocalFiles, outputs: [out.txt]}
          - {id: read, type: debug.Return, format: "{{ read(outputs.dir.outputFiles['out.txt']) }}"}
        """,
        runs="dir:SUCCESS copy:SUCCESS look:SUCCESS read:SUCCESS",
        yields={"read": {"value": "hello"}},
    ),
    Row(
        "a working directory may sleep, and takes and keeps files",
        """
        tasks:
          - id: dir
            type: flow.WorkingDirectory
            inputFiles: {in.txt: "given"}
            outputFiles: [out.txt]
            tasks:
              - {id: nap, type: flow.Sleep, duration: PT0.01S}
              - {id: copy, type: shell.Commands, commands: ["cp in.txt out.txt"]}
          - {id: r, type: debug.Return, format: "{{ read(outputs.dir.outputFiles['out.txt']) }}"}
        """,
        yields={"r": {"value": "given"}},
    ),
    Row(
        "a script yields outputs and an exit code, and logs its lines",
        """
        tasks:
          - id: s
            type: shell.Script
            env: {WHO: "{{ flow.namespace }}"}
            script: |
              echo "hi $WHO"
              echo '::{"outputs":{"n":3}}::'
        """,
        yields={"s": {"exitCode": 0, "vars": {"n": 3}}},
        logs=("hi conformance",),
    ),
    Row(
        "a script that exits with an error fails",
        "tasks: [{id: s, type: shell.Commands, commands: ['exit 3']}]",
        "FAILED",
        "s:FAILED",
    ),
    Row(
        "a templated task is made when it runs",
        """
        tasks:
          - id: t
            type: io.kestra.plugin.core.templating.TemplatedTask
            spec: |
              type: io.kestra.plugin.core.debug.Return
              format: "{{ flow.namespace }}"
        """,
        yields={"t": {"value": "conformance"}},
    ),
    Row(
        "a default with a ref is for those that name it, and a forced one wins",
        """
        pluginDefaults:
          - {type: io.kestra.plugin.core.debug.Return, ref: loud, values: {format: LOUD}}
          - {type: io.kestra.plugin.core.log, forced: true, values: {message: forced}}
        tasks:
          - {id: one, type: debug.Return, pluginDefaultsRef: loud}
          - {id: two, type: debug.Return, format: own}
          - {id: three, type: log.Log, message: own}
        """,
        yields={"one": {"value": "LOUD"}, "two": {"value": "own"}},
        logs=("forced",),
    ),
    Row(
        "pluginDefaults fill in what a task leaves out",
        """
        pluginDefaults:
          - {type: io.kestra.plugin.core.debug.Return, values: {format: by default}}
        tasks: [{id: a, type: debug.Return}, {id: b, type: debug.Return, format: own}]
        """,
        yields={"a": {"value": "by default"}, "b": {"value": "own"}},
    ),
    Row(
        "metrics are published",
        """
        tasks:
          - id: m
            type: io.kestra.plugin.core.metric.Publish
            metrics: [{name: rows, type: counter, value: 3, tags: {a: b}}]
        """,
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=str)
async def test_task_types_do_as_told(bench: Bench, row: Row) -> None:
    await bench.holds(row)


async def test_a_cached_task_runs_once(bench: Bench) -> None:
    flow_id = await bench.save(
        """
        tasks:
          - id: s
            type: shell.Commands
            commands: ['echo "::{\\"outputs\\":{\\"pid\\":$$}}::"']
            taskCache: {enabled: true, ttl: PT1H}
        """
    )
    first, second = [await bench.over(await bench.start(flow_id)) for _ in range(2)]
    assert first.yielded("s")["vars"] == second.yielded("s")["vars"]


async def test_resume_lets_another_execution_go_on(bench: Bench) -> None:
    paused = await bench.start(
        await bench.save("tasks: [{id: p, type: flow.Pause, onResume: [{id: n, type: INT}]}]")
    )
    await bench.driver.reached(paused, "PAUSED")
    await bench.run(
        f"tasks: [{{id: r, type: execution.Resume, executionId: {paused}, inputs: {{n: '3'}}}}]"
    )
    assert (await bench.over(paused)).yielded("p")["onResume"] == {"n": 3}


async def test_count_counts_the_executions_of_flows(bench: Bench) -> None:
    counted = await bench.save("tasks: [{id: a, type: log.Log, message: x}]")
    for _ in range(2):
        await bench.over(await bench.start(counted))
    seen = await bench.run(
        f"""
        tasks:
          - id: c
            type: execution.Count
            flows: [{{namespace: conformance, flowId: {counted}}}]
            expression: "{{{{ count >= 2 }}}}"
        """
    )
    assert seen.yielded("c")["total"] == 2
