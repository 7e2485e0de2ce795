"""Two executions compared through the API."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.api import Api
from tests.support.engine import Driver, driven

FLOW = """\
id: sums
namespace: t
variables: {rate: 2}
inputs:
  - {id: n, type: INT}
  - {id: word, type: SECRET, defaults: hidden}
tasks:
  - {id: store, type: io.kestra.plugin.core.storage.Write, content: same}
  - id: secret
    type: io.kestra.plugin.core.debug.Return
    format: "{{ inputs.word }}"
  - id: each
    type: io.kestra.plugin.core.flow.ForEach
    values: "{{ range(1, inputs.n) }}"
    tasks:
      - {id: body, type: io.kestra.plugin.core.debug.Return, format: "{{ taskrun.value }}"}
  - id: check
    type: io.kestra.plugin.core.execution.Fail
    condition: "{{ inputs.n > 2 }}"
outputs:
  - {id: file, type: STRING, value: "{{ outputs.store.uri }}"}
"""
DIFF = """query ($base: ID!, $head: ID!) { executionDiff(base: $base, head: $head) {
  base { id } head { id } source isCut
  labels { ...change } inputs { ...change } variables { ...change } outputs { ...change }
  firstDivergence { taskId value differences }
  tasks { taskId value differences base { state } head { state } outputs { ...change } } } }
fragment change on ValueChange { name base head isAdded isRemoved }"""


@pytest.fixture
async def driver(database_url: str, tmp_path: Path) -> AsyncIterator[Driver]:
    async with driven(database_url, tmp_path) as running:
        yield running


@pytest.fixture
def api(driver: Driver) -> Api:
    return Api(driver.runtime)


async def compared(api: Api, base: str, head: str) -> dict[str, Any]:
    found: dict[str, Any] = (await api.ask(DIFF, base=base, head=head))["executionDiff"]
    return found


async def test_two_runs_of_the_same_are_the_same_whatever_secrets_and_files_they_made(
    api: Api, driver: Driver
) -> None:
    one = (await driver.run(FLOW, inputs={"n": 2})).execution.id
    two = (await driver.run(FLOW, inputs={"n": 2})).execution.id
    assert await compared(api, one, two) == {
        **{key: [] for key in ("labels", "inputs", "variables", "outputs", "tasks")},
        "base": {"id": one},
        "head": {"id": two},
        "source": None,
        "isCut": False,
        "firstDivergence": None,
    }


async def test_what_was_given_what_was_run_and_where_they_parted_is_told(
    api: Api, driver: Driver
) -> None:
    base = (await driver.run(FLOW, inputs={"n": 2}, labels={"team": "a"})).execution.id
    changed = FLOW.replace("rate: 2", "rate: 3").replace("content: same", "content: other")
    head = (await driver.run(changed, inputs={"n": 3})).execution.id
    found = await compared(api, base, head)
    assert "-variables: {rate: 2}\n+variables: {rate: 3}" in found["source"]
    assert found["source"].startswith("--- t/sums@1\n+++ t/sums@2\n")
    plain = {"isAdded": False, "isRemoved": False}
    assert found["inputs"] == [{"name": "n", "base": 2, "head": 3, **plain}]
    assert found["variables"] == [{"name": "rate", "base": 2, "head": 3, **plain}]
    assert found["labels"] == [
        {"name": "team", "base": "a", "head": None, "isAdded": False, "isRemoved": True}
    ]
    told = {(each["taskId"], each["value"]): each["differences"] for each in found["tasks"]}
    assert told == {("body", "3"): ["ADDED"], ("check", None): ["STATE"]}
    assert found["firstDivergence"] == {"taskId": "body", "value": "3", "differences": ["ADDED"]}
    check = found["tasks"][-1]
    assert (check["base"], check["head"]) == ({"state": "SUCCESS"}, {"state": "FAILED"})


async def test_a_template_that_changed_in_between_is_a_change_of_what_was_run(
    api: Api, driver: Driver
) -> None:
    made = "id: made\nnamespace: t\ntasks:\n"
    task = "- {id: %s, type: io.kestra.plugin.core.debug.Return, format: x}\n"
    taking = (
        "id: taking\nnamespace: t\ntasks:\n"
        "- {id: t, type: io.kestra.plugin.core.flow.Template, namespace: t, templateId: made}\n"
    )
    ids = []
    for name in ("a", "a", "b"):
        await driver.save(made + task % name)
        ids.append((await driver.run(taking)).execution.id)
    same = await compared(api, ids[0], ids[1])
    assert (same["source"], same["tasks"]) == (None, [])
    other = await compared(api, ids[0], ids[2])
    assert other["source"].startswith("--- t/made@1\n+++ t/made@2\n")
    assert f"-{task % 'a'}+{task % 'b'}".rstrip() in other["source"]
    alone = (await driver.run(taking.replace("templateId: made", "templateId: gone"))).execution.id
    removed = await compared(api, ids[2], alone)
    assert "--- t/made@2\n+++ /dev/null\n" in removed["source"]


async def test_outputs_that_differ_are_shown_side_by_side(api: Api, driver: Driver) -> None:
    base = (await driver.run(FLOW, inputs={"n": 1})).execution.id
    other = FLOW.replace('format: "{{ taskrun.value }}"', 'format: "no {{ taskrun.value }}"')
    head = (await driver.run(other, inputs={"n": 1})).execution.id
    [body] = (await compared(api, base, head))["tasks"]
    assert body["differences"] == ["OUTPUTS"]
    assert body["outputs"] == [
        {"name": "value", "base": "1", "head": "no 1", "isAdded": False, "isRemoved": False}
    ]


@pytest.mark.parametrize("unknown", ["base", "head"])
async def test_an_execution_that_is_not_there_is_named(
    api: Api, driver: Driver, unknown: str
) -> None:
    known = (await driver.run(FLOW, inputs={"n": 1})).execution.id
    answer = await api.answer(DIFF, **{"base": known, "head": known, unknown: "ex_no"})
    [error] = answer["errors"]
    assert error["extensions"]["code"] == "NOT_FOUND"
    assert error["extensions"]["argumentPath"] == [unknown]
