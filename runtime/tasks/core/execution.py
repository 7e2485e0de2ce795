"""`core.execution`: what a task may do to its own execution; `executions.py` has the others."""

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator

from runtime.executions.messages import (
    DropVariables,
    ExitExecution,
    MergeLabels,
    MergeVariables,
    TaskResult,
)
from runtime.executions.model import MetricKind
from runtime.executions.states import ExecutionState
from runtime.flows.types import MetricSpec
from runtime.tasks.properties import AnyMap, Condition, LabelMap, Text, Texts
from runtime.tasks.results import failed, metric, succeeded
from runtime.tasks.task import InlineTask, Step


def _spelling(value: object) -> object:
    if not isinstance(value, str):
        return value
    return {"CANCELED": "CANCELLED"}.get(value.strip().upper(), value.strip().upper())


ExitState = Annotated[
    Literal["SUCCESS", "WARNING", "FAILED", "KILLED", "CANCELLED"], BeforeValidator(_spelling)
]


class Fail(InlineTask):
    """Fail on purpose, always or when a condition holds."""

    type_name = "io.kestra.plugin.core.execution.Fail"

    condition: Condition | None = None
    error_message: Text = "Task failure"

    def run(self, step: Step) -> TaskResult:
        if self.condition is False:
            return succeeded()
        return failed(self.error_message)


class Exit(InlineTask):
    """End the execution here, in a state of one's choice.

    Tasks that run beside it come to their end first, except with KILLED, which stops them.
    """

    type_name = "io.kestra.plugin.core.execution.Exit"

    state: ExitState = "SUCCESS"

    def run(self, step: Step) -> TaskResult:
        return succeeded(changes=[ExitExecution(ExecutionState[self.state])])


class Assert(InlineTask):
    """Fail unless every condition holds."""

    type_name = "io.kestra.plugin.core.execution.Assert"
    metrics: ClassVar[tuple[MetricSpec, ...]] = (
        MetricSpec("success", "counter", "Conditions that held."),
        MetricSpec("failed", "counter", "Conditions that did not."),
    )

    conditions: list[Condition]
    error_message: Text | None = None

    def run(self, step: Step) -> TaskResult:
        broken = [place for place, held in enumerate(self.conditions, start=1) if not held]
        counts = (
            metric(step, MetricKind.COUNTER, "success", len(self.conditions) - len(broken)),
            metric(step, MetricKind.COUNTER, "failed", len(broken)),
        )
        if not broken:
            return succeeded(metrics=counts)
        numbers = ", ".join(map(str, broken))
        return failed(self.error_message or f"Condition {numbers} does not hold.", metrics=counts)


class Labels(InlineTask):
    """Add labels to the execution; a label that is there already gets the new value.

    `labels` is a map, a list of entries with `key` and `value`, or text that holds either as JSON.
    """

    type_name = "io.kestra.plugin.core.execution.Labels"
    aliases = ("io.kestra.core.tasks.executions.Labels",)

    labels: LabelMap

    def run(self, step: Step) -> TaskResult:
        system = sorted(key for key in self.labels if key.startswith("system."))
        if system:
            return failed(f"Labels beginning with `system.` are reserved: {', '.join(system)}.")
        if "" in self.labels or "" in self.labels.values():
            return failed("A label needs a key and a value that are not empty.")
        return succeeded(changes=[MergeLabels(self.labels)])


class SetVariables(InlineTask):
    """Set variables of the execution, for `vars` in everything that comes later.

    A variable that is there already is a failure unless `overwrite` is true.
    """

    type_name = "io.kestra.plugin.core.execution.SetVariables"

    variables: AnyMap
    overwrite: bool = False

    def run(self, step: Step) -> TaskResult:
        doubled = sorted(set(self.variables) & set(step.variables))
        if doubled and not self.overwrite:
            return failed(
                f"The variable {', '.join(doubled)} is set already; "
                "write `overwrite: true` to replace it."
            )
        return succeeded(changes=[MergeVariables(self.variables, self.overwrite)])


class UnsetVariables(InlineTask):
    """Take variables of the execution away; one that is not there is a failure.

    With `ignoreMissing` it is not.
    """

    type_name = "io.kestra.plugin.core.execution.UnsetVariables"

    variables: Texts
    ignore_missing: bool = False

    def run(self, step: Step) -> TaskResult:
        missing = [name for name in self.variables if name not in step.variables]
        if missing and not self.ignore_missing:
            return failed(
                f"There is no variable {', '.join(missing)}; "
                "write `ignoreMissing: true` to pass over it."
            )
        return succeeded(changes=[DropVariables(tuple(self.variables))])
