"""Metrics, across executions or of one."""

from resolvers.context import Context
from resolvers.cursors import Log
from resolvers.pages import Listing, Page, PageRequest
from runtime.events.event import StoredMetric
from runtime.store.conditions import Condition, Order
from runtime.store.metrics import METRICS, record_of
from runtime.store.task_runs import TaskRunRecord

_LISTING = Listing(METRICS, lambda row, _now: record_of(row), Log.METRICS)
_AS_PUBLISHED = Order("position")


async def page(context: Context, condition: Condition, request: PageRequest) -> Page[StoredMetric]:
    return await _LISTING.page(context, condition, _AS_PUBLISHED, request)


async def of_execution(
    context: Context, execution_id: str, condition: Condition, request: PageRequest
) -> Page[StoredMetric]:
    return await _LISTING.page_of(
        context, "execution_id", execution_id, condition, _AS_PUBLISHED, request
    )


async def of_task_run(context: Context, task_run: TaskRunRecord) -> list[StoredMetric]:
    return await context.loaders.metrics.load(task_run.id) or []
