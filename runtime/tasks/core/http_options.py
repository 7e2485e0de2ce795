"""How HTTP tasks connect: timeouts, redirects, authentication, TLS and proxies."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ssl import CERT_NONE, SSLContext, SSLError, create_default_context
from typing import Annotated, Literal, get_args

import httpx
from pydantic import BeforeValidator, Field

from runtime.flows.types import Properties
from runtime.tasks.http_client import open_http_client
from runtime.tasks.properties import Seconds, Text
from runtime.tasks.task import TaskFailed

_MEGABYTE = 1 << 20

Upper = BeforeValidator(lambda value: value.upper() if isinstance(value, str) else value)


ProxyType = Annotated[Literal["DIRECT", "HTTP", "SOCKS"], Upper]
Logged = Literal["REQUEST_HEADERS", "REQUEST_BODY", "RESPONSE_HEADERS", "RESPONSE_BODY"]
_LEVELS: dict[str, tuple[Logged, ...]] = {
    "TRACE": get_args(Logged),
    "DEBUG": ("REQUEST_HEADERS", "RESPONSE_HEADERS"),
    "INFO": ("RESPONSE_HEADERS",),
}
"""What the deprecated `logLevel` means."""


class Authentication(Properties):
    """BASIC and DIGEST take `username` and `password`, BEARER takes `token`."""

    type: Annotated[Literal["NONE", "BASIC", "DIGEST", "BEARER"], Upper] = "NONE"
    username: Text | None = None
    password: Text | None = None
    token: Text | None = None


class TimeoutOptions(Properties):
    connect_timeout: Seconds | None = None
    read_idle_timeout: Seconds | None = None
    """The longest silence while the answer is read."""


class TlsOptions(Properties):
    insecure_trust_all_certificates: bool = False
    ca_pem: Text | None = None
    """Certificates of further authorities, as PEM text."""


class ProxyOptions(Properties):
    type: ProxyType = "HTTP"
    address: Text | None = None
    port: int | None = None
    username: Text | None = None
    password: Text | None = None


class HttpOptions(Properties):
    """`allowedResponseCodes` are accepted beside 200 to 399; `maxContentLength` counts bytes."""

    auth: Authentication = Authentication()
    timeout: TimeoutOptions = TimeoutOptions()
    ssl: TlsOptions = TlsOptions()
    proxy: ProxyOptions | None = None
    follow_redirects: bool = True
    allow_failed: bool = False
    allowed_response_codes: list[int] = Field(default_factory=list)
    default_charset: Text = "UTF-8"
    max_content_length: int = 10 * _MEGABYTE
    connect_timeout: Seconds | None = None
    read_timeout: Seconds | None = None
    read_idle_timeout: Seconds | None = None
    connection_pool_idle_timeout: Seconds | None = None
    basic_auth_user: Text | None = None
    basic_auth_password: Text | None = None
    proxy_type: ProxyType | None = None
    proxy_address: Text | None = None
    proxy_port: int | None = None
    proxy_username: Text | None = None
    proxy_password: Text | None = None
    logs: list[Annotated[Logged, Upper]] = Field(default_factory=list)
    """What of request and answer is written to the log, at the level DEBUG."""
    log_level: Text | None = None

    def timeouts(self) -> httpx.Timeout:
        connect = self.timeout.connect_timeout or self.connect_timeout or 30.0
        read = self.timeout.read_idle_timeout or self.read_idle_timeout or self.read_timeout
        return httpx.Timeout(read or 300.0, connect=connect)

    def logs_of(self, what: Logged) -> bool:
        return what in self.logs or what in _LEVELS.get((self.log_level or "").upper(), ())

    def authentication(self) -> httpx.Auth | None:
        user = self.auth.username or self.basic_auth_user or ""
        password = self.auth.password or self.basic_auth_password or ""
        match self.auth.type:
            case "DIGEST":
                return httpx.DigestAuth(user, password)
            case "BEARER":
                return _Bearer(self.auth.token or "")
        return httpx.BasicAuth(user, password) if user else None

    @asynccontextmanager
    async def client(self, shared: httpx.AsyncClient) -> AsyncIterator[httpx.AsyncClient]:
        """The shared client, or one for this request where TLS or a proxy asks for it."""
        if self._proxy_options() is None and self.ssl == TlsOptions():
            yield shared
            return
        async with open_http_client(verify=self._tls(), proxy=self._proxy()) as client:
            yield client

    def _tls(self) -> SSLContext:
        context = create_default_context()
        if self.ssl.insecure_trust_all_certificates:
            context.check_hostname = False
            context.verify_mode = CERT_NONE
        if self.ssl.ca_pem:
            try:
                context.load_verify_locations(cadata=self.ssl.ca_pem)
            except SSLError as error:
                raise TaskFailed(f"`options.ssl.caPem` holds no certificates: {error}.") from error
        return context

    def _proxy(self) -> httpx.Proxy | None:
        chosen = self._proxy_options()
        if chosen is None or chosen.type == "DIRECT":
            return None
        if not chosen.address or not chosen.port:
            raise TaskFailed("A proxy needs `options.proxy.address` and `options.proxy.port`.")
        auth = (chosen.username, chosen.password or "") if chosen.username else None
        scheme = "socks5h" if chosen.type == "SOCKS" else "http"
        return httpx.Proxy(f"{scheme}://{chosen.address}:{chosen.port}", auth=auth)

    def _proxy_options(self) -> ProxyOptions | None:
        """The proxy as it is written now, or as it was written before."""
        if self.proxy is not None or self.proxy_address is None:
            return self.proxy
        return ProxyOptions(
            type=self.proxy_type or "HTTP",
            address=self.proxy_address,
            port=self.proxy_port,
            username=self.proxy_username,
            password=self.proxy_password,
        )


class _Bearer(httpx.Auth):
    def __init__(self, token: str) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request):  # type: ignore[no-untyped-def]  # typed by httpx.Auth
        request.headers["authorization"] = f"Bearer {self._token}"
        yield request
