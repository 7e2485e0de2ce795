"""GraphQL over HTTP: what the specification asks beyond what Strawberry does.

`application/graphql-response+json` with its status codes, errors in one form, queries alone by GET,
no form that another site could send, a bound on size and time, and streams as server-sent events.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any, cast

import orjson
from cross_web import AsyncHTTPRequestAdapter, HTTPException, StarletteRequestAdapter
from graphql import OperationType
from starlette.exceptions import HTTPException as Unreadable
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.http import GraphQLHTTPResponse, GraphQLRequestData, GraphQLRequestProtocol
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError

from resolvers.context import Context
from runtime.engine.lifespan import Runtime
from runtime.errors import ErrorCode
from schema.documents import kind_of
from schema.errors import formatted, is_refused
from schema.root import Schema
from schema.trusted import Trusted
from web.accepting import EVENTS, JSON, RESPONSE, answer_of, stream_of
from web.answers import refusal
from web.asked import Asked
from web.assets import page
from web.cohorts import Cohorts, Frame
from web.naming import NAMES, UnknownDocument, filled_in
from web.session import Doorkeeper
from web.socket import Socket, SocketHandler
from web.streams import PROTOCOLS, TRANSPORTS, pulled
from web.uploads import Misplaced, filled

_JSON_LIMIT = 1 << 20
_MULTIPART_SLACK = 1 << 20
_PATIENCE = 30.0
_PREFLIGHTED = ("x-flowdeck-upload", "graphql-require-preflight", "apollo-require-preflight")


class TooLarge(Exception):
    """The body has more bytes than allowed."""


class Body(StarletteRequestAdapter):
    """A request whose type of content is read in any case of letters, as HTTP says."""

    @property
    def content_type(self) -> str | None:
        kind, mark, rest = (super().content_type or "").partition(";")
        return kind.strip().lower() + mark + rest


class Endpoint(GraphQL[Context, None]):
    """`/graphql`: queries and mutations by POST, queries by GET, subscriptions by socket or SSE."""

    request_adapter_class = Body
    websocket_adapter_class = Socket
    graphql_transport_ws_handler_class = SocketHandler
    stream_transport_classes_by_protocol = TRANSPORTS

    def __init__(
        self,
        schema: Schema,
        runtime: Runtime,
        doorkeeper: Doorkeeper,
        trusted: Trusted = Trusted(),  # noqa: B008 - it never changes
    ) -> None:
        settings = runtime.settings
        super().__init__(
            schema,
            graphql_ide=None,
            subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL, *TRANSPORTS),
            connection_init_wait_timeout=timedelta(seconds=10),
            multipart_uploads_enabled=True,
            max_subscriptions_per_connection=settings.max_operations_per_socket,
            allowed_origins=settings.allowed_origins,
        )
        self._schema = schema
        self.runtime = runtime
        self.doorkeeper = doorkeeper
        self.cohorts = Cohorts()
        self.trusted = trusted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await super().__call__(scope, receive, send)
            return
        request = Request(scope)
        answer = self._refuse(request) or await self._answer(scope, receive)
        await answer(scope, receive, send)

    def should_render_graphql_ide(self, request: object) -> bool:
        return False  # a browser that asks for the page got it before

    async def get_context(
        self, request: Request | WebSocket, response: Response | WebSocket
    ) -> Context:
        viewer = self.doorkeeper.viewer(request.headers)
        # A socket without a viewer is asked by `connection_init`, before it may do anything.
        stranger = self.doorkeeper.stranger
        return Context(self.runtime, viewer or stranger, request.scope["request_id"])

    async def get_sub_response(self, request: Request | WebSocket) -> Response:
        prepared = await super().get_sub_response(request)
        prepared.media_type = answer_of(request.headers.get("accept", "")) or JSON
        return prepared

    def decode_json(self, data: str | bytes) -> object:
        return orjson.loads(data)

    def parse_json(self, data: str | bytes) -> Any:
        found = super().parse_json(data)
        if not isinstance(found, dict | list):
            raise HTTPException(400, "A request is an object with a query.")
        return filled_in(found, self.trusted)

    def parse_query_params(self, params: Mapping[str, str | None]) -> dict[str, Any]:
        return cast(dict[str, Any], filled_in(super().parse_query_params(params), self.trusted))

    def encode_json(self, data: object) -> bytes:
        return orjson.dumps(data, option=orjson.OPT_NON_STR_KEYS, default=str)

    async def parse_http_body(
        self, request: AsyncHTTPRequestAdapter
    ) -> GraphQLRequestData | list[GraphQLRequestData]:
        data = await super().parse_http_body(request)
        if not isinstance(data, GraphQLRequestData):
            return data
        kind = await kind_of(data.query, data.operation_name)
        if kind is OperationType.MUTATION and request.method == "GET":
            raise HTTPException(405, "A mutation is not for GET: send it by POST.")
        return replace(data, protocol=_protocol(kind, _accept(request.headers)))

    async def parse_multipart(self, request: AsyncHTTPRequestAdapter) -> dict[str, str]:
        form = (await request.get_form_data()).form
        texts = [form.get(name) for name in ("operations", "map")]
        if not all(isinstance(text, str) for text in texts):
            raise HTTPException(400, "A form has the parts `operations` and `map`, both JSON.")
        operations, places = (self.parse_json(cast(str, text)) for text in texts)
        try:
            return cast(dict[str, str], filled(operations, places, form))
        except Misplaced as error:
            raise HTTPException(400, str(error)) from None

    async def process_result(
        self, request: Request, result: ExecutionResult
    ) -> GraphQLHTTPResponse:
        request_id = request.scope["request_id"]
        before = isinstance(result, PreExecutionError)
        refused = before or is_refused(result.data, result.errors)
        answer: dict[str, object] = {} if refused else {"data": result.data}
        if result.errors:
            answer["errors"] = formatted(result.errors, request_id, before_execution=before)
        answer["extensions"] = {"requestId": request_id, **(result.extensions or {})}
        return answer  # type: ignore[return-value]  # the same keys, some of them absent

    async def _process_stream_result(
        self, request: Request, value: Any, all_pending: list[Any]
    ) -> tuple[Any, list[Any]]:
        if isinstance(value, Frame):
            return value, all_pending
        return await super()._process_stream_result(request, value, all_pending)

    def create_response(self, response_data: Any, sub_response: Response) -> Response:
        media = sub_response.media_type or JSON
        # The older media type answers 200 whatever happened, as its clients expect.
        failed = media == RESPONSE and "data" not in response_data
        return Response(
            self.encode_json(response_data),
            400 if failed else 200,
            media_type=f"{media}; charset=utf-8",
            headers={"cache-control": "no-store", "vary": "Accept"},
        )

    async def execute_operation(self, *args: Any, **kwargs: Any) -> Any:
        data = kwargs["request_data"]
        if not isinstance(data, GraphQLRequestData):
            return await super().execute_operation(*args, **kwargs)
        kind = await kind_of(data.query, data.operation_name)
        if data.protocol != "http":
            if kind is not OperationType.SUBSCRIPTION:
                return await super().execute_operation(*args, **kwargs)
            asked = Asked(
                self._schema,
                kwargs["context"],
                data.query or "",
                data.variables,
                data.operation_name,
            )
            return pulled(partial(asked.follow, self.cohorts))
        if kind is OperationType.MUTATION:
            return await super().execute_operation(*args, **kwargs)  # not cut off in the middle
        async with asyncio.timeout(_PATIENCE):
            return await super().execute_operation(*args, **kwargs)

    async def _answer(self, scope: Scope, receive: Receive) -> Response:
        request_id = scope["request_id"]
        try:
            return await self.run(Request(scope, self._bounded(scope, receive)))
        except TooLarge:
            return refusal(
                "The request is larger than allowed.",
                ErrorCode.LIMIT_EXCEEDED,
                request_id,
                hint="Send less at once; a file may be as large as FLOWDECK_MAX_UPLOAD.",
            )
        except HTTPException as error:
            return _told(error.reason, error.status_code, request_id)
        except Unreadable as error:
            return _told(error.detail, error.status_code, request_id)
        except UnknownDocument as error:
            shown = {"extensions": {**error.extensions, "requestId": request_id}}
            refused = {"errors": [{"message": error.message, **shown}]}
            return self.create_response(refused, await self.get_sub_response(Request(scope)))
        except TimeoutError:
            return refusal(
                f"The operation took longer than {_PATIENCE:.0f} seconds and was stopped.",
                ErrorCode.TIMEOUT,
                request_id,
                hint="Ask for less at once, with a narrower filter or smaller pages.",
            )

    def _refuse(self, request: Request) -> Response | None:
        request_id, headers = request.scope["request_id"], request.headers
        if request.method == "GET" and not any(name in request.query_params for name in NAMES):
            if "text/html" in headers.get("accept", ""):
                return page("graphiql.html")
            hint = "Send it as JSON by POST, or as `?query=…`."
            return refusal(
                "There is no operation.", ErrorCode.INVALID_INPUT, request_id, hint=hint, status=400
            )
        if request.method not in ("GET", "POST"):
            return refusal(
                f"{request.method} is not for GraphQL.",
                ErrorCode.INVALID_INPUT,
                request_id,
                status=405,
                headers={"allow": "GET, POST"},
            )
        return _unacceptable(headers, request_id) or (
            _foreign(request, request_id) if request.method == "POST" else None
        )

    def _bounded(self, scope: Scope, receive: Receive) -> Receive:
        kind = Request(scope).headers.get("content-type", "")
        many = self.runtime.settings.max_upload + _MULTIPART_SLACK
        limit = many if kind.startswith("multipart/") else _JSON_LIMIT
        size = 0

        async def bounded() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            if size > limit:
                raise TooLarge
            return message

        return bounded


def _told(reason: str, status: int, request_id: str) -> Response:
    """What is wrong with a request before there is an operation."""
    allow = {"allow": "POST"} if status == 405 else None
    return refusal(reason, ErrorCode.INVALID_INPUT, request_id, status=status, headers=allow)


def _accept(headers: Mapping[str, str]) -> str:
    return {key.lower(): value for key, value in headers.items()}.get("accept", "")


def _protocol(kind: OperationType | None, accept: str) -> GraphQLRequestProtocol:
    """How an operation is answered: a subscription needs a stream, nothing else does. Many clients
    always list both forms."""
    stream, answer = stream_of(accept), answer_of(accept)
    if kind is OperationType.SUBSCRIPTION and stream is None:
        raise HTTPException(
            406, f"A subscription is a stream: accept {EVENTS}, or open a websocket."
        )
    if stream is None or (answer is not None and kind is not OperationType.SUBSCRIPTION):
        return "http"
    return PROTOCOLS[stream]


def _unacceptable(headers: Mapping[str, str], request_id: str) -> Response | None:
    accept = headers.get("accept", "")
    if answer_of(accept) is not None or stream_of(accept) is not None:
        return None
    return refusal(
        f"None of {accept[:100]} can be given.",
        ErrorCode.INVALID_INPUT,
        request_id,
        hint=f"Accept {JSON}, {RESPONSE} or {EVENTS}.",
        status=406,
    )


def _foreign(request: Request, request_id: str) -> Response | None:
    """Refuse what a page of another site could send by a plain form, with the user's cookie."""
    headers = request.headers
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
        return refusal(
            "A compressed body is not taken.",
            ErrorCode.INVALID_INPUT,
            request_id,
            hint="Send it as it is, without `Content-Encoding`.",
            status=415,
        )
    if kind == "application/json":
        return None
    if kind != "multipart/form-data":
        return refusal(
            f"The body is {kind or 'of no stated type'}, not JSON.",
            ErrorCode.INVALID_INPUT,
            request_id,
            hint="Send `Content-Type: application/json`, or a multipart request for files.",
            status=415,
        )
    site = headers.get("sec-fetch-site")
    from_browser = "origin" in headers or site is not None
    same = site in ("same-origin", "none")
    if not from_browser or same or any(name in headers for name in _PREFLIGHTED):
        return None
    return refusal(
        "A file can only be sent from a page of this server.",
        ErrorCode.FORBIDDEN,
        request_id,
        hint="Another client sends the header `graphql-require-preflight: 1`.",
    )
