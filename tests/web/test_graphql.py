"""GraphQL over HTTP as its specification has it, asked of a real server."""

import json
from typing import Any

import httpx
import pytest

from tests.support.flows import HELLO
from tests.support.server import Server

RESPONSE = "application/graphql-response+json"


def post(server: Server, body: Any, **headers: str) -> httpx.Response:
    return httpx.post(f"{server.url}/graphql", json=body, headers=headers)


@pytest.mark.parametrize(
    ("query", "accept", "status"),
    [
        ("{ viewer { version } }", RESPONSE, 200),
        ("{ viewer { version } }", "application/json", 200),
        ("{", RESPONSE, 400),
        ("{", "application/json", 200),
        ("{ nothing }", RESPONSE, 400),
        ("{ nothing }", "application/json", 200),
        ("{ executions(first: 0) { nodes { id } } }", RESPONSE, 200),
    ],
)
def test_the_status_follows_the_media_type(
    server: Server, query: str, accept: str, status: int
) -> None:
    answer = post(server, {"query": query}, accept=accept)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith(accept)
    assert ("data" in answer.json()) is ("{ viewer" in query or "executions" in query)


def test_who_takes_an_answer_and_a_stream_gets_the_answer_of_a_query(server: Server) -> None:
    accept = "application/graphql-response+json, application/json, text/event-stream"
    answer = httpx.post(
        f"{server.url}/graphql",
        json={"query": "{ viewer { __typename } }"},
        headers={"accept": accept},
    )
    assert answer.headers["content-type"].startswith("application/graphql-response+json")
    assert answer.json()["data"] == {"viewer": {"__typename": "Viewer"}}


def test_a_type_that_cannot_be_given_is_not_acceptable(server: Server) -> None:
    assert post(server, {"query": "{ viewer { version } }"}, accept="text/csv").status_code == 406


def test_a_query_may_come_by_get_and_a_mutation_may_not(server: Server) -> None:
    address = f"{server.url}/graphql"
    assert httpx.get(address, params={"query": "{ viewer { version } }"}).json()["data"]
    mutation = 'mutation { killExecution(input: {executionId: "x"}) { userErrors { code } } }'
    refused = httpx.get(address, params={"query": mutation}, headers={"accept": RESPONSE})
    assert refused.status_code == 405
    assert refused.headers["allow"] == "POST"
    assert "data" not in refused.json()


def test_other_methods_are_told_which_ones_there_are(server: Server) -> None:
    refused = httpx.put(f"{server.url}/graphql", json={"query": "{ viewer { version } }"})
    assert refused.status_code == 405
    assert refused.headers["allow"] == "GET, POST"


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "application/xml"]
)
def test_a_form_that_any_site_could_send_is_refused(server: Server, kind: str) -> None:
    body = json.dumps({"query": "{ viewer { version } }"})
    refused = httpx.post(f"{server.url}/graphql", content=body, headers={"content-type": kind})
    assert refused.status_code == 415
    assert refused.json()["errors"][0]["extensions"]["code"] == "INVALID_INPUT"


@pytest.mark.parametrize(
    ("headers", "is_ours"),
    [
        ({"origin": "https://evil.example", "sec-fetch-site": "cross-site"}, False),
        ({"origin": "https://evil.example"}, False),
        ({"sec-fetch-site": "same-site"}, False),  # another name of the same domain
        ({"sec-fetch-site": "same-origin"}, True),
        ({}, True),  # no browser
    ],
)
def test_an_upload_from_a_page_of_another_site_is_refused(
    server: Server, headers: dict[str, str], is_ours: bool
) -> None:
    parts = {"operations": (None, '{"query": "{ viewer { version } }"}'), "map": (None, "{}")}
    answer = httpx.post(f"{server.url}/graphql", files=parts, headers=headers)
    assert answer.status_code == (200 if is_ours else 403)


@pytest.mark.parametrize(
    "body", [[], 7, "x", {"query": 7}, {"variables": {}}, {"query": "{a}", "variables": 7}]
)
def test_a_body_that_is_no_request_is_refused_as_json(server: Server, body: Any) -> None:
    answer = post(server, body)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"]["code"] == "INVALID_INPUT"


