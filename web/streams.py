"""Streams over plain HTTP: server-sent events, and the parts that Apollo's clients read."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any

from strawberry.http import GraphQLRequestProtocol
from strawberry.http.streaming import (
    HTTPStreamTransport,
    JSONEncoder,
    MultipartSubscriptionTransport,
    SSETransport,
)
from strawberry.subscriptions import GRAPHQL_SSE_PROTOCOL, MULTIPART_SUBSCRIPTION_PROTOCOL

from web.accepting import EVENTS, PARTS
from web.cohorts import Deliver, Frame


class Events(SSETransport):
    """Ends its lines by LF alone, the only one of the three ends that every client knows."""

    def encode_next(self, response: Any, encode_json: JSONEncoder) -> str:
        if isinstance(response, Frame):
            return self.encode_event("next", response.payload)
        return super().encode_next(response, encode_json)

    def encode_event(self, event: str, data: str | None = None) -> str:
        return f"event: {event}\ndata: {data or ''}\n\n"

    def encode_comment(self, comment: str) -> str:
        return f": {comment}\n\n"


class Parts(MultipartSubscriptionTransport):
    """As Strawberry sends them; nothing on the way may keep, compress or alter them."""

    @property
    def headers(self) -> Mapping[str, str]:
        return {
            **super().headers,
            "Cache-Control": "no-cache, no-transform",
            "Content-Encoding": "identity",
            "X-Accel-Buffering": "no",
        }

    def encode_next(self, response: Any, encode_json: JSONEncoder) -> str:
        if isinstance(response, Frame):
            return self.encode_multipart_data(response, _as_part)
        return super().encode_next(response, encode_json)


def _as_part(frame: Any) -> str:
    return f'{{"payload":{frame.payload}}}'


async def pulled(follow: Callable[[Deliver], Awaitable[None]]) -> AsyncGenerator[Frame, None]:
    """What is delivered, one by one: who delivers waits until it is taken."""
    waiting: asyncio.Queue[Frame | Exception | None] = asyncio.Queue(1)

    async def work() -> None:
        try:
            await follow(waiting.put)
        except Exception as error:
            await waiting.put(error)
        else:
            await waiting.put(None)

    task = asyncio.create_task(work())
    try:
        while (item := await waiting.get()) is not None:
            if isinstance(item, Exception):
                raise item
            yield item
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


TRANSPORTS: Mapping[str, type[HTTPStreamTransport]] = {
    GRAPHQL_SSE_PROTOCOL: Events,
    MULTIPART_SUBSCRIPTION_PROTOCOL: Parts,
}
PROTOCOLS: Mapping[str, GraphQLRequestProtocol] = {EVENTS: "sse", PARTS: "multipart-subscription"}
"""What Strawberry calls the stream of a media type."""
