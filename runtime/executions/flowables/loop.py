"""Loop: one execution of its own for each value."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, Field

from runtime.executions.create import CORRELATION
from runtime.executions.decision import StartChild
from runtime.executions.environment import RenderFailed
from runtime.executions.flowable import ERRORS, FINALLY, Opening, read
from runtime.executions.flowables.iterating import Iterating
from runtime.executions.flowables.progress import Progress
from runtime.executions.flowables.values import find, value_at
from runtime.executions.lanes import is_stopping
from runtime.executions.messages import ChildChanged
from runtime.executions.model import LogLevel, TaskRun
from runtime.executions.states import ExecutionState, TaskRunState
from runtime.executions.step import Step
from runtime.flows.model import Task
from runtime.flows.truth import is_true
from runtime.flows.types import BranchSpec, NotRendered, Properties


class FetchType(StrEnum):
    AUTO = "AUTO"
    FETCH = "FETCH"
    STORE = "STORE"


class _Loop(Properties):
    values: object = Field(
        description="A list, a map, a text that holds either as JSON, or the address of a stored "
        "file with a value in ION or JSON on each line. A file of up to 1,000,000 values is read "
        "page by page; with `outputs`, and for anything but a file, 100,000 are the most."
    )
    concurrency_limit: int = Field(1, ge=0, description="How many values at a time; 0 for all.")
    transmit_failed: bool = Field(
        True, description="Whether a failed iteration fails the task and starts no further ones."
    )
    outputs: Annotated[list[dict[str, object]], NotRendered()] = Field(
        default_factory=list, description="What each iteration yields, declared as flow outputs."
    )
    break_when: Annotated[object, NotRendered()] = Field(
        None,
        description="Looked at after each iteration; no further one starts once it holds. It sees "
        "`item` and `iteration`, which has `executionId`, `state` and `outputs`.",
    )
    fetch_type: FetchType = Field(
        FetchType.AUTO,
        description="FETCH keeps what an iteration yields with the task's outputs, STORE in an ION "
        "file whose `uri` is kept; AUTO stores when the values come from a file.",
    )


class _Looped(BaseModel):
    iterationCount: int = Field(description="How many values there are.")  # noqa: N815
    runningIterations: int = Field(description="How many are under way.")  # noqa: N815
    terminatedIterations: dict[str, int] = Field(  # noqa: N815
        description="How many have ended in each state."
    )
    failedIterations: str = Field(description="The numbers of the failed ones.")  # noqa: N815
    outputs: list[object] = Field(
        description="For each iteration, in order, its `item` and the `outputs` it yielded."
    )


class Loop(Iterating):
    """Run tasks once for each value, each time as an execution of its own.

    Inside, `item.value`, `item.index`, `item.key` (for maps), `item.parent` and `item.parents`
    (the nearest loop first) tell where the iteration is; outputs of tasks outside the loop can be
    read as usual. `errors` and `finally` run within the iteration, and `retry` is that of its
    tasks. What an iteration declares in `outputs` is found in `outputs.<loop>.outputs`, in the
    order of the values; `loopOutputs(outputs.<loop>.outputs, 'id')` picks one of them from each.
    `breakWhen` ends the loop early: running iterations end, no further one starts. An iteration
    that is tried again as a new execution is followed to the end of that chain.
    """

    name = "Loop"
    Properties = _Loop
    Outputs = _Looped
    branches = (BranchSpec("tasks", required=True), ERRORS, FINALLY)
    runs_parts = False

    @classmethod
    def open(cls, step: Step, run: TaskRun, task: Task) -> Opening:
        given = read(_Loop, step, run, task)
        dynamic: dict[str, object] = {
            "concurrent": given.concurrency_limit,
            "transmit": given.transmit_failed,
            "collects": bool(given.outputs),
            "breaks": given.break_when is not None,
            "ended": [],
            "held": [],
            "broken": None,
            "breakFailed": None,
            "message": None,
            "restarted": None,
        }
        if run.dynamic.get("restarted") and not run.dynamic.get("refused"):
            return cls.failed_again(run, dynamic)
        found = find(step, run, task, given.values, gathers=bool(given.outputs))
        progress = Progress(step.env.new_execution_id(), found.count)
        return Opening(
            {
                **dynamic,
                "progress": progress.kept(),
                "keyed": found.is_keyed,
                "refused": None,
                "stores": given.fetch_type is FetchType.STORE
                or (found.is_file and given.fetch_type is FetchType.AUTO),
            },
            _outputs(progress, [None] * found.count if given.outputs else None),
            memory={_key(run): found.kept},
        )

    @classmethod
    def main(cls, step: Step, run: TaskRun, task: Task) -> bool:
        run = _look_for_break(step, run, task)
        progress = Progress.of(run.dynamic)
        limit = run.dynamic.get("concurrent")
        most = limit if isinstance(limit, int) and limit > 0 else progress.count
        stops = run.dynamic.get("transmit") is True and bool(str(progress.failed))
        stops = stops or run.dynamic.get("broken") is True
        before = progress.started
        try:
            while progress.started < progress.count and progress.active < most and not stops:
                if is_stopping(step, run):
                    break
                if step.budget <= 0:
                    step.mark((run.id, None))
                    break
                step.effect(_start(step, run, task, progress))
                step.budget -= 1
                progress.started += 1
                progress.active += 1
        except RenderFailed as failure:
            run, stops = _break_off(step, run, failure), True
        finally:
            if progress.started != before:
                _keep(step, run, progress)
        return progress.is_over or (stops and progress.active == 0)

    @classmethod
    def verdict(cls, run: TaskRun, worst: TaskRunState) -> TaskRunState:
        if run.dynamic.get("breakFailed"):
            return TaskRunState.FAILED
        return super().verdict(run, worst)

    @classmethod
    def on_end(cls, step: Step, run: TaskRun, state: TaskRunState) -> None:
        held = _held(run)
        if held:
            progress = Progress.of(run.dynamic)
            outputs = _outputs(progress, _collected(step, run, held))
            step.set_outputs(step.execution.task_runs[run.id], outputs)
        if state in (TaskRunState.SUCCESS, TaskRunState.WARNING):
            step.remember(**{_key(run): None})

    @classmethod
    def ended(cls, step: Step, run: TaskRun, change: ChildChanged) -> None:
        progress = Progress.of(run.dynamic)
        child_id, state, outputs = change.child_id, change.state, change.outputs
        number = progress.number_of(change.first_id or child_id)
        bad = state not in (ExecutionState.SUCCESS, ExecutionState.WARNING)
        if number is None or not progress.end(number, state, failed=bad, ended_as=child_id):
            return
        if run.dynamic.get("breaks"):
            report = {"executionId": child_id, "state": state.value, "outputs": dict(outputs or {})}
            known = run.dynamic.get("ended")
            further = [*(known if isinstance(known, list) else []), {"index": number, **report}]
            run = step.amend(run, dynamic={**run.dynamic, "ended": further})
        _keep(step, run, progress, number, outputs)


def _key(run: TaskRun) -> str:
    """Where the execution keeps the values, so that they are not written at each iteration."""
    return f"values:{run.id}"


def _start(step: Step, run: TaskRun, task: Task, progress: Progress) -> StartChild:
    execution = step.execution
    number = progress.started
    loop = {
        "task": task.id,
        "index": number,
        "taskRunId": run.id,
        "item": _item(step, run, number),
        "outputs": _needed_outputs(step, task),
        "stores": run.dynamic.get("stores") is True,
    }
    correlation = execution.labels.get(CORRELATION, execution.id)
    return StartChild(
        task_run_id=run.id,
        key=str(number),
        child_id=progress.child_id(number),
        namespace=execution.namespace,
        flow_id=execution.flow_id,
        revision=execution.flow_revision,
        inputs=execution.inputs,
        labels={CORRELATION: correlation},
        trigger_type=task.type,
        trigger_variables=execution.trigger.variables if execution.trigger else {},
        wait=True,
        loop=loop,
    )


def _item(step: Step, run: TaskRun, number: int) -> dict[str, object]:
    """What expressions of the iteration see as `item`."""
    value = value_at(step, run, step.execution.memory.get(_key(run)), number)
    item: dict[str, object] = {"index": number, "value": value}
    if run.dynamic.get("keyed") and isinstance(value, Mapping):
        item |= {"key": value["key"], "value": value["value"]}
    around = step.execution.memory.get("loop")
    outer = around.get("item") if isinstance(around, Mapping) else None
    if isinstance(outer, Mapping):
        own = {key: fact for key, fact in outer.items() if key not in ("parent", "parents")}
        further = outer.get("parents")
        item["parent"] = own
        item["parents"] = [own, *(further if isinstance(further, list) else [])]
    return item


def _needed_outputs(step: Step, task: Task) -> dict[str, object]:
    """The outputs outside of the loop that its tasks name; nothing else is handed on."""
    text = str(task)
    outside = step.index.trees.outputs
    return {name: found for name, found in outside.items() if name != task.id and name in text}


def _keep(
    step: Step,
    run: TaskRun,
    progress: Progress,
    number: int | None = None,
    outputs: Mapping[str, object] | None = None,
) -> None:
    """Note how far the loop is, and what an iteration yielded.

    What all iterations yielded is one value, which is written whole. So the newest are held back,
    the more the longer the loop: its writes stay in proportion to its length.
    """
    dynamic: dict[str, object] = {**run.dynamic, "progress": progress.kept()}
    if not run.dynamic.get("collects"):
        run = step.amend(run, dynamic=dynamic)
        step.set_outputs(run, _outputs(progress, None))
        return
    held = _held(run)
    if number is not None:
        held.append({"number": number, "outputs": dict(outputs or {})})
    is_due = len(held) > sum(progress.states.values()) // 50
    run = step.amend(run, dynamic={**dynamic, "held": [] if is_due else held})
    if is_due:
        step.set_outputs(run, _outputs(progress, _collected(step, run, held)))


def _held(run: TaskRun) -> list[Mapping[str, object]]:
    held = run.dynamic.get("held")
    return list(held) if isinstance(held, list) else []


def _collected(step: Step, run: TaskRun, held: list[Mapping[str, object]]) -> list[object]:
    """What the iterations yielded, in their order, with what was held back."""
    known = (step.execution.task_outputs.get(run.id) or {}).get("outputs")
    count = Progress.of(run.dynamic).count
    collected = list(known) if isinstance(known, list) else [None] * count
    for each in held:
        number = each["number"]
        if isinstance(number, int):
            item = _yielded_item(step, run, number)
            collected[number] = {"item": item, "outputs": each["outputs"]}
    return collected


def _yielded_item(step: Step, run: TaskRun, number: int) -> dict[str, object]:
    """Which iteration an entry of the loop's outputs belongs to."""
    item = _item(step, run, number)
    named: dict[str, object] = {name: item[name] for name in ("key", "value") if name in item}
    return {"iteration": number, **named}


