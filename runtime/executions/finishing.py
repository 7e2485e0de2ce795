"""How an attempt ends: what it yields, whether it is tried again, and what its end means."""

from dataclasses import replace

from runtime.executions.attempts import closed, opened
from runtime.executions.changes import apply_change
from runtime.executions.decision import ReplayAsNew
from runtime.executions.messages import ExitExecution, TaskResult
from runtime.executions.model import LogLevel, TaskRun
from runtime.executions.retries import next_execution, next_try, tries
from runtime.executions.states import ExecutionState, TaskRunState
from runtime.executions.step import Step
from runtime.executions.stopping import ended_by_stop, stop_all
from runtime.flows.model import Retry, RetryBehavior, Task

FAILED = TaskRunState.FAILED


def end_attempt(step: Step, run: TaskRun, task: Task | None, result: TaskResult) -> None:
    """The current attempt of a task that does work ended with this result.

    A task that ends the execution ends as the execution does, whatever its retry says.
    """
    step.decision.logs.extend(result.logs)
    step.decision.metrics.extend(result.metrics)
    if run.state is TaskRunState.KILLING:
        told = run.dynamic.get("message")
        end(step, run, ended_by_stop(run), str(told) if told else result.message)
        return
    if result.outputs is not None:
        step.set_outputs(run, result.outputs, tell=False)
    exits = [change for change in result.changes if isinstance(change, ExitExecution)]
    for change in result.changes:
        if change not in exits:
            apply_change(step, change)
    if exits:
        end(step, run, TaskRunState(exits[-1].state.value), result.message)
        apply_change(step, exits[-1])
        return
    finish(step, run, task, result.state, result.message)


def finish(
    step: Step,
    run: TaskRun,
    task: Task | None,
    state: TaskRunState,
    message: str | None = None,
    *,
    again: bool = True,
) -> None:
    """End a task run whose attempt ended in `state`, or have it tried again if it may be."""
    if state is FAILED and task is not None and again:
        retry = step.index.plan.retry_of(task, flowable=False)
        if retry is not None and _try_again(step, run, retry, message):
            return
    if state is TaskRunState.SUCCESS and task is not None and len(run.attempts) > 1:
        retry = step.index.plan.retry_of(task, flowable=False)
        if retry is not None and needed_retry(retry, run):
            state = TaskRunState.WARNING
    if state is FAILED:
        remember_error(step, run, message)
    end(step, run, tolerated(task, state), message, attempt_state=state)


def needed_retry(retry: Retry, run: TaskRun) -> bool:
    """Whether a success is to be a warning, since it took more than one try."""
    return retry.warning_on_retry and tries(run) > 1


def tolerated(task: Task | None, state: TaskRunState) -> TaskRunState:
    """`allowFailure` turns FAILED into WARNING, `allowWarning` turns WARNING into SUCCESS."""
    if task is not None and state is FAILED and task.allow_failure:
        state = TaskRunState.WARNING
    if task is not None and state is TaskRunState.WARNING and task.allow_warning:
        state = TaskRunState.SUCCESS
    return state


def end(
    step: Step,
    run: TaskRun,
    state: TaskRunState,
    message: str | None = None,
    *,
    attempt_state: TaskRunState | None = None,
) -> None:
    """Enter the final state, with the current attempt and the timers closed."""
    attempts = closed(run, attempt_state or state, step.env.now(), message)
    if step.has_timeout(run):
        step.cancel_timer(f"timeout:{run.id}")
    step.move(run, state, attempts=attempts)


def fail(step: Step, run: TaskRun, task: Task | None, message: str) -> None:
    """A task run fails before or beside its work: an expression, a limit, a missing flow."""
    step.log(LogLevel.ERROR, message, run)
    if run.attempt == 0 or run.attempts[-1].state.is_terminal:
        now = step.env.now()
        running = TaskRunState.RUNNING
        run = step.move(run, running, attempts=opened(run, running, now), at=now)
    finish(step, run, task, FAILED, message)


def remember_error(step: Step, run: TaskRun, message: str | None) -> None:
    """Let the errors branches see what failed, as `error`."""
    step.execution.error = {"taskId": run.task_id, "message": message, "taskRunId": run.id}
    step.decision.execution_changed = True


def _try_again(step: Step, run: TaskRun, retry: Retry, message: str | None) -> bool:
    """Wait for the next attempt, or for a whole new execution, if there is to be one."""
    if step.is_halted:
        return False
    if retry.behavior is RetryBehavior.CREATE_NEW_EXECUTION:
        return _try_as_new(step, run, retry, message)
    return try_later(step, run, retry, message)


def try_later(step: Step, run: TaskRun, retry: Retry, message: str | None = None) -> bool:
    """Have a task run wait for its next try; False when there is to be none."""
    now = step.env.now()
    run = replace(run, attempts=closed(run, FAILED, now, message))
    at = next_try(retry, run, now)
    if at is None:
        return False
    if step.has_timeout(run):
        step.cancel_timer(f"timeout:{run.id}")
    dynamic = {**run.dynamic, "retryAt": at.isoformat()}
    step.move(run, TaskRunState.RETRYING, attempts=run.attempts, dynamic=dynamic)
    step.set_timer(f"retry:{run.id}", at)
    return True


def _try_as_new(step: Step, run: TaskRun, retry: Retry, message: str | None) -> bool:
    """End everything as RETRIED; a new execution takes over."""
    at = next_execution(retry, step.execution, step.env.now())
    if at is None:
        return False
    remember_error(step, run, message)
    execution_id = step.env.new_execution_id()
    step.remember(retriedAs=execution_id)
    end(step, run, TaskRunState.RETRIED, message, attempt_state=FAILED)
    stop_all(step, ExecutionState.RETRIED)
    step.effect(ReplayAsNew(at, execution_id))
    return True
