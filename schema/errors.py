"""The one translation of errors to GraphQL: what a caller can mend is told, a fault is masked."""

import logging
from collections.abc import Sequence

from graphql import GraphQLError, GraphQLFormattedError, GraphQLSyntaxError
from strawberry.exceptions import MissingQueryError

from runtime.errors import UNSTORABLE, UNSTORABLE_HINT, ErrorCode, FlowdeckError
from runtime.store.outage import outage
from runtime.store.pool import is_away, is_unstorable

_log = logging.getLogger(__name__)

PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
_LONGEST = 1_000


def formatted(
    errors: Sequence[GraphQLError], request_id: str, *, before_execution: bool = False
) -> list[GraphQLFormattedError]:
    """Errors as they are sent, each with `extensions.code`; faults of ours are logged here."""
    return [_formatted(error, request_id, before_execution) for error in errors]


def is_refused(data: object, errors: Sequence[GraphQLError] | None) -> bool:
    """Whether an operation failed before it began, for example by its variables."""
    return data is None and bool(errors) and all(error.path is None for error in errors or ())


def _formatted(
    error: GraphQLError, request_id: str, before_execution: bool
) -> GraphQLFormattedError:
    shown = error.formatted
    shown["message"] = _short(shown["message"])
    cause = _cause(error)
    if before_execution and isinstance(cause, ValueError):
        cause = None  # a literal that is no such value, such as a number of a million digits
    extensions: dict[str, object] = dict(shown.get("extensions") or {})
    match cause:
        case FlowdeckError():
            shown["message"] = cause.message
            extensions["code"] = cause.code.value
            extensions |= {"hint": cause.hint} if cause.hint else {}
            extensions |= {"argumentPath": list(cause.path)} if cause.path else {}
        case MissingQueryError():
            shown["message"] = "There is no operation: `query` is empty."
            extensions["code"] = ErrorCode.INVALID_INPUT.value
        case None:
            extensions.setdefault("code", _own_code(error, before_execution))
        case _ if is_away(cause):
            told = outage(cause)
            _log.warning("request %s: %s %s", request_id, told.message, cause)
            shown["message"] = told.message
            extensions |= {"code": told.code.value, "hint": told.hint}
        case _ if is_unstorable(cause):
            shown["message"] = UNSTORABLE
            extensions["code"] = ErrorCode.INVALID_INPUT.value
            extensions["hint"] = UNSTORABLE_HINT
        case _:
            _log.error("request %s failed", request_id, exc_info=cause)
            shown["message"] = f"Something went wrong here. Report it with the id {request_id}."
            extensions["code"] = ErrorCode.INTERNAL.value
    extensions["requestId"] = request_id
    shown["extensions"] = extensions
    return shown


def _cause(error: GraphQLError) -> BaseException | None:
    """What was raised; None when GraphQL itself found the mistake."""
    cause: BaseException | None = error.original_error
    while isinstance(cause, GraphQLError):
        cause = cause.original_error
    if cause is not None and type(cause).__module__.startswith("strawberry.schema"):
        return None  # Strawberry's words about the request, such as an unknown operation name
    return cause


def _short(message: str) -> str:
    """GraphQL repeats in full what it cannot read, and that may be the whole request."""
    return message if len(message) <= _LONGEST else message[:_LONGEST] + "…"


def _own_code(error: GraphQLError, before_execution: bool) -> str:
    if isinstance(error, GraphQLSyntaxError):
        return PARSE_FAILED
    return VALIDATION_FAILED if before_execution else ErrorCode.INVALID_INPUT.value
