"""Which tasks of a block come before a task, and which after it."""

from collections.abc import Iterable

from runtime.executions.plan import LaneKind, Plan
from runtime.flows.model import Task

_PARALLEL = "io.kestra.plugin.core.flow.Parallel"
_DAG = "io.kestra.plugin.core.flow.Dag"


def predecessors(plan: Plan, task_id: str) -> set[str]:
    """The siblings that have to end before a task may start."""
    siblings, kind = _siblings(plan, task_id)
    if kind == _DAG:
        needs = {task.id: task.depends_on for task in siblings}
        return _reach(task_id, needs)
    if kind == _PARALLEL:
        return set()
    return {task.id for task in _until(siblings, task_id)}


def followers(plan: Plan, task_id: str) -> set[str]:
    """The siblings that may only start after a task has ended."""
    siblings, kind = _siblings(plan, task_id)
    if kind == _DAG:
        feeds: dict[str, list[str]] = {}
        for task in siblings:
            for name in task.depends_on:
                feeds.setdefault(name, []).append(task.id)
        return _reach(task_id, feeds)
    if kind == _PARALLEL:
        return set()
    before = {task.id for task in _until(siblings, task_id)}
    return {task.id for task in siblings} - before - {task_id}


def _siblings(plan: Plan, task_id: str) -> tuple[tuple[Task, ...], str | None]:
    """The tasks of the same branch, and the type around them when it orders its main part."""
    place = plan.places[task_id]
    parent = plan.task(place.parent) if place.parent else None
    kind = parent.type if parent and place.lane is LaneKind.MAIN else None
    return plan.children(place.parent, place.branch), kind


def _until(tasks: Iterable[Task], task_id: str) -> Iterable[Task]:
    for task in tasks:
        if task.id == task_id:
            return
        yield task


def _reach(start: str, edges: dict[str, list[str]] | dict[str, tuple[str, ...]]) -> set[str]:
    found: set[str] = set()
    left = list(edges.get(start, ()))
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += edges.get(name, ())
    return found