def _look_for_break(step: Step, run: TaskRun, task: Task) -> TaskRun:
    """Ask `breakWhen` about the iterations that ended since the last look."""
    ended = run.dynamic.get("ended")
    if not isinstance(ended, list) or not ended:
        return run
    condition = task.properties.get("breakWhen")
    for number, report in enumerate(ended, start=1):
        try:
            item = _item(step, run, report["index"])
            iteration = {name: report[name] for name in ("executionId", "state", "outputs")}
            seen = replace(run, dynamic={**run.dynamic, "item": item, "iteration": iteration})
            if is_true(step.env.value(condition, step.execution, task, seen)):
                run = step.amend(run, dynamic={**run.dynamic, "broken": True})
        except RenderFailed as failure:
            run = _break_off(step, run, failure)
        run = step.amend(run, dynamic={**run.dynamic, "ended": ended[number:]})
    return run


def _break_off(step: Step, run: TaskRun, failure: RenderFailed) -> TaskRun:
    """Start nothing more; the task fails when what is under way has ended."""
    step.log(LogLevel.ERROR, failure.message, run)
    dynamic = {"broken": True, "breakFailed": True, "message": failure.message}
    return step.amend(run, dynamic={**run.dynamic, **dynamic})


def _outputs(progress: Progress, collected: list[object] | None) -> dict[str, object]:
    outputs: dict[str, object] = {
        "iterationCount": progress.count,
        "runningIterations": progress.active,
        "terminatedIterations": dict(progress.states),
    }
    if str(progress.failed):
        outputs["failedIterations"] = str(progress.failed)
    if collected is not None:
        outputs["outputs"] = collected
    return outputs
