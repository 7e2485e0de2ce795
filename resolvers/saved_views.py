"""Saved views: read, save, delete."""

from collections.abc import Mapping

from resolvers.context import Context
from runtime.errors import NotFound
from runtime.store import saved_views
from runtime.store.conditions import Condition
from runtime.store.executions import EXECUTIONS
from runtime.store.flows import FLOWS
from runtime.store.logs import LOGS
from runtime.store.metrics import METRICS
from runtime.store.saved_views import View, ViewRecord, ViewTarget
from runtime.store.tables import Parameters, Table, where
from runtime.store.task_runs import TASK_RUNS
from runtime.store.triggers import TRIGGERS

_TABLES: Mapping[ViewTarget, Table] = {
    ViewTarget.EXECUTIONS: EXECUTIONS,
    ViewTarget.TASK_RUNS: TASK_RUNS,
    ViewTarget.FLOWS: FLOWS,
    ViewTarget.LOGS: LOGS,
    ViewTarget.METRICS: METRICS,
    ViewTarget.TRIGGERS: TRIGGERS,
}


async def of_target(context: Context, target: ViewTarget) -> list[ViewRecord]:
    return await saved_views.of_target(context.pool, target)


async def find(context: Context, view_id: str) -> ViewRecord | None:
    return (await saved_views.by_ids(context.pool, [view_id])).get(view_id)


async def save(
    context: Context, view: View, condition: Condition, view_id: str | None, version: int | None
) -> ViewRecord:
    """`condition` is what the filter demands: only a view that can be shown is saved.

    Raises InvalidInput, LimitExceeded, NotFound, Conflict.
    """
    where(condition, _TABLES[view.target], Parameters([context.now()]))
    saved = await context.runtime.engine.views.save(
        view, view_id=view_id, version=version, actor=context.viewer.name
    )
    found = await find(context, saved)
    if found is None:
        raise NotFound(f"The view {saved} was deleted meanwhile.")
    return found


async def delete(context: Context, view_id: str) -> None:
    """Raises NotFound."""
    await context.runtime.engine.views.delete(view_id)
