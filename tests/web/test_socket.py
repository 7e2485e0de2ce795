"""graphql-transport-ws as its specification has it, spoken raw to a real server."""

import asyncio
from typing import Any

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from tests.support.flows import HELLO
from tests.support.server import Server
from tests.support.socket import PROTOCOL, Peer, socket

CHANGES = """subscription ($id: ID!, $after: String) { execution(id: $id, after: $after) {
  __typename
  ... on ExecutionChanged { cursor sequence change state matches execution { id state } }
  ... on TaskRunChanged { cursor sequence change runState: state taskRun { id taskId state } }
  ... on TaskRunRemoved { cursor sequence }
  ... on StreamHeartbeat { cursor }
  ... on StreamReset { cursor reason } } }"""


async def item(peer: Peer, field: str = "execution") -> dict[str, Any]:
    """The next item of a stream that is no heartbeat."""
    while True:
        message = await asyncio.wait_for(peer.hear(), 20)
        assert message["type"] == "next", message
        found: dict[str, Any] = message["payload"]["data"][field]
        if found["__typename"] != "StreamHeartbeat":
            return found


async def test_a_query_is_answered_once_and_completed(server: Server) -> None:
    async with socket(server.socket_url) as peer:
        await peer.begin()
        await peer.subscribe("{ viewer { version } }")
        message = await peer.hear()
        assert message["type"] == "next"
        assert message["payload"]["data"]["viewer"]["version"]
        assert await peer.hear() == {"id": "1", "type": "complete"}


async def test_a_ping_is_answered_with_a_pong(server: Server) -> None:
    async with socket(server.socket_url) as peer:
        await peer.say({"type": "ping"})
        assert await peer.hear() == {"type": "pong"}
        await peer.say({"type": "ping", "payload": {"mine": 7}})
        assert await peer.hear() == {"type": "pong", "payload": {"mine": 7}}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ([], 4400),
        ("text", 4400),
        (7, 4400),
        ({"type": 7}, 4400),
        ({}, 4400),
        ({"type": "no such thing"}, 4400),
        ({"id": "1", "type": "subscribe"}, 4400),
        ({"id": "1", "type": "subscribe", "payload": {"query": 7}}, 4400),
        ({"id": "1", "type": "subscribe", "payload": {"query": ["{a}"]}}, 4400),
        ({"id": 1, "type": "subscribe", "payload": {"query": "{a}"}}, 4400),
        ({"id": "1", "type": "subscribe", "payload": {"query": "{a}", "variables": []}}, 4400),
        ({"type": "connection_init"}, 4429),
        ({"type": "ping", "payload": 7}, 4400),
        ({"type": "complete"}, 4400),
    ],
    ids=str,
)
async def test_a_message_that_is_none_closes_the_socket_with_its_code(
    server: Server, said: Any, code: int
) -> None:
    async with socket(server.socket_url) as peer:
        await peer.begin()
        await peer.say(said)
        assert (await asyncio.wait_for(peer.closed(), 10))[0] == code


async def test_what_is_no_json_closes_the_socket(server: Server) -> None:
    async with socket(server.socket_url) as peer:
        await peer.begin()
        await peer.say("{")
        assert (await peer.closed())[0] == 4400


async def test_an_operation_before_the_acknowledgement_is_unauthorised(server: Server) -> None:
    async with socket(server.socket_url) as peer:
        await peer.subscribe("{ viewer { version } }")
        assert (await peer.closed())[0] == 4401


async def test_an_id_in_use_closes_the_socket(server: Server) -> None:
    source = HELLO.replace("id: hello", "id: twice", 1)
    server.save(source)
    execution = server.start("company.team", "twice")
    async with socket(server.socket_url) as peer:
        await peer.begin()
        await peer.subscribe(CHANGES, id=execution)
        await peer.hear()
        await peer.subscribe(CHANGES, id=execution)
        assert (await peer.closed())[0] == 4409


@pytest.mark.parametrize("protocols", [["graphql-ws"], ["something"]])
async def test_the_retired_and_unknown_subprotocols_are_refused(
    server: Server, protocols: list[Any]
) -> None:
    async with socket(server.socket_url, subprotocols=protocols) as peer:
        assert (await peer.closed())[0] == 4406


async def test_ours_is_chosen_among_several(server: Server) -> None:
    offered = ["graphql-ws", PROTOCOL]
    async with socket(server.socket_url, subprotocols=offered) as peer:
        assert peer.connection.subprotocol == PROTOCOL


async def test_a_page_of_another_site_is_not_let_in(server: Server) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with socket(server.socket_url, origin="https://evil.example"):
            pass
    assert refused.value.response.status_code == 403


def test_a_page_under_a_strange_name_for_this_machine_is_not_let_in(server: Server) -> None:
    headers = {
        "host": "evil.example",
        "origin": "http://evil.example",
        "connection": "Upgrade",
        "upgrade": "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
        "sec-websocket-protocol": PROTOCOL,
    }
    assert httpx.get(f"{server.url}/graphql", headers=headers).status_code == 421


@pytest.mark.parametrize(
    ("operation", "code"),
    [
        ("", "INVALID_INPUT"),
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ('subscription { execution(id: "ex_no") { __typename } }', "NOT_FOUND"),
        ('subscription { executions(after: "l7") { __typename } }', "BAD_CURSOR"),
        ('subscription { logs(after: "nonsense") { __typename } }', "BAD_CURSOR"),
    ],
)
async def test_a_wrong_operation_is_an_error_of_its_own_and_the_socket_lives(
    server: Server, operation: str, code: str
) -> None:
    async with socket(server.socket_url) as peer:
        await peer.begin()
        await peer.subscribe(operation, "wrong")
        message = await peer.hear()
        assert (message["type"], message["id"]) == ("error", "wrong")
        assert message["payload"][0]["extensions"]["code"] == code
        await peer.subscribe("{ viewer { version } }", "right")
        assert (await peer.hear())["type"] == "next"


