"""Pages by keyset: a cursor is the sort key of its row, so rows may come and go in between."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Self, TypeVar, overload

import asyncpg

from resolvers.context import Context
from resolvers.cursors import Log, list_cursor, list_key, stream_cursor
from resolvers.loaders import CountKey, PageKey
from runtime.errors import InvalidInput
from runtime.store import narrowing, search
from runtime.store.conditions import Condition, Order
from runtime.store.search import Window
from runtime.store.tables import Table

R = TypeVar("R")

STANDARD = 50
MOST = 200
_MOST_COUNTED = 1_000_000


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

    def window(self, order: Order) -> Window:
        return Window(
            self.size, list_key(order, self.after), list_key(order, self.before), self.backwards
        )


@dataclass(frozen=True, slots=True)
class Cursors(Sequence[str]):
    """The cursors of some rows, each made when it is asked for: most pages need the outer two."""

    order: Order
    rows: Sequence[asyncpg.Record]

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...
    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        if isinstance(index, slice):
            return Cursors(self.order, self.rows[index])
        return list_cursor(self.order, search.key_of(self.rows[index]))


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """Some rows of a list with their cursors. `count` counts the whole list up to a limit."""

    items: list[R]
    cursors: Sequence[str]
    has_next: bool
    has_previous: bool
    stream_cursor: str
    count: Callable[[int], Awaitable[Count]]


@dataclass(frozen=True, slots=True)
class Listing(Generic[R]):
    """A kind of list: its table, how a row is read, and the log that tells of changes."""

    table: Table
    read: Callable[[asyncpg.Record, datetime], R]
    log: Log = Log.EVENTS

    async def page(
        self, context: Context, condition: Condition, order: Order, request: PageRequest
    ) -> Page[R]:
        """A page of the whole list."""
        window, now = request.window(order), context.now()
        mark = context.mark(self.log)
        rows = await narrowing.rows(context.pool, self.table, condition, order, window, now)

        async def count(limit: int) -> Count:
            found = await narrowing.counted(
                context.pool, self.table, condition, _bounded(limit), context.now()
            )
            return Count(min(found, limit), found <= limit)

        return self._page(rows, order, request, now, mark, count)

    async def page_of(
        self,
        context: Context,
        owner: str,
        owner_id: str,
        condition: Condition,
        order: Order,
        request: PageRequest,
    ) -> Page[R]:
        """A page of the rows whose column `owner` is `owner_id`. The same pages of many owners,
        asked for at the same time, cost one statement."""
        window, now = request.window(order), context.now()
        mark = context.mark(self.log)
        key = PageKey(self.table, owner, owner_id, condition, order, window)
        rows = await context.loaders.pages.load(key)

        async def count(limit: int) -> Count:
            counted = CountKey(self.table, owner, owner_id, condition, _bounded(limit))
            found = await context.loaders.counts.load(counted)
            return Count(min(found, limit), found <= limit)

        return self._page(rows, order, request, now, mark, count)

    def _page(
        self,
        rows: Sequence[asyncpg.Record],
        order: Order,
        request: PageRequest,
        now: datetime,
        position: int,
        count: Callable[[int], Awaitable[Count]],
    ) -> Page[R]:
        more = len(rows) > request.size
        shown = list(rows[: request.size])
        if request.backwards:
            shown.reverse()
        return Page(
            items=[self.read(row, now) for row in shown],
            cursors=Cursors(order, shown),
            has_next=request.before is not None if request.backwards else more,
            has_previous=more if request.backwards else request.after is not None,
            stream_cursor=stream_cursor(self.log, position),
            count=count,
        )


def _bounded(limit: int) -> int:
    if not 1 <= limit <= _MOST_COUNTED:
        raise InvalidInput(
            f"`limit` is {limit}; it can be 1 to {_MOST_COUNTED}.", path=("count", "limit")
        )
    return limit
