"""Subflow: start an execution of another flow, and wait for it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

from pydantic import BaseModel, Field

from runtime.executions.decision import Effect, RestartChild
from runtime.executions.flowable import Flowable, Opening, read
from runtime.executions.flowables.child import (
    ChildProperties,
    RestartBehavior,
    rendered_inputs,
    start_child,
    state_of,
)
from runtime.executions.messages import ChildChanged, ChildRefused, ChildStarted
from runtime.executions.model import LogLevel, TaskRun
from runtime.executions.states import ExecutionState, TaskRunState
from runtime.executions.step import Step
from runtime.flows.model import Task
from runtime.flows.types import NotRendered

_RENDERED_IN = (TaskRunState.SUCCESS, TaskRunState.WARNING)
_UNRENDERED = "The `outputs` of this task could not be rendered: the log of {} says why."
_RESTARTABLE = (ExecutionState.FAILED, ExecutionState.KILLED)


class _Subflow(ChildProperties):
    inputs: Annotated[dict[str, object], NotRendered()] = Field(
        default_factory=dict, description="The inputs of the started execution."
    )
    outputs: Annotated[dict[str, object], NotRendered()] = Field(
        default_factory=dict,
        description="Deprecated: outputs of the started flow declare what it yields. For a flow "
        "that declares none, what to yield instead, rendered with what the started one sees.",
    )


class _Started(BaseModel):
    executionId: str = Field(description="The started execution.")  # noqa: N815
    state: str = Field(description="Its final state, when it was waited for.")
    outputs: dict[str, object] = Field(description="Its flow outputs.")


class Subflow(Flowable):
    """Start an execution of another flow.

    With `wait` the task runs until that execution has ended; with `transmitFailed` its FAILED,
    KILLED or WARNING becomes the task's state. A retry starts a new execution; a restart restarts
    the failed one, unless `restartBehavior` is NEW_EXECUTION. An execution that is tried again as
    a new one is followed to the end of that chain.
    """

    name = "Subflow"
    Properties = _Subflow
    Outputs = _Started
    aliases = ("io.kestra.core.tasks.flows.Flow", "io.kestra.plugin.core.flow.Flow")
    branches = ()
    works = True

    @classmethod
    def open(cls, step: Step, run: TaskRun, task: Task) -> Opening:
        given = read(_Subflow, step, run, task)
        inputs = rendered_inputs(step, run, task)
        again = run.dynamic.get("restarted") is True and _may_restart(step, run, given)
        child_id = run.child_execution_id if again else step.env.new_execution_id()
        effect: Effect = RestartChild(run.id, child_id or "")
        if not again:
            key = f"{run.attempt + 1}"
            effect = start_child(
                step, run, task, given, key=key, child_id=child_id or "", inputs=inputs
            )
            effect = replace(effect, wanted_outputs=given.outputs if given.wait else {})
        dynamic: dict[str, object] = {
            "childId": child_id,
            "wait": given.wait,
            "transmit": given.transmit_failed,
            "wants": bool(given.outputs) and given.wait,
            "result": None,
            "message": None,
            "restarted": None,
        }
        outputs = {"executionId": child_id}
        return Opening(dynamic, outputs, (effect,), child_execution_id=child_id)

    @classmethod
    def main(cls, step: Step, run: TaskRun, task: Task) -> bool:
        return run.dynamic.get("result") is not None

    @classmethod
    def is_busy(cls, step: Step, run: TaskRun) -> bool:
        return run.dynamic.get("wait") is True and run.dynamic.get("result") is None

    @classmethod
    def verdict(cls, run: TaskRun, worst: TaskRunState) -> TaskRunState:
        return TaskRunState(str(run.dynamic.get("result") or worst))

    @classmethod
    def on_child_started(cls, step: Step, run: TaskRun, task: Task, child: ChildStarted) -> None:
        if run.dynamic.get("wait") is False and child.child_id == run.dynamic.get("childId"):
            _result(step, run, TaskRunState.SUCCESS)

    @classmethod
    def on_recover(cls, step: Step, run: TaskRun, task: Task) -> None:
        if run.dynamic.get("wait") is False:
            _result(step, run, TaskRunState.SUCCESS)

    @classmethod
    def on_child_refused(cls, step: Step, run: TaskRun, task: Task, child: ChildRefused) -> None:
        if child.child_id == run.dynamic.get("childId"):
            step.log(LogLevel.ERROR, child.message, run)
            _result(step, run, TaskRunState.FAILED, child.message)

    @classmethod
    def on_child(cls, step: Step, run: TaskRun, task: Task, change: ChildChanged) -> None:
        current = run.dynamic.get("childId")
        if change.child_id != current and current is not None:
            return
        if change.state is ExecutionState.RETRIED:
            step.amend(run, dynamic={**run.dynamic, "childId": None})
            return
        if not change.state.is_terminal:
            if current is None:
                _follow(step, run, change.child_id)
            return
        outputs: dict[str, object] = {"executionId": change.child_id, "state": change.state.value}
        if change.outputs:
            outputs["outputs"] = change.outputs
        step.set_outputs(run, outputs, tell=False)
        state = state_of(change.state, transmit=run.dynamic.get("transmit") is not False)
        message = f"The execution {change.child_id} ended as {change.state}."
        if run.dynamic.get("wants") and not change.outputs and state in _RENDERED_IN:
            state, message = TaskRunState.FAILED, _UNRENDERED.format(change.child_id)
        run = _follow(step, run, change.child_id)
        _result(step, run, state, message if state is TaskRunState.FAILED else None)


def _follow(step: Step, run: TaskRun, child_id: str) -> TaskRun:
    dynamic = {**run.dynamic, "childId": child_id}
    return step.amend(run, dynamic=dynamic, child_execution_id=child_id)


def _result(step: Step, run: TaskRun, state: TaskRunState, message: str | None = None) -> None:
    dynamic: Mapping[str, object] = {**run.dynamic, "result": state.value, "message": message}
    step.amend(run, dynamic=dynamic)


def _may_restart(step: Step, run: TaskRun, given: ChildProperties) -> bool:
    """Whether a restart of the parent restarts the child: it exists and has failed."""
    outputs = step.execution.task_outputs.get(run.id) or {}
    return (
        given.restart_behavior is RestartBehavior.RETRY_FAILED
        and run.child_execution_id is not None
        and outputs.get("state") in _RESTARTABLE
    )
