"""The whole server on one page: doors, what every request passes, and the runtime behind them."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from runtime.config import WEB, Settings
from runtime.engine.lifespan import Runtime, running
from runtime.errors import UNSTORABLE, UNSTORABLE_HINT, ErrorCode, FlowdeckError
from runtime.store.outage import outage
from runtime.store.pool import FAILURES, is_away, is_unstorable
from schema.root import build
from schema.trusted import trusted_from
from web import assets, downloads, health, webhooks
from web.answers import refusal, refusal_of
from web.crowd import Crowd
from web.graphql import Endpoint
from web.middleware import Guarded, Numbered
from web.session import Doorkeeper

_log = logging.getLogger(__name__)


class Door:
    """`/graphql` for requests and sockets; opened when the runtime runs."""

    endpoint: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.endpoint is None:
            raise RuntimeError("the server has not started")
        await self.endpoint(scope, receive, send)


def build_app(settings: Settings, runtime: Runtime | None = None) -> Starlette:
    """The application. It runs a runtime of its own unless one is given."""
    door, doorkeeper = Door(), Doorkeeper(settings)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        if runtime is not None:
            _open(app, door, doorkeeper, runtime)
            yield
            return
        async with running(settings) as own:
            _open(app, door, doorkeeper, own)
            yield

    return Starlette(
        routes=_routes(door) if WEB in settings.roles else _few_routes(),
        middleware=[
            Middleware(Numbered),
            *_cors(settings),
            Middleware(Guarded, settings=settings, doorkeeper=doorkeeper),
            Middleware(Crowd, settings=settings),
            Middleware(GZipMiddleware, minimum_size=1_000, compresslevel=1),
        ],
        exception_handlers={Exception: _fault, FlowdeckError: _told}
        | dict.fromkeys(FAILURES, _fault),
        lifespan=lifespan,
    )


def _open(app: Starlette, door: Door, doorkeeper: Doorkeeper, runtime: Runtime) -> None:
    app.state.runtime = runtime
    settings = runtime.settings
    if WEB not in settings.roles:
        return
    trusted = trusted_from(assets.documents(settings.documents), alone=not settings.free_documents)
    schema = build(introspection=settings.introspection, trusted=trusted)
    door.endpoint = Endpoint(schema, runtime, doorkeeper, trusted)


def _routes(door: Door) -> list[BaseRoute]:
    return [
        Route("/graphql", door),
        WebSocketRoute("/graphql", door),
        *_health_routes(),
        webhooks.webhook_route(),
        Route("/api/v1/executions/{execution_id}/logs", downloads.execution_logs),
        Route("/api/v1/executions/{execution_id}/file", downloads.execution_file),
        *assets.asset_routes(),
    ]


def _few_routes() -> list[BaseRoute]:
    """A server without the role `web` says how it is, and nothing else."""
    return [
        *_health_routes(),
        Mount("/", _elsewhere),
    ]


def _health_routes() -> list[BaseRoute]:
    return [
        Route("/health/alive", health.alive),
        Route("/health/ready", health.ready),
    ]


async def _elsewhere(scope: Scope, receive: Receive, send: Send) -> None:
    answer = refusal(
        "This server answers nothing but /health/alive and /health/ready.",
        ErrorCode.NOT_FOUND,
        scope["request_id"],
        hint="Ask one that has the role `web`, or add it to FLOWDECK_ROLES.",
    )
    await answer(scope, receive, send)


def _cors(settings: Settings) -> list[Middleware]:
    if not settings.allowed_origins:
        return []
    return [
        Middleware(
            CORSMiddleware,
            allow_origins=list(settings.allowed_origins),
            allow_methods=["GET", "POST"],
            allow_headers=["authorization", "content-type", "x-request-id", "x-flowdeck-upload"],
            expose_headers=["x-request-id"],
        )
    ]


async def _told(request: Request, error: Exception) -> Response:
    if not isinstance(error, FlowdeckError):
        raise error
    return refusal_of(error, request.scope["request_id"])


async def _fault(request: Request, error: Exception) -> Response:
    """Whatever nobody expected: logged with the id, told without the details."""
    request_id: str = request.scope.get("request_id", "-")
    if is_away(error):
        return refusal_of(outage(error), request_id)
    if is_unstorable(error):
        return refusal(UNSTORABLE, ErrorCode.INVALID_INPUT, request_id, hint=UNSTORABLE_HINT)
    _log.error("request %s failed", request_id, exc_info=error)
    return refusal(
        f"Something went wrong here. Report it with the id {request_id}.",
        ErrorCode.INTERNAL,
        request_id,
    )
