"""What can be wrong with a request that its author can mend: data in a payload, not a fault."""

from enum import Enum
from typing import Self

import strawberry
from strawberry import enum_value, field

from runtime.engine.library import FlowProblems
from runtime.engine.start import InputsRefused
from runtime.errors import Conflict, ErrorCode, FlowdeckError, InvalidInput, NotFound
from runtime.flows.inputs import InputProblem
from schema.problems import FlowProblem
from schema.states import ExecutionState


@strawberry.enum(description="What kind of mistake it was. More kinds may come.")
class UserErrorCode(Enum):
    INVALID_INPUT = enum_value("INVALID_INPUT", description="A value of the input is wrong.")
    FLOW_INVALID = enum_value("FLOW_INVALID", description="The flow's YAML has problems.")
    EXPRESSION_ERROR = enum_value("EXPRESSION_ERROR", description="An expression is wrong.")
    NOT_FOUND = enum_value("NOT_FOUND", description="There is no such thing.")
    CONFLICT = enum_value("CONFLICT", description="It was changed by somebody else meanwhile.")
    INVALID_STATE = enum_value("INVALID_STATE", description="Its state does not allow this.")
    LIMIT_EXCEEDED = enum_value(
        "LIMIT_EXCEEDED", description="It is larger, deeper or longer than allowed."
    )
    FORBIDDEN = enum_value("FORBIDDEN", description="The caller may not do this.")
    UNAVAILABLE = enum_value(
        "UNAVAILABLE", description="Something that is needed is away; try again."
    )


@strawberry.interface(description="Why a change was not made, for the caller to mend.")
class UserError:
    message: str = field(description="What is wrong and how to mend it, in a sentence or two.")
    code: UserErrorCode = field(description="What kind of mistake it was, for programs.")
    path: list[str] | None = field(
        description="Which part of the input is meant, outermost first; null for all of it."
    )


@strawberry.type(description="A value of the input is wrong.")
class InputError(UserError):
    @classmethod
    def of(cls, error: FlowdeckError) -> Self:
        return cls(message=str(error), code=_code(error), path=_path(error))

    @classmethod
    def of_input(cls, problem: InputProblem) -> Self:
        return cls(
            message=f"{problem.message}.",
            code=UserErrorCode.INVALID_INPUT,
            path=["inputs", problem.input_id],
        )


@strawberry.type(description="What the input names is not there.")
class NotFoundError(UserError):
    @classmethod
    def of(cls, error: FlowdeckError) -> Self:
        return cls(message=str(error), code=_code(error), path=_path(error))


@strawberry.type(description="The state of the execution, or its version, does not allow this.")
class StateConflictError(UserError):
    current_state: ExecutionState | None = field(
        description="The execution's state now; null when it is not an execution that is meant."
    )
    current_version: int | None = field(
        description="The execution's version now, to compare with the expected one."
    )

    @classmethod
    def of(cls, error: FlowdeckError, state: ExecutionState | None, version: int | None) -> Self:
        return cls(
            message=str(error),
            code=_code(error),
            path=_path(error),
            current_state=state,
            current_version=version,
        )


@strawberry.type(description="One problem of a flow's YAML.")
class FlowProblemError(UserError):
    problem: FlowProblem = field(description="The problem with its place in the YAML.")

    @classmethod
    def of(cls, problem: FlowProblem) -> Self:
        return cls(
            message=problem.message,
            code=UserErrorCode.FLOW_INVALID,
            path=["source"],
            problem=problem,
        )


@strawberry.type(description="The change cannot be made now, or not by this caller.")
class RefusedError(UserError):
    @classmethod
    def of(cls, error: FlowdeckError) -> Self:
        return cls(message=str(error), code=_code(error), path=_path(error))


def user_errors(
    error: FlowdeckError, state: ExecutionState | None = None, version: int | None = None
) -> list[UserError]:
    """An expected error as data; `state` and `version` are those of the execution that is meant."""
    match error:
        case FlowProblems():
            found = [FlowProblem.of(problem) for problem in error.problems if problem.is_error]
            return [FlowProblemError.of(problem) for problem in found]
        case InputsRefused():
            return [InputError.of_input(problem) for problem in error.problems]
        case Conflict():
            return [StateConflictError.of(error, state, version)]
        case NotFound():
            return [NotFoundError.of(error)]
        case InvalidInput():
            return [InputError.of(error)]
        case _:
            return [RefusedError.of(error)]


def code_of(code: ErrorCode | None) -> UserErrorCode:
    """Faults of ours are told as what they mean to the caller: to be tried again."""
    known = code is not None and code.value in UserErrorCode.__members__
    return UserErrorCode[code.value] if code and known else UserErrorCode.UNAVAILABLE


def _code(error: FlowdeckError) -> UserErrorCode:
    return code_of(error.code)


def _path(error: FlowdeckError) -> list[str] | None:
    return list(error.path) or None


ERROR_TYPES = (InputError, NotFoundError, StateConflictError, FlowProblemError, RefusedError)
"""The concrete types, which nothing in the schema names but the interface."""
