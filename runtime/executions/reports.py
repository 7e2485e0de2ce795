"""What workers, timers and child executions report. A report that comes late changes nothing."""

from typing import assert_never

from runtime.executions.attempts import closed, taken_up
from runtime.executions.finishing import end, end_attempt, remember_error, tolerated
from runtime.executions.flowable import flowable_of
from runtime.executions.messages import (
    ChildChanged,
    ChildRefused,
    ChildStarted,
    Recover,
    TaskFinished,
    TaskStarted,
    TimerFired,
)
from runtime.executions.model import LogLevel, TaskRun
from runtime.executions.restarting import begin_anew, run_failed_parts_again
from runtime.executions.sla import break_sla
from runtime.executions.starting import limit_time, send_part, submit
from runtime.executions.states import TaskRunState
from runtime.executions.step import Step
from runtime.executions.stopping import ended_by_stop, stop_block
from runtime.flows.model import RetryBehavior

_AT_WORK = (TaskRunState.SUBMITTED, TaskRunState.RUNNING, TaskRunState.KILLING)


def task_started(step: Step, report: TaskStarted) -> None:
    """A worker has begun an attempt."""
    run = _current(step, report.task_run_id, report.attempt)
    if run is None or run.state is not TaskRunState.SUBMITTED:
        return
    now = step.env.now()
    attempts = taken_up(run, report.worker, report.log_file, now)
    step.move(run, TaskRunState.RUNNING, attempts=attempts, at=now)


def task_finished(step: Step, report: TaskFinished) -> None:
    """A worker has ended an attempt."""
    run = _current(step, report.task_run_id, report.attempt)
    if run is None:
        return
    if run.state is TaskRunState.SUBMITTED:
        task_started(step, TaskStarted(run.id, report.attempt, run.attempts[-1].worker or ""))
        run = step.execution.task_runs[run.id]
    task, flowable = step.task_of(run), flowable_of(step, run)
    if flowable is not None and task is not None:
        flowable.on_result(step, run, task, report.result)
        step.mark((run.id, None))
        return
    end_attempt(step, run, task, report.result)


def recover(step: Step, message: Recover) -> None:
    """Go on after the engine that held the execution is gone, and its workers with it: what was at
    work is sent again, with or without `retry`."""
    step.rearranged()
    for run_id in list(step.index.open):
        run = step.execution.task_runs[run_id]
        if run.state not in _AT_WORK or (run.id, run.attempt) in message.alive:
            continue
        flowable, task = flowable_of(step, run), step.task_of(run)
        if flowable is None or flowable.is_at_worker(run):
            _send_again(step, run)
        elif task is not None:
            flowable.on_recover(step, run, task)


def timer_fired(step: Step, message: TimerFired) -> None:
    """A timer went off: `retry:`, `timeout:`, `sla:`, or one that a flowable has set."""
    kind, _, subject = message.key.partition(":")
    if kind == "sla":
        break_sla(step, subject)
        return
    run = step.run(subject)
    task = step.task_of(run) if run else None
    if run is None or task is None or run.state.is_terminal:
        return
    flowable = flowable_of(step, run)
    if kind == "retry":
        _retry(step, run)
    elif kind == "timeout":
        if run.state in (TaskRunState.RUNNING, TaskRunState.PAUSED):
            _time_out(step, run)
    elif flowable is not None:
        flowable.on_timer(step, run, task, kind)


def _retry(step: Step, run: TaskRun) -> None:
    if run.state is not TaskRunState.RETRYING:
        return
    flowable, task = flowable_of(step, run), step.task_of(run)
    retry = task.retry if task else None
    as_a_whole = retry is not None and retry.behavior is RetryBehavior.RETRY_FLOWABLE
    if flowable is not None and not flowable.works and as_a_whole:
        begin_anew(step, run)
    elif flowable is None or not run_failed_parts_again(step, run):
        step.index.ready[run.id] = None
    else:
        limit_time(step, step.execution.task_runs[run.id])


def _time_out(step: Step, run: TaskRun) -> None:
    message = "Timeout: it took longer than its `timeout` allows."
    step.log(LogLevel.ERROR, message, run)
    if run.state is TaskRunState.PAUSED:
        step.cancel_timer(f"pause:{run.id}")
        remember_error(step, run, message)
        state = tolerated(step.task_of(run), TaskRunState.FAILED)
        end(step, run, state, message, attempt_state=TaskRunState.FAILED)
        return
    stop_block(step, run, TaskRunState.FAILED, message)


def child_reported(step: Step, message: ChildStarted | ChildRefused | ChildChanged) -> None:
    """A child execution exists now, could not be created, or entered a state."""
    run = step.run(message.task_run_id)
    if run is None or run.state.is_terminal:
        return
    flowable, task = flowable_of(step, run), step.task_of(run)
    if flowable is None or task is None:
        return
    match message:
        case ChildStarted():
            flowable.on_child_started(step, run, task, message)
        case ChildRefused():
            flowable.on_child_refused(step, run, task, message)
        case ChildChanged():
            flowable.on_child(step, run, task, message)
        case _:
            assert_never(message)
    step.mark((run.id, None))


def _current(step: Step, run_id: str, attempt: int) -> TaskRun | None:
    """The task run, if this is its attempt at work; None for a report that comes late."""
    run = step.run(run_id)
    if run is None or run.attempt != attempt or run.state not in _AT_WORK:
        return None
    return None if run.attempts[-1].state.is_terminal else run


def _send_again(step: Step, run: TaskRun) -> None:
    """Close the lost attempt as RESUBMITTED and send another; a stopped one just ends."""
    if run.state is TaskRunState.KILLING:
        end(step, run, ended_by_stop(run))
        return
    lost = TaskRunState.RESUBMITTED
    attempts = closed(run, lost, step.env.now(), "Its worker was lost.")
    run = step.amend(run, attempts=attempts)
    if flowable_of(step, run) is None:
        submit(step, run)
    else:
        send_part(step, run)
