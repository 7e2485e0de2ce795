"""Names on both sides: `timeZone` in a flow is the parameter `time_zone` here."""

import re
from keyword import iskeyword

_boundary_re = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def parameter_name(name: str) -> str:
    """The Python parameter that an argument's name in an expression means."""
    snake = _boundary_re.sub("_", name).lower()
    return f"{snake}_" if iskeyword(snake) else snake
