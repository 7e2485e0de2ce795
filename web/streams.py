"""Streams over plain HTTP: server-sent events, and the parts that Apollo's clients read."""

from collections.abc import Mapping

from strawberry.http import GraphQLRequestProtocol
from strawberry.http.streaming import (
    HTTPStreamTransport,
    MultipartSubscriptionTransport,
    SSETransport,
)
from strawberry.subscriptions import GRAPHQL_SSE_PROTOCOL, MULTIPART_SUBSCRIPTION_PROTOCOL

from web.accepting import EVENTS, PARTS


class Events(SSETransport):
    """Ends its lines by LF alone, the only one of the three ends that every client knows."""

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


TRANSPORTS: Mapping[str, type[HTTPStreamTransport]] = {
    GRAPHQL_SSE_PROTOCOL: Events,
    MULTIPART_SUBSCRIPTION_PROTOCOL: Parts,
}
PROTOCOLS: Mapping[str, GraphQLRequestProtocol] = {EVENTS: "sse", PARTS: "multipart-subscription"}
"""What Strawberry calls the stream of a media type."""
