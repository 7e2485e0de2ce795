"""`core.trigger.Flow`: by executions of other flows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import regex
from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, model_validator

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


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError(f"`{name}` is no time zone; write one such as Europe/Paris") from None
    return name


Zone = Annotated[str, AfterValidator(_zone)]
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
    timezone: Zone | None = None
    """Where its days begin and its times are meant that have no offset; UTC without it."""


class Window(TimeWindow):
    """The window of `dependsOn`: `deadline`, or `from` and `to`, or `every` with an `offset`, or
    `lookback`; or as the `timeWindow` of preconditions. With `fireOnce` it fires once in each."""

    from_: TimeOfDay = Field(default=None, alias="from")
    to: TimeOfDay = None
    every: Seconds | None = None
    offset: Seconds | None = None
    lookback: Seconds | None = None
    fire_once: bool = False

    @model_validator(mode="after")
    def _is_of_one_kind(self) -> Self:
        chosen = [
            name
            for name, values in {
                "deadline": (self.deadline,),
                "from and to": (self.from_, self.to),
                "every": (self.every,),
                "lookback": (self.lookback,),
                "type": (self.window, self.start_time, self.end_time),
            }.items()
            if any(value is not None for value in values)
        ]
        if len(chosen) > 1:
            several = " and ".join(f"`{name}`" for name in chosen)
            raise ValueError(f"you have to choose one of {several}; take the other out")
        if self.offset is not None and self.every is None:
            raise ValueError("`offset` belongs to `every`; add that")
        return self

    def spelled_out(self) -> TimeWindow:
        """The same window as preconditions name it."""
        zone = self.timezone
        if self.from_ is not None or self.to is not None:
            return TimeWindow(
                type="DAILY_TIME_WINDOW", start_time=self.from_, end_time=self.to, timezone=zone
            )
        if self.every is not None:
            return TimeWindow(window=self.every, window_advance=self.offset, timezone=zone)
        if self.lookback is not None:
            return TimeWindow(type="SLIDING_WINDOW", window=self.lookback)
        if self.deadline is not None:
            return TimeWindow(type="DAILY_TIME_DEADLINE", deadline=self.deadline, timezone=zone)
        return self


class UpstreamFlow(Properties):
    """A flow one of whose executions has to end in one of the states; any flow without names.

    `when` is an expression on that execution: `namespace`, `flowId`, `state`, `labels`, `outputs`
    and `hasRetryAttempt`.
    """

    namespace: str | None = None
    flow_id: str | None = None
    states: StateNames = Field(default_factory=list)
    labels: Labels = Field(default_factory=dict)
    when: Annotated[str | None, NotRendered()] = None

    def fits(self, execution: Upstream, occasion: Occasion) -> bool:
        if self.namespace not in (None, execution.namespace):
            return False
        if self.flow_id not in (None, execution.flow_id):
            return False
        if self.states and execution.state not in self.states:
            return False
        if any(execution.labels.get(key) != value for key, value in self.labels.items()):
            return False
        return self.when is None or is_true(occasion.render(self.when, {}))


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
            raise ValueError(f"`{self.type}` needs a list; add `values`")
        if self.field == "EXPRESSION" and not self.value:
            raise ValueError("a filter of the field EXPRESSION has none; add it as `value`")
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

    @model_validator(mode="after")
    def _ask_for_something(self) -> Self:
        if not self.flows and not self.where:
            raise ValueError("preconditions ask for nothing; add `flows` or `where`")
        return self


@dataclass(frozen=True, slots=True)
class Required:
    """What has to have happened, however it is written."""

    id: str
    window: TimeWindow
    reset: bool
    """Whether everything is needed again once it was complete."""
    flows: Sequence[UpstreamFlow]
    where: Sequence[Where] = ()
    needed: int | None = None
    """How many parts suffice; all of them without it."""
    fire_once: bool = False
    """Whether it is complete once in a window at most."""

    def met_by(self, execution: Upstream, occasion: Occasion) -> set[str]:
        """The names of the parts that this execution meets."""
        flows = enumerate(self.flows)
        met = {f"flow {i}" for i, each in flows if each.fits(execution, occasion)}
        return met | {f"where {each.id}" for each in self.where if each.fits(execution, occasion)}

    def parts(self) -> set[str]:
        """The names of all parts."""
        flows = {f"flow {index}" for index in range(len(self.flows))}
        return flows | {f"where {each.id}" for each in self.where}


class FlowOutputs(Yields):
    execution_id: str
    execution_labels: dict[str, str]
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
    """A shorter way to write preconditions; `states` of an entry are SUCCESS and WARNING then, and
    `trigger.outputs` holds what each flow yielded under its id, too."""
    mode: Annotated[Literal["ALL", "ANY", "AT_LEAST"], BeforeValidator(upper)] = "ALL"
    """How many entries of `dependsOn` are needed; `minSatisfied` says it for AT_LEAST."""
    min_satisfied: int | None = Field(default=None, ge=1)
    window: Window | None = None
    """The window of `dependsOn`."""

    @model_validator(mode="after")
    def _can_be_satisfied(self) -> Self:
        if self.mode == "AT_LEAST" and self.min_satisfied is None:
            raise ValueError("`mode: AT_LEAST` says not how many; add `minSatisfied`")
        if (self.min_satisfied or 0) > len(self.depends_on):
            raise ValueError(
                "`minSatisfied` is more than `dependsOn` has entries; write a smaller number"
            )
        return self

    def required(self) -> Required | None:
        """What has to have happened; None when every single execution counts by itself."""
        if self.depends_on:
            window = self.window or Window()
            return Required(
                id="preconditions",
                window=window.spelled_out(),
                reset=True,
                flows=self._entries(),
                needed={"ALL": None, "ANY": 1}.get(self.mode, self.min_satisfied),
                fire_once=window.fire_once,
            )
        if (given := self.preconditions) is None:
            return None
        return Required(
            given.id, given.time_window, given.reset_on_success, given.flows, given.where
        )

    def listened_states(self) -> frozenset[str]:
        """The states whose entry may start the flow."""
        if self.depends_on:
            return frozenset(state for each in self._entries() for state in each.states)
        return frozenset(self.states)

    def _entries(self) -> list[UpstreamFlow]:
        return [
            each if each.states else each.model_copy(update={"states": _DEPENDS_ON_STATES})
            for each in self.depends_on
        ]
