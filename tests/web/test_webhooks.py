"""The door of webhooks, called as any other program would."""

import httpx
import pytest

from tests.support.server import Server
from tests.support.waiting import blocking_until

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
  - id: both
    type: io.kestra.plugin.core.trigger.Webhook
    key: both
    wait: true
"""
AT = "/api/v1/executions/webhook/company.team"


def test_a_call_starts_the_flow_and_answers_with_the_execution(server: Server) -> None:
    server.save(FLOW)
    answer = httpx.post(f"{server.url}{AT}/called/quick", json={"name": "Ada"})
    assert answer.status_code == 200
    shown = answer.json()
    assert shown["namespace"] == "company.team"
    assert shown["flowId"] == "called"
    assert "outputs" not in shown
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
    everything = httpx.request(
        method, address.replace("sesame", "both"), json={"name": "Ada"}, timeout=20
    ).json()
    assert (everything["state"], everything["outputs"]) == ("SUCCESS", {"said": "Ada again"})


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
    assert [each["triggerId"] for each in found["triggers"]["nodes"]] == ["both", "hook", "quick"]
    assert found["triggers"]["nodes"][1]["webhookUrl"] == f"{AT}/called/{{key}}"
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


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "DELETE", "PATCH"])
def test_only_a_real_call_starts_the_flow(server: Server, method: str) -> None:
    server.save(FLOW)
    count = '{ executions(filter: {flowId: {eq: "called"}}) { count { value } } }'
    before = server.ask(count)
    answer = httpx.request(method, f"{server.url}{AT}/called/quick")
    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "POST", "PUT"}
    assert server.ask(count) == before


BODY = "query ($id: ID!) { execution(id: $id) { trigger { variables } } }"


@pytest.mark.parametrize(
    ("kind", "content", "read"),
    [
        ("application/json", b'{"name": "Ada"}', {"name": "Ada"}),
        ("text/plain", b'{"name": "Ada"}', {"name": "Ada"}),
        ("application/json", b"[1, [2]]", [1, [2]]),
        ("application/json", b'"only text"', '"only text"'),
        ("application/json", b"{broken", "{broken"),
        ("application/x-www-form-urlencoded", b"a=1&b=%C3%A9", "a=1&b=%C3%A9"),
        ("application/xml", b"<a>1</a>", "<a>1</a>"),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n',
            '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n',
        ),
        ("application/octet-stream", b"a\x00b", "a\N{REPLACEMENT CHARACTER}b"),
        ("application/octet-stream", b"", None),
    ],
)
def test_any_body_is_taken(server: Server, kind: str, content: bytes, read: object) -> None:
    server.save(FLOW)
    headers = {"content-type": kind, "X-Event": "push", "Cookie": "session=hidden"}
    address = f"{server.url}{AT}/called/quick?q=1&q=2&%C3%A9=x"
    answer = httpx.put(address, content=content, headers=headers)
    assert answer.status_code == 200
    variables = server.ask(BODY, id=answer.json()["id"])["execution"]["trigger"]["variables"]
    assert variables["body"] == read
    assert variables["parameters"] == {
        "q": ["1", "2"],
        "\N{LATIN SMALL LETTER E WITH ACUTE}": ["x"],
    }
    assert variables["headers"]["x-event"] == ["push"]
    assert "cookie" not in variables["headers"]


ANSWERING = """\
id: answering
namespace: company.team
tasks:
  - id: show
    type: io.kestra.plugin.core.debug.Return
    format: "<b>{{ trigger.body }}</b>"
outputs:
  - id: page
    type: STRING
    value: "{{ outputs.show.value }}"
triggers:
  - id: hook
    type: io.kestra.plugin.core.trigger.Webhook
    key: "{{ 'a' ~ 'b' }}"
    when: "{{ trigger.body != 'no' }}"
    wait: "{{ true }}"
    returnOutputs: true
    responseContentType: text/html
    responseCode: 202
"""


def test_the_answer_is_what_the_trigger_says(server: Server) -> None:
    server.save(ANSWERING)
    answer = httpx.post(f"{server.url}{AT}/answering/ab", content=b"hello", timeout=20)
    assert (answer.status_code, answer.text) == (202, "<b>hello</b>")
    assert answer.headers["content-type"].startswith("text/html")
    unwanted = httpx.post(f"{server.url}{AT}/answering/ab", content=b"no", timeout=20)
    assert (unwanted.status_code, unwanted.content) == (204, b"")


LOGS = """query ($after: String) { triggers(filter: {flowId: {eq: "telling"}}) { nodes {
  logs(first: 2, after: $after, filter: {level: {gte: DEBUG}}) {
    nodes { level message executionId } pageInfo { hasNextPage endCursor } } } } }"""


def test_what_a_trigger_said_can_be_read(server: Server) -> None:
    server.save(
        ANSWERING.replace("id: answering", "id: telling")
        .replace("    wait:", "    logLevel: DEBUG\n    wait:")
        .replace('"{{ true }}"', "false")
    )
    address = f"{server.url}{AT}/telling/ab"
    started = httpx.post(address, content=b"hello").json()["id"]
    for _ in range(2):
        httpx.post(address, content=b"no")

    def pages() -> list[dict[str, object]] | None:
        (trigger,) = server.ask(LOGS)["triggers"]["nodes"] or [None]
        if trigger is None or not trigger["logs"]["pageInfo"]["hasNextPage"]:
            return None
        after = trigger["logs"]["pageInfo"]["endCursor"]
        (rest,) = server.ask(LOGS, after=after)["triggers"]["nodes"]
        return [*trigger["logs"]["nodes"], *rest["logs"]["nodes"]]

    unwanted = {"level": "DEBUG", "message": "The conditions do not hold.", "executionId": None}
    assert blocking_until(pages, what="three lines") == [
        {"level": "DEBUG", "message": f"It started {started}.", "executionId": started},
        unwanted,
        unwanted,
    ]
