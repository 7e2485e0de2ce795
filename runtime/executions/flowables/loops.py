"""Loops whose iterations are task runs of the same execution: ForEach, its elders, LoopUntil."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import BaseModel, Field

from runtime.executions.environment import RenderFailed
from runtime.executions.flowable import Flowable, Opening, PositiveLength, read, seconds_of
from runtime.executions.flowables.siblings import Siblings, interrupt, root_cause
from runtime.executions.index import Tally
from runtime.executions.lanes import advance_iteration, by_iteration, is_stopping
from runtime.executions.model import TaskRun
from runtime.executions.states import TaskRunState
from runtime.executions.step import Step
from runtime.flows.misfits import said
from runtime.flows.model import Task
from runtime.flows.truth import is_true
from runtime.flows.types import NotRendered, Properties

MOST_VALUES = 100_000


class _Values(Siblings):
    values: object = Field(description="A list, a map, or a text that holds either as JSON.")
    concurrency_limit: int = Field(
        1, ge=0, description="How many values at a time: 1 is one after another, 0 is all at once."
    )


class _OverValues(Flowable):
    """What loops over values have in common."""

    @classmethod
    def main(cls, step: Step, run: TaskRun, task: Task) -> bool:
        run = interrupt(step, run, has_failed=step.index.tally(run.id).failed > 0)
        values, limit = run.dynamic.get("values"), run.dynamic.get("concurrent")
        return by_iteration(
            step,
            run,
            values if isinstance(values, list) else [],
            limit if isinstance(limit, int) else 1,
        )

    @classmethod
    def verdict(cls, run: TaskRun, worst: TaskRunState) -> TaskRunState:
        return root_cause(run, worst)


class ForEach(_OverValues):
    """Run tasks once for each value.

    The tasks of one value run one after another; `concurrencyLimit` says how many values run at a
    time. Values that occur twice run once. `taskrun.value` is the value as text and
    `taskrun.iteration` its place, from 0; the outputs of a task stand below its value, as in
    `outputs.task[taskrun.value]`. A null among the values fails the task. After a failure no
    further value starts, the running ones end, and `errors` runs; `onChildFailure`,
    `childFailurePolicy` or `failFast` say otherwise.
    """

    name = "ForEach"
    Properties = _Values

    @classmethod
    def open(cls, step: Step, run: TaskRun, task: Task) -> Opening:
        given = read(_Values, step, run, task)
        return opening(given.values, given.concurrency_limit, given.remembered())


class _Each(Properties):
    value: object = Field(description="A list, a map, or a text that holds either as JSON.")


class EachSequential(_OverValues):
    """Run tasks once for each value, one value after another.

    The elder form of a ForEach with `concurrencyLimit: 1`.
    """

    name = "EachSequential"
    Properties = _Each
    deprecated = "Use ForEach, which does the same with `values` instead of `value`."

    @classmethod
    def open(cls, step: Step, run: TaskRun, task: Task) -> Opening:
        return opening(read(_Each, step, run, task).value, 1)


class _EachAtOnce(_Each):
    concurrent: int = Field(0, ge=0, description="How many values at a time; 0 for all.")


class EachParallel(_OverValues):
    """Run tasks once for each value, the values at the same time.

    The elder form of a ForEach with `concurrencyLimit: 0`.
    """

    name = "EachParallel"
    Properties = _EachAtOnce
    deprecated = "Use ForEach with `concurrencyLimit: 0` and `values` instead of `value`."

    @classmethod
    def open(cls, step: Step, run: TaskRun, task: Task) -> Opening:
        given = read(_EachAtOnce, step, run, task)
        return opening(given.value, given.concurrent)


def opening(values: object, limit: int, more: Mapping[str, object] | None = None) -> Opening:
    """What a loop over these values remembers."""
    texts = list(dict.fromkeys(as_text(value) for value in value_list(values)))
    return Opening({"values": texts, "concurrent": limit, **(more or {})})


def value_list(values: object) -> list[object]:
    """The values of a loop: a list, the entries of a map, or a text that holds either as JSON."""
    if isinstance(values, str):
        return value_list(_parsed(values))
    if isinstance(values, Mapping):
        return [{"key": key, "value": value} for key, value in values.items()]
    if not isinstance(values, list | tuple):
        raise RenderFailed(f"The values of a loop must be a list, not `{said(values)}`.")
    found: list[object] = list(values)
    if len(found) > MOST_VALUES:
        raise RenderFailed(
            f"A loop takes at most {MOST_VALUES:,} values and this one has {len(found):,}. "
            "Put them into a file and cut that into batches with ForEachItem."
        )
    missing = found.count(None)
    if missing:
        shown = json.dumps(found, default=str)[:200]
        raise RenderFailed(f"Found '{missing}' null values on Each, with values={shown}")
    return found


def _parsed(text: str) -> object:
    try:
        parsed: object = json.loads(text)
    except ValueError:
        parsed = text
    if isinstance(parsed, str):
        raise RenderFailed(
            f"The values of a loop must be a list, or a text with a JSON list, not `{text[:80]}`."
        )
    return parsed


def as_text(value: object) -> str:
    """A loop value as expressions see it: text as it is, everything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)


