"""A raw graphql-transport-ws peer: says exactly what a test wants said."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import websockets
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

PROTOCOL = Subprotocol("graphql-transport-ws")
DROPPED = 1006


class Peer:
    """One connection. `hear` skips the server's pings, which come when they like."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection

    async def say(self, message: Any) -> None:
        await self.connection.send(message if isinstance(message, str) else json.dumps(message))

    async def hear(self) -> dict[str, Any]:
        while True:
            message: dict[str, Any] = json.loads(await self.connection.recv())
            if message["type"] != "ping":
                return message

    async def begin(self, payload: Any = None) -> None:
        await self.say({"type": "connection_init", **({"payload": payload} if payload else {})})
        assert (await self.hear())["type"] == "connection_ack"

    async def subscribe(self, operation: str, id_: str = "1", **variables: Any) -> None:
        payload = {"query": operation, "variables": variables}
        await self.say({"id": id_, "type": "subscribe", "payload": payload})

    async def closed(self) -> tuple[int, str]:
        """The code and reason with which the server closes; what it says before is skipped."""
        with suppress(websockets.ConnectionClosed):
            while True:
                await self.connection.recv()
        code = self.connection.close_code
        assert code is not None
        assert code != DROPPED, "the socket dropped without a word"
        return code, self.connection.close_reason or ""


@asynccontextmanager
async def socket(url: str, **more: Any) -> AsyncIterator[Peer]:
    """A connection that has said nothing yet."""
    more.setdefault("subprotocols", [PROTOCOL])
    async with connect(url, ping_interval=None, **more) as connection:
        yield Peer(connection)
