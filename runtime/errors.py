"""The one family of errors a caller may see.

    FlowdeckError
    ├── InvalidInput      what was sent is wrong: say which part and what would be right
    ├── FlowInvalid       the YAML has problems: all of them, with their places
    ├── NotFound          no such thing
    ├── Conflict          it changed meanwhile, or its state does not allow this
    ├── LimitExceeded     larger, deeper or longer than allowed
    ├── Forbidden         the caller may not do this
    └── Unavailable       something Flowdeck needs is away: try again

Anything else that is raised is a fault of ours: it is logged with a request id and shown as
INTERNAL. `schema/errors.py` translates this family to GraphQL, `web/app.py` to HTTP.
"""

from enum import StrEnum


class ErrorCode(StrEnum):
    """What kind of mistake it was; stable, for programs."""

    INVALID_INPUT = "INVALID_INPUT"
    FLOW_INVALID = "FLOW_INVALID"
    EXPRESSION_ERROR = "EXPRESSION_ERROR"
    NOT_FOUND = "NOT_FOUND"
    CONFLICT = "CONFLICT"
    INVALID_STATE = "INVALID_STATE"
    BAD_CURSOR = "BAD_CURSOR"
    LIMIT_EXCEEDED = "LIMIT_EXCEEDED"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    TIMEOUT = "TIMEOUT"
    UNAVAILABLE = "UNAVAILABLE"
    INTERNAL = "INTERNAL"


class FlowdeckError(Exception):
    """What is wrong (`message`), which kind (`code`), where (`path`) and how to mend it (`hint`).

    `path` names the input at fault, outermost first; empty when the whole request is meant.
    """

    code: ErrorCode = ErrorCode.INTERNAL

    def __init__(
        self,
        message: str,
        *,
        hint: str = "",
        path: tuple[str, ...] = (),
        code: ErrorCode | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.path = path
        if code is not None:
            self.code = code

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()


class InvalidInput(FlowdeckError):
    code = ErrorCode.INVALID_INPUT


class FlowInvalid(FlowdeckError):
    code = ErrorCode.FLOW_INVALID


class NotFound(FlowdeckError):
    code = ErrorCode.NOT_FOUND


class Conflict(FlowdeckError):
    code = ErrorCode.CONFLICT


class LimitExceeded(FlowdeckError):
    code = ErrorCode.LIMIT_EXCEEDED


class Forbidden(FlowdeckError):
    code = ErrorCode.FORBIDDEN


UNSTORABLE = "A text holds the character NUL (U+0000), which cannot be stored."
UNSTORABLE_HINT = "Take it out."


class Unavailable(FlowdeckError):
    code = ErrorCode.UNAVAILABLE