def test_operations_in_a_batch_are_refused(server: Server) -> None:
    assert post(server, [{"query": "{ viewer { version } }"}] * 2).status_code == 400


@pytest.mark.parametrize("kind", ["APPLICATION/JSON", "application/json; charset=utf-8"])
def test_the_type_of_a_body_may_be_written_in_any_way_that_http_allows(
    server: Server, kind: str
) -> None:
    body = b'{"query": "{ __typename }"}'
    answer = httpx.post(f"{server.url}/graphql", content=body, headers={"content-type": kind})
    assert answer.json()["data"] == {"__typename": "Query"}


def test_a_compressed_body_is_told_so(server: Server) -> None:
    headers = {"content-type": "application/json", "content-encoding": "gzip"}
    answer = httpx.post(f"{server.url}/graphql", content=b"\x1f\x8b", headers=headers)
    assert answer.status_code == 415
    assert "compressed" in answer.json()["errors"][0]["message"]


def test_a_body_beyond_the_limit_is_refused(server: Server) -> None:
    query = "{ viewer { version } }" + " " * (1 << 20)
    answer = post(server, {"query": query})
    assert answer.status_code == 413
    assert answer.json()["errors"][0]["extensions"]["code"] == "LIMIT_EXCEEDED"


@pytest.mark.parametrize(
    ("headers", "taken"),
    [
        ({"traceparent": f"00-{'ab' * 16}-{'cd' * 8}-01"}, "ab" * 16),
        ({"traceparent": f"00-{'ab' * 16}-{'cd' * 8}-01", "x-request-id": "mine"}, "mine"),
        ({"traceparent": f"00-{'00' * 16}-{'cd' * 8}-01"}, None),
        ({"traceparent": "00-ab-cd-01"}, None),
        ({"x-request-id": "a b"}, None),
    ],
)
def test_a_request_keeps_the_id_of_its_trace(
    server: Server, headers: dict[str, str], taken: str | None
) -> None:
    answer = post(server, {"query": "{ __typename }"}, **headers)
    found = answer.json()["extensions"]["requestId"]
    assert found == taken if taken else found.startswith("rq_")
    assert answer.headers["x-request-id"] == found


def test_every_answer_carries_the_id_of_its_request(server: Server) -> None:
    answer = post(server, {"query": "{ viewer { version } }"}, **{"x-request-id": "mine-7"})
    assert answer.headers["x-request-id"] == "mine-7"
    assert answer.json()["extensions"]["requestId"] == "mine-7"
    strange = post(server, {"query": "{ a }"}, **{"x-request-id": "<script>"})
    assert strange.headers["x-request-id"].startswith("rq_")


def _deep(levels: int) -> str:
    inside = "id"
    for _ in range(levels):
        inside = f"previous {{ {inside} }}"
    return f'{{ execution(id: "x") {{ {inside} }} }}'


@pytest.mark.parametrize(
    "query",
    [
        _deep(30),
        "{ " + " ".join(f"a{n}: viewer {{ version }}" for n in range(100)) + " }",
        "{ executions(first: 200) { nodes { taskRuns(first: 200) { nodes { id "
        "logs(first: 200) { nodes { id } } } } } } }",
        "{ " + "viewer { version } " * 2_000 + " }",
        "query { ...a } "
        + "".join(
            f"fragment {x} on Query {{ ...{y} ...{y} viewer {{ version }} }} "
            for x, y in zip("abcdefghijklmnopqrstu", "bcdefghijklmnopqrstuv", strict=True)
        )
        + "fragment v on Query { viewer { version } }",
    ],
    ids=["depth", "aliases", "cost", "tokens", "fragments"],
)
def test_an_operation_that_asks_too_much_is_refused_before_it_starts(
    server: Server, query: str
) -> None:
    answer = post(server, {"query": query}, accept=RESPONSE)
    assert answer.status_code == 400, answer.text[:300]
    assert "data" not in answer.json()


def test_a_stream_that_cannot_begin_says_why(server: Server) -> None:
    for query, code in (
        ("subscription {", "GRAPHQL_PARSE_FAILED"),
        ('subscription { execution(id: "ex_no") { __typename } }', "NOT_FOUND"),
    ):
        answer = post(server, {"query": query}, accept="text/event-stream")
        assert f'"code":"{code}"' in answer.text
        assert "event: complete" in answer.text


