"""Requests that name their document by an id, on every transport; and a server of trusted ones."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.support.socket import socket

if TYPE_CHECKING:
    from tests.support.database import DatabaseServer
    from tests.support.server import Server

QUERY = "query Version { viewer { version } }"
WATCH = "subscription Watch { executions { __typename } }"
HASH = sha256(QUERY.encode()).hexdigest()
BY_HASH = {"persistedQuery": {"version": 1, "sha256Hash": HASH}}


@pytest.fixture(scope="module")
def careful(
    database_server: "DatabaseServer", tmp_path_factory: pytest.TempPathFactory
) -> "Iterator[Server]":
    from tests.support.server import serving

    folder: Path = tmp_path_factory.mktemp("careful")
    listed = folder / "trusted.json"
    listed.write_text(json.dumps({"version": QUERY, "watch": WATCH}), "utf-8")
    environment = {"FLOWDECK_DOCUMENTS": str(listed), "FLOWDECK_FREE_DOCUMENTS": "false"}
    with (
        database_server.fresh() as database_url,
        serving(database_url, folder, environment=environment) as server,
    ):
        yield server


def post(server: "Server", **body: Any) -> dict[str, Any]:
    answer: dict[str, Any] = httpx.post(f"{server.url}/graphql", json=body, timeout=30).json()
    return answer


def code(answer: dict[str, Any]) -> str:
    found: str = answer["errors"][0]["extensions"]["code"]
    return found


@pytest.mark.parametrize(
    "body",
    [{"documentId": "version"}, {"documentId": f"sha256:{HASH}"}, {"extensions": BY_HASH}],
    ids=["id", "hash", "apollo"],
)
def test_a_trusted_document_is_named_by_its_id(careful: "Server", body: dict[str, Any]) -> None:
    assert post(careful, **body)["data"]["viewer"]["version"]
    parameters = {
        name: value if isinstance(value, str) else json.dumps(value) for name, value in body.items()
    }
    answer = httpx.get(f"{careful.url}/graphql", params=parameters).json()
    assert answer["data"]["viewer"]["version"]


def test_a_document_that_is_not_trusted_is_refused(careful: "Server") -> None:
    assert post(careful, query=QUERY)["data"]["viewer"]["version"]
    assert code(post(careful, query="{ viewer { name } }")) == "FORBIDDEN"
    assert code(post(careful, query="{ __schema { types { name } } }")) == "FORBIDDEN"
    assert code(post(careful, documentId="other")) == "PERSISTED_QUERY_NOT_FOUND"


async def test_a_socket_takes_ids_and_refuses_what_is_not_trusted(careful: "Server") -> None:
    async with socket(careful.socket_url) as peer:
        await peer.begin()
        await peer.say({"id": "1", "type": "subscribe", "payload": {"documentId": "watch"}})
        assert (await peer.hear())["payload"]["data"]["executions"]
        await peer.say({"id": "1", "type": "complete"})
        for id_, payload, expected in (
            ("2", {"query": "{ viewer { name } }"}, "FORBIDDEN"),
            ("3", {"documentId": "other"}, "PERSISTED_QUERY_NOT_FOUND"),
        ):
            await peer.say({"id": id_, "type": "subscribe", "payload": payload})
            message = await peer.hear()
            assert (message["type"], message["id"]) == ("error", id_)
            assert message["payload"][0]["extensions"]["code"] == expected


def test_without_a_list_a_client_is_told_to_send_documents(server: "Server") -> None:
    unknown = {"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}}
    refused = post(server, extensions=unknown)
    assert code(refused) in ("PERSISTED_QUERY_NOT_SUPPORTED", "PERSISTED_QUERY_NOT_FOUND")
    assert post(server, query=QUERY, extensions=unknown)["data"]["viewer"]["version"]
