"""Running the failed parts again, within the same execution.

Task runs that failed are made ready again, with their attempts kept; the blocks around them go on
where they stopped; the task runs of `errors`, `finally` and `afterExecution` are taken away, since
they will run again.
"""

from collections.abc import Iterable

from runtime.executions.attempts import opened
from runtime.executions.flowable import flowable_of
from runtime.executions.model import TaskRun
from runtime.executions.plan import LaneKind
from runtime.executions.retries import counted
from runtime.executions.states import TaskRunState
from runtime.executions.step import Step

AGAIN = frozenset(
    {
        TaskRunState.FAILED,
        TaskRunState.KILLED,
        TaskRunState.CANCELLED,
        TaskRunState.RETRIED,
        TaskRunState.PAUSED,
    }
)
"""What a restart runs again. (Kestra leaves killed task runs out, which makes the restart of a
killed execution do nothing.)"""
_OF_ONE_TRY = ("endAs", "message", "retryAt", "interrupted", "checked")


def carried_over(run: TaskRun) -> dict[str, object]:
    """What a task run still remembers when it is tried again, but for what belongs to one try."""
    return {key: fact for key, fact in run.dynamic.items() if key not in _OF_ONE_TRY}


class Family:
    """The task runs by the block they belong to; made once for one rearrangement."""

    def __init__(self, step: Step) -> None:
        self._step = step
        self._children: dict[str | None, list[TaskRun]] = {}
        for run in step.execution.task_runs.values():
            self._children.setdefault(run.parent_id, []).append(run)

    def children(self, run_id: str | None) -> list[TaskRun]:
        return self._children.get(run_id, [])

    def below(self, run_id: str) -> Iterable[TaskRun]:
        for child in self.children(run_id):
            yield child
            yield from self.below(child.id)


def may_try_parts_again(step: Step, block: TaskRun) -> bool:
    """Whether a flowable's retry has anything to do: not where nothing but Loops failed below it,
    whose tasks have tried again by that retry in their iterations.
    """
    family = Family(step)
    below = list(family.below(block.id))
    if not any(_is_failed_loop(step, run) for run in below):
        return True
    failed = [run for run in below if run.state in AGAIN and not _is_failed_loop(step, run)]
    return any(all(inner.state not in AGAIN for inner in family.below(run.id)) for run in failed)


def run_failed_parts_again(step: Step, block: TaskRun) -> bool:
    """A flowable's retry: True when something below it runs again, False when nothing failed."""
    family = Family(step)
    if not _restart_below(step, family, block.id, is_retry=True):
        return False
    reopen(step, step.execution.task_runs[block.id], TaskRunState.RUNNING, forgives=False)
    step.rearranged()
    return True


def begin_anew(step: Step, block: TaskRun) -> None:
    """A flowable's retry as a whole: everything below it is taken away, and it starts again."""
    family = Family(step)
    for child in family.children(block.id):
        remove(step, family, child)
    block = step.amend(block, dynamic=carried_over(block))
    step.set_outputs(block, None, tell=False)
    step.rearranged()
    step.index.ready[block.id] = None


def restart_all(step: Step) -> None:
    """Make everything ready again that failed, was stopped or is paused, from the root down."""
    _restart_below(step, Family(step), None)
    step.rearranged()


def _restart_below(
    step: Step, family: Family, block_id: str | None, *, is_retry: bool = False
) -> bool:
    """Run again what failed in one block; True when it has to go on for that."""
    again = False
    rest: list[TaskRun] = []
    for run in family.children(block_id):
        if step.index.plan.lane(run.task_id) is not LaneKind.MAIN:
            rest.append(run)
            again = again or run.state in AGAIN
        else:
            again = _restart(step, family, run, is_retry=is_retry) or again
    for run in rest if again else ():
        remove(step, family, run)
    return again


def _restart(step: Step, family: Family, run: TaskRun, *, is_retry: bool) -> bool:
    flowable = flowable_of(step, run)
    has_failed = run.state in AGAIN
    if flowable is not None and flowable.restarts_whole:
        has_failed = has_failed or any(each.state in AGAIN for each in family.below(run.id))
    elif flowable is not None and _restart_below(step, family, run.id, is_retry=is_retry):
        if run.state.is_terminal:
            reopen(step, run, TaskRunState.RUNNING)
        return True
    if not has_failed or (is_retry and _failed_by_loop(step, family, run)):
        return False
    for child in family.below(run.id):
        step.forget(child)
    reopen(step, run, TaskRunState.RESTARTED)
    return True


def _failed_by_loop(step: Step, family: Family, run: TaskRun) -> bool:
    return any(_is_failed_loop(step, each) for each in (run, *family.below(run.id)))


def _is_failed_loop(step: Step, run: TaskRun) -> bool:
    flowable = flowable_of(step, run)
    is_loop = flowable is not None and not flowable.runs_parts
    return is_loop and run.state is TaskRunState.FAILED


def reopen(step: Step, run: TaskRun, state: TaskRunState, *, forgives: bool = True) -> None:
    """Let a task run that has ended go on; `Step.rearranged` has to follow.

    It has all of its tries again, unless it is its own retry that lets it go on.
    """
    dynamic, attempts = carried_over(run), run.attempts
    if forgives:
        dynamic["forgiven"] = counted(run)
    if state is TaskRunState.RESTARTED:
        dynamic["restarted"] = True
    elif attempts:
        attempts = opened(run, state, step.env.now())
    step.reopen(run, state, attempts=attempts, dynamic=dynamic)


def remove(step: Step, family: Family, run: TaskRun) -> None:
    """Take a task run away, with everything below it."""
    for child in family.below(run.id):
        step.forget(child)
    step.forget(run)
