"""The door of the webhook triggers: who has the key may call, and gets the execution as JSON."""

from collections.abc import Iterable

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from runtime.engine.lifespan import Runtime
from runtime.engine.webhooks import CalledExecution, WebhookAnswer, WebhookCall
from runtime.errors import FlowdeckError, LimitExceeded
from web.answers import refusal_of, request_id_of

_METHODS = ("GET", "POST", "PUT")
_LARGEST = 2 << 20
"""Bytes of a body. Reading JSON of this size stops everything else for a tenth of a second."""


def webhook_route() -> Route:
    """`GET|POST|PUT /api/v1/executions/webhook/{namespace}/{flow_id}/{key}`.

    Every other method is refused here, HEAD too, which GET would bring along: whoever only looks
    whether an address is there must not start a flow.
    """
    route = Route("/api/v1/executions/webhook/{namespace}/{flow_id}/{key}", _webhook)
    route.methods = None
    return route


async def _webhook(request: Request) -> Response:
    if request.method not in _METHODS:
        return Response(status_code=405, headers={"allow": ", ".join(_METHODS)})
    runtime: Runtime = request.app.state.runtime
    given = request.path_params
    try:
        call = WebhookCall(
            method=request.method,
            headers=_grouped(request.headers.items()),
            parameters=_grouped(request.query_params.multi_items()),
            body=await _body(request),
        )
        answer = await runtime.engine.webhook(
            given["namespace"], given["flow_id"], given["key"], call
        )
    except FlowdeckError as error:
        return refusal_of(error, request_id_of(request))
    return _told(answer, runtime.settings.url or str(request.base_url).rstrip("/"))


def _told(answer: WebhookAnswer, base: str) -> Response:
    if answer.execution is None:
        return Response(status_code=answer.status)
    shown = answer.outputs if answer.outputs is not None else _shown(answer.execution, base)
    kind = answer.content_type or "application/json"
    if answer.outputs is not None and not kind.endswith("json"):
        # A flow that names another type of content yields the text itself as its only output.
        values = list(answer.outputs.values())
        if len(values) == 1 and isinstance(values[0], str):
            return Response(values[0], answer.status, media_type=kind)
    content = orjson.dumps(shown, default=str, option=orjson.OPT_NON_STR_KEYS)
    return Response(content, answer.status, media_type=kind)


def _shown(execution: CalledExecution, base: str) -> dict[str, object]:
    shown: dict[str, object] = {
        "id": execution.id,
        "namespace": execution.namespace,
        "flowId": execution.flow_id,
        "flowRevision": execution.flow_revision,
        "state": execution.state,
        "url": f"{base}/executions/{execution.id}",
    }
    return shown if execution.outputs is None else {**shown, "outputs": execution.outputs}


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST:
            raise LimitExceeded(
                f"The body is larger than {_LARGEST >> 20} MB.",
                hint="Upload a file for an input of type FILE instead.",
            )
    return bytes(body)
