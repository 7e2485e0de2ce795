"""ForEachItem: one execution of another flow for each batch of a stored file.

It shows as four task runs: itself, `<id>_split` (a worker cuts the file), `<id>_items` (the
started executions) and `<id>_merge` (a worker gathers their outputs).
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

from pydantic import BaseModel, Field

from runtime.executions.flowable import ERRORS, FINALLY, Flowable, Opening, read
from runtime.executions.flowables.child import (
    ChildProperties,
    RestartBehavior,
    rendered_inputs,
    start_child,
    state_of,
)
from runtime.executions.flowables.iterating import Iterating
from runtime.executions.flowables.progress import Progress
from runtime.executions.lanes import in_order, is_stopping
from runtime.executions.messages import ChildChanged, ChildStarted
from runtime.executions.model import TaskRun
from runtime.executions.plan import LaneKind
from runtime.executions.states import ExecutionState, TaskRunState
from runtime.executions.step import Step
from runtime.flows.model import Task
from runtime.flows.types import NotRendered, Properties


class Batch(Properties):
    """How the file is cut: after so many rows, into so many parts, or by size."""

    rows: int | str | None = None
    partitions: int | str | None = None
    bytes: int | str | None = None
    separator: str = "\n"


class _ForEachItem(ChildProperties):
    items: str = Field(description="The stored file, as an address in internal storage.")
    batch: Batch = Field(default_factory=Batch, description="One row each when absent.")
    inputs: Annotated[dict[str, object], NotRendered()] = Field(
        default_factory=dict,
        description="The inputs of each started execution; `taskrun.items` is its batch.",
    )


class ForEachItem(Flowable):
    """Start an execution of another flow for each batch of a stored file.

    The batches run at the same time. `taskrun.items` in `inputs` is the address of the batch and
    `taskrun.iteration` its number, from 0. With `transmitFailed` a failed execution fails the
    task once all have ended.
    """

    name = "ForEachItem"
    Properties = _ForEachItem
    branches = (ERRORS, FINALLY)

    @classmethod
    def main(cls, step: Step, run: TaskRun, task: Task) -> bool:
        return in_order(step, run, step.index.plan.children(task.id, "tasks"))


class _Iterated(BaseModel):
    iterations: dict[str, int] = Field(description="How many executions are in each state.")
    numberOfBatches: int = Field(description="How many batches there are.")  # noqa: N815


class ForEachItemItems(Iterating):
    """Start the executions of a ForEachItem, and wait for them."""

    name = "ForEachItem$Items"
    Properties = _ForEachItem
    Outputs = _Iterated
    branches = ()

    @classmethod
    def open(cls, step: Step, run: TaskRun, task: Task) -> Opening:
        given = read(_ForEachItem, step, run, task)
        dynamic: dict[str, object] = {
            "wait": given.wait,
            "transmit": given.transmit_failed,
            "message": None,
            "restarted": None,
        }
        keeps = given.restart_behavior is RestartBehavior.RETRY_FAILED
        if run.dynamic.get("restarted") and keeps and not run.dynamic.get("refused"):
            return cls.failed_again(run, dynamic)
        progress = Progress(step.env.new_execution_id(), len(_batches(step, run)))
        return Opening({**dynamic, "progress": progress.kept(), "refused": None})

    @classmethod
    def main(cls, step: Step, run: TaskRun, task: Task) -> bool:
        progress = Progress.of(run.dynamic)
        if progress.started == progress.count:
            return progress.is_over
        given = read(_ForEachItem, step, run, task)
        batches = _batches(step, run)
        before = progress.started
        try:
            while progress.started < progress.count and not is_stopping(step, run):
                if step.budget <= 0:
                    step.mark((run.id, None))
                    break
                _start(step, run, task, given, progress, str(batches[progress.started]))
        finally:
            if progress.started != before:
                _keep(step, run, progress)
        return progress.is_over

    @classmethod
    def on_child_started(cls, step: Step, run: TaskRun, task: Task, child: ChildStarted) -> None:
        if run.dynamic.get("wait") is False:
            cls.ended(step, run, ChildChanged(run.id, child.child_id, ExecutionState.SUCCESS))

    @classmethod
    def on_recover(cls, step: Step, run: TaskRun, task: Task) -> None:
        if run.dynamic.get("wait") is False:
            progress = Progress.of(run.dynamic)
            for number in range(progress.started):
                progress.end(number, ExecutionState.SUCCESS, failed=False)
            _keep(step, run, progress)

    @classmethod
    def ended(cls, step: Step, run: TaskRun, change: ChildChanged) -> None:
        progress = Progress.of(run.dynamic)
        state, child_id = change.state, change.child_id
        number = progress.number_of(change.first_id or child_id)
        bad = state_of(state, transmit=True) in (TaskRunState.FAILED, TaskRunState.KILLED)
        if number is not None and progress.end(number, state, failed=bad, ended_as=child_id):
            _keep(step, run, progress)


def _start(
    step: Step,
    run: TaskRun,
    task: Task,
    given: _ForEachItem,
    progress: Progress,
    batch: str,
) -> None:
    number = progress.started
    seen = replace(run, iteration=number, dynamic={**run.dynamic, "items": batch})
    effect = start_child(
        step,
        run,
        task,
        given,
        key=str(number),
        child_id=progress.child_id(number),
        inputs=rendered_inputs(step, seen, task),
        more={"taskRunIteration": number},
    )
    step.effect(effect)
    step.budget -= 1
    progress.started += 1
    progress.active += 1


def _keep(step: Step, run: TaskRun, progress: Progress) -> None:
    run = step.amend(run, dynamic={**run.dynamic, "progress": progress.kept()})
    iterations = {"RUNNING": progress.active, **progress.states}
    if run.dynamic.get("wait"):
        iterations = {"CREATED": progress.count - progress.started, **iterations}
    step.set_outputs(run, {"iterations": iterations, "numberOfBatches": progress.count})


def _batches(step: Step, run: TaskRun) -> list[object]:
    """The addresses of the batches, which `<id>_split` found."""
    name = run.task_id.removesuffix("_items") + "_split"
    split = step.index.lane(run.parent_id, None, LaneKind.MAIN).runs.get(name, "")
    outputs: Mapping[str, object] = step.execution.task_outputs.get(split) or {}
    uris = outputs.get("uris")
    return uris if isinstance(uris, list) else []
