"""Flows with templates through the API: what is shown is what runs, and others pay nothing."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.api import Api
from tests.support.engine import Driver, driven

RETURN = "type: io.kestra.plugin.core.debug.Return"
MADE = f"id: made\nnamespace: n\ntasks:\n- {{id: a, {RETURN}, format: x}}\n- {{id: b, {RETURN}}}\n"
TAKING = """\
id: taking
namespace: n
tasks:
  - {id: t, type: io.kestra.plugin.core.flow.Template, namespace: n, templateId: made}
"""
PLAIN = f"id: plain\nnamespace: n\ntasks: [{{id: a, {RETURN}, format: x}}]\n"
FLOW = """{ flow(namespace: "n", flowId: "taking") { topology {
  nodes { id taskId clusterId } clusters { id taskId } } } }"""
EXECUTION = """query ($id: ID!) { execution(id: $id) {
  topology { nodes { taskId state clusterId } }
  taskRuns { nodes { taskId taskType source parent { taskId } } } } }"""
CHECK = """query ($source: String!) { validateFlow(source: $source) {
  valid problems { message severity line } topology { nodes { taskId } } } }"""


@pytest.fixture
async def driver(database_url: str, tmp_path: Path) -> AsyncIterator[Driver]:
    async with driven(database_url, tmp_path) as driver:
        yield driver


@pytest.fixture
def api(driver: Driver) -> Api:
    return Api(driver.runtime)


async def test_the_topology_of_a_flow_shows_the_template_as_it_is_now(
    driver: Driver, api: Api
) -> None:
    await driver.save(MADE)
    await driver.save(TAKING)
    topology = (await api.ask(FLOW))["flow"]["topology"]
    (cluster,) = topology["clusters"]
    assert cluster["taskId"] == "t"
    inside = {n["taskId"] for n in topology["nodes"] if n["clusterId"] == cluster["id"]}
    assert inside == {None, "t", "a", "b"}
    await driver.save(MADE.replace("id: b", "id: c"))
    nodes = (await api.ask(FLOW))["flow"]["topology"]["nodes"]
    assert [n["taskId"] for n in nodes if n["taskId"]] == ["t", "a", "c"]
    await driver.runtime.engine.delete_flow("n", "made")
    topology = (await api.ask(FLOW))["flow"]["topology"]
    assert [n["taskId"] for n in topology["nodes"] if n["taskId"]] == ["t"]
    assert topology["clusters"] == []


async def test_an_execution_shows_the_template_as_it_ran(driver: Driver, api: Api) -> None:
    await driver.save(MADE)
    seen = await driver.run(TAKING)
    await driver.save(MADE.replace("id: b", "id: c"))
    found = (await api.ask(EXECUTION, id=seen.execution.id))["execution"]
    states = {n["taskId"]: n["state"] for n in found["topology"]["nodes"] if n["taskId"]}
    assert states == dict.fromkeys("tab", "SUCCESS")
    runs = {run["taskId"]: run for run in found["taskRuns"]["nodes"]}
    assert runs["b"]["taskType"].endswith(".Return")
    assert runs["a"]["source"] == f"{{id: a, {RETURN}, format: x}}"
    assert runs["t"]["source"].startswith("{id: t, ")
    assert runs["a"]["parent"] == {"taskId": "t"}
    asked = [text for text in api.statements if "-> 'templates'" in text]
    assert len(asked) == 1


async def test_who_uses_no_template_is_asked_nothing_about_them(driver: Driver, api: Api) -> None:
    seen = await driver.run(PLAIN)
    await api.ask(EXECUTION, id=seen.execution.id)
    assert not any("templates" in text for text in api.statements)
    assert "templates" not in seen.execution.memory


async def test_the_preview_of_an_editor_shows_the_template_and_what_is_wrong_with_it(
    driver: Driver, api: Api
) -> None:
    missing = (await api.ask(CHECK, source=TAKING))["validateFlow"]
    assert missing["valid"]
    (problem,) = [each for each in missing["problems"] if "not there" in each["message"]]
    assert (problem["severity"], problem["line"]) == ("WARNING", 4)
    await driver.save(MADE)
    there = (await api.ask(CHECK, source=TAKING))["validateFlow"]
    assert [n["taskId"] for n in there["topology"]["nodes"] if n["taskId"]] == ["t", "a", "b"]
    both = f"{TAKING}  - {{id: a, {RETURN}}}\n"
    assert not (await api.ask(CHECK, source=both))["validateFlow"]["valid"]


async def test_expressions_are_tried_out_where_a_task_of_a_template_ran(
    driver: Driver, api: Api
) -> None:
    await driver.save(MADE)
    seen = await driver.run(TAKING.replace("made}", "made, args: {x: given}}"))
    found = await api.ask(
        """query ($id: ID!, $run: ID!) { evaluateExpression(input: { executionId: $id,
          taskRunId: $run, expression: "{{ task.type }} {{ parent.outputs.args.x }}" }) {
          text } }""",
        id=seen.execution.id,
        run=seen.run("a").id,
    )
    assert found["evaluateExpression"]["text"].endswith("debug.Return given")
