"""Whole flows on the real engine: tasks pass values and files to each other."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.engine import Driver, Seen, driven


@pytest.fixture
async def driver(database_url: str, tmp_path: Path) -> AsyncIterator[Driver]:
    async with driven(database_url, tmp_path) as started:
        yield started


async def run(driver: Driver, tasks: str, **more: Any) -> Seen:
    seen = await driver.run(f"id: demo\nnamespace: company.team\ntasks:\n{tasks}", **more)
    assert seen.state == "SUCCESS", (seen.states, seen.logs)
    return seen


async def test_a_file_travels_from_task_to_task(driver: Driver) -> None:
    seen = await run(
        driver,
        """
  - id: make
    type: io.kestra.plugin.scripts.python.Script
    script: |
      from kestra import Kestra
      with open("people.csv", "w") as file:
          file.write("id,name\\n1,Ada\\n2,Bob\\n2,Bea\\n")
      Kestra.outputs({"rows": 3})
    outputFiles: ["*.csv"]
  - id: ion
    type: io.kestra.plugin.serdes.csv.CsvToIon
    from: "{{ outputs.make.outputFiles['people.csv'] }}"
  - id: unique
    type: io.kestra.plugin.core.storage.DeduplicateItems
    from: "{{ outputs.ion.uri }}"
    expr: "{{ id }}"
  - id: some
    type: io.kestra.plugin.core.storage.FilterItems
    from: "{{ outputs.unique.uri }}"
    filterCondition: "{{ name != 'Ada' }}"
  - id: count
    type: io.kestra.plugin.jdbc.duckdb.Query
    inputFiles:
      people.csv: "{{ outputs.make.outputFiles['people.csv'] }}"
    sql: SELECT count(*) AS n FROM read_csv_auto('{{ workingDir }}/people.csv') WHERE id = :id
    parameters:
      id: "{{ outputs.make.vars.rows - 1 }}"
    fetchType: FETCH_ONE
  - id: show
    type: io.kestra.plugin.scripts.shell.Commands
    commands:
      - cat {{ outputs.some.uri }}
      - echo "{{ outputs.count.row.n }}"
""",
    )
    assert seen.logs[-2:] == ['{id:"2",name:"Bea"}', "2"]


async def test_a_child_execution_runs_for_each_batch(driver: Driver) -> None:
    await driver.save("""
id: child
namespace: company.team
inputs:
  - id: items
    type: STRING
tasks:
  - id: log
    type: io.kestra.plugin.core.log.Log
    message: "{{ read(inputs.items) }}"
outputs:
  - id: got
    type: STRING
    value: "{{ read(inputs.items) | trim }}"
""")
    seen = await run(
        driver,
        """
  - id: make
    type: io.kestra.plugin.core.storage.Write
    content: "1\\n2\\n3\\n"
    extension: txt
  - id: each
    type: io.kestra.plugin.core.flow.ForEachItem
    items: "{{ outputs.make.uri }}"
    batch:
      rows: 2
    namespace: company.team
    flowId: child
    inputs:
      items: "{{ taskrun.items }}"
  - id: show
    type: io.kestra.plugin.core.log.Log
    message: "{{ read(outputs.each_merge.subflowOutputs) }}"
""",
    )
    assert seen.logs[-1].splitlines() == ['{got:"1\\n2"}', '{got:"3"}']


async def test_tasks_share_a_working_directory(driver: Driver) -> None:
    seen = await run(
        driver,
        """
  - id: together
    type: io.kestra.plugin.core.flow.WorkingDirectory
    inputFiles:
      in.txt: "given {{ flow.id }}"
    outputFiles: ["*.md"]
    tasks:
      - id: first
        type: io.kestra.plugin.scripts.shell.Commands
        commands: ["cat in.txt > out.md"]
      - id: second
        type: io.kestra.plugin.scripts.shell.Commands
        commands: ["echo second >> out.md"]
  - id: show
    type: io.kestra.plugin.core.log.Log
    message: "{{ read(outputs.together.outputFiles['out.md']) }}"
""",
    )
    assert seen.logs[-1] == "given demosecond\n"


async def test_values_outlive_an_execution(driver: Driver) -> None:
    tasks = """
  - id: before
    type: io.kestra.plugin.core.kv.Get
    key: count
  - id: set
    type: io.kestra.plugin.core.kv.Set
    key: count
    kvType: NUMBER
    value: "{{ (outputs.before.value ?? 0) + 1 }}"
  - id: state
    type: io.kestra.plugin.core.state.Set
    data:
      last: "{{ execution.id }}"
  - id: show
    type: io.kestra.plugin.core.log.Log
    message: "{{ kv('count') }}"
"""
    for count in ("1", "2"):
        assert (await run(driver, tasks)).logs[-1] == count


async def test_tiny_tasks_change_their_execution(driver: Driver) -> None:
    seen = await run(
        driver,
        """
  - id: labels
    type: io.kestra.plugin.core.execution.Labels
    labels: {team: data}
  - id: set
    type: io.kestra.plugin.core.execution.SetVariables
    variables: {count: "{{ 1 + 1 }}"}
  - id: check
    type: io.kestra.plugin.core.execution.Assert
    conditions: ["{{ vars.count == 2 }}"]
  - id: metric
    type: io.kestra.plugin.core.metric.Publish
    metrics:
      - {name: rows, type: counter, value: "{{ vars.count }}"}
  - id: values
    type: io.kestra.plugin.core.output.OutputValues
    values: {a: "{{ vars.count }}", version: 1.10}
  - id: templated
    type: io.kestra.plugin.core.templating.TemplatedTask
    spec: |
      type: io.kestra.plugin.core.debug.Return
      format: "{{ vars.count }}"
""",
    )
    assert seen.execution.labels["team"] == "data"
    assert seen.yielded("values") == {"values": {"a": 2, "version": 1.1}}
    assert seen.yielded("templated") == {"value": "2"}


async def test_tasks_about_other_executions_find_them(driver: Driver) -> None:
    tasks = """
  - id: log
    type: io.kestra.plugin.core.log.Log
    message: hello
"""
    await run(driver, tasks)
    seen = await driver.run(f"""
id: watcher
namespace: company.team
tasks:
  - id: count
    type: io.kestra.plugin.core.execution.Count
    flows: [{{namespace: company.team, flowId: demo}}]
    states: [SUCCESS]
    expression: "{{{{ count == 1 }}}}"
{tasks}
  - id: fetch
    type: io.kestra.plugin.core.log.Fetch
  - id: purge
    type: io.kestra.plugin.core.execution.PurgeExecutions
    flowId: demo
    namespace: company.team
    endDate: "{{{{ now() }}}}"
""")
    assert seen.state == "SUCCESS", seen.logs
    assert seen.yielded("count")["total"] == 1
    assert seen.yielded("fetch")["size"] == 1
    assert seen.yielded("purge")["executionsCount"] == 1


async def test_a_wrong_rendered_property_is_a_clear_failure(driver: Driver) -> None:
    seen = await driver.run("""
id: wrong
namespace: company.team
tasks:
  - id: request
    type: io.kestra.plugin.core.http.Request
    uri: http://127.0.0.1
    options: {timeout: {connectTimeout: "{{ 'soon' }}"}}
""")
    assert seen.state == "FAILED"
    assert "connectTimeout" in seen.logs[-1]
    assert "ISO 8601" in seen.logs[-1]