def test_a_subscription_without_a_stream_is_told_which_door_to_take(server: Server) -> None:
    query = 'subscription { execution(id: "ex_no") { __typename } }'
    answer = post(server, {"query": query}, accept="application/json")
    assert answer.status_code == 406
    assert "text/event-stream" in answer.json()["errors"][0]["message"]


def test_a_text_with_nul_is_refused_at_every_door(server: Server) -> None:
    answer = httpx.get(f"{server.url}/api/v1/executions/webhook/n%00/f/key")
    assert answer.status_code == 422
    assert "NUL" in answer.json()["errors"][0]["message"]
    assert not any("Traceback" in line for line in server.log)


def test_the_cost_of_an_operation_is_told(server: Server) -> None:
    answer = post(server, {"query": "{ executions(first: 7) { nodes { id } } }"}).json()
    assert answer["extensions"]["cost"]["value"] == 14


def test_a_host_that_is_not_ours_is_turned_away(server: Server) -> None:
    answer = post(server, {"query": "{ viewer { version } }"}, host="evil.example")
    assert answer.status_code == 421


def test_a_file_is_uploaded_for_an_input(server: Server) -> None:
    server.save(
        "id: upload\nnamespace: company.team\ninputs:\n  - id: data\n    type: FILE\n"
        "tasks:\n  - id: show\n    type: io.kestra.plugin.core.debug.Return\n"
        '    format: "{{ read(inputs.data) }}"\n'
    )
    operation = {
        "query": "mutation ($input: CreateExecutionInput!) { createExecution(input: $input) "
        "{ execution { id inputs } userErrors { message path } } }",
        "variables": {
            "input": {
                "namespace": "company.team",
                "flowId": "upload",
                "files": [{"input": "data", "file": None}],
            }
        },
    }
    answer = httpx.post(
        f"{server.url}/graphql",
        files={
            "operations": (None, json.dumps(operation)),
            "map": (None, json.dumps({"0": ["variables.input.files.0.file"]})),
            "0": ("data.txt", b"forty-two"),
        },
    ).json()
    payload = answer["data"]["createExecution"]
    assert payload["userErrors"] == []
    assert payload["execution"]["inputs"]["data"].startswith("kestra:///company/team/upload/")
    path = payload["execution"]["inputs"]["data"]
    address = f"{server.url}/api/v1/executions/{payload['execution']['id']}/file"
    whole = httpx.get(address, params={"path": path})
    assert whole.content == b"forty-two"
    part = httpx.get(address, params={"path": path}, headers={"range": "bytes=6-"})
    assert (part.status_code, part.content) == (206, b"two")
    assert part.headers["content-range"] == "bytes 6-8/9"
    beyond = httpx.get(address, params={"path": path}, headers={"range": "bytes=99-"})
    assert beyond.status_code == 416


@pytest.mark.parametrize(
    "path", ["../../etc/passwd", "kestra:///../x", "/etc/passwd", "", "kestra:///a/executions/b/c"]
)
def test_a_download_cannot_leave_its_execution(server: Server, path: str) -> None:
    server.save(HELLO)
    execution = server.start("company.team", "hello")
    address = f"{server.url}/api/v1/executions/{execution}/file"
    assert httpx.get(address, params={"path": path}).status_code in (404, 422)


def test_the_log_of_an_execution_is_taken_home_as_text(server: Server) -> None:
    server.save(HELLO)
    execution = server.start("company.team", "hello")
    operation = """subscription ($id: ID!) { execution(id: $id, after: "0") { ... on
      ExecutionChanged { state } } }"""
    body = {"query": operation, "variables": {"id": execution}}
    headers = {"accept": "text/event-stream"}
    address = f"{server.url}/graphql"
    with httpx.stream("POST", address, json=body, headers=headers, timeout=20) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        events = (line for line in stream.iter_lines() if '"SUCCESS"' in line)
        assert next(events, None)
    text = httpx.get(f"{server.url}/api/v1/executions/{execution}/logs").text
    assert text.rstrip().endswith("INFO  tell said: Hello you!")
    assert httpx.get(f"{server.url}/api/v1/executions/ex_no/logs").status_code == 404


