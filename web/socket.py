"""graphql-transport-ws, to the letter: what Strawberry's handler leaves open is closed here.

The server pings, so that a dead peer is noticed. A message that is no message closes with 4400; a
document that cannot be parsed is an `error` of its own operation and disturbs no other.
"""

import asyncio
from contextlib import suppress
from typing import Any, cast

from graphql import GraphQLError
from starlette.websockets import WebSocketDisconnect
from strawberry.asgi import ASGIWebSocketAdapter
from strawberry.http.exceptions import WebSocketDisconnected
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import (
    BaseGraphQLTransportWSHandler,
    Operation,
)
from strawberry.subscriptions.protocols.graphql_transport_ws.types import PingMessage

from resolvers.context import Context
from runtime.errors import ErrorCode
from schema.documents import kind_of
from schema.errors import formatted
from schema.root import Schema
from web.asked import Asked, encoded
from web.cohorts import Frame
from web.naming import UnknownDocument, filled_in

PING_EVERY = 12.0


class Socket(ASGIWebSocketAdapter):
    """Sends text, as the protocol wants it, and knows when the peer is gone."""

    async def send_json(self, message: Any) -> None:
        await self.say(encoded(message))

    async def say(self, text: str) -> None:
        """Send a message that is encoded already."""
        try:
            await self.ws.send_text(text)
        except (WebSocketDisconnect, RuntimeError) as error:
            raise WebSocketDisconnected from error

    async def close(self, code: int, reason: str) -> None:
        with suppress(RuntimeError):  # the peer was quicker
            await self.ws.close(code=code, reason=reason[:120])


class SocketHandler(BaseGraphQLTransportWSHandler[Context, None]):
    """One connection. Each operation has a Context of its own."""

    ping_task: asyncio.Task[None] | None = None

    def on_request_accepted(self) -> None:
        super().on_request_accepted()
        self.ping_task = asyncio.create_task(self._ping())

    async def shutdown(self) -> None:
        if self.ping_task is not None:
            self.ping_task.cancel()
            with suppress(asyncio.CancelledError):
                await self.ping_task
        await super().shutdown()

    async def _ping(self) -> None:
        with suppress(WebSocketDisconnected):
            while True:
                await asyncio.sleep(PING_EVERY)
                await self.send_message({"type": "ping"})

    async def handle_message(self, message: Any) -> None:
        await asyncio.sleep(0)  # a flood of messages takes turns with everybody else
        problem = _malformed(message)
        if problem is not None:
            await self.handle_invalid_message(problem)
        else:
            await super().handle_message(cast(Any, message))

    async def handle_ping(self, message: PingMessage) -> None:
        """Answer with what came along, so that the peer can tell its pings apart."""
        payload = message.get("payload")
        await self.send_message(
            {"type": "pong"} if payload is None else {"type": "pong", "payload": payload}
        )

    async def handle_connection_init(self, message: Any) -> None:
        doorkeeper = cast(Any, self.view).doorkeeper
        known = doorkeeper.viewer(cast(Any, self.websocket).ws.headers)
        viewer = known or doorkeeper.viewer_of(message.get("payload"))
        if viewer is None:
            await self.websocket.close(code=4403, reason="Forbidden: show the token")
            return
        self.context.viewer = viewer
        await super().handle_connection_init(message)

    async def handle_subscribe(self, message: Any) -> None:
        unknown = self._find_document(message)
        problem = _problem(message)
        if problem is not None:
            await self.handle_invalid_message(problem)
            return
        refused = unknown or self._one_too_many()
        fresh = message["id"] not in self.operations
        if self.connection_acknowledged and fresh and refused is not None:
            payload = formatted([refused], self.context.request_id)
            await self.send_message(
                {"id": message["id"], "type": "error", "payload": cast(Any, payload)}
            )
            return
        await super().handle_subscribe(message)

    def _find_document(self, message: dict[str, Any]) -> GraphQLError | None:
        """Put in the document that the message names; what is wrong when it is unknown."""
        try:
            message["payload"] = filled_in(message.get("payload"), cast(Any, self.view).trusted)
        except UnknownDocument as unknown:
            message["payload"]["query"] = ""
            return GraphQLError(unknown.message, extensions=unknown.extensions)
        return None

    def _one_too_many(self) -> GraphQLError | None:
        most = self.max_subscriptions_per_connection
        if not most or len(self.operations) < most:
            return None
        return GraphQLError(
            f"This socket runs {most} operations, which is the limit.",
            extensions={"code": ErrorCode.LIMIT_EXCEEDED.value},
        )

    async def run_operation(self, operation: Operation[Context, None]) -> None:
        delivery = _Delivery(operation, cast(Socket, self.websocket))
        await kind_of(operation.query, operation.operation_name)  # read now, and aside if long
        try:
            asked = Asked(
                cast(Schema, self.schema),
                self.context,
                operation.query,
                operation.variables,
                operation.operation_name,
            )
            await asked.follow(cast(Any, self.view).cohorts, delivery.deliver)
            await operation.send_operation_message({"id": operation.id, "type": "complete"})
        except WebSocketDisconnected:
            return
        except Exception as error:  # a stream must end with a word, whatever happened
            failure = GraphQLError("", original_error=error)
            with suppress(WebSocketDisconnected):
                await self._fail(operation, [failure])

    async def _fail(self, operation: Operation[Context, None], errors: list[GraphQLError]) -> None:
        payload = cast(Any, formatted(errors, self.context.request_id))
        await operation.send_operation_message(
            {"id": operation.id, "type": "error", "payload": payload}
        )


class _Delivery:
    """Sends what a stream brings to one operation: the first failure as `error`, all else as
    `next`."""

    def __init__(self, operation: Operation[Context, None], socket: Socket) -> None:
        self._operation = operation
        self._socket = socket
        self._id = encoded(operation.id)
        self._begun = False

    async def deliver(self, frame: Frame) -> None:
        operation = self._operation
        if operation.completed:
            return
        if frame.errors is not None and not self._begun:
            operation.completed = True
            operation.handler.forget_id(operation.id)
            text = f'{{"id":{self._id},"type":"error","payload":{frame.errors}}}'
        else:
            text = f'{{"id":{self._id},"type":"next","payload":{frame.payload}}}'
        self._begun = True
        await self._socket.say(text)


def _malformed(message: Any) -> str | None:
    """What is wrong with the form of any message; None when nothing is."""
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        return "A message is an object with a type"
    kind = message["type"]
    if kind in ("connection_init", "ping", "pong"):
        if message.get("payload") is None:
            message.pop("payload", None)
        elif not isinstance(message["payload"], dict):
            return f"The payload of {kind} is an object"
    if kind == "complete" and not isinstance(message.get("id"), str):
        return "complete needs the id of an operation"
    return None


def _problem(message: dict[str, Any]) -> str | None:
    """What is wrong with a `subscribe` message; None when nothing is."""
    payload = message.get("payload")
    if not isinstance(message.get("id"), str) or not message["id"]:
        return "subscribe needs an id, a text that is not empty"
    if not isinstance(payload, dict) or not isinstance(payload.get("query"), str):
        return "subscribe needs a payload with a query, a text"
    for name, kind in (("variables", dict), ("operationName", str), ("extensions", dict)):
        if payload.get(name) is not None and not isinstance(payload[name], kind):
            return f"The {name} of subscribe cannot be read"
    return None
