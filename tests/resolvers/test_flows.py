"""Flows through the API: checked, saved in revisions, read again, switched off, deleted."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.api import Api
from tests.support.engine import Driver, driven
from tests.support.flows import FAILING, HELLO, WAITING

SAVE = """mutation ($source: String!) { saveFlow(input: {source: $source}) {
  flow { id namespace flowId revision latestRevision source labels { key value } }
  revisionCreated problems { severity line }
  userErrors { code message ... on FlowProblemError { problem { line column path hint } } }
} }"""
BROKEN = """\
id: broken
namespace: company.team
tasks:
  - id: a
    type: io.kestra.plugin.core.debug.Retrun
  - id: a
    type: io.kestra.plugin.core.debug.Return
    formatt: x
"""


@pytest.fixture
async def driver(database_url: str, tmp_path: Path) -> AsyncIterator[Driver]:
    async with driven(database_url, tmp_path) as driver:
        yield driver


@pytest.fixture
def api(driver: Driver) -> Api:
    return Api(driver.runtime)


async def test_every_problem_is_told_at_once_with_its_place(api: Api) -> None:
    payload = (await api.ask(SAVE, source=BROKEN))["saveFlow"]
    assert payload["flow"] is None
    lines = {error["problem"]["line"] for error in payload["userErrors"]}
    assert {5, 8} <= lines
    assert {error["code"] for error in payload["userErrors"]} == {"FLOW_INVALID"}
    checked = await api.ask(
        "query ($source: String!) { validateFlow(source: $source) "
        "{ valid flowId problems { message line } topology { nodes { id } } } }",
        source=BROKEN,
    )
    assert not checked["validateFlow"]["valid"]
    assert checked["validateFlow"]["flowId"] == "broken"
    assert len(checked["validateFlow"]["problems"]) >= len(payload["userErrors"])


async def test_what_is_no_yaml_is_a_problem_and_no_fault(api: Api) -> None:
    for source in ("", "{", "a: [", "- x", "\x00", "7"):
        payload = (await api.ask(SAVE, source=source))["saveFlow"]
        assert payload["userErrors"], source
        assert payload["flow"] is None


async def test_a_change_makes_a_revision_and_the_same_again_makes_none(api: Api) -> None:
    first = (await api.ask(SAVE, source=HELLO))["saveFlow"]
    assert (first["flow"]["revision"], first["revisionCreated"]) == (1, True)
    again = (await api.ask(SAVE, source=HELLO))["saveFlow"]
    assert (again["flow"]["revision"], again["revisionCreated"]) == (1, False)
    changed = (await api.ask(SAVE, source=HELLO.replace("Hello", "Bye")))["saveFlow"]
    assert (changed["flow"]["revision"], changed["revisionCreated"]) == (2, True)
    found = await api.ask(
        """{ flow(namespace: "company.team", flowId: "hello") {
          revision revisions { nodes { revision source } count { value } } }
        old: flow(namespace: "company.team", flowId: "hello", revision: 1) {
          revision latestRevision source }
        none: flow(namespace: "company.team", flowId: "hello", revision: 9) { id } }"""
    )
    assert [each["revision"] for each in found["flow"]["revisions"]["nodes"]] == [2, 1]
    assert found["flow"]["revisions"]["count"] == {"value": 2}
    assert found["old"] == {"revision": 1, "latestRevision": 2, "source": HELLO}
    assert found["none"] is None


async def test_revisions_of_another_namespace_are_not_ours(api: Api) -> None:
    await api.ask(SAVE, source=HELLO)
    await api.ask(SAVE, source=HELLO.replace("company.team", "company.other"))
    found = await api.ask(
        '{ flow(namespace: "company.team", flowId: "hello") '
        "{ revisions { nodes { namespace } count { value } } } }"
    )
    revisions = found["flow"]["revisions"]
    assert revisions == {"nodes": [{"namespace": "company.team"}], "count": {"value": 1}}


async def test_a_disabled_flow_starts_nothing(driver: Driver, api: Api) -> None:
    await driver.save(WAITING)
    name = {"namespace": "company.other", "flowId": "waiting"}
    switched = await api.ask(
        "mutation ($input: SetFlowDisabledInput!) { setFlowDisabled(input: $input) "
        "{ flow { disabled } userErrors { code } } }",
        input={**name, "disabled": True},
    )
    assert switched["setFlowDisabled"] == {"flow": {"disabled": True}, "userErrors": []}
    made = await api.ask(
        "mutation ($input: CreateExecutionInput!) { createExecution(input: $input) "
        "{ execution { id } userErrors { code } } }",
        input=name,
    )
    assert made["createExecution"]["execution"] is None
    assert len(made["createExecution"]["userErrors"]) == 1


async def test_a_deleted_flow_is_gone_from_lists_and_stays_with_its_executions(
    driver: Driver, api: Api
) -> None:
    seen = await driver.run(HELLO)
    delete = """mutation ($input: DeleteFlowInput!) { deleteFlow(input: $input) {
      flow { deleted } userErrors { code } } }"""
    name = {"namespace": "company.team", "flowId": "hello"}
    assert (await api.ask(delete, input=name))["deleteFlow"]["flow"] == {"deleted": True}
    again = (await api.ask(delete, input=name))["deleteFlow"]
    assert again == {"flow": None, "userErrors": [{"code": "NOT_FOUND"}]}
    found = await api.ask(
        """query ($id: ID!) { flow(namespace: "company.team", flowId: "hello") { id }
          flows { nodes { id } } namespaces { name }
          execution(id: $id) { flow { flowId deleted } taskRuns { nodes { taskType } } } }""",
        id=seen.execution.id,
    )
    assert found["flow"] is None
    assert found["flows"]["nodes"] == found["namespaces"] == []
    assert found["execution"]["flow"] == {"flowId": "hello", "deleted": True}
    assert all(run["taskType"] for run in found["execution"]["taskRuns"]["nodes"])


async def test_types_are_documented_and_the_schema_for_editors_knows_them(api: Api) -> None:
    found = await api.ask(
        '{ taskTypes(search: "debug.return") { name kind title properties metrics { name } } '
        "flowJsonSchema }"
    )
    [page] = found["taskTypes"]
    assert page["name"] == "io.kestra.plugin.core.debug.Return"
    assert "format" in page["properties"]["properties"]
    assert page["name"] in str(found["flowJsonSchema"])


async def test_the_schema_for_editors_is_made_once(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await api.ask("{ flowJsonSchema }")
    monkeypatch.delattr("resolvers.flows.flow_json_schema")
    assert await api.ask("{ flowJsonSchema }") == first


async def test_a_secret_input_is_shown_as_a_marker_only(driver: Driver, api: Api) -> None:
    source = """\
