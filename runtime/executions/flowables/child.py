"""What Subflow and ForEachItem share: which flow to start, with what, and what its end means."""

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum

from pydantic import Field

from runtime.executions.create import CORRELATION
from runtime.executions.decision import StartChild
from runtime.executions.environment import RenderFailed
from runtime.executions.flowable import text_of
from runtime.executions.model import TaskRun
from runtime.executions.states import ExecutionState, TaskRunState
from runtime.executions.step import Step
from runtime.flows.model import Task
from runtime.flows.types import Properties


class RestartBehavior(StrEnum):
    RETRY_FAILED = "RETRY_FAILED"
    NEW_EXECUTION = "NEW_EXECUTION"


class ChildProperties(Properties):
    """The flow to start and how."""

    namespace: str = Field(description="The namespace of the flow to start.")
    flow_id: str = Field(description="The id of the flow to start.")
    revision: int | None = Field(None, description="The latest when absent.")
    labels: dict[str, object] | list[dict[str, object]] = Field(
        default_factory=dict, description="Further labels of the started execution."
    )
    inherit_labels: bool = Field(
        False, description="Whether the started execution takes over this one's labels."
    )
    wait: bool = Field(True, description="Whether the task waits for the execution's end.")
    transmit_failed: bool = Field(
        True, description="Whether the task fails when the execution does."
    )
    schedule_date: str | None = Field(None, description="When to start; at once when absent.")
    restart_behavior: RestartBehavior = Field(
        RestartBehavior.RETRY_FAILED,
        description="Whether a restart restarts the failed execution or starts a new one.",
    )


FAILURES = {
    ExecutionState.FAILED: TaskRunState.FAILED,
    ExecutionState.KILLED: TaskRunState.KILLED,
    ExecutionState.WARNING: TaskRunState.WARNING,
}


def state_of(child: ExecutionState, *, transmit: bool) -> TaskRunState:
    """What a child's end means for the task that waited for it. (Source: Kestra's Subflow.)"""
    return FAILURES.get(child, TaskRunState.SUCCESS) if transmit else TaskRunState.SUCCESS


def start_child(
    step: Step,
    run: TaskRun,
    task: Task,
    given: ChildProperties,
    *,
    key: str,
    child_id: str,
    inputs: Mapping[str, object],
    more: Mapping[str, object] | None = None,
) -> StartChild:
    """The effect that starts one execution; `more` goes into its trigger variables."""
    execution = step.execution
    variables = {
        "executionId": execution.id,
        "namespace": execution.namespace,
        "flowId": execution.flow_id,
        "flowRevision": execution.flow_revision,
        **(more or {}),
    }
    return StartChild(
        task_run_id=run.id,
        key=key,
        child_id=child_id,
        namespace=given.namespace,
        flow_id=given.flow_id,
        revision=given.revision,
        inputs=inputs,
        labels=_labels(step, given),
        trigger_type=task.type.partition("$")[0],
        trigger_variables=variables,
        wait=given.wait,
        scheduled_at=_moment(given.schedule_date),
        inherited=_inherited(execution.labels) if given.inherit_labels else {},
    )


def rendered_inputs(step: Step, run: TaskRun, task: Task) -> Mapping[str, object]:
    """The inputs for the child. Raises RenderFailed or Deferred."""
    inputs = step.env.value(task.properties.get("inputs") or {}, step.execution, task, run)
    if not isinstance(inputs, Mapping):
        raise RenderFailed(f"`inputs` of `{task.id}` must be a map.")
    return inputs


def _labels(step: Step, given: ChildProperties) -> dict[str, str]:
    labels: dict[str, str] = {}
    own = step.execution.labels
    if isinstance(given.labels, list):
        labels |= {str(entry["key"]): text_of(entry["value"]) for entry in given.labels}
    else:
        labels |= {key: text_of(value) for key, value in given.labels.items()}
    labels[CORRELATION] = own.get(CORRELATION, step.execution.id)
    return labels


def _inherited(labels: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in labels.items() if not key.startswith("system.")}


def _moment(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise RenderFailed(
            f"`scheduleDate` is `{text}`; write a date and time such as 2026-01-31T08:30:00Z."
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
