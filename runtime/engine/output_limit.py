"""How much a task run may yield as rows; what is larger belongs into a file."""

from collections.abc import Mapping


def weight(value: object) -> int:
    """The characters of text in a value, about: quicker than to write it as JSON."""
    match value:
        case str():
            return len(value)
        case Mapping():
            return sum(len(str(key)) + weight(item) for key, item in value.items())
        case list() | tuple():
            return len(value) + sum(map(weight, value))
    return 1


def too_large(limit: int) -> str:
    """What the task is told."""
    return (
        f"The outputs have more than the {limit:,} bytes that are allowed. "
        "Store large results as a file and pass its address on."
    )
