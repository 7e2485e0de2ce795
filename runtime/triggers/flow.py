"""`core.trigger.Flow`: by executions of other flows."""

from typing import Annotated, ClassVar, Literal, Self

import regex
from pydantic import BaseModel, BeforeValidator, Field, model_validator

from runtime.executions.states import ExecutionState
from runtime.expressions.printing import to_text
from runtime.flows.truth import is_true
from runtime.flows.types import NotRendered, Properties
from runtime.triggers.condition import Occasion, Upstream
from runtime.triggers.date_conditions import TimeOfDay
from runtime.triggers.execution_conditions import Labels, StateNames
from runtime.triggers.trigger import Seconds, TriggerType, Yields, upper

DEFAULT_STATES = (
    *sorted(state.value for state in ExecutionState if state.is_terminal),
    ExecutionState.PAUSED.value,
)
_DEPENDS_ON_STATES = ["SUCCESS", "WARNING"]

WindowType = Annotated[
    Literal["DURATION_WINDOW", "SLIDING_WINDOW", "DAILY_TIME_DEADLINE", "DAILY_TIME_WINDOW"],
    BeforeValidator(upper),
]


class TimeWindow(Properties):
    """How long preconditions are remembered: see `runtime.triggers.windows`."""

    type: WindowType = "DURATION_WINDOW"
    window: Seconds | None = None
    window_advance: Seconds | None = None
    deadline: TimeOfDay = None
    start_time: TimeOfDay = None
    end_time: TimeOfDay = None


class UpstreamFlow(Properties):
    """A flow one of whose executions has to end in one of the states."""

    namespace: str
    flow_id: str | None = None
    states: StateNames = Field(default_factory=list)
    labels: Labels = Field(default_factory=dict)

    def fits(self, execution: Upstream) -> bool:
        if execution.namespace != self.namespace or self.flow_id not in (None, execution.flow_id):
            return False
        if self.states and execution.state not in self.states:
            return False
        return all(execution.labels.get(key) == value for key, value in self.labels.items())


FilterType = Annotated[
    Literal[
        "EQUAL_TO", "NOT_EQUAL_TO", "IN", "NOT_IN", "IS_TRUE", "IS_FALSE", "IS_NULL",
        "IS_NOT_NULL", "STARTS_WITH", "ENDS_WITH", "REGEX", "CONTAINS",
    ],
    BeforeValidator(upper),
]  # fmt: skip


class Filter(Properties):
    """One comparison of a field of the execution."""

    field: Annotated[Literal["FLOW_ID", "NAMESPACE", "STATE", "EXPRESSION"], BeforeValidator(upper)]
    type: FilterType
    value: Annotated[str | None, NotRendered()] = None
    values: list[str] = Field(default_factory=list)

    @model_validator(mode="after")
    def _can_be_compared(self) -> Self:
        if self.type in ("IN", "NOT_IN") and not self.values:
            raise ValueError(f"`{self.type}` needs `values`, a list")
        if self.field == "EXPRESSION" and not self.value:
            raise ValueError("a filter of the field EXPRESSION needs it as `value`")
        if self.type == "REGEX" and "{{" not in (self.value or ""):
            try:
                regex.compile(self.value or "")
            except regex.error as error:
                raise ValueError(f"`{self.value}` is no regular expression: {error}") from None
        return self

    def fits(self, execution: Upstream, occasion: Occasion) -> bool:
        if self.field == "EXPRESSION":
            return self._compare(occasion.render(self.value, {}), None)
        found = {
            "FLOW_ID": execution.flow_id,
            "NAMESPACE": execution.namespace,
            "STATE": execution.state,
        }
        return self._compare(found[self.field], self.value)

    def _compare(self, found: object, wanted: str | None) -> bool:
        text = to_text(found) if found is not None else ""
        value = wanted or ""
        match self.type:
            case "EQUAL_TO":
                return text == value
            case "NOT_EQUAL_TO":
                return text != value
            case "IN":
                return text in self.values
            case "NOT_IN":
                return text not in self.values
            case "IS_TRUE":
                return is_true(found)
            case "IS_FALSE":
                return not is_true(found)
            case "IS_NULL":
                return found is None
            case "IS_NOT_NULL":
                return found is not None
            case "STARTS_WITH":
                return text.startswith(value)
            case "ENDS_WITH":
                return text.endswith(value)
            case "REGEX":
                return regex.fullmatch(value, text, timeout=1.0) is not None
            case "CONTAINS":
                return value in text


class Where(Properties):
    """Filters that one execution has to pass."""

    id: str
    operand: Annotated[Literal["AND", "OR"], BeforeValidator(upper)] = "AND"
    filters: list[Filter] = Field(min_length=1)

    def fits(self, execution: Upstream, occasion: Occasion) -> bool:
        found = (each.fits(execution, occasion) for each in self.filters)
        return all(found) if self.operand == "AND" else any(found)


class Preconditions(Properties):
    """What has to have happened, perhaps in several executions, before the flow is started."""

    id: str = "preconditions"
    time_window: TimeWindow = TimeWindow()
    reset_on_success: bool = True
    flows: list[UpstreamFlow] = Field(default_factory=list)
    where: list[Where] = Field(default_factory=list)

    def met_by(self, execution: Upstream, occasion: Occasion) -> set[str]:
        """The names of the parts that this execution meets."""
        met = {f"flow {i}" for i, each in enumerate(self.flows) if each.fits(execution)}
        return met | {f"where {each.id}" for each in self.where if each.fits(execution, occasion)}

    def parts(self) -> set[str]:
        """The names of all parts."""
        flows = {f"flow {index}" for index in range(len(self.flows))}
        return flows | {f"where {each.id}" for each in self.where}


class FlowOutputs(Yields):
    execution_id: str
    namespace: str
    flow_id: str
    flow_revision: int
    state: str
    outputs: dict[str, object]
    """The outputs of the flow; with preconditions those of all executions that met them."""


class FlowTrigger(TriggerType):
    """Start the flow when executions of other flows end.

    Every entry of an execution into one of `states` (by default every final one, and PAUSED) for
    which the conditions hold starts the flow once. With `preconditions` several executions have to
    meet their parts within a window of time, then the flow is started once. The execution that
    did it is in `trigger`; its outputs may be handed on as `inputs`, as `{{ trigger.outputs.n }}`.

    A flow never starts itself this way.
    """

    type_name: ClassVar[str] = "io.kestra.plugin.core.trigger.Flow"
    outputs: ClassVar[type[BaseModel] | None] = FlowOutputs

    states: StateNames = Field(default_factory=lambda: list(DEFAULT_STATES))
    preconditions: Preconditions | None = None
    depends_on: list[UpstreamFlow] = Field(default_factory=list)
    """A shorter way to write preconditions; `states` are SUCCESS and WARNING then."""
    window: TimeWindow | None = None
    """The window of `dependsOn`."""

    def required(self) -> Preconditions | None:
        """The preconditions, however they are written."""
        if self.preconditions is not None or not self.depends_on:
            return self.preconditions
        flows = [
            each if each.states else each.model_copy(update={"states": _DEPENDS_ON_STATES})
            for each in self.depends_on
        ]
        return Preconditions(flows=flows, time_window=self.window or TimeWindow())
