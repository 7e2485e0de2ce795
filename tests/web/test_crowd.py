"""Sockets that are one too many are refused before they are opened, and say why."""

from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
import pytest
from websockets.exceptions import InvalidStatus

from tests.support.server import Server, serving
from tests.support.socket import Peer, socket
from tests.support.waiting import until

if TYPE_CHECKING:
    from tests.support.database import DatabaseServer


@pytest.fixture(scope="module")
def small(
    database_server: "DatabaseServer", tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A server that takes three sockets, two of them from one address."""
    more = {"FLOWDECK_MAX_SOCKETS": "3", "FLOWDECK_MAX_SOCKETS_PER_ADDRESS": "2"}
    folder: Path = tmp_path_factory.mktemp("small")
    with (
        database_server.fresh() as database_url,
        serving(database_url, folder, environment=more) as server,
    ):
        yield server


async def said(url: str, address: str = "127.0.0.1") -> str:
    """Why a socket from this address is refused."""
    with pytest.raises(InvalidStatus) as refused:
        async with socket(url, local_addr=(address, 0)):
            pass
    response = refused.value.response
    assert response.status_code == 503
    assert response.headers["retry-after"]
    found: str = orjson.loads(response.body)["errors"][0]["message"]
    return found


async def answers(peer: Peer) -> bool:
    await peer.begin()
    await peer.subscribe("{ viewer { version } }")
    return bool((await peer.hear())["type"] == "next")


async def test_one_address_may_not_take_all_sockets(small: Server) -> None:
    async with socket(small.socket_url) as one, socket(small.socket_url):
        assert "127.0.0.1 has 2 open sockets" in await said(small.socket_url)
        assert await answers(one)

    async def again() -> bool:
        try:
            async with socket(small.socket_url) as peer:
                return await answers(peer)
        except InvalidStatus:
            return False

    await until(again, what="room for one more")


async def test_requests_are_answered_when_there_is_no_room_for_a_socket(small: Server) -> None:
    async with AsyncExitStack() as stack:
        for address in ("127.0.0.1", "127.0.0.2", "127.0.0.3"):
            one = socket(small.socket_url, local_addr=(address, 0))
            await stack.enter_async_context(one)
        assert "This server has 3 open sockets" in await said(small.socket_url, "127.0.0.4")
        assert small.ask("{ viewer { version } }")["viewer"]["version"]
