"""How the children of a block come up: one after another, at once, by dependencies, by iteration.

Every function here creates what may start now and answers whether its part of the block has ended.
None of them looks at more children than those it creates, but for a Dag.
"""

from collections.abc import Sequence

from runtime.executions.index import HALTING, RANK, Lane
from runtime.executions.model import TaskRun
from runtime.executions.plan import LaneKind
from runtime.executions.states import TaskRunState
from runtime.executions.step import Step
from runtime.flows.model import Task


def is_stopping(step: Step, block: TaskRun | None) -> bool:
    """Whether a block may start nothing more."""
    return step.is_halted or (block is not None and block.state is TaskRunState.KILLING)


def in_order(
    step: Step,
    block: TaskRun | None,
    tasks: Sequence[Task],
    kind: LaneKind = LaneKind.MAIN,
    iteration: int | None = None,
    value: str | None = None,
) -> bool:
    """One after another, until one fails."""
    lane = step.index.lane(block.id if block else None, iteration, kind)
    if lane.active:
        return False
    if lane.is_halted or is_stopping(step, block) or not _seek(lane, tasks):
        return True
    step.create(tasks[lane.next].id, block, iteration, value)
    lane.next += 1
    return False


def whatever_happens(step: Step, tasks: Sequence[Task]) -> bool:
    """One after another once the execution has ended; a failure stops nobody."""
    lane = step.index.lane(None, None, LaneKind.AFTER)
    if lane.active:
        return False
    if not _seek(lane, tasks):
        return True
    step.create(tasks[lane.next].id, None, None, None)
    lane.next += 1
    return False


def _goes_on(block: TaskRun, started: int, first: int, *, is_halted: bool) -> bool:
    """Whether a further child may start. After a failure only the `first` ones do, unless the
    block goes on in spite of it; none does once those beside the failed one were stopped.
    """
    if block.dynamic.get("interrupted"):
        return False
    return not is_halted or started < first or block.dynamic.get("goOn") is True


def at_once(step: Step, block: TaskRun, tasks: Sequence[Task], limit: int) -> bool:
    """All together, or `limit` at a time."""
    lane = step.index.lane(block.id, None, LaneKind.MAIN)
    limit = limit if limit > 0 else len(tasks)
    while lane.active < limit and not is_stopping(step, block) and _seek(lane, tasks):
        if not _goes_on(block, lane.next, limit, is_halted=lane.is_halted):
            break
        if step.budget <= 0:
            step.mark((block.id, None))
            return False
        step.create(tasks[lane.next].id, block, None, None)
        lane.next += 1
    return lane.active == 0


def by_dependencies(step: Step, block: TaskRun, tasks: Sequence[Task], limit: int) -> bool:
    """Each as soon as those it depends on have ended well."""
    lane = step.index.lane(block.id, None, LaneKind.MAIN)
    enabled = {task.id for task in tasks}
    goes_on = _goes_on(block, 1, 0, is_halted=lane.is_halted)
    if goes_on and not is_stopping(step, block):
        for task in tasks:
            if limit > 0 and lane.active >= limit:
                break
            if task.id not in lane.runs and _is_ready(step, lane, task, enabled):
                step.create(task.id, block, None, None)
    return lane.active == 0


def by_iteration(step: Step, block: TaskRun, values: Sequence[str], limit: int) -> bool:
    """A loop's children, in order for each value; `limit` values at a time, 0 for all."""
    tally = step.index.tally(block.id)
    limit = limit if limit > 0 else len(values)
    while tally.started < len(values) and tally.active < limit and not is_stopping(step, block):
        if not _goes_on(block, tally.started, limit, is_halted=tally.is_halted):
            break
        if step.budget <= 0:
            step.mark((block.id, None))
            return False
        number = tally.started
        tally.started += 1
        tally.active += 1
        advance_iteration(step, block, number, values[number])
    return tally.active == 0


def advance_iteration(step: Step, block: TaskRun, number: int, value: str | None) -> None:
    """Go on within one iteration; fold it into the loop's tally when it has ended."""
    tasks = step.index.plan.children(block.task_id, "tasks")
    if in_order(step, block, tasks, LaneKind.MAIN, number, value):
        step.index.close_iteration(block.id, number)
        step.mark((block.id, None))


def _seek(lane: Lane, tasks: Sequence[Task]) -> bool:
    """Move on to the next task that has not been created; False when there is none."""
    while lane.next < len(tasks) and tasks[lane.next].id in lane.runs:
        lane.next += 1
    return lane.next < len(tasks)


def _is_ready(step: Step, lane: Lane, task: Task, enabled: set[str]) -> bool:
    for name in task.depends_on:
        if name not in enabled:
            continue
        run_id = lane.runs.get(name)
        state = step.execution.task_runs[run_id].state if run_id else None
        if state is None or not state.is_terminal or RANK[state] >= HALTING:
            return False
    return True
