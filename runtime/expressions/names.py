"""Names on both sides: `timeZone` in a flow is the parameter `time_zone` here."""

import re
from collections.abc import Callable
from keyword import iskeyword
from typing import Any

# Filters, tests or functions by the names that flows use.
Table = dict[str, Callable[..., Any]]

_boundary_re = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def parameter_name(name: str) -> str:
    """The Python parameter that an argument's name in an expression means."""
    snake = _boundary_re.sub("_", name).lower()
    return f"{snake}_" if iskeyword(snake) else snake


def argument_name(parameter: str) -> str:
    """The name that flows use for a Python parameter: `time_zone` is `timeZone`."""
    first, *others = parameter.rstrip("_").split("_")
    return first + "".join(word.capitalize() for word in others)
