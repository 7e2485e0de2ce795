"""The servers that share the work."""

from resolvers.context import Context
from resolvers.pages import Listing, Page, PageRequest
from runtime.store import workers
from runtime.store.conditions import ANYTHING, Order
from runtime.store.workers import WORKERS, WorkerRecord, record_of

_LISTING = Listing(WORKERS, lambda row, _now: record_of(row))
_NEWEST = Order("id", descending=True)


async def find(context: Context, worker_id: str) -> WorkerRecord | None:
    return (await workers.by_ids(context.pool, [worker_id], context.now())).get(worker_id)


async def page(context: Context, request: PageRequest) -> Page[WorkerRecord]:
    """All that are known, those that started last first."""
    return await _LISTING.page(context, ANYTHING, _NEWEST, request)
