"""What a parser and a generator must know of the dialect: its filters, tests and functions."""

from collections.abc import Callable
from dataclasses import dataclass
from inspect import Signature, signature
from typing import Any, Protocol

from runtime.expressions.state import State


@dataclass(frozen=True, slots=True)
class Operation:
    """A filter, test or function as the parser needs to know it.

    `signature` leaves out what the author does not write: the rendering and the filtered value.
    """

    run: Callable[..., Any]
    signature: Signature
    with_state: bool


class Dialect(Protocol):
    """The tables of a dialect, by the names that flows use."""

    operations: dict[str, Operation]
    predicates: dict[str, Operation]
    functions: dict[str, Operation]


def operation(run: Callable[..., Any], *, filtered: bool) -> Operation:
    """Read a function's signature: a `State` comes first when it needs the rendering."""
    parameters = list(signature(run).parameters.values())
    with_state = bool(parameters) and parameters[0].annotation is State
    hidden = int(with_state) + int(filtered)
    return Operation(run, Signature(parameters[hidden:]), with_state)
