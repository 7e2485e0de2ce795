"""Answers that are not GraphQL's: errors of every door in one form, and JSON."""

import orjson
from starlette.requests import Request
from starlette.responses import Response

from runtime.errors import ErrorCode, FlowdeckError

_STATUS = {
    ErrorCode.INVALID_INPUT: 422,
    ErrorCode.FLOW_INVALID: 422,
    ErrorCode.EXPRESSION_ERROR: 422,
    ErrorCode.NOT_FOUND: 404,
    ErrorCode.CONFLICT: 409,
    ErrorCode.INVALID_STATE: 409,
    ErrorCode.BAD_CURSOR: 400,
    ErrorCode.LIMIT_EXCEEDED: 413,
    ErrorCode.UNAUTHENTICATED: 401,
    ErrorCode.FORBIDDEN: 403,
    ErrorCode.TIMEOUT: 504,
    ErrorCode.UNAVAILABLE: 503,
    ErrorCode.INTERNAL: 500,
}


def json_answer(
    value: object, status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    return Response(orjson.dumps(value), status, headers, "application/json")


def refusal(
    message: str,
    code: ErrorCode,
    request_id: str,
    *,
    hint: str = "",
    status: int | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """An error as GraphQL writes them, so that clients read one form at every door."""
    extensions = {"code": code.value, "requestId": request_id}
    if hint:
        extensions["hint"] = hint
    body = {"errors": [{"message": message, "extensions": extensions}]}
    return json_answer(body, status or _STATUS[code], headers)


def refusal_of(error: FlowdeckError, request_id: str) -> Response:
    return refusal(error.message, error.code, request_id, hint=error.hint)


def request_id_of(request: Request) -> str:
    """The id under which this request is logged."""
    found: str = request.scope["request_id"]
    return found
