"""The door of webhooks, called as any other program would."""

import httpx
import pytest

from tests.support.server import Server

FLOW = """\
id: called
namespace: company.team
tasks:
  - id: show
    type: io.kestra.plugin.core.debug.Return
    format: "{{ trigger.body.name }} {{ trigger.parameters.q[0] ?? '' }}"
outputs:
  - id: said
    type: STRING
    value: "{{ outputs.show.value }}"
triggers:
  - id: hook
    type: io.kestra.plugin.core.trigger.Webhook
    key: sesame
    wait: true
    returnOutputs: true
  - id: quick
    type: io.kestra.plugin.core.trigger.Webhook
    key: quick
"""
AT = "/api/v1/executions/webhook/company.team"


def test_a_call_starts_the_flow_and_answers_with_the_execution(server: Server) -> None:
    server.save(FLOW)
    answer = httpx.post(f"{server.url}{AT}/called/quick", json={"name": "Ada"})
    assert answer.status_code == 200
    shown = answer.json()
    assert shown["namespace"] == "company.team"
    assert shown["flowId"] == "called"
    assert shown["url"] == f"{server.url}/executions/{shown['id']}"
    found = server.ask(
        "query ($id: ID!) { execution(id: $id) { trigger { triggerId } } }", id=shown["id"]
    )
    assert found["execution"]["trigger"] == {"triggerId": "quick"}


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_a_call_may_wait_for_the_outputs(server: Server, method: str) -> None:
    server.save(FLOW)
    address = f"{server.url}{AT}/called/sesame?q=again"
    answer = httpx.request(method, address, json={"name": "Ada"}, timeout=20)
    assert answer.json() == {"said": "Ada again"}


@pytest.mark.parametrize("path", ["called/wrong", "nothing/sesame", "called/"])
def test_a_wrong_address_tells_nothing(server: Server, path: str) -> None:
    server.save(FLOW)
    answer = httpx.post(f"{server.url}{AT}/{path}", json={})
    assert answer.status_code in (404, 405)


def test_triggers_are_listed_and_switched_off(server: Server) -> None:
    server.save(FLOW)
    switch = """mutation ($input: SetTriggerDisabledInput!) { setTriggerDisabled(input: $input) {
      trigger { disabled } userErrors { code } } }"""
    name = {"namespace": "company.team", "flowId": "called", "triggerId": "quick"}
    off = server.ask(switch, input={**name, "disabled": True})["setTriggerDisabled"]
    assert off == {"trigger": {"disabled": True}, "userErrors": []}
    assert httpx.post(f"{server.url}{AT}/called/quick", json={}).status_code == 404
    server.ask(switch, input={**name, "disabled": False})
    assert httpx.post(f"{server.url}{AT}/called/quick", json={}).status_code == 200
    found = server.ask(
        '{ triggers(filter: {flowId: {eq: "called"}}) { nodes { triggerId webhookUrl } } }'
    )
    assert [each["triggerId"] for each in found["triggers"]["nodes"]] == ["hook", "quick"]
    assert found["triggers"]["nodes"][0]["webhookUrl"] == f"{AT}/called/{{key}}"
    none = server.ask(switch, input={**name, "triggerId": "x", "disabled": True})
    assert none["setTriggerDisabled"]["userErrors"] == [{"code": "NOT_FOUND"}]


def test_a_backfill_starts_executions_for_moments_that_have_passed(server: Server) -> None:
    server.save(
        "id: backfilled\nnamespace: company.team\ntasks:\n"
        "  - id: show\n    type: io.kestra.plugin.core.debug.Return\n    format: x\n"
        "triggers:\n  - id: daily\n    type: io.kestra.plugin.core.trigger.Schedule\n"
        '    cron: "0 3 * * *"\n'
    )
    asked = server.ask(
        """mutation ($input: BackfillTriggerInput!) { backfillTrigger(input: $input) {
          trigger { triggerId } userErrors { message } } }""",
        input={
            "namespace": "company.team",
            "flowId": "backfilled",
            "triggerId": "daily",
            "start": "2026-01-01T00:00:00Z",
            "end": "2026-01-03T23:00:00Z",
        },
    )
    assert asked["backfillTrigger"] == {"trigger": {"triggerId": "daily"}, "userErrors": []}


def test_a_call_with_thousands_of_parameters_is_read_at_once(server: Server) -> None:
    server.save(FLOW)
    query = "&".join(f"p{n}={n}" for n in range(6_000))
    answer = httpx.post(f"{server.url}{AT}/called/quick?{query}", json={"name": "x"}, timeout=4)
    assert answer.status_code == 200


def test_a_body_that_is_nested_without_end_is_kept_as_text(server: Server) -> None:
    server.save(FLOW)
    for depth in (900, 100_000):
        body = b"[" * depth + b"]" * depth
        answer = httpx.post(f"{server.url}{AT}/called/quick", content=body, timeout=10)
        assert answer.status_code == 200


def test_a_body_beyond_the_limit_is_refused(server: Server) -> None:
    server.save(FLOW)
    answer = httpx.post(f"{server.url}{AT}/called/quick", content=b"[" + b"1," * 2_000_000)
    assert answer.status_code == 413
    assert answer.json()["errors"][0]["extensions"]["code"] == "LIMIT_EXCEEDED"
