"""Which executions and which task runs, and in which order."""

from enum import Enum
from typing import Annotated

import strawberry
from strawberry import ID, UNSET, argument, enum_value, field

from runtime.store.conditions import Order
from schema.filters import (
    DateTimeFilter,
    DurationFilter,
    LabelFilter,
    NamespaceFilter,
    Operators,
    StringFilter,
)
from schema.pages import SortDirection, order_of
from schema.states import ExecutionState, TaskRunState


@strawberry.input(description="Conditions on the state of an execution.")
class ExecutionStateFilter(Operators):
    in_: list[ExecutionState] | None = field(
        default=UNSET, name="in", description="It is one of these."
    )
    not_in: list[ExecutionState] | None = field(default=UNSET, description="It is none of these.")


@strawberry.input(description="Conditions on the state of a task run.")
class TaskRunStateFilter(Operators):
    in_: list[TaskRunState] | None = field(
        default=UNSET, name="in", description="It is one of these."
    )
    not_in: list[TaskRunState] | None = field(default=UNSET, description="It is none of these.")


@strawberry.enum(description="Whose executions are meant.")
class ExecutionScope(Enum):
    USER = enum_value("USER", description="Those of people's own namespaces.")
    SYSTEM = enum_value("SYSTEM", description="Those of the namespace `system`.")


@strawberry.input(description="Which executions are meant. All that is set must hold.")
class ExecutionFilter:
    and_: list["ExecutionFilter"] | None = field(
        default=UNSET, name="and", description="All of these hold, too."
    )
    or_: list["ExecutionFilter"] | None = field(
        default=UNSET, name="or", description="At least one of these holds."
    )
    not_: "ExecutionFilter | None" = field(
        default=UNSET, name="not", description="This does not hold."
    )
    text: str | None = field(
        default=UNSET,
        description="Its id begins with this, or its flow, namespace or a label's value holds it.",
    )
    namespace: NamespaceFilter | None = field(
        default=UNSET, description="The namespace of its flow."
    )
    flow_id: StringFilter | None = field(default=UNSET, description="Its flow.")
    state: ExecutionStateFilter | None = field(default=UNSET, description="Its state.")
    labels: list[LabelFilter] | None = field(
        default=UNSET, description="Conditions on labels, all of which hold."
    )
    created_at: DateTimeFilter | None = field(default=UNSET, description="When it was created.")
    started_at: DateTimeFilter | None = field(default=UNSET, description="When it began to run.")
    ended_at: DateTimeFilter | None = field(default=UNSET, description="When it ended.")
    duration: DurationFilter | None = field(
        default=UNSET, description="How long it ran; one that still runs, until now."
    )
    trigger_id: StringFilter | None = field(
        default=UNSET, description="The trigger that started it."
    )
    task_id: StringFilter | None = field(
        default=UNSET, description="It has a task run of such a task."
    )
    parent_id: ID | None = field(default=UNSET, description="The execution that started it.")
    is_child: bool | None = field(
        default=UNSET, description="Whether another execution started it."
    )
    scope: ExecutionScope | None = field(default=UNSET, description="Whose executions.")


@strawberry.enum(description="What executions can be sorted by.")
class ExecutionOrderField(Enum):
    CREATED_AT = enum_value("created_at", description="When they were created.")
    STARTED_AT = enum_value(
        "started_at", description="When they began; those that have not count as the latest."
    )
    ENDED_AT = enum_value(
        "ended_at", description="When they ended; those that have not count as the latest."
    )
    DURATION = enum_value(
        "duration", description="How long they ran; those that have not ended count as the longest."
    )


@strawberry.input(description="How executions are sorted.")
class ExecutionOrder:
    by: ExecutionOrderField = field(
        name="field", default=ExecutionOrderField.CREATED_AT, description="What they are sorted by."
    )
    direction: SortDirection = field(
        default=SortDirection.DESC, description="Which way they are sorted."
    )

    def order(self) -> Order:
        return order_of(self.by, self.direction)


@strawberry.input(description="Which task runs are meant. All that is set must hold.")
class TaskRunFilter:
    and_: list["TaskRunFilter"] | None = field(
        default=UNSET, name="and", description="All of these hold, too."
    )
    or_: list["TaskRunFilter"] | None = field(
        default=UNSET, name="or", description="At least one of these holds."
    )
    not_: "TaskRunFilter | None" = field(
        default=UNSET, name="not", description="This does not hold."
    )
    namespace: NamespaceFilter | None = field(
        default=UNSET, description="The namespace of its flow."
    )
    flow_id: StringFilter | None = field(default=UNSET, description="Its flow.")
    execution_id: ID | None = field(default=UNSET, description="Its execution.")
    task_id: StringFilter | None = field(default=UNSET, description="Its task.")
    state: TaskRunStateFilter | None = field(default=UNSET, description="Its state.")
    value: StringFilter | None = field(default=UNSET, description="Its loop value.")
    parent_id: ID | None = field(default=UNSET, description="The task run around it.")
    created_at: DateTimeFilter | None = field(default=UNSET, description="When it was created.")
    started_at: DateTimeFilter | None = field(default=UNSET, description="When it began to run.")
    ended_at: DateTimeFilter | None = field(default=UNSET, description="When it ended.")
    duration: DurationFilter | None = field(
        default=UNSET, description="How long it ran; one that still runs, until now."
    )


@strawberry.enum(description="What task runs can be sorted by.")
class TaskRunOrderField(Enum):
    CREATED_AT = enum_value("created_at", description="When they were created.")


@strawberry.input(description="How task runs are sorted.")
class TaskRunOrder:
    by: TaskRunOrderField = field(
        name="field", default=TaskRunOrderField.CREATED_AT, description="What they are sorted by."
    )
    direction: SortDirection = field(
        default=SortDirection.DESC, description="Which way they are sorted."
    )

    def order(self) -> Order:
        return order_of(self.by, self.direction)


ExecutionFilterArgument = Annotated[
    ExecutionFilter | None, argument(description="Which executions; all without it.")
]
TaskRunFilterArgument = Annotated[
    TaskRunFilter | None, argument(description="Which task runs; all without it.")
]
