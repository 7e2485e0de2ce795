"""Figures over many executions and metrics, for charts."""

from datetime import datetime, timedelta
from typing import Annotated, Self

import strawberry
from strawberry import argument, field

from resolvers import statistics
from runtime.store.statistics import Aggregate, Grouping, Point
from schema.described import described
from schema.executions.filter import ExecutionFilterArgument
from schema.filters import condition
from schema.info import Info
from schema.metrics import MetricFilter
from schema.states import ExecutionState

described(
    Grouping,
    "What executions are told apart by.",
    {
        "NAMESPACE": "The namespace of the flow.",
        "FLOW": "The flow, by namespace and id.",
        "TRIGGER": "The trigger that started them.",
    },
    name="StatisticsGroup",
)
described(
    Aggregate,
    "What becomes of the values of one step.",
    {
        "SUM": "Their sum.",
        "AVERAGE": "Their mean.",
        "MINIMUM": "The least of them.",
        "MAXIMUM": "The greatest of them.",
        "MEDIAN": "The one in the middle.",
        "P95": "What 95 of 100 of them do not exceed.",
        "COUNT": "How many there are.",
    },
)


@strawberry.type(description="How many executions are in one state.")
class ExecutionStateCount:
    state: ExecutionState = field(description="The state.")
    count: int = field(description="How many there are.")


@strawberry.type(description="Figures of executions that are alike.")
class StatisticsRow:
    at: datetime | None = field(
        description="The beginning of the step in which they were created; null without steps."
    )
    namespace: str | None = field(
        description="Their namespace; null when they are not told apart by it."
    )
    flow_id: str | None = field(description="Their flow; null when they are not told apart by it.")
    trigger_id: str | None = field(
        description="Their trigger; null for those without, and when they are not told apart by it."
    )
    count: int = field(description="How many there are.")
    states: list[ExecutionStateCount] = field(
        description="How many of them are in which state now."
    )
    average_duration: timedelta | None = field(
        description="How long those that have ended ran, in the mean; null when none has."
    )
    longest_duration: timedelta | None = field(
        description="How long the longest of those that have ended ran; null when none has."
    )

    @classmethod
    def of(cls, figures: statistics.Figures) -> Self:
        return cls(
            at=figures.at,
            namespace=figures.namespace,
            flow_id=figures.flow_id,
            trigger_id=figures.trigger_id,
            count=figures.count,
            states=_counts(figures),
            average_duration=figures.average,
            longest_duration=figures.longest,
        )


@strawberry.type(description="Figures of executions: of all together, and in rows.")
class ExecutionStatistics:
    total: int = field(description="How many executions there are.")
    states: list[ExecutionStateCount] = field(
        description="How many of them are in which state now."
    )
    average_duration: timedelta | None = field(
        description="How long those that have ended ran, in the mean; null when none has."
    )
    longest_duration: timedelta | None = field(
        description="How long the longest of those that have ended ran; null when none has."
    )
    rows: list[StatisticsRow] = field(
        description=(
            "The same by steps of time and by group, in their order; where there is nothing there "
            "is no row. Empty when neither was asked for; 5,000 at most."
        )
    )

    @classmethod
    def of(cls, found: statistics.Statistics) -> Self:
        return cls(
            total=found.whole.count,
            states=_counts(found.whole),
            average_duration=found.whole.average,
            longest_duration=found.whole.longest,
            rows=[StatisticsRow.of(row) for row in found.rows],
        )


def _counts(figures: statistics.Figures) -> list[ExecutionStateCount]:
    """In the order of the states."""
    return [
        ExecutionStateCount(state=state, count=figures.states[state])
        for state in ExecutionState
        if state in figures.states
    ]


@strawberry.type(description="The value of one step of time.")
class MetricPoint:
    at: datetime = field(description="The beginning of the step.")
    value: float = field(description="What became of the values; seconds for timers.")
    count: int = field(description="How many values there were.")

    @classmethod
    def of(cls, point: Point) -> Self:
        return cls(at=point.at, value=point.value, count=point.count)


@strawberry.type
class StatisticsQuery:
    @strawberry.field(
        description=(
            "Figures of executions, in steps of the time of their creation. Steps begin at "
            "multiples of their length in UTC: days at midnight, weeks on Mondays."
        )
    )
    async def execution_statistics(
        self,
        info: Info,
        filter: ExecutionFilterArgument = None,
        interval: Annotated[
            timedelta | None, argument(description="How long a step is; no steps when absent.")
        ] = None,
        group_by: Annotated[
            Grouping | None, argument(description="What else the rows are told apart by.")
        ] = None,
    ) -> ExecutionStatistics:
        found = await statistics.of_executions(info.context, condition(filter), interval, group_by)
        return ExecutionStatistics.of(found)

    @strawberry.field(
        description=(
            "What metrics were like over time: one point for each step in which there were any, "
            "5,000 at most."
        )
    )
    async def metric_series(
        self,
        info: Info,
        filter: Annotated[MetricFilter, argument(description="Which metrics.")],
        aggregate: Annotated[
            Aggregate, argument(description="What becomes of the values of a step.")
        ],
        interval: Annotated[timedelta, argument(description="How long a step is.")],
    ) -> list[MetricPoint]:
        found = await statistics.of_metrics(info.context, condition(filter), interval, aggregate)
        return [MetricPoint.of(point) for point in found]
