"""The HTTP client that the tasks of a server share."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http.cookiejar import DefaultCookiePolicy
from ssl import SSLContext

import httpx

_CONNECTIONS = 200
_KEPT = 50


@asynccontextmanager
async def open_http_client(
    *, verify: SSLContext | bool = True, proxy: httpx.Proxy | None = None
) -> AsyncIterator[httpx.AsyncClient]:
    """A client that keeps no cookies, so that executions cannot see each other's sessions."""
    limits = httpx.Limits(max_connections=_CONNECTIONS, max_keepalive_connections=_KEPT)
    async with httpx.AsyncClient(
        verify=verify, proxy=proxy, limits=limits, headers={"user-agent": "flowdeck"}
    ) as client:
        client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        yield client
