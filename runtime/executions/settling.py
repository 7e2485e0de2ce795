"""How a block goes on and ends, from the bottom up: tasks, then `errors`, then `finally`.

A block is looked at only when one of its children (or of one of its iterations) has ended.
"""

from runtime.executions.environment import Deferred, RenderFailed
from runtime.executions.finishing import (
    FAILED,
    end,
    fail,
    finish,
    needed_retry,
    remember_error,
    tolerated,
    try_later,
)
from runtime.executions.flowable import Flowable, flowable_of
from runtime.executions.index import Owner
from runtime.executions.lanes import advance_iteration, in_order, is_stopping
from runtime.executions.model import TaskRun
from runtime.executions.plan import LaneKind
from runtime.executions.restarting import may_try_parts_again
from runtime.executions.states import TaskRunState
from runtime.executions.step import Step
from runtime.flows.model import Retry, RetryBehavior, Task

RETRY_FAILED_TASK = RetryBehavior.RETRY_FAILED_TASK
_UNDER_WAY = (TaskRunState.RUNNING, TaskRunState.KILLING)


def settle(step: Step, owner: Owner) -> None:
    """Let a flowable's task run, or one of its iterations, go on; end it when it is through."""
    run_id, iteration = owner
    run = step.run(run_id) if run_id else None
    if run is None or run.state not in _UNDER_WAY:
        return
    task, flowable = step.task_of(run), flowable_of(step, run)
    if task is None or flowable is None:
        return
    try:
        if iteration is not None:
            if (run.id, iteration, LaneKind.MAIN) in step.index.lanes:
                advance_iteration(step, run, iteration, _value(step, run, iteration))
            return
        state = _state(step, run, task, flowable)
    except RenderFailed as failure:
        fail(step, step.execution.task_runs[run.id], task, failure.message)
    except Deferred:
        step.stall(owner)
    else:
        if state is not None:
            _end(step, step.execution.task_runs[run.id], task, flowable, state)


def _state(step: Step, run: TaskRun, task: Task, flowable: type[Flowable]) -> TaskRunState | None:
    """The state in which a block ends; None while it is under way."""
    if is_stopping(step, run):
        if not step.index.is_quiet(run.id) or flowable.is_busy(step, run):
            return None
        if run.state is TaskRunState.KILLING:
            return TaskRunState(str(run.dynamic.get("endAs") or _stopped_as(step)))
        return flowable.verdict(run, step.index.worst(run.id))
    if not flowable.main(step, run, task):
        return None
    run = step.execution.task_runs[run.id]
    if not flowable.runs_parts:
        return flowable.verdict(run, step.index.worst(run.id))
    children = step.index.plan.children
    errors = children(task.id, "errors")
    if errors and _has_failed(step, run) and not in_order(step, run, errors, LaneKind.ERRORS):
        return None
    after = children(task.id, "finally")
    if after and not in_order(step, run, after, LaneKind.FINALLY):
        return None
    return flowable.verdict(run, step.index.worst(run.id))


def _stopped_as(step: Step) -> TaskRunState:
    """How a block ends that was stopped with its execution."""
    is_retried = step.execution.memory.get("endAs") == TaskRunState.RETRIED
    return TaskRunState.RETRIED if is_retried else TaskRunState.KILLED


def _has_failed(step: Step, run: TaskRun) -> bool:
    tally = step.index.tallies.get(run.id)
    lane = step.index.lane(run.id, None, LaneKind.MAIN)
    return lane.failed > 0 or (tally is not None and tally.failed > 0)


def _value(step: Step, run: TaskRun, iteration: int) -> str | None:
    """The loop value that the children of an iteration carry."""
    values = run.dynamic.get("values")
    return values[iteration] if isinstance(values, list) else None


def _end(
    step: Step, run: TaskRun, task: Task, flowable: type[Flowable], state: TaskRunState
) -> None:
    told = run.dynamic.get("message")
    message = told if isinstance(told, str) else None
    as_a_whole = task.retry is not None and task.retry.behavior is not RETRY_FAILED_TASK
    if flowable.works and run.state is not TaskRunState.KILLING:
        finish(step, run, task, state, message, again=flowable.runs_parts or as_a_whole)
        flowable.on_end(step, run, step.execution.task_runs[run.id].state)
        return
    if state is FAILED and not step.is_halted and _try_again(step, run, task.retry, as_a_whole):
        return
    if state is TaskRunState.SUCCESS and as_a_whole and task.retry is not None:
        state = TaskRunState.WARNING if needed_retry(task.retry, run) else state
    if state is FAILED and message is not None:
        remember_error(step, run, message)
    final = tolerated(task, flowable.tolerate(state))
    end(step, run, final, message, attempt_state=state)
    flowable.on_end(step, run, final)


def _try_again(step: Step, run: TaskRun, retry: Retry | None, as_a_whole: bool) -> bool:
    """A flowable with a retry runs its failed parts, or all, again after its `errors`."""
    if retry is None or not (as_a_whole or may_try_parts_again(step, run)):
        return False
    return try_later(step, run, retry)
