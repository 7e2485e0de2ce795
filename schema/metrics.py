"""Metrics of task runs: the type, its filter, the root field and the stream."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated, Self

import strawberry
from strawberry import ID, UNSET, argument, field

from resolvers import live, metrics
from runtime.events.event import StoredMetric
from runtime.executions.model import MetricKind
from schema.described import described
from schema.filters import DateTimeFilter, NamespaceFilter, StringFilter, condition
from schema.info import Info
from schema.labels import Label
from schema.nodes import Node
from schema.pages import After, Before, Connection, First, Last, asked, connection
from schema.streams import StreamAfter, StreamHeartbeat, StreamReset, signal

described(
    MetricKind,
    "What a metric measures.",
    {"COUNTER": "A number of things.", "TIMER": "A length of time; the value is in seconds."},
)


@strawberry.type(description="A number that a task run published.")
class Metric(Node):
    execution_id: ID = field(description="The execution that it belongs to.")
    namespace: str = field(description="The namespace of the execution's flow.")
    flow_id: str = field(description="The execution's flow.")
    task_run_id: ID | None = field(description="The task run that published it.")
    task_id: str | None = field(description="The task that published it.")
    at: datetime = field(description="When it was published.")
    name: str = field(description="Its name, such as rows or duration.")
    kind: MetricKind = field(description="What it measures.")
    value: float = field(description="The number; seconds for a timer.")
    tags: list[Label] = field(description="What it is about, as keys and values.")

    @classmethod
    def of(cls, record: StoredMetric) -> Self:
        return cls(
            id=ID(f"mt_{record.position}"),
            execution_id=ID(record.execution_id),
            namespace=record.namespace,
            flow_id=record.flow_id,
            task_run_id=ID(record.task_run_id) if record.task_run_id else None,
            task_id=record.task_id,
            at=record.at,
            name=record.name,
            kind=MetricKind(record.kind),
            value=record.value,
            tags=Label.all_of(record.tags),
        )


@strawberry.input(description="Which metrics are meant. All that is set must hold.")
class MetricFilter:
    and_: list["MetricFilter"] | None = field(
        default=UNSET, name="and", description="All of these hold, too."
    )
    or_: list["MetricFilter"] | None = field(
        default=UNSET, name="or", description="At least one of these holds."
    )
    not_: "MetricFilter | None" = field(
        default=UNSET, name="not", description="This does not hold."
    )
    namespace: NamespaceFilter | None = field(default=UNSET, description="The namespace.")
    flow_id: StringFilter | None = field(default=UNSET, description="The flow.")
    execution_id: ID | None = field(default=UNSET, description="The execution.")
    task_run_id: ID | None = field(default=UNSET, description="The task run.")
    task_id: StringFilter | None = field(default=UNSET, description="The task.")
    name: StringFilter | None = field(default=UNSET, description="The metric's name.")
    at: DateTimeFilter | None = field(default=UNSET, description="When it was published.")


MetricFilterArgument = Annotated[
    MetricFilter | None, argument(description="Which metrics; all without it.")
]


@strawberry.type
class MetricQuery:
    @strawberry.field(
        description="Metrics of all executions, in the order in which they were published."
    )
    async def metrics(
        self,
        info: Info,
        filter: MetricFilterArgument = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[Metric]:
        page = asked(first, after, last, before)
        return connection(await metrics.page(info.context, condition(filter), page), Metric.of)


@strawberry.type(description="Metrics that were published, in order.")
class MetricsAppended:
    cursor: str = field(description="The place behind these metrics: go on from here.")
    metrics: list[Metric] = field(description="The metrics, at least one and at most 500.")


MetricStreamItem = Annotated[
    MetricsAppended | StreamHeartbeat | StreamReset,
    strawberry.union("MetricStreamItem", description="What the stream of metrics brings."),
]


@strawberry.type
class MetricSubscription:
    @strawberry.subscription(description="Metrics of one execution as they are published.")
    async def metrics(
        self,
        info: Info,
        execution_id: Annotated[ID, argument(description="The execution.")],
        after: StreamAfter = None,
    ) -> AsyncIterator[MetricStreamItem]:
        async for item in await live.metrics(info.context, execution_id, after):
            if isinstance(item, live.Appended):
                found = [Metric.of(record) for record in item.records]
                yield MetricsAppended(cursor=item.cursor, metrics=found)
            else:
                yield signal(item)
