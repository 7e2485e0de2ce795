"""Pages by keyset: a cursor is the sort key of its row, so rows may come and go in between."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, Self, TypeVar

from runtime.errors import InvalidInput

R = TypeVar("R")

STANDARD = 50
MOST = 200


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are; not `exact` when counting stopped at the limit."""

    value: int
    exact: bool


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which part of a list: `size` rows after `after` and before `before`, from the beginning or
    (`backwards`) from the end."""

    size: int = STANDARD
    after: str | None = None
    before: str | None = None
    backwards: bool = False

    @classmethod
    def of(
        cls, *, first: int | None, after: str | None, last: int | None, before: str | None
    ) -> Self:
        """Raises InvalidInput for both directions at once and for a size out of bounds."""
        if first is not None and last is not None:
            raise InvalidInput(
                "`first` and `last` cannot be given together.",
                hint="Take `first` with `after`, or `last` with `before`.",
                path=("last",),
            )
        name, size = ("first", first) if last is None else ("last", last)
        size = STANDARD if size is None else size
        if not 1 <= size <= MOST:
            raise InvalidInput(
                f"`{name}` is {size}; it can be 1 to {MOST}.",
                hint="Read further pages by their cursors.",
                path=(name,),
            )
        return cls(size=size, after=after, before=before, backwards=last is not None)


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """Some rows of a list with their cursors. `count` counts the whole list up to a limit."""

    items: list[R]
    cursors: list[str]
    has_next: bool
    has_previous: bool
    stream_cursor: str
    count: Callable[[int], Awaitable[Count]]