id: secretive
namespace: company.team
inputs:
  - id: password
    type: SECRET
tasks:
  - id: use
    type: io.kestra.plugin.core.debug.Return
    format: "{{ inputs.password | length }}"
"""
    seen = await driver.run(source, inputs={"password": "hunter2hunter2"})
    found = await api.answer(
        """query ($id: ID!) { execution(id: $id) { inputs outputs logs { nodes { message } }
          taskRuns { nodes { outputs } } } }""",
        id=seen.execution.id,
    )
    assert found["data"]["execution"]["inputs"] == {"password": "******"}
    assert "hunter2" not in str(found)


async def test_forms_objects_and_tables_tell_their_parts_as_inputs(api: Api) -> None:
    source = """\
id: asking
namespace: company.team
inputs:
  - id: contact
    type: FORM
    inputs:
      - {id: email, type: EMAIL, displayName: E-mail}
  - id: items
    type: TABLE
    columns:
      - {id: count, type: INT, defaults: 1}
    rows: {max: 3}
tasks:
  - {id: a, type: io.kestra.plugin.core.debug.Return, format: x}
"""
    await api.ask(SAVE, source=source)
    flow = (
        await api.ask(
            """{ flow(namespace: "company.team", flowId: "asking") { inputs {
              id rules parts { id type displayName defaults } } } }"""
        )
    )["flow"]
    contact, items = flow["inputs"]
    assert contact["parts"] == [
        {"id": "email", "type": "EMAIL", "displayName": "E-mail", "defaults": None}
    ]
    assert contact["rules"] == {}
    assert [(part["id"], part["defaults"]) for part in items["parts"]] == [("count", 1)]
    assert items["rules"] == {"rows": {"max": 3}}


async def test_a_flow_shows_its_last_executions_however_busy_others_are(
    driver: Driver, api: Api
) -> None:
    quiet = (await driver.run(HELLO)).execution.id
    busy = [(await driver.run(FAILING)).execution.id for _ in range(3)]
    query = "{ flows { nodes { flowId recent(last: 2) { executionId state } } } }"
    found = {flow["flowId"]: flow["recent"] for flow in (await api.ask(query))["flows"]["nodes"]}
    assert {"executionId": quiet, "state": "SUCCESS"} in [
        run for runs in found.values() for run in runs
    ]
    assert [{"executionId": each, "state": "FAILED"} for each in busy[1:]] in found.values()
