"""A problem of a flow: what is wrong, where in the YAML, and how to mend it."""

from dataclasses import dataclass
from enum import StrEnum

from runtime.flows.model import Path, Position


class Severity(StrEnum):
    ERROR = "ERROR"
    """The flow cannot be saved."""
    WARNING = "WARNING"
    """The flow runs; something in it is old or has no effect."""


class ProblemCode(StrEnum):
    """What kind of problem it is; stable, for programs."""

    SYNTAX = "SYNTAX"
    LIMIT = "LIMIT"
    DUPLICATE_KEY = "DUPLICATE_KEY"
    MISSING = "MISSING"
    UNKNOWN_PROPERTY = "UNKNOWN_PROPERTY"
    UNKNOWN_TYPE = "UNKNOWN_TYPE"
    INVALID_VALUE = "INVALID_VALUE"
    INVALID_ID = "INVALID_ID"
    DUPLICATE_ID = "DUPLICATE_ID"
    UNKNOWN_REFERENCE = "UNKNOWN_REFERENCE"
    CYCLE = "CYCLE"
    EXPRESSION = "EXPRESSION"
    RESERVED = "RESERVED"
    DEPRECATED = "DEPRECATED"
    NO_EFFECT = "NO_EFFECT"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend. `path` leads to the element, `position` to its first character."""

    message: str
    hint: str
    path: Path
    position: Position
    code: ProblemCode
    severity: Severity = Severity.ERROR

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR


def in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """The problems as a reader meets them, each one once."""
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda p: (p.position.line, p.position.column, p.message)))
