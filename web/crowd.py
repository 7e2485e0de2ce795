"""How many sockets may be open at once, on this server and from one address."""

from collections import Counter

from starlette.types import ASGIApp, Receive, Scope, Send

from runtime.config import Settings
from runtime.errors import ErrorCode
from web.answers import refusal

_LATER = {"retry-after": "5"}
"""Seconds after which a caller may try again."""


class Crowd:
    """Refuses a socket that is one too many, with 503 before it is opened."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._most = settings.max_sockets
        self._most_of_one = settings.max_sockets_per_address
        self._open = 0
        self._of: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        client = scope.get("client")
        address: str = client[0] if client else ""
        if (full := self._full(address)) is not None:
            message, hint = full
            answer = refusal(
                message, ErrorCode.UNAVAILABLE, scope["request_id"], hint=hint, headers=_LATER
            )
            await answer(scope, receive, send)
            return
        self._open += 1
        self._of[address] += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._open -= 1
            self._of[address] -= 1
            if not self._of[address]:
                del self._of[address]

    def _full(self, address: str) -> tuple[str, str] | None:
        """Why there is no room for one more, and how to mend it; None when there is."""
        if self._open >= self._most:
            return (
                f"This server has {self._most} open sockets, which is the limit.",
                "Try again later, ask another server, or raise FLOWDECK_MAX_SOCKETS.",
            )
        most = self._most_of_one
        if most is not None and self._of[address] >= most:
            return (
                f"{address} has {most} open sockets, which is the limit for one address.",
                "Run several operations on one socket, or raise FLOWDECK_MAX_SOCKETS_PER_ADDRESS.",
            )
        return None
