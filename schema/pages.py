"""Pages of long lists: Relay connections with a shortcut to the nodes and a bounded count."""

from collections.abc import Awaitable, Callable, Sequence
from enum import Enum
from typing import Annotated, Generic, Self, TypeVar

import strawberry
from strawberry import argument, enum_value, field

from resolvers.pages import Count, Page, PageRequest
from runtime.store.conditions import Order

T = TypeVar("T")
R = TypeVar("R")

First = Annotated[
    int | None, argument(description="How many from the beginning: 1 to 200; 50 when absent.")
]
After = Annotated[str | None, argument(description="Only what comes after this cursor.")]
Last = Annotated[
    int | None, argument(description="How many from the end: 1 to 200; not together with `first`.")
]
Before = Annotated[str | None, argument(description="Only what comes before this cursor.")]


def asked(
    first: int | None, after: str | None, last: int | None, before: str | None
) -> PageRequest:
    """The four arguments as one value, checked. Raises InvalidInput."""
    return PageRequest.of(first=first, after=after, last=last, before=before)


@strawberry.enum(description="Which way a list is sorted.")
class SortDirection(Enum):
    ASC = enum_value("ASC", description="From the least to the most: the oldest first.")
    DESC = enum_value("DESC", description="From the most to the least: the newest first.")


def order_of(by: Enum, direction: SortDirection) -> Order:
    """The order of a list by the column that is the value of `by`."""
    return Order(str(by.value), direction is SortDirection.DESC)


@strawberry.enum(description="How exact a count is.")
class CountPrecision(Enum):
    EXACT = enum_value("EXACT", description="There are exactly so many.")
    AT_LEAST = enum_value("AT_LEAST", description="Counting stopped at the limit; there are more.")


@strawberry.type(description="How many there are, counted up to a limit.")
class BoundedCount:
    value: int = field(description="The count; the limit when there are more.")
    precision: CountPrecision = field(description="Whether `value` is all of them.")

    @classmethod
    def of(cls, count: Count) -> Self:
        precision = CountPrecision.EXACT if count.exact else CountPrecision.AT_LEAST
        return cls(value=count.value, precision=precision)


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    has_next_page: bool = field(description="Whether more follow after `endCursor`.")
    has_previous_page: bool = field(description="Whether others come before `startCursor`.")
    start_cursor: str | None = field(description="The cursor of the first; null on an empty page.")
    end_cursor: str | None = field(description="The cursor of the last; null on an empty page.")


@strawberry.type(description="One element of a page with its place in the list.")
class Edge(Generic[T]):
    cursor: str = field(description="Its place: give it to `after` or `before`.")
    node: T = field(description="The element itself.")


@strawberry.type(description="One page of a list, and how to go on from it.")
class Connection(Generic[T]):
    nodes: list[T] = field(description="The elements of this page, in order.")
    page_info: PageInfo = field(description="Where this page stands in the list.")
    stream_cursor: str = field(
        description=(
            "The moment at which this page was read, for the `after` of the matching subscription: "
            "whatever changes later comes there."
        )
    )
    cursors: strawberry.Private[Sequence[str]]
    counted: strawberry.Private[Callable[[int], Awaitable[Count]]]

    @strawberry.field(description="The elements of this page with a cursor each.")
    def edges(self) -> list[Edge[T]]:
        pairs = zip(self.cursors, self.nodes, strict=True)
        return [Edge(cursor=cursor, node=node) for cursor, node in pairs]

    @strawberry.field(
        description="How many the whole list has. Costs nothing unless it is selected."
    )
    async def count(
        self,
        limit: Annotated[
            int, argument(description="Where counting stops: 1 to 1,000,000.")
        ] = 10_000,
    ) -> BoundedCount:
        return BoundedCount.of(await self.counted(limit))


def connection(page: Page[R], node: Callable[[R], T]) -> Connection[T]:
    """A page of records as a page of nodes."""
    return Connection(
        nodes=[node(item) for item in page.items],
        page_info=PageInfo(
            has_next_page=page.has_next,
            has_previous_page=page.has_previous,
            start_cursor=page.cursors[0] if page.cursors else None,
            end_cursor=page.cursors[-1] if page.cursors else None,
        ),
        stream_cursor=page.stream_cursor,
        cursors=page.cursors,
        counted=page.count,
    )
