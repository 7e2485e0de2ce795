"""Long lists of plain values that need no work on each of them before they are sent."""

from typing import TypeVar

T = TypeVar("T")


class Column(list[T]):
    """Values in the form in which they are sent; `schema/executor.py` passes them on whole."""