def test_the_playground_answers_a_browser(server: Server) -> None:
    answer = httpx.get(f"{server.url}/graphql", headers={"accept": "text/html"})
    assert answer.headers["content-type"].startswith("text/html")


def test_pages_may_load_nothing_from_elsewhere(server: Server) -> None:
    headers = httpx.get(server.url, headers={"accept": "text/html"}).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_the_health_is_told(server: Server) -> None:
    assert httpx.get(f"{server.url}/health/alive").status_code == 200
    assert httpx.get(f"{server.url}/health/ready").json()["status"] == "ready"


def test_an_operation_among_several_must_be_named(server: Server) -> None:
    query = "query A { viewer { version } } mutation B { __typename }"
    refused = post(server, {"query": query}, accept=RESPONSE)
    assert refused.status_code == 400
    assert "data" not in refused.json()
    named = post(server, {"query": query, "operationName": "A"}, accept=RESPONSE)
    assert named.json()["data"]["viewer"]["version"]


def test_a_variable_that_cannot_be_read_refuses_the_request(server: Server) -> None:
    body = {"query": "query ($n: Int) { executions(first: $n) { nodes { id } } }"}
    refused = post(server, body | {"variables": {"n": "seven"}}, accept=RESPONSE)
    assert refused.status_code == 400
    assert "data" not in refused.json()


def test_a_subscription_without_a_way_to_stream_says_which_ways_there_are(server: Server) -> None:
    refused = post(server, {"query": "subscription { executions { __typename } }"}, accept=RESPONSE)
    assert refused.status_code == 406
    assert "text/event-stream" in refused.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    ("accept", "kind", "first"),
    [
        ("text/event-stream, multipart/mixed", "text/event-stream", b"event: next\ndata: {"),
        (
            'multipart/mixed;boundary="graphql";subscriptionSpec=1.0,application/json',
            "multipart/mixed",
            b'\r\n\r\n{"payload":',
        ),
    ],
    ids=["urql", "apollo"],
)
def test_streams_over_http_come_in_the_form_that_clients_read(
    server: Server, accept: str, kind: str, first: bytes
) -> None:
    body = {"query": "subscription { executions { __typename } }"}
    headers = {"accept": accept, "accept-encoding": "gzip"}
    address, seen = f"{server.url}/graphql", b""
    with httpx.stream("POST", address, json=body, headers=headers, timeout=20) as stream:
        assert stream.headers["content-type"].startswith(kind)
        for chunk in stream.iter_bytes():
            seen += chunk
            if first in seen:
                break
    assert first in seen
    assert b"StreamHeartbeat" in seen


@pytest.mark.parametrize(
    ("operations", "places"),
    [
        ('{"query": "{a}"}', "[]"),
        ('{"query": "{a}"}', '{"0": 7}'),
        ('{"query": "{a}", "variables": {"a": []}}', '{"0": ["variables.a.99999999"]}'),
        ('{"query": "{a}", "variables": {"a": []}}', '{"0": ["variables.a.x"]}'),
        ('{"query": "{a}", "variables": {"a": "text"}}', '{"0": ["variables.a.0"]}'),
        ('{"query": "{a}"}', '{"1": ["variables.a"]}'),
        ("{", "{}"),
    ],
)
def test_a_map_of_files_that_leads_nowhere_is_refused(
    server: Server, operations: str, places: str
) -> None:
    parts: dict[str, tuple[str | None, str | bytes]] = {
        "operations": (None, operations),
        "map": (None, places),
        "0": ("a", b"x"),
    }
    answer = httpx.post(f"{server.url}/graphql", files=parts)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"]["code"] == "INVALID_INPUT"


def test_a_form_that_is_none_is_refused_as_json(server: Server) -> None:
    headers = {"content-type": "multipart/form-data"}
    answer = httpx.post(f"{server.url}/graphql", content=b"garbage", headers=headers)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"]["code"] == "INVALID_INPUT"


@pytest.mark.parametrize(
    "path", ["%00", "a%00.js", "a" * 7_000, "%ff%fe", "..%2f..%2fpyproject.toml"]
)
def test_an_address_that_no_file_can_have_is_the_clients_page(server: Server, path: str) -> None:
    answer = httpx.get(f"{server.url}/{path}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
