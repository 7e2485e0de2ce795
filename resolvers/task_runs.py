"""Task runs: find, search, what they are of and what they yielded."""

from collections.abc import Mapping

from resolvers import flows
from resolvers.context import Context
from resolvers.pages import Listing, Page, PageRequest
from resolvers.secrets import masked_entries
from runtime.executions.actions import TaskRunAction, allowed_task_run_actions
from runtime.executions.states import TaskRunState
from runtime.flows.model import Input, Task
from runtime.flows.read_inputs import declared_inputs
from runtime.store import task_runs as store
from runtime.store.conditions import Condition, Order
from runtime.store.executions import ExecutionRecord
from runtime.store.task_runs import TASK_RUNS, TaskRunRecord, record_of

_LISTING = Listing(TASK_RUNS, record_of)
_AS_CREATED = Order("ordinal")
# Where a Pause and an Approval declare what they want to know from who lets them go on.
_ASKING = ("onResume", "inputs")


async def page(
    context: Context, condition: Condition, order: Order, request: PageRequest
) -> Page[TaskRunRecord]:
    return await _LISTING.page(context, condition, order, request)


async def of_execution(
    context: Context, execution: ExecutionRecord, condition: Condition, request: PageRequest
) -> Page[TaskRunRecord]:
    context.loaders.executions.know(execution.id, execution)
    return await _LISTING.page_of(
        context, "execution_id", execution.id, condition, _AS_CREATED, request
    )


async def by_task(
    context: Context, execution: ExecutionRecord, task_id: str, value: str | None
) -> TaskRunRecord | None:
    return await store.by_task(context.pool, execution.id, task_id, value, context.now())


async def reread(context: Context, execution_id: str, task_run_id: str) -> TaskRunRecord | None:
    """A task run after a change, when it is one of that execution."""
    found = await context.loaders.task_runs.load(task_run_id)
    return found if found and found.execution_id == execution_id else None


async def parent(context: Context, task_run: TaskRunRecord) -> TaskRunRecord | None:
    if task_run.parent_id is None:
        return None
    return await context.loaders.task_runs.load(task_run.parent_id)


async def outputs(context: Context, task_run: TaskRunRecord) -> Mapping[str, object] | None:
    """What it yielded, with secrets masked."""
    found = await context.loaders.outputs.load(task_run.id)
    return found and masked_entries(found)


async def task_type(context: Context, task_run: TaskRunRecord) -> str:
    task = await _task(context, task_run)
    return task.type if task else ""


async def source(context: Context, task_run: TaskRunRecord) -> str:
    """The YAML of its task; empty when the flow no longer knows it."""
    execution = await context.loaders.executions.load(task_run.execution_id)
    task = await _task(context, task_run)
    if task is None or execution is None:
        return ""
    return await flows.task_source(context, execution, task)


async def allowed(context: Context, task_run: TaskRunRecord) -> list[TaskRunAction]:
    """What can be done with it now, in the order of the table of rules."""
    execution = await context.loaders.executions.load(task_run.execution_id)
    if execution is None:
        return []
    found = allowed_task_run_actions(execution.state, task_run.state)
    return [action for action in TaskRunAction if action in found]


async def resume_inputs(context: Context, task_run: TaskRunRecord) -> tuple[Input, ...]:
    """What a resume may be given; nothing for a task run that is not paused."""
    task = await _task(context, task_run) if task_run.state is TaskRunState.PAUSED else None
    asked = (task.properties.get(name) for name in _ASKING) if task else ()
    found = next((declared for declared in asked if isinstance(declared, list)), None)
    return declared_inputs(found)[0] if found else ()


async def _task(context: Context, task_run: TaskRunRecord) -> Task | None:
    execution = await context.loaders.executions.load(task_run.execution_id)
    model = execution and await flows.model_of_execution(context, execution)
    if not model:
        return None
    return next((task for task in model.walk() if task.id == task_run.task_id), None)
