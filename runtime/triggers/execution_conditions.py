"""Conditions on an execution that ended (or changed), and on the flow itself."""

from abc import abstractmethod
from typing import Annotated, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from runtime.expressions.printing import to_text
from runtime.flows.truth import is_true
from runtime.flows.types import NotRendered
from runtime.triggers.condition import ConditionType, Occasion, Upstream
from runtime.triggers.trigger import upper


def _names(value: object) -> object:
    found = [value] if isinstance(value, str) else value
    if isinstance(found, list):
        return [_spelled(upper(each)) for each in found]
    return found


def _spelled(state: object) -> object:
    return "CANCELLED" if state == "CANCELED" else state


def label_map(value: object) -> object:
    """Labels as a map, whichever of both forms they are written in."""
    if isinstance(value, list):
        return {each.get("key"): to_text(each.get("value")) for each in value}
    if isinstance(value, dict):
        return {key: to_text(item) for key, item in value.items()}
    return value


StateNames = Annotated[list[str], BeforeValidator(_names)]
Labels = Annotated[dict[str, str], BeforeValidator(label_map)]
Comparison = Annotated[Literal["EQUALS", "PREFIX", "SUFFIX"], BeforeValidator(upper)]


class OnExecution(ConditionType):
    """Base of conditions on an execution; without one they do not hold."""

    def evaluate(self, occasion: Occasion) -> bool:
        execution = occasion.execution
        return execution is not None and self.fits(execution, occasion)

    @abstractmethod
    def fits(self, execution: Upstream, occasion: Occasion) -> bool:
        """Whether it holds for this execution."""


class ExecutionFlow(OnExecution):
    """The execution is one of a given flow."""

    type_name: ClassVar[str] = "io.kestra.plugin.core.condition.ExecutionFlow"

    namespace: str
    flow_id: str

    def fits(self, execution: Upstream, occasion: Occasion) -> bool:
        return (execution.namespace, execution.flow_id) == (self.namespace, self.flow_id)


class ExecutionNamespace(OnExecution):
    """The execution's namespace is, begins or ends with a given text."""

    type_name: ClassVar[str] = "io.kestra.plugin.core.condition.ExecutionNamespace"

    namespace: str
    comparison: Comparison | None = None
    prefix: bool = False
    """An older way to write `comparison: PREFIX`."""

    def fits(self, execution: Upstream, occasion: Occasion) -> bool:
        match self.comparison or ("PREFIX" if self.prefix else "EQUALS"):
            case "PREFIX":
                return execution.namespace.startswith(self.namespace)
            case "SUFFIX":
                return execution.namespace.endswith(self.namespace)
        return execution.namespace == self.namespace


class ExecutionStatus(OnExecution):
    """The execution's state is among `in` and not among `notIn`."""

    type_name: ClassVar[str] = "io.kestra.plugin.core.condition.ExecutionStatus"

    in_: StateNames | None = Field(default=None, alias="in")
    not_in: StateNames | None = None

    def fits(self, execution: Upstream, occasion: Occasion) -> bool:
        among = self.in_ is None or execution.state in self.in_
        return among and (self.not_in is None or execution.state not in self.not_in)


class ExecutionLabels(OnExecution):
    """The execution has all of the given labels."""

    type_name: ClassVar[str] = "io.kestra.plugin.core.condition.ExecutionLabels"

    labels: Labels

    def fits(self, execution: Upstream, occasion: Occasion) -> bool:
        return all(execution.labels.get(key) == value for key, value in self.labels.items())


class ExecutionOutputs(OnExecution):
    """An expression on the execution's outputs, as `trigger.outputs`, holds."""

    type_name: ClassVar[str] = "io.kestra.plugin.core.condition.ExecutionOutputs"

    expression: Annotated[str, NotRendered()]

    def fits(self, execution: Upstream, occasion: Occasion) -> bool:
        if execution.outputs is None:
            return False
        seen = {"trigger": {"outputs": execution.outputs}}
        return is_true(occasion.render(self.expression, seen))


class HasRetryAttempt(OnExecution):
    """Some attempt of a task ended in a state of `in`, and none in one of `notIn`."""

    type_name: ClassVar[str] = "io.kestra.plugin.core.condition.HasRetryAttempt"

    in_: StateNames | None = Field(default=None, alias="in")
    not_in: StateNames | None = None

    def fits(self, execution: Upstream, occasion: Occasion) -> bool:
        states = execution.attempt_states
        among = self.in_ is None or not states.isdisjoint(self.in_)
        return among and (self.not_in is None or states.isdisjoint(self.not_in))


class FlowCondition(ConditionType):
    """The flow itself is the given one."""

    type_name: ClassVar[str] = "io.kestra.plugin.core.condition.FlowCondition"

    namespace: str
    flow_id: str

    def evaluate(self, occasion: Occasion) -> bool:
        return (occasion.namespace, occasion.flow_id) == (self.namespace, self.flow_id)


class FlowNamespaceCondition(ConditionType):
    """The flow itself is in the given namespace, or with `prefix` below it."""

    type_name: ClassVar[str] = "io.kestra.plugin.core.condition.FlowNamespaceCondition"

    namespace: str
    prefix: bool = False

    def evaluate(self, occasion: Occasion) -> bool:
        if occasion.namespace == self.namespace:
            return True
        return self.prefix and occasion.namespace.startswith(f"{self.namespace}.")


class Expression(ConditionType):
    """An expression holds: it renders to anything but nothing, `false`, `0` or `-0`."""

    type_name: ClassVar[str] = "io.kestra.plugin.core.condition.Expression"
    aliases: ClassVar[tuple[str, ...]] = ("io.kestra.plugin.core.condition.VariableCondition",)

    expression: Annotated[str | bool, NotRendered()]

    @model_validator(mode="after")
    def _is_not_empty(self) -> Self:
        if self.expression == "":
            raise ValueError("it is no expression; write one, such as `{{ trigger.body.ok }}`")
        return self

    def evaluate(self, occasion: Occasion) -> bool:
        return is_true(occasion.render(self.expression, {}))
