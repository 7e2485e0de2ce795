"""What the rules look up in a flow: each task's place, its enabled children, its retry.

One Plan belongs to one execution in memory. For an iteration of a Loop, which is an execution of
its own, the root is the Loop task instead of the flow.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum

from runtime.executions.model import TaskRun
from runtime.flows.model import Flow, Retry, RetryBehavior, Task

FOR_EACH_ITEM = "io.kestra.plugin.core.flow.ForEachItem"
SPLIT = f"{FOR_EACH_ITEM}$Split"
ITEMS = f"{FOR_EACH_ITEM}$Items"
MERGE = f"{FOR_EACH_ITEM}$Merge"

WORKING_DIRECTORY = "io.kestra.plugin.core.flow.WorkingDirectory"
PREPARE = f"{WORKING_DIRECTORY}$Prepare"
COLLECT = f"{WORKING_DIRECTORY}$Collect"


class LaneKind(IntEnum):
    """Which part of a block a child belongs to; the parts run in this order."""

    MAIN = 0
    ERRORS = 1
    FINALLY = 2
    AFTER = 3
    """`listeners` and `afterExecution`: once the execution has its final state."""


_LANES = {"errors": LaneKind.ERRORS, "finally": LaneKind.FINALLY}


@dataclass(slots=True)
class Place:
    """Where a task stands: the task around it (None at the root), its branch and its lane."""

    task: Task
    parent: str | None
    branch: str
    lane: LaneKind


@dataclass(slots=True)
class Plan:
    """A flow as the rules read it. Disabled tasks are absent."""

    flow: Flow
    root: Task | None = None
    """The Loop task whose iteration this is; None for an ordinary execution."""
    outer: tuple[Task, ...] = ()
    """The tasks around the root, the nearest first."""
    places: dict[str, Place] = field(default_factory=dict)
    _children: dict[tuple[str | None, str], tuple[Task, ...]] = field(default_factory=dict)

    def task(self, task_id: str) -> Task | None:
        place = self.places.get(task_id)
        return place.task if place else None

    def work_of(self, run: TaskRun) -> Task:
        """The task that a worker does for a task run; a WorkingDirectory's is one of its parts.

        Raises LookupError when the flow has no such task.
        """
        task = self.places[run.task_id].task
        if task.type != WORKING_DIRECTORY:
            return task
        kind = PREPARE if run.dynamic.get("phase") == "prepare" else COLLECT
        return replace(task, type=kind, branches=(), timeout=None, cache=None)

    def lane(self, task_id: str) -> LaneKind:
        place = self.places.get(task_id)
        return place.lane if place else LaneKind.MAIN

    def children(self, task_id: str | None, branch: str) -> tuple[Task, ...]:
        """The enabled tasks of one branch; None names the root."""
        return self._children.get((task_id, branch), ())

    def ancestors(self, task_id: str) -> Iterator[Task]:
        """The tasks around one, the nearest first."""
        place = self.places.get(task_id)
        while place is not None and place.parent is not None:
            place = self.places[place.parent]
            yield place.task

    def retry_of(self, task: Task, *, flowable: bool) -> Retry | None:
        """A task's own retry, else the flow's where no flowable around it has one of its own.

        A flowable that has a retry runs its failed parts again itself, once it failed as a whole.
        A Loop does not: its retry, or that of the nearest flowable around it which has one, is
        that of the tasks in its iterations.
        """
        if task.retry is not None or flowable:
            return task.retry
        if any(outer.retry is not None for outer in self.ancestors(task.id)):
            return None
        outside = (self.root, *self.outer) if self.root is not None else ()
        around = next((outer.retry for outer in outside if outer.retry is not None), None)
        if around is None:
            return self.flow.retry
        return around if around.behavior is RetryBehavior.RETRY_FAILED_TASK else None

    def add(self, parent: str | None, branch: str, tasks: tuple[Task, ...], lane: LaneKind) -> None:
        enabled = tuple(task for task in tasks if not task.disabled)
        self._children[parent, branch] = enabled
        for task in enabled:
            self.places[task.id] = Place(task, parent, branch, lane)
            for inner in task.branches:
                kind = _LANES.get(inner.name, LaneKind.MAIN)
                self.add(task.id, inner.name, inner.tasks, kind)
            if task.type == FOR_EACH_ITEM:
                self.add(task.id, "tasks", _parts_of_for_each_item(task), LaneKind.MAIN)


def plan(flow: Flow, loop: Mapping[str, object] | None = None) -> Plan:
    """The plan of a flow, or of one iteration of the Loop task that `loop["task"]` names."""
    result = Plan(flow)
    if loop is not None:
        result.root = next(task for task in flow.walk() if task.id == loop["task"])
        result.outer = _around(flow, result.root)
        for branch in result.root.branches:
            result.add(None, branch.name, branch.tasks, _LANES.get(branch.name, LaneKind.MAIN))
        return result
    result.add(None, "tasks", flow.tasks, LaneKind.MAIN)
    result.add(None, "errors", flow.errors, LaneKind.ERRORS)
    result.add(None, "finally", flow.finally_, LaneKind.FINALLY)
    for number, listener in enumerate(flow.listeners):
        result.add(None, f"listeners.{number}", listener.tasks, LaneKind.AFTER)
    result.add(None, "afterExecution", flow.after_execution, LaneKind.AFTER)
    return result


def _around(flow: Flow, wanted: Task) -> tuple[Task, ...]:
    """The tasks of a flow that stand around one, the nearest first."""
    parents = {
        id(child): task for task in flow.walk() for part in task.branches for child in part.tasks
    }
    chain: list[Task] = []
    outer = parents.get(id(wanted))
    while outer is not None:
        chain.append(outer)
        outer = parents.get(id(outer))
    return tuple(chain)


def _parts_of_for_each_item(task: Task) -> tuple[Task, ...]:
    """The three tasks that a ForEachItem runs under names of their own."""
    part = replace(
        task, branches=(), run_if=None, retry=None, timeout=None, allow_failure=False, cache=None
    )
    return (
        replace(part, id=f"{task.id}_split", type=SPLIT),
        replace(part, id=f"{task.id}_items", type=ITEMS),
        replace(part, id=f"{task.id}_merge", type=MERGE),
    )
