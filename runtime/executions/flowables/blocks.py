"""Flowables that only arrange children: Sequential, Parallel, Dag, If, Switch, AllowFailure."""

from collections.abc import Sequence
from typing import ClassVar

from pydantic import BaseModel, Field

from runtime.executions.environment import RenderFailed
from runtime.executions.flowable import ERRORS, FINALLY, Flowable, Opening, read, text_of
from runtime.executions.flowables.siblings import Siblings, interrupt, root_cause
from runtime.executions.lanes import at_once, by_dependencies, in_order
from runtime.executions.model import TaskRun
from runtime.executions.plan import LaneKind
from runtime.executions.states import TaskRunState
from runtime.executions.step import Step
from runtime.flows.model import Task
from runtime.flows.truth import is_true
from runtime.flows.types import BranchSpec, Properties


class Sequential(Flowable):
    """Run tasks one after another.

    The first task that fails ends the list. Then `errors` runs, then `finally`.
    """

    name = "Sequential"

    @classmethod
    def main(cls, step: Step, run: TaskRun, task: Task) -> bool:
        return in_order(step, run, step.index.plan.children(task.id, "tasks"))


class AllowFailure(Sequential):
    """Run tasks one after another and go on with a warning when one of them fails.

    The tasks after the failed one are left out, `errors` runs, and the block ends as WARNING.
    """

    name = "AllowFailure"

    @classmethod
    def tolerate(cls, state: TaskRunState) -> TaskRunState:
        return TaskRunState.WARNING if state is TaskRunState.FAILED else state


class _Limited(Siblings):
    concurrent: int = Field(0, ge=0, description="How many children run at a time; 0 for all.")


class Parallel(Flowable):
    """Run tasks at the same time.

    A child that fails does not stop the others: the block waits for all that run, and only starts
    no further ones when `concurrent` holds some back. Then `errors` runs. (In Kestra a failing
    branch can end the block while its siblings still run.) With `onChildFailure`,
    `childFailurePolicy` or `failFast` the others are stopped instead, or all are started.
    """

    name = "Parallel"
    Properties = _Limited

    @classmethod
    def open(cls, step: Step, run: TaskRun, task: Task) -> Opening:
        given = read(_Limited, step, run, task)
        return Opening({"concurrent": given.concurrent, **given.remembered()})

    @classmethod
    def main(cls, step: Step, run: TaskRun, task: Task) -> bool:
        lane = step.index.lane(run.id, None, LaneKind.MAIN)
        run = interrupt(step, run, has_failed=lane.failed > 0)
        return cls._start(step, run, step.index.plan.children(task.id, "tasks"), _limit(run))

    @classmethod
    def _start(cls, step: Step, run: TaskRun, tasks: Sequence[Task], limit: int) -> bool:
        return at_once(step, run, tasks, limit)

    @classmethod
    def verdict(cls, run: TaskRun, worst: TaskRunState) -> TaskRunState:
        return root_cause(run, worst)


class Dag(Parallel):
    """Run tasks as soon as those they depend on have ended.

    Each entry of `tasks` has a `task` and the ids it waits for in `dependsOn`. After a failure no
    further task starts and those that run end, unless `onChildFailure`, `childFailurePolicy` or
    `failFast` say otherwise; what depends on a failed task never starts.
    """

    name = "Dag"
    branches = (BranchSpec("tasks", shape="dag", required=True), ERRORS, FINALLY)

    @classmethod
    def _start(cls, step: Step, run: TaskRun, tasks: Sequence[Task], limit: int) -> bool:
        return by_dependencies(step, run, tasks, limit)


class _Choosing(Flowable):
    """Runs one of several lists of tasks: the one it has opened with."""

    @classmethod
    def main(cls, step: Step, run: TaskRun, task: Task) -> bool:
        return in_order(step, run, step.index.plan.children(task.id, str(run.dynamic["branch"])))


class _Condition(Properties):
    condition: object = Field(description="Runs `then` when it holds, `else` otherwise.")


class _Evaluation(BaseModel):
    evaluationResult: bool = Field(description="Whether the condition held.")  # noqa: N815


class If(_Choosing):
    """Run one list of tasks or another, by a condition.

    False are exactly the texts "", "0", "-0" and "false", and nothing at all.
    """

    name = "If"
    Properties = _Condition
    Outputs = _Evaluation
    branches: ClassVar[tuple[BranchSpec, ...]] = (
        BranchSpec("then", required=True),
        BranchSpec("else"),
        ERRORS,
        FINALLY,
    )

    @classmethod
    def open(cls, step: Step, run: TaskRun, task: Task) -> Opening:
        held = is_true(read(_Condition, step, run, task).condition)
        return Opening({"branch": "then" if held else "else"}, {"evaluationResult": held})


class _Value(Properties):
    value: object = Field(description="Its text is the key of the case to run.")


class _Switched(BaseModel):
    value: str = Field(description="The value that was looked up.")
    defaults: bool = Field(description="Whether no case had that key.")


class Switch(_Choosing):
    """Run the tasks of the case that a value names, or `defaults`.

    With neither a case nor `defaults` for the value, the task fails.
    """

    name = "Switch"
    Properties = _Value
    Outputs = _Switched
    branches: ClassVar[tuple[BranchSpec, ...]] = (
        BranchSpec("cases", shape="map"),
        BranchSpec("defaults"),
        ERRORS,
        FINALLY,
    )

    @classmethod
    def open(cls, step: Step, run: TaskRun, task: Task) -> Opening:
        value = text_of(read(_Value, step, run, task).value)
        names = {branch.name for branch in task.branches}
        name = f"cases.{value}"
        if name not in names:
            name = "defaults"
        if name not in names:
            cases = sorted(n.removeprefix("cases.") for n in names if n.startswith("cases."))
            raise RenderFailed(
                f"`{task.id}` has no case `{value}` and no `defaults`; its cases are: "
                f"{', '.join(cases) or 'none'}."
            )
        return Opening({"branch": name}, {"value": value, "defaults": name == "defaults"})


def _limit(run: TaskRun) -> int:
    limit = run.dynamic.get("concurrent", 0)
    return limit if isinstance(limit, int) else 0
