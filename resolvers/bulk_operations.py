"""Actions on many executions: preview, begin, cancel, and follow until the end."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from resolvers.context import Context
from resolvers.following import HEARTBEAT, Heartbeat, Reset
from resolvers.pages import Listing, Page, PageRequest
from runtime.engine.bulk_door import Preview, Selector
from runtime.errors import ErrorCode, InvalidInput, NotFound
from runtime.events.bus import Topic
from runtime.executions.bulk import BulkWork
from runtime.loop import first_of
from runtime.store.bulk_operations import (
    BULK_ITEMS,
    BULK_OPERATIONS,
    BulkItem,
    BulkOutcome,
    BulkRecord,
    BulkState,
    by_ids,
    item_of,
    record_of,
)
from runtime.store.conditions import ANYTHING, Is, Operator, Order

_ITEMS = Listing(BULK_ITEMS, lambda row, _now: item_of(row))
_BY_PLACE = Order("ordinal")
_OPERATIONS = Listing(BULK_OPERATIONS, lambda row, _now: record_of(row))
_NEWEST = Order("created_at", descending=True)
_MARK = "b"
_LOOK = 1.0
"""Seconds between two looks when no announcement came, as when another server does the work."""


@dataclass(frozen=True, slots=True)
class Progress:
    """An operation after a change, and the place behind that."""

    cursor: str
    operation: BulkRecord


async def find(context: Context, operation_id: str) -> BulkRecord | None:
    return (await by_ids(context.pool, [operation_id])).get(operation_id)


async def page(
    context: Context, states: Sequence[BulkState], request: PageRequest
) -> Page[BulkRecord]:
    """Operations in these states, or all of them; the newest first."""
    wanted = Is("state", Operator.IN, list(states)) if states else ANYTHING
    return await _OPERATIONS.page(context, wanted, _NEWEST, request)


async def preview(context: Context, work: BulkWork, selector: Selector) -> Preview:
    """Raises InvalidInput, LimitExceeded, NotFound."""
    return await context.runtime.engine.bulk.preview(work, selector)


async def start(
    context: Context, work: BulkWork, selector: Selector, key: str | None
) -> BulkRecord | None:
    """Begin it in the name of the caller. Raises a FlowdeckError when it is not begun."""
    operation_id = await context.runtime.engine.bulk.start(
        work, selector, actor=context.viewer.name, key=key
    )
    return await find(context, operation_id)


async def cancel(context: Context, operation_id: str) -> BulkRecord | None:
    """Raises NotFound, Conflict."""
    await context.runtime.engine.bulk.cancel(operation_id, actor=context.viewer.name)
    return await find(context, operation_id)


async def items(
    context: Context, operation_id: str, outcome: BulkOutcome | None, request: PageRequest
) -> Page[BulkItem]:
    """What has come of its executions so far, in the order of the selection."""
    wanted = ANYTHING if outcome is None else Is("outcome", Operator.IN, outcome)
    return await _ITEMS.page_of(context, "operation_id", operation_id, wanted, _BY_PLACE, request)


def cursor_of(operation: BulkRecord) -> str:
    """The place behind what is known of an operation."""
    return f"{_MARK}{operation.sequence}"


async def follow(
    context: Context, operation_id: str, after: str | None
) -> AsyncIterator[Progress | Heartbeat | Reset]:
    """How an operation goes on, until its end. Raises NotFound and InvalidInput (BAD_CURSOR).

    An item tells all that happened until then; steps that nobody saw are not told one by one.
    Without a cursor it begins with how the operation stands now.
    """
    operation = await find(context, operation_id)
    if operation is None:
        raise NotFound(f"There is no bulk operation {operation_id}.", path=("id",))
    seen = operation.sequence - 1 if after is None else _sequence(after)

    async def stream() -> AsyncIterator[Progress | Heartbeat | Reset]:
        wake, bus = asyncio.Event(), context.runtime.bus
        forget = bus.listen(
            Topic.BULK_OPERATIONS, lambda text: wake.set() if text == operation_id else None
        )
        try:
            async for item in _progress(context, operation_id, seen, wake):
                yield item
        finally:
            forget()

    return stream()


async def _progress(
    context: Context, operation_id: str, seen: int, wake: asyncio.Event
) -> AsyncIterator[Progress | Heartbeat | Reset]:
    beat = context.now()
    yield Heartbeat(f"{_MARK}{seen}", beat, timedelta())
    while True:
        wake.clear()
        now = await find(context, operation_id)
        if now is None:
            return  # ended so long ago that it was cleared away
        if seen > now.sequence:
            yield Reset(cursor_of(now), "The cursor is ahead of the operation.")
            seen = now.sequence - 1
        if now.sequence > seen:
            seen, beat = now.sequence, context.now()
            context.forget()
            yield Progress(cursor_of(now), now)
        elif (context.now() - beat).total_seconds() >= HEARTBEAT:
            beat = context.now()
            yield Heartbeat(f"{_MARK}{seen}", beat, timedelta())
        if now.ended_at is not None:
            return
        await first_of(wake.wait(), context.runtime.clock.sleep(_LOOK))


def _sequence(cursor: str) -> int:
    if cursor == "0":
        return 0
    digits = cursor[1:]
    if cursor[:1] != _MARK or not digits.isascii() or not digits.isdigit() or len(digits) > 9:
        raise InvalidInput(
            f"{cursor[:40]!r} is not a cursor of this stream.",
            hint="Take one from an item or from `BulkOperation.cursor`.",
            path=("after",),
            code=ErrorCode.BAD_CURSOR,
        )
    return int(digits)
