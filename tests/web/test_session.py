"""Who is let in: with a token nobody without it, and nothing but this machine without one."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.support.server import Server, serving
from tests.support.socket import socket

if TYPE_CHECKING:
    from tests.support.database import DatabaseServer

TOKEN = "a-long-secret"
QUERY = {"query": "{ viewer { version } }"}
CALLED = """\
id: called
namespace: session
tasks: [{id: a, type: io.kestra.plugin.core.log.Log, message: hi}]
triggers:
  - {id: hook, type: io.kestra.plugin.core.trigger.Webhook, key: open-sesame}
"""


@pytest.fixture(scope="module")
def guarded(
    database_server: "DatabaseServer", tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A server that asks for a token."""
    folder: Path = tmp_path_factory.mktemp("guarded")
    with (
        database_server.fresh() as database_url,
        serving(database_url, folder, environment={"FLOWDECK_TOKEN": TOKEN}) as server,
    ):
        yield server


@pytest.mark.parametrize("headers", [{}, {"authorization": "Bearer wrong"}, {"cookie": "x=y"}])
def test_a_stranger_is_told_how_to_come_in(guarded: Server, headers: dict[str, str]) -> None:
    refused = httpx.post(f"{guarded.url}/graphql", json=QUERY, headers=headers)
    assert refused.status_code == 401
    [error] = refused.json()["errors"]
    assert error["extensions"]["code"] == "UNAUTHENTICATED"
    assert "Authorization" in error["extensions"]["hint"]
    assert httpx.get(f"{guarded.url}/api/v1/executions/ex_1/logs").status_code == 401


def test_the_token_opens_the_door(guarded: Server) -> None:
    headers = {"authorization": f"Bearer {TOKEN}"}
    assert httpx.post(f"{guarded.url}/graphql", json=QUERY, headers=headers).json()["data"]


def test_a_browser_takes_the_token_from_the_address_into_a_cookie(guarded: Server) -> None:
    with httpx.Client(base_url=guarded.url) as browser:
        answer = browser.get(f"/flows?token={TOKEN}&q=1")
        assert answer.status_code == 303
        assert answer.headers["location"] == "/flows?q=1"
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert browser.post("/graphql", json=QUERY).json()["data"]


@pytest.mark.parametrize(
    "payload",
    [
        {"token": TOKEN},
        {"authorization": f"Bearer {TOKEN}"},
        {"Authorization": f"bearer {TOKEN}"},
    ],
)
async def test_a_socket_shows_the_token_when_it_begins(
    guarded: Server, payload: dict[str, str]
) -> None:
    async with socket(guarded.socket_url) as peer:
        await peer.begin(payload)
        await peer.subscribe(QUERY["query"])
        assert (await peer.hear())["type"] == "next"
    async with socket(guarded.socket_url) as peer:
        await peer.say({"type": "connection_init", "payload": {"token": "wrong"}})
        assert (await peer.closed())[0] == 4403
    async with socket(guarded.socket_url) as peer:
        await peer.say({"type": "connection_init"})
        assert (await peer.closed())[0] == 4403


def test_the_cookie_stays_on_encrypted_ways_where_the_server_is_reached_by_one(
    guarded: Server,
) -> None:
    """A proxy in front of the server says by which scheme it was asked."""
    for scheme, is_secure in (("https", True), ("http", False)):
        headers = {"x-forwarded-proto": scheme}
        answer = httpx.get(f"{guarded.url}/?token={TOKEN}", headers=headers)
        assert ("secure" in answer.headers["set-cookie"].lower().split("; ")) is is_secure


def test_a_webhook_is_opened_by_its_key_and_needs_no_token(guarded: Server) -> None:
    save = "mutation ($source: String!) { saveFlow(input: {source: $source}) { flow { id } } }"
    body = {"query": save, "variables": {"source": CALLED}}
    headers = {"authorization": f"Bearer {TOKEN}"}
    saved = httpx.post(f"{guarded.url}/graphql", json=body, headers=headers).json()
    assert saved["data"]["saveFlow"]["flow"]
    address = f"{guarded.url}/api/v1/executions/webhook/session/called"
    assert httpx.post(f"{address}/open-sesame").json()["flowId"] == "called"
    assert httpx.post(f"{address}/wrong").status_code == 404


def test_health_and_pages_need_no_token(guarded: Server) -> None:
    assert httpx.get(f"{guarded.url}/health/ready").status_code == 200


def test_a_server_for_the_whole_network_demands_a_token() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "web.cli", "serve", "--host", "0.0.0.0"],  # noqa: S104 - it is refused
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert done.returncode == 1
    assert "FLOWDECK_TOKEN" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_is_away_is_told_without_a_stack_trace(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "web.cli", "serve", "--port", "0"],
        env={
            "FLOWDECK_DATABASE_URL": "postgresql://127.0.0.1:1/x",
            "FLOWDECK_DATA_DIR": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert done.returncode == 1
    assert "FLOWDECK_DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr
