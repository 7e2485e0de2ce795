"""Changing the state of a task run by hand; what depends on it runs again."""

from dataclasses import replace

from runtime.executions.finishing import end
from runtime.executions.model import StateChange, TaskRun
from runtime.executions.order import followers
from runtime.executions.outputs import ancestors
from runtime.executions.restarting import Family, remove, reopen
from runtime.executions.states import ExecutionState, TaskRunState
from runtime.executions.step import Step


def mark_task_run(step: Step, run: TaskRun, state: TaskRunState) -> None:
    """Give a task run another final state.

    While it is PAUSED this simply ends it. After the end of the execution, the blocks around it go
    on and everything that comes after it runs again (Kestra since 0.21); what ran beside it stays.
    """
    if run.state is TaskRunState.PAUSED:
        step.cancel_timer(f"pause:{run.id}")
        end(step, run, state)
        return
    family = Family(step)
    for outer in [run, *ancestors(step.execution, run)]:
        _drop_what_follows(step, family, outer)
    for outer in list(ancestors(step.execution, run)):
        reopen(step, outer, TaskRunState.RUNNING)
    _set(step, step.execution.task_runs[run.id], state)
    step.forget_end()
    step.enter(ExecutionState.RESTARTED)
    step.rearranged()


def _drop_what_follows(step: Step, family: Family, run: TaskRun) -> None:
    """Take away the siblings of a task run that come after it."""
    plan = step.index.plan
    if run.task_id not in plan.places:
        return
    lane = plan.lane(run.task_id)
    names = followers(plan, run.task_id)
    for sibling in family.children(run.parent_id):
        later_part = plan.lane(sibling.task_id) > lane
        later_task = sibling.task_id in names and sibling.iteration == run.iteration
        if later_part or later_task or _is_later_iteration(step, run, sibling):
            remove(step, family, sibling)


def _is_later_iteration(step: Step, run: TaskRun, sibling: TaskRun) -> bool:
    """In a loop of one value at a time, the values after this one."""
    if run.iteration is None or sibling.iteration is None or run.parent_id is None:
        return False
    limit = step.execution.task_runs[run.parent_id].dynamic.get("concurrent", 1)
    return limit == 1 and sibling.iteration > run.iteration


def _set(step: Step, run: TaskRun, state: TaskRunState) -> None:
    attempts = run.attempts
    if attempts:
        last = attempts[-1]
        history = (*last.history, StateChange(state, step.env.now()))
        attempts = (*attempts[:-1], replace(last, state=state, history=history, message=None))
    step.reopen(run, state, attempts=attempts, dynamic=run.dynamic)
