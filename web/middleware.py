"""What every request passes: an id, the security headers, the guest list of hosts, the token."""

import re
from collections.abc import Iterable
from contextlib import suppress
from ipaddress import ip_address
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from runtime.config import Settings
from runtime.errors import ErrorCode
from runtime.ids import new_id
from web.answers import refusal
from web.session import COOKIE, Doorkeeper

_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self' ws: wss:; "
    "worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'"
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
}
_LONGEST_ID = 64
_GONE = "the handler is closed"
"""What uvloop says of a connection that the peer has just cut."""
_TRACE = re.compile(r"[0-9a-f]{2}-((?!0{32})[0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")
_CLOSED = ("/graphql", "/api/")
_OPEN = ("/api/v1/executions/webhook/",)


class Numbered:
    """Gives every request an id, or takes the caller's, and says it in the answer. Without one of
    its own a request that is part of a trace (W3C `traceparent`) has the trace's id."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        given, trace = headers.get("x-request-id", ""), _TRACE.match(headers.get("traceparent", ""))
        of_a_trace = trace[1] if trace else ""
        request_id = given if _is_plain(given) else of_a_trace or new_id("rq")
        scope["request_id"] = request_id

        async def decorated(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["x-request-id"] = request_id
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            try:
                await send(message)
            except RuntimeError as error:
                if _GONE not in str(error):
                    raise
                raise ClientDisconnect from error

        # Who hangs up before everything is said gets no answer, and it is nobody's fault.
        with suppress(ClientDisconnect):
            await self._app(scope, receive, decorated)


class Guarded:
    """Refuses hosts that are not ours (a page of a stranger may point its own name at this
    machine) and callers without the token."""

    def __init__(self, app: ASGIApp, settings: Settings, doorkeeper: Doorkeeper) -> None:
        self._app = app
        self._doorkeeper = doorkeeper
        self._hosts = _hosts(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if not self.is_ours(headers.get("host", "")):
            # A page under that name has the same origin as we seem to have, sockets included.
            await _not_ours(scope["request_id"])(scope, receive, send)
        elif scope["type"] == "websocket":
            # A socket is asked for its token by `connection_init`.
            await self._app(scope, receive, send)
        elif (redirect := self._sign_in(scope)) is not None:
            await redirect(scope, receive, send)
        elif self._is_closed(scope["path"]) and self._doorkeeper.viewer(headers) is None:
            answer = refusal(
                "This server asks for a token.",
                ErrorCode.UNAUTHENTICATED,
                scope["request_id"],
                hint="Send it as `Authorization: Bearer …`, or open /?token=… in a browser.",
                headers={"www-authenticate": "Bearer"},
            )
            await answer(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def is_ours(self, host: str) -> bool:
        return self._hosts is None or _name_of(host) in self._hosts

    def _is_closed(self, path: str) -> bool:
        return path.startswith(_CLOSED) and not path.startswith(_OPEN)

    def _sign_in(self, scope: Scope) -> RedirectResponse | None:
        """`/?token=…` puts the token into a cookie that no script reads, and out of the address."""
        if self._doorkeeper.is_open or b"token=" not in scope["query_string"]:
            return None
        query = parse_qsl(scope["query_string"].decode("latin-1"))
        token = dict(query).get("token", "")
        if scope["path"].startswith(_CLOSED) or not self._doorkeeper.knows(token):
            return None
        rest = urlencode([pair for pair in query if pair[0] != "token"])
        answer = RedirectResponse(scope["path"] + (f"?{rest}" if rest else ""), status_code=303)
        answer.set_cookie(
            COOKIE,
            token,
            max_age=30 * 86400,
            httponly=True,
            samesite="strict",
            secure=scope["scheme"] == "https",
        )
        return answer


def _not_ours(request_id: str) -> Response:
    return refusal(
        "This server does not answer to that name.",
        ErrorCode.FORBIDDEN,
        request_id,
        hint="Set FLOWDECK_URL to the address under which people reach it.",
        status=421,
    )


def is_loopback(host: str) -> bool:
    """Whether only this machine itself reaches that address."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _hosts(settings: Settings) -> frozenset[str] | None:
    """The names by which callers may call us; None when any may do."""
    if not is_loopback(settings.host):
        return None  # a token stands there
    names: Iterable[str | None] = (
        "localhost",
        "127.0.0.1",
        "::1",
        settings.host,
        urlsplit(settings.url or "").hostname,
        *(urlsplit(origin).hostname for origin in settings.allowed_origins),
    )
    return frozenset(name for name in names if name)


def _name_of(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _is_plain(text: str) -> bool:
    allowed = text.replace("-", "").replace("_", "")
    return 0 < len(text) <= _LONGEST_ID and allowed.isascii() and allowed.isalnum()
