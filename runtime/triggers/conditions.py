"""Every type of condition, and whether conditions hold."""

import re
from collections.abc import Iterable, Mapping
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field

from runtime.errors import InvalidInput
from runtime.flows.types import NotRendered
from runtime.triggers import date_conditions as dates
from runtime.triggers import execution_conditions as executions
from runtime.triggers.condition import ConditionType, Occasion
from runtime.triggers.flow import TimeWindow
from runtime.triggers.trigger import Seconds

Written = Mapping[str, object]
"""A condition as it stands in the flow: its `type` by the current name, and its properties."""


def _listed(value: object) -> object:
    return [value] if isinstance(value, dict) else value


class Not(ConditionType):
    """None of the given conditions holds."""

    type_name: ClassVar[str] = "io.kestra.plugin.core.condition.Not"

    conditions: Annotated[list[dict[str, object]], NotRendered(), BeforeValidator(_listed)] = Field(
        min_length=1
    )

    def evaluate(self, occasion: Occasion) -> bool:
        return not any(holds(each, occasion) for each in self.conditions)


class Or(ConditionType):
    """At least one of the given conditions holds."""

    type_name: ClassVar[str] = "io.kestra.plugin.core.condition.Or"

    conditions: Annotated[list[dict[str, object]], NotRendered(), BeforeValidator(_listed)] = Field(
        min_length=1
    )

    def evaluate(self, occasion: Occasion) -> bool:
        return any(holds(each, occasion) for each in self.conditions)


class MultipleCondition(ConditionType):
    """All of the named conditions held within one window of time; for Flow triggers.

    Each may hold for another execution. Newer flows write `preconditions` on the trigger instead.
    """

    type_name: ClassVar[str] = "io.kestra.plugin.core.condition.MultipleCondition"

    id: str
    window: Seconds | None = None
    window_advance: Seconds | None = None
    time_window: TimeWindow | None = None
    """As that of preconditions, instead of `window` and `windowAdvance`."""
    sla: TimeWindow | None = None
    """An older name of `timeWindow`."""
    reset_on_success: bool = True
    conditions: Annotated[dict[str, dict[str, object]], NotRendered()] = Field(min_length=1)

    def evaluate(self, occasion: Occasion) -> bool:
        """Without a memory of earlier executions: whether all of them hold for this one."""
        return all(holds(each, occasion) for each in self.conditions.values())

    def remembered_for(self) -> TimeWindow:
        """The window, however it is written."""
        plain = TimeWindow(window=self.window, window_advance=self.window_advance)
        return self.time_window or self.sla or plain


CONDITIONS: dict[str, type[ConditionType]] = {
    kind.type_name: kind
    for kind in (
        dates.DateTimeBetween,
        dates.DayWeek,
        dates.DayWeekInMonth,
        dates.PublicHoliday,
        dates.TimeBetween,
        dates.Weekend,
        executions.ExecutionFlow,
        executions.ExecutionLabels,
        executions.ExecutionNamespace,
        executions.ExecutionOutputs,
        executions.ExecutionStatus,
        executions.Expression,
        executions.FlowCondition,
        executions.FlowNamespaceCondition,
        executions.HasRetryAttempt,
        MultipleCondition,
        Not,
        Or,
    )
}


_MOMENT = re.compile(r"\s*\{\{\s*trigger\.date\s*\}\}\s*")


def looks_at_day_only(written: Written) -> bool:
    """Whether a condition says the same of all moments of a day of the schedule."""
    kind = CONDITIONS.get(str(written.get("type")))
    if kind is None:
        return False
    if kind in (Not, Or):
        inner = _listed(written.get("conditions"))
        return isinstance(inner, list) and all(looks_at_day_only(each) for each in inner)
    date = written.get("date")
    is_of_moment = date is None or (isinstance(date, str) and _MOMENT.fullmatch(date) is not None)
    return issubclass(kind, dates.DayCondition) and is_of_moment


def read(written: Written, occasion: Occasion) -> ConditionType:
    """The condition with rendered properties. Raises InvalidInput."""
    kind = CONDITIONS.get(str(written.get("type")))
    if kind is None:
        raise InvalidInput(f"There is no condition type {written.get('type')} on this server.")
    return kind.of(kind.rendered(written, occasion.render))


def holds(written: Written, occasion: Occasion) -> bool:
    """Whether one condition holds. Raises InvalidInput, or what rendering raises."""
    return read(written, occasion).evaluate(occasion)


def all_hold(conditions: Iterable[Written], occasion: Occasion) -> bool:
    """Whether every one holds; so it is when there are none."""
    return all(holds(each, occasion) for each in conditions)
