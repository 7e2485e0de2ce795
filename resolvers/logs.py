"""Log lines, across executions or of one."""

from resolvers.context import Context
from resolvers.cursors import Log
from resolvers.pages import Listing, Page, PageRequest
from runtime.events.event import StoredLog
from runtime.store.conditions import Condition, Order
from runtime.store.logs import LOGS, record_of
from runtime.store.task_runs import TaskRunRecord

_LISTING = Listing(LOGS, lambda row, _now: record_of(row), Log.LOGS)
_AS_WRITTEN = Order("position")


async def page(context: Context, condition: Condition, request: PageRequest) -> Page[StoredLog]:
    return await _LISTING.page(context, condition, _AS_WRITTEN, request)


async def of_execution(
    context: Context, execution_id: str, condition: Condition, request: PageRequest
) -> Page[StoredLog]:
    return await _LISTING.page_of(
        context, "execution_id", execution_id, condition, _AS_WRITTEN, request
    )


async def of_task_run(
    context: Context, task_run: TaskRunRecord, condition: Condition, request: PageRequest
) -> Page[StoredLog]:
    return await _LISTING.page_of(
        context, "task_run_id", task_run.id, condition, _AS_WRITTEN, request
    )
