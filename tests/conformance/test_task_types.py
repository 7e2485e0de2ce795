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
        "FilterItems keeps the rows for which its condition fails, where that is asked for",
        """
        tasks:
          - {id: w, type: storage.Write, extension: .ion, content: "{id:1}\\n{x:2}\\n{id:0}\\n"}
          - {id: f, type: storage.FilterItems, from: "{{ outputs.w.uri }}",
             filterCondition: "{{ id > 0 }}", errorOrNullBehavior: INCLUDE}
          - {id: a, type: debug.Return, format: "{{ read(outputs.f.uri) }}"}
        """,
        yields={"a": {"value": "{id:1}\n{x:2}\n"}},
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
        "serdes: XML to rows and back",
        """
        tasks:
          - {id: w, type: storage.Write, extension: .xml,
             content: "<shop><item n='1'>pen</item><item n='2'>ink</item></shop>"}
          - {id: rows, type: io.kestra.plugin.serdes.xml.XmlToIon, from: "{{ outputs.w.uri }}",
             query: /shop/item}
          - {id: xml, type: io.kestra.plugin.serdes.xml.IonToXml, from: "{{ outputs.rows.uri }}"}
          - {id: show, type: debug.Return,
             format: "{{ fromIon(read(outputs.rows.uri), true)[1].content }}"}
          - {id: text, type: debug.Return,
             format: "{{ read(outputs.xml.uri) contains '<n>2</n>' }}"}
        """,
        yields={
            "rows": {"size": 2},
            "show": {"value": "ink"},
            "text": {"value": "true"},
        },
    ),
    Row(
        "kv: kinds, a time to live, no overwriting, other namespaces, a purge",
        """
        tasks:
          - {id: n, type: kv.Set, key: n, value: "12", kvType: NUMBER, ttl: PT1H}
          - {id: above, type: kv.Set, key: up, value: above, namespace: other}
          - {id: twice, type: kv.Set, key: n, value: "13", overwrite: false, allowFailure: true}
          - {id: fn, type: debug.Return, format: "{{ kv('n') + 1 }} {{ kv('up', 'other') }}"}
          - {id: miss, type: debug.Return, format: "{{ kv('x', errorOnMissing=false) ?? 'none' }}"}
          - {id: gone, type: kv.PurgeKV, namespaces: [other], expiredOnly: false}
        """,
        "WARNING",
        yields={"fn": {"value": "13 above"}, "miss": {"value": "none"}, "gone": {"size": 1}},
        logs=("overwrite: true",),
    ),
    Row(
        "flows: old revisions are purged, the one that runs stays",
        """
        tasks:
          - {id: a, type: flow.PurgeFlows, namespaces: [company], flowPattern: "*"}
        """,
        yields={"a": {"size": 0}},
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
        "rows: filtered, deduplicated, split by bytes and into parts, purged",
        """
        tasks:
          - id: w
            type: storage.Write
            content: "{k: 1, v: a}\\n{k: 2, v: b}\\n{k: 1, v: c}\\n"
            extension: ion
          - id: few
            type: storage.FilterItems
            from: "{{ outputs.w.uri }}"
            filterCondition: "{{ k == 1 }}"
          - id: once
            type: storage.DeduplicateItems
            from: "{{ outputs.w.uri }}"
            expr: "{{ k }}"
          - {id: parts, type: storage.Split, from: "{{ outputs.w.uri }}", partitions: 2}
          - {id: sized, type: storage.Split, from: "{{ outputs.w.uri }}", bytes: 13}
          - id: seen
            type: debug.Return
            format: >-
              {{ fromIon(read(outputs.once.uri), allRows=true) | jq('.[].v') }}
              {{ outputs.parts.uris | length }} {{ outputs.sized.uris | length }}
          - {id: purge, type: storage.PurgeCurrentExecutionFiles}
          - {id: left, type: debug.Return, format: "{{ fileExists(outputs.w.uri) }}"}
        """,
        yields={
            "few": {"processedItemsTotal": 3, "droppedItemsTotal": 1},
            "once": {"numKeys": 2, "droppedItemsTotal": 1},
            "seen": {"value": '["b","c"] 2 3'},
            "left": {"value": "false"},
        },
    ),
    Row(
        "files of a namespace: put there, fetched, refused, deleted",
        """
        tasks:
          - id: up
            type: namespace.UploadFiles
            filesMap: {a.txt: one, b.csv: two}
            destination: folder
          - {id: fn, type: debug.Return, format: "{{ read('folder/a.txt') }}"}
          - id: no
            type: namespace.UploadFiles
            filesMap: {a.txt: three}
            destination: folder
            conflict: ERROR
            allowFailure: true
          - {id: skip, type: namespace.UploadFiles, filesMap: {folder/a.txt: x}, conflict: SKIP}
          - {id: down, type: namespace.DownloadFiles, files: ["**/*.txt"], destination: here}
          - id: read
            type: debug.Return
            format: "{{ read(outputs.down.files['here/folder/a.txt']) }}"
          - {id: del, type: namespace.DeleteFiles, files: ["folder/**"]}
          - {id: left, type: debug.Return, format: "{{ fileExists('folder/a.txt') }}"}
        """,
        "WARNING",
        yields={
            "fn": {"value": "one"},
            "skip": {"files": {}},
            "read": {"value": "one"},
            "left": {"value": "false"},
        },
        logs=("has a file folder/a.txt already",),
    ),
    Row(
        "labels and variables of the execution change on the way",
        """
        variables: {a: 1, b: 2}
        tasks:
          - {id: l, type: execution.Labels, labels: {stage: "{{ flow.namespace }}"}}
          - {id: v, type: execution.SetVariables, variables: {c: 3}}
          - {id: no, type: execution.SetVariables, variables: {a: 9}, allowFailure: true}
          - {id: o, type: execution.SetVariables, variables: {a: 8}, overwrite: true}
          - {id: u, type: execution.UnsetVariables, variables: [b]}
          - {id: r, type: debug.Return, format: "{{ vars.a }}{{ vars.b ?? '-' }}{{ vars.c }}"}
        """,
        "WARNING",
        yields={"r": {"value": "8-3"}},
        labels={"stage": "conformance"},
    ),
    Row(
        "an execution's own log is fetched as a file",
        """
        tasks:
          - {id: say, type: log.Log, message: hello}
          - {id: warn, type: log.Log, message: careful, level: WARN}
          - {id: f, type: log.Fetch, level: WARN, tasksId: [say, warn]}
          - {id: r, type: debug.Return, format: "{{ fromIon(read(outputs.f.uri)).message }}"}
        """,
        yields={"f": {"size": 1}, "r": {"value": "careful"}},
    ),
    Row(
        "Exit ends an execution early, in a state of its choice",
        """
        tasks:
          - {id: e, type: execution.Exit, state: WARNING}
          - {id: never, type: log.Log, message: never}
        """,
        "WARNING",
    ),
    Row(
        "outputs keep the types of their values",
        """
        tasks:
          - id: o
            type: output.OutputValues
            values:
              n: "{{ 1 + 1 }}"
              list: "{{ [1, 'a'] }}"
              text: "n={{ 2 }}"
              deep: {b: "{{ true }}"}
        """,
        yields={"o": {"values": {"n": 2, "list": [1, "a"], "text": "n=2", "deep": {"b": True}}}},
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
        "a script takes files, runs commands before, and gives back what matches",
        """
        tasks:
          - {id: n, type: namespace.UploadFiles, filesMap: {lib/a.sh: "echo from the namespace"}}
          - id: s
            type: shell.Commands
            namespaceFiles: {enabled: true, include: ["lib/*"]}
            inputFiles: {in.txt: "{{ flow.id }}", data.json: {a: [1]}}
            beforeCommands: ["export WORD=before"]
            commands:
              - sh lib/a.sh
              - echo "$WORD $(cat data.json)"
              - mkdir -p out/deep && cp in.txt out/deep/b.txt && echo 5 > out/c.csv
              - echo '::{"logs":[{"level":"WARN","message":"told"}]}::'
            outputFiles: ["out/**/*.txt", "out/*.csv"]
          - id: r
            type: debug.Return
            format: "{{ read(outputs.s.outputFiles['out/c.csv']) | trim }}"
          - {id: len, type: debug.Return, format: "{{ outputs.s.outputFiles | length }}"}
        """,
        yields={"r": {"value": "5"}, "len": {"value": "2"}},
        logs=("from the namespace", 'before {"a":[1]}', "told"),
    ),
    Row(
        "what a script leaves in its output directory is stored by its path in there",
        """
        tasks:
          - id: s
            type: shell.Commands
            outputDirectory: true
            beforeCommands: ["mkdir {{ outputDir }}/deep"]
            commands: ["echo 7 > {{ outputDir }}/deep/a.txt", "test -d {{ workingDir }}"]
          - {id: r, type: debug.Return, format: "{{ read(outputs.s.outputFiles['deep/a.txt']) }}"}
        """,
        yields={"r": {"value": "7\n"}},
    ),
    Row(
        "a file of binary ION is read as ION text",
        r"""
        tasks:
          - id: s
            type: shell.Commands
            commands: [printf '\340\001\000\352\041\001\041\002' > rows.ion]
            outputFiles: [rows.ion]
          - id: r
            type: debug.Return
            format: >-
              {{ fromIon(read(outputs.s.outputFiles['rows.ion'])) }}
              {{ fromIon(read(outputs.s.outputFiles['rows.ion']), allRows=true) }}
        """,
        yields={"r": {"value": "1 [1,2]"}},
    ),
    Row(
        "a command that fails in the middle ends the script unless failFast is off",
        """
        tasks:
          - {id: on, type: shell.Commands, commands: ["false", echo reached-on], allowFailure: true}
          - {id: off, type: shell.Commands, failFast: false, commands: ["false", echo reached-off]}
        """,
        "WARNING",
        "on:WARNING off:SUCCESS",
        logs=("reached-off",),
    ),
    Row(
        "standard error is logged as ERROR, and a warning only where it is asked for",
        """
        tasks:
          - {id: a, type: shell.Commands, commands: ["echo oops >&2"]}
          - {id: b, type: shell.Commands, commands: ["echo oops >&2"], warningOnStdErr: true}
        """,
        "WARNING",
        "a:SUCCESS b:WARNING",
        logs=("oops",),
    ),
    Row(
        "another interpreter runs the commands",
        """
        tasks:
          - id: s
            type: shell.Commands
            interpreter: [python3, -c]
            commands: ["print('sum', 1 + 1)"]
        """,
        logs=("sum 2",),
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
    again = await bench.run(f"tasks: [{{id: r, type: execution.Resume, executionId: {paused}}}]")
    assert again.state == "FAILED"
    assert f"The execution `{paused}` is SUCCESS" in again.logs[0]


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


async def test_a_trigger_is_switched_off_and_on(bench: Bench) -> None:
    watched = await bench.save(
        """
        triggers: [{id: t, type: io.kestra.plugin.core.trigger.Schedule, cron: "0 0 1 1 *"}]
        tasks: [{id: a, type: log.Log, message: x}]
        """
    )
    for enabled in (False, True):
        await bench.run(
            f"""
            tasks:
              - id: toggle
                type: io.kestra.plugin.kestra.triggers.Toggle
                trigger: t
                flowId: {watched}
                enabled: {str(enabled).lower()}
            """
        )
        found = await bench.driver.runtime.pool.fetchval(
            "SELECT disabled FROM triggers WHERE flow_id = $1", watched
        )
        assert found is not enabled


async def test_logs_are_purged_up_to_a_moment(bench: Bench) -> None:
    loud = await bench.save("tasks: [{id: a, type: log.Log, message: [x, y, z]}]")
    await bench.over(await bench.start(loud))
    seen = await bench.run(
        f"""
        tasks:
          - {{id: p, type: log.PurgeLogs, flowId: {loud}, endDate: "{{{{ now() }}}}"}}
        """
    )
    assert seen.yielded("p")["count"] == 3