class CheckFrequency(Properties):
    """How often the condition is looked at, and when to give up."""

    interval: PositiveLength = Field("PT1M", description="The time between two iterations.")
    max_iterations: int | None = Field(None, ge=1, description="No limit when absent.")
    max_duration: PositiveLength | None = Field(None, description="No limit when absent.")


class _Until(Properties):
    condition: Annotated[object, NotRendered()] = Field(
        description="Looked at after each iteration; the loop ends when it holds."
    )
    fail_on_max_reached: bool = Field(
        False, description="Whether reaching a limit fails the task instead of ending it."
    )
    check_frequency: CheckFrequency = Field(default_factory=CheckFrequency)  # type: ignore[arg-type]


class _Count(BaseModel):
    iterationCount: int = Field(description="The number of the iteration, from 1.")  # noqa: N815


class LoopUntil(Flowable):
    """Run tasks again and again until a condition holds.

    The condition is looked at after each iteration and sees the latest outputs; what it asks for
    outside (a key, an address) it asks anew. `iterationCount` is how many there were, also when
    `maxIterations` let it go no further. Every iteration
    keeps its own task runs (Kestra shows those of the last one only). Between iterations the task
    stays RUNNING and a timer waits.
    """

    name = "LoopUntil"
    Properties = _Until
    Outputs = _Count
    aliases = ("io.kestra.plugin.core.flow.WaitFor", "io.kestra.core.tasks.flows.WaitFor")

    @classmethod
    def open(cls, step: Step, run: TaskRun, task: Task) -> Opening:
        given = read(_Until, step, run, task)
        often = given.check_frequency
        limit = seconds_of(often.max_duration, "maxDuration") if often.max_duration else None
        dynamic: dict[str, object] = {
            "interval": seconds_of(often.interval, "interval"),
            "maxIterations": often.max_iterations,
            "until": (step.env.now() + timedelta(seconds=limit)).isoformat() if limit else None,
            "failOnMax": given.fail_on_max_reached,
            "checked": 0,
        }
        return Opening(dynamic)

    @classmethod
    def main(cls, step: Step, run: TaskRun, task: Task) -> bool:
        tally = cls._tally(step, run)
        if tally.active:
            return False
        if tally.is_halted:
            return True
        if tally.started == 0:
            cls._next(step, run)
            return False
        if run.dynamic.get("checked") == tally.started:
            return False
        return cls._check(step, run, task, tally.started)

    @classmethod
    def _check(cls, step: Step, run: TaskRun, task: Task, count: int) -> bool:
        """Look at the condition after an iteration; True when the loop has ended."""
        condition = task.properties.get("condition")
        if is_true(step.env.value(condition, step.execution, task, run)):
            return True
        most, until = run.dynamic.get("maxIterations"), run.dynamic.get("until")
        now = step.env.now()
        over = isinstance(until, str) and now >= datetime.fromisoformat(until)
        if over or (isinstance(most, int) and count >= most):
            if run.dynamic.get("failOnMax"):
                reached = "`maxDuration`" if over else "`maxIterations`"
                raise RenderFailed(
                    f"`{task.id}` reached its {reached} after {count} iterations and the "
                    "condition does not hold."
                )
            return True
        run = step.amend(run, dynamic={**run.dynamic, "checked": count})
        interval = run.dynamic.get("interval")
        seconds = interval if isinstance(interval, int | float) else 0.0
        step.set_timer(f"loop:{run.id}", now + timedelta(seconds=seconds))
        return False

    @classmethod
    def on_timer(cls, step: Step, run: TaskRun, task: Task, kind: str) -> None:
        idle = step.index.tally(run.id).active == 0
        if kind == "loop" and idle and run.state is TaskRunState.RUNNING:
            cls._next(step, run)

    @classmethod
    def _tally(cls, step: Step, run: TaskRun) -> Tally:
        """How far the loop is. Rounds without an enabled task leave no trace but `checked`."""
        tally, checked = step.index.tally(run.id), run.dynamic.get("checked")
        tally.started = max(tally.started, checked if isinstance(checked, int) else 0)
        return tally

    @classmethod
    def _next(cls, step: Step, run: TaskRun) -> None:
        if is_stopping(step, run):
            return
        tally = cls._tally(step, run)
        tally.started += 1
        tally.active += 1
        step.set_outputs(run, {"iterationCount": tally.started})
        advance_iteration(step, run, tally.started - 1, None)
