"""Executions: find, search, neighbours, what may be done."""

from resolvers.context import Context
from resolvers.pages import Listing, Page, PageRequest
from resolvers.secrets import masked_entries
from runtime.errors import InvalidInput, NotFound
from runtime.executions.actions import ExecutionAction, Facts, allowed_actions
from runtime.store.conditions import ANYTHING, Condition, Order
from runtime.store.executions import EXECUTIONS, ExecutionRecord, ExecutionValues, record_of
from runtime.store.task_runs import TaskRunRecord

_LISTING = Listing(EXECUTIONS, record_of)
_NEWEST = Order("created_at", descending=True)
_NOTHING = ExecutionValues({}, {}, None)


async def find(context: Context, execution_id: str) -> ExecutionRecord | None:
    return await context.loaders.executions.load(execution_id)


async def reread(context: Context, execution_id: str) -> ExecutionRecord | None:
    """The execution after a change."""
    context.forget()
    return await context.loaders.executions.load(execution_id)


async def page(
    context: Context, condition: Condition, order: Order, request: PageRequest
) -> Page[ExecutionRecord]:
    return await _LISTING.page(context, condition, order, request)


async def children(
    context: Context, execution: ExecutionRecord, request: PageRequest
) -> Page[ExecutionRecord]:
    return await _LISTING.page_of(context, "parent_id", execution.id, ANYTHING, _NEWEST, request)


async def values(context: Context, execution: ExecutionRecord) -> ExecutionValues:
    """What users gave and got, with secrets masked."""
    found = await context.loaders.values.load(execution.id) or _NOTHING
    return ExecutionValues(
        masked_entries(found.inputs),
        masked_entries(found.variables),
        found.outputs and masked_entries(found.outputs),
    )


async def parent(context: Context, execution: ExecutionRecord) -> ExecutionRecord | None:
    return await _optional(context, execution.parent_id)


async def original(context: Context, execution: ExecutionRecord) -> ExecutionRecord | None:
    return await _optional(context, execution.original_id)


async def child(context: Context, task_run: TaskRunRecord) -> ExecutionRecord | None:
    return await _optional(context, task_run.child_execution_id)


async def of_task_run(context: Context, task_run: TaskRunRecord) -> ExecutionRecord:
    """The execution of a task run; it goes before its task runs only while it is being deleted."""
    found = await context.loaders.executions.load(task_run.execution_id)
    if found is None:
        raise NotFound(f"The execution {task_run.execution_id} was deleted.")
    return found


async def previous(context: Context, execution: ExecutionRecord) -> ExecutionRecord | None:
    return await context.loaders.previous.load(execution.id)


async def following(context: Context, execution: ExecutionRecord) -> ExecutionRecord | None:
    return await context.loaders.following.load(execution.id)


async def recent(context: Context, execution: ExecutionRecord, limit: int) -> list[ExecutionRecord]:
    """The last executions of the same flow up to this one, oldest first."""
    if not 1 <= limit <= 100:
        raise InvalidInput(f"`last` is {limit}; it can be 1 to 100.", path=("last",))
    return await context.loaders.recent.load((execution.id, limit))


async def recent_of_flow(
    context: Context, namespace: str, flow_id: str, limit: int
) -> list[ExecutionRecord]:
    """The last executions of a flow, oldest first."""
    if not 1 <= limit <= 100:
        raise InvalidInput(f"`last` is {limit}; it can be 1 to 100.", path=("last",))
    return await context.loaders.last_of.load((namespace, flow_id, limit))


async def allowed(context: Context, execution: ExecutionRecord) -> list[ExecutionAction]:
    """What can be done with it now, in the order of the table of rules."""
    failed = await context.loaders.with_failures.load(execution.id)
    found = allowed_actions(Facts(execution.state, bool(failed)))
    return [action for action in ExecutionAction if action in found]


async def _optional(context: Context, execution_id: str | None) -> ExecutionRecord | None:
    return None if execution_id is None else await context.loaders.executions.load(execution_id)