async def test_a_stream_begins_with_a_heartbeat_and_tells_every_change_in_order(
    server: Server,
) -> None:
    server.save(HELLO)
    async with socket(server.socket_url) as peer:
        await peer.begin()
        execution = server.start("company.team", "hello")
        await peer.subscribe(CHANGES, id=execution, after="0")
        first = await peer.hear()
        assert first["payload"]["data"]["execution"]["__typename"] == "StreamHeartbeat"
        sequences: list[int] = []
        last: dict[str, Any] = {}
        while last.get("state") != "SUCCESS":
            last = await item(peer)
            sequences.append(int(last["sequence"]))
        assert sequences == list(range(1, len(sequences) + 1))


async def test_completing_a_stream_ends_it_and_frees_its_id(server: Server) -> None:
    server.save(HELLO)
    execution = server.start("company.team", "hello")
    async with socket(server.socket_url) as peer:
        await peer.begin()
        for _ in range(3):
            await peer.subscribe(CHANGES, id=execution, after="0")
            assert (await peer.hear())["type"] == "next"
            await peer.say({"id": "1", "type": "complete"})
            await peer.subscribe("{ viewer { version } }", "between")
            while (await peer.hear()) != {"id": "between", "type": "complete"}:
                pass


async def test_a_socket_cut_twenty_times_misses_nothing_and_repeats_nothing(
    server: Server,
) -> None:
    ids = [f"t{number}" for number in range(40)]
    tasks = "".join(
        f"  - id: {id_}\n    type: io.kestra.plugin.core.debug.Return\n    format: x\n"
        for id_ in ids
    )
    server.save(f"id: long\nnamespace: company.team\ntasks:\n{tasks}")
    execution = server.start("company.team", "long")
    cursor, seen, cuts, over = "0", [], 0, False
    while not over:
        async with socket(server.socket_url) as peer:
            await peer.begin()
            await peer.subscribe(CHANGES, id=execution, after=cursor)
            for _ in range(7 if cuts < 20 else 1_000):
                change = await item(peer)
                cursor = change["cursor"]
                seen.append(int(change["sequence"]))
                over = change["__typename"] == "ExecutionChanged" and change["state"] == "SUCCESS"
                if over:
                    break
            peer.connection.transport.abort()
            cuts += 1
    assert cuts > 15
    assert seen == list(range(1, len(seen) + 1))


async def test_a_live_list_tells_of_what_enters_and_leaves_its_filter(server: Server) -> None:
    source = HELLO.replace("id: hello", "id: watched", 1)
    server.save(source)
    operation = """subscription { executions(filter: {flowId: {eq: "watched"}}) { __typename
      ... on ExecutionChanged { state matches execution { id flowId } }
      ... on StreamHeartbeat { cursor } } }"""
    async with socket(server.socket_url) as peer:
        await peer.begin()
        await peer.subscribe(operation)
        assert (await peer.hear())["type"] == "next"
        server.start("company.team", "hello")
        execution = server.start("company.team", "watched")
        states = []
        while "SUCCESS" not in states:
            change = await item(peer, "executions")
            assert change["execution"] == {"id": execution, "flowId": "watched"}
            states.append(change["state"])
        assert states[0] == "CREATED"


async def test_log_lines_arrive_once_from_the_beginning_and_live(server: Server) -> None:
    source = HELLO.replace("id: hello", "id: told", 1)
    server.save(source)
    operation = """subscription ($id: ID!, $after: String) {
      logs(filter: {executionId: $id}, after: $after) { __typename
      ... on LogsAppended { cursor entries { message } } ... on StreamHeartbeat { cursor } } }"""
    execution = server.start("company.team", "told", name="Bo")
    async with socket(server.socket_url) as peer:
        await peer.begin()
        await peer.subscribe(operation, id=execution, after="0")
        lines = await item(peer, "logs")
        assert [entry["message"] for entry in lines["entries"]] == ["said: Hello Bo!"]


async def test_a_client_that_says_nothing_is_closed_after_a_while(server: Server) -> None:
    async with socket(server.socket_url) as peer:
        code, _ = await asyncio.wait_for(peer.closed(), 15)
        assert code == 4408


async def test_watchers_of_the_same_execution_get_the_same_under_their_own_ids(
    server: Server,
) -> None:
    server.save(HELLO.replace("id: hello", "id: together"))
    execution = server.start("company.team", "together")
    async with socket(server.socket_url) as one, socket(server.socket_url) as other:
        for peer, id_ in ((one, "a"), (other, 'b"\\')):
            await peer.begin()
            await peer.subscribe(CHANGES, id_, id=execution, after="0")
        told = []
        for peer, id_ in ((one, "a"), (other, 'b"\\')):
            items = []
            while True:
                message = await asyncio.wait_for(peer.hear(), 20)
                assert message["id"] == id_
                items.append(message["payload"]["data"]["execution"])
                if items[-1].get("state") == "SUCCESS":
                    break
            told.append([item["sequence"] for item in items if "sequence" in item])
        assert told[0] == told[1] == [str(n) for n in range(1, len(told[0]) + 1)]
