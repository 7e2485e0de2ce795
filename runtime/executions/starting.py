"""How a task run comes up: breakpoint, `runIf`, then a flowable's decision or a task's work."""

from datetime import timedelta

from runtime.executions.attempts import opened
from runtime.executions.decision import RunTask
from runtime.executions.environment import Deferred, RenderFailed
from runtime.executions.finishing import end_attempt, fail
from runtime.executions.flowable import Flowable, flowable_of, seconds_of
from runtime.executions.model import StateChange, TaskRun
from runtime.executions.states import TaskRunState
from runtime.executions.step import Step
from runtime.flows.model import Task
from runtime.flows.truth import is_true


def start(step: Step, run: TaskRun, task: Task) -> None:
    """Start a task run that is CREATED, or ready again after a restart, retry or breakpoint."""
    if _stops_here(step, run):
        step.move(run, TaskRunState.BREAKPOINT)
        return
    try:
        if not _may_run(step, run, task):
            step.move(run, TaskRunState.SKIPPED)
            return
        flowable = flowable_of(step, run)
        if flowable is not None:
            _begin(step, run, task, flowable)
        else:
            _work(step, run, task)
    except RenderFailed as failure:
        fail(step, step.execution.task_runs[run.id], task, failure.message)
    except Deferred:
        step.put_off(run)


def _stops_here(step: Step, run: TaskRun) -> bool:
    """Whether a breakpoint (a task's id, or `id.value` in a loop) stands before this task run."""
    points = step.execution.breakpoints
    if not points or run.state is not TaskRunState.CREATED:
        return False
    return run.task_id in points or f"{run.task_id}.{run.value}" in points


def _may_run(step: Step, run: TaskRun, task: Task) -> bool:
    """What `runIf` says: asked before the first attempt and after a restart, not by a retry."""
    if task.run_if is None or (run.attempts and run.state is not TaskRunState.RESTARTED):
        return True
    return is_true(step.env.text(task.run_if, step.execution, task, run))


def _begin(step: Step, run: TaskRun, task: Task, flowable: type[Flowable]) -> None:
    """Have a flowable decide what it starts with, then let its block be looked at."""
    seconds = None if flowable.watches_timeout else time_limit(step, run, task)
    opening = flowable.open(step, run, task)
    now = step.env.now()
    running = TaskRunState.RUNNING
    attempts = opened(run, running, now)
    dynamic = {**run.dynamic, **opening.dynamic}
    if seconds is not None:
        dynamic["timeLimit"] = seconds
    child_id = opening.child_execution_id
    run = step.move(
        run, running, attempts=attempts, dynamic=dynamic, child_execution_id=child_id, at=now
    )
    if opening.memory:
        step.remember(**opening.memory)
    for effect in opening.effects:
        step.effect(effect)
    if opening.outputs is not None:
        step.set_outputs(run, opening.outputs)
    limit_time(step, run)
    flowable.begin(step, run, task)
    step.mark((run.id, None))


def limit_time(step: Step, run: TaskRun) -> None:
    """Watch the time of a flowable's attempt that begins now."""
    seconds = run.dynamic.get("timeLimit")
    if isinstance(seconds, int | float):
        step.set_timer(f"timeout:{run.id}", step.env.now() + timedelta(seconds=seconds))


def time_limit(step: Step, run: TaskRun, task: Task) -> float | None:
    """The task's `timeout` in seconds."""
    if task.timeout is None:
        return None
    return seconds_of(step.env.text(task.timeout, step.execution, task, run), "timeout")


def _work(step: Step, run: TaskRun, task: Task) -> None:
    """Do a tiny task here and now; send any other to a worker."""
    now = step.env.now()
    running = TaskRunState.RUNNING
    as_running = TaskRun(
        run.id,
        run.task_id,
        running,
        (*run.history, StateChange(running, now)),
        run.ordinal,
        run.parent_id,
        run.value,
        run.iteration,
        opened(run, running, now),
        run.child_execution_id,
        run.dynamic,
    )
    result = step.env.run_inline(task, step.execution, as_running)
    if result is None:
        submit(step, run)
        return
    run = step.move(run, running, attempts=as_running.attempts, at=now)
    end_attempt(step, run, task, result)


def send_part(step: Step, run: TaskRun) -> TaskRun:
    """Send a part of a flowable's own work to a worker, as an attempt of its own."""
    attempts = opened(run, TaskRunState.RUNNING, step.env.now())
    run = step.amend(run, attempts=attempts)
    step.effect(RunTask(run.id, run.attempt))
    return run


def submit(step: Step, run: TaskRun) -> TaskRun:
    """Send a new attempt to a worker."""
    now = step.env.now()
    state = TaskRunState.SUBMITTED
    run = step.move(run, state, attempts=opened(run, state, now), at=now)
    step.effect(RunTask(run.id, run.attempt))
    return run
