"""Flowables that wait for time or for somebody: Sleep and Pause."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import BaseModel, Field

from runtime.executions.finishing import end, remember_error, tolerated
from runtime.executions.flowable import ERRORS, FINALLY, Flowable, Length, Opening, read, seconds_of
from runtime.executions.lanes import in_order
from runtime.executions.messages import Resume
from runtime.executions.model import TaskRun
from runtime.executions.states import ExecutionState, TaskRunState
from runtime.executions.step import Step
from runtime.executions.stopping import stop_all
from runtime.flows.model import Task
from runtime.flows.types import BranchSpec, InputDeclarations, Properties


class _Duration(Properties):
    duration: Length = Field(description="How long to wait, as an ISO 8601 duration.")


class Sleep(Flowable):
    """Wait for a while.

    A timer waits, not a worker: a thousand sleeping executions cost nothing, and a restart of the
    server does not begin the wait anew.
    """

    name = "Sleep"
    Properties = _Duration
    branches = ()

    @classmethod
    def open(cls, step: Step, run: TaskRun, task: Task) -> Opening:
        seconds = seconds_of(read(_Duration, step, run, task).duration, "duration")
        return Opening({"until": (step.env.now() + timedelta(seconds=seconds)).isoformat()})

    @classmethod
    def begin(cls, step: Step, run: TaskRun, task: Task) -> None:
        until = datetime.fromisoformat(str(run.dynamic["until"]))
        if until > step.env.now():
            step.set_timer(f"sleep:{run.id}", until)

    @classmethod
    def main(cls, step: Step, run: TaskRun, task: Task) -> bool:
        return step.env.now() >= datetime.fromisoformat(str(run.dynamic["until"]))

    @classmethod
    def on_timer(cls, step: Step, run: TaskRun, task: Task, kind: str) -> None:
        step.mark((run.id, None))


class Expiry(StrEnum):
    RESUME = "RESUME"
    WARN = "WARN"
    FAIL = "FAIL"
    CANCEL = "CANCEL"


class _Pausing(Properties):
    pause_duration: Length | None = Field(
        None, description="How long to pause at most; until somebody resumes when absent."
    )
    delay: Length | None = Field(None, description="The elder name of `pauseDuration`.")
    behavior: Expiry = Field(
        Expiry.RESUME, description="What happens when `pauseDuration` is over."
    )
    on_resume: Annotated[list[dict[str, object]], InputDeclarations()] = Field(
        default_factory=list, description="Inputs that whoever resumes is asked for."
    )


class _Resumed(BaseModel):
    onResume: dict[str, object] = Field(description="The inputs given at the resume.")  # noqa: N815
    resumed: dict[str, object] = Field(description="`by` whom, `on` which moment, `to` what.")


class Pause(Flowable):
    """Hold the execution until somebody resumes it or a time is over.

    `onPause` runs first. The execution is PAUSED meanwhile; what runs beside the pause goes on.
    A resume takes the timer away, so that it cannot fire later and wipe the given inputs (as it
    may in Kestra). With the task's `timeout` the pause fails when nobody resumed in time.
    """

    name = "Pause"
    Properties = _Pausing
    Outputs = _Resumed
    branches: ClassVar[tuple[BranchSpec, ...]] = (
        BranchSpec("onPause", shape="task"),
        BranchSpec("tasks"),
        ERRORS,
        FINALLY,
    )

    @classmethod
    def open(cls, step: Step, run: TaskRun, task: Task) -> Opening:
        given = read(_Pausing, step, run, task)
        length = given.pause_duration or given.delay
        seconds = seconds_of(length, "pauseDuration") if length else None
        return Opening({"seconds": seconds, "behavior": given.behavior.value, "resumed": None})

    @classmethod
    def main(cls, step: Step, run: TaskRun, task: Task) -> bool:
        children = step.index.plan.children
        first = children(task.id, "onPause")
        if run.dynamic.get("resumed"):
            return in_order(step, run, [*first, *children(task.id, "tasks")])
        if not in_order(step, run, first):
            return False
        if step.index.worst(run.id) is TaskRunState.FAILED:
            return True
        hold(step, run)
        return False

    @classmethod
    def verdict(cls, run: TaskRun, worst: TaskRunState) -> TaskRunState:
        warns = run.dynamic.get("resumed") == "WARN" and worst is TaskRunState.SUCCESS
        return TaskRunState.WARNING if warns else worst

    @classmethod
    def asks(cls, run: TaskRun, task: Task, resume: Resume) -> object:
        return task.properties.get("onResume")

    @classmethod
    def on_resume(cls, step: Step, run: TaskRun, task: Task, resume: Resume) -> None:
        step.cancel_timer(f"pause:{run.id}")
        _go_on(step, run, "RESUME", resume.actor, dict(resume.inputs))

    @classmethod
    def on_timer(cls, step: Step, run: TaskRun, task: Task, kind: str) -> None:
        if kind != "pause" or run.state is not TaskRunState.PAUSED:
            return
        match Expiry(str(run.dynamic.get("behavior", "RESUME"))):
            case Expiry.RESUME | Expiry.WARN as behavior:
                _go_on(step, run, behavior.value, None, {})
            case Expiry.FAIL:
                message = "Nobody resumed in time."
                remember_error(step, run, message)
                state = tolerated(task, TaskRunState.FAILED)
                end(step, run, state, message, attempt_state=TaskRunState.FAILED)
            case Expiry.CANCEL:
                end(step, run, TaskRunState.CANCELLED, "Nobody resumed in time.")
                stop_all(step, ExecutionState.CANCELLED)


def hold(step: Step, run: TaskRun) -> None:
    """Pause a task run until somebody answers, or its `seconds` are over."""
    run = step.move(run, TaskRunState.PAUSED)
    seconds = run.dynamic.get("seconds")
    if isinstance(seconds, int | float):
        step.set_timer(f"pause:{run.id}", step.env.now() + timedelta(seconds=seconds))


def _go_on(
    step: Step, run: TaskRun, how: str, actor: str | None, inputs: dict[str, object]
) -> None:
    now = step.env.now()
    if step.has_timeout(run):
        step.cancel_timer(f"timeout:{run.id}")
    resumed = {"by": actor, "on": now.isoformat(), "to": TaskRunState.RUNNING.value}
    step.set_outputs(run, {"onResume": inputs, "resumed": resumed}, tell=False)
    step.move(run, TaskRunState.RUNNING, dynamic={**run.dynamic, "resumed": how}, at=now)
    step.mark((run.id, None))
