"""The documentation of the types of tasks, triggers and conditions."""

from typing import Self

import strawberry
from strawberry import field
from strawberry.scalars import JSON

from resolvers.flows import TaskTypePage
from runtime.flows.types import MetricSpec, TypeKind
from schema.described import described

described(
    TypeKind,
    "What a type of the flow language is for.",
    {
        "TASK": "A task that does work.",
        "FLOWABLE": "A task that decides which others run.",
        "TRIGGER": "Something that starts a flow.",
        "CONDITION": "Something that must hold for a trigger to start the flow.",
        "TASK_RUNNER": "Where the processes of a script run.",
    },
)


@strawberry.type(description="A metric that a type of task publishes.")
class TaskTypeMetric:
    name: str = field(description="Its name.")
    kind: str = field(description="Whether it is a counter or a timer.")
    description: str = field(description="What it counts or measures.")

    @classmethod
    def of(cls, metric: MetricSpec) -> Self:
        return cls(name=metric.name, kind=metric.kind, description=metric.description)


@strawberry.type(description="A type of task, trigger or condition: its page of documentation.")
class TaskType:
    name: str = field(description="The full name, as `type` takes it.")
    kind: TypeKind = field(description="What it is for.")
    title: str = field(description="What it does, in a line.")
    description: str = field(description="More about it, in Markdown; may be empty.")
    aliases: list[str] = field(description="Other names by which flows may call it.")
    properties: JSON = field(description="Its properties, as JSON Schema.")
    outputs: JSON | None = field(description="What it yields, as JSON Schema; null for nothing.")
    metrics: list[TaskTypeMetric] = field(description="The metrics that it publishes.")
    branches: list[str] = field(description="The properties that hold child tasks.")
    obsolete: str | None = field(
        description="Why not to use it any more, and what to use instead; null when it is current."
    )

    @classmethod
    def of(cls, page: TaskTypePage) -> Self:
        spec = page.spec
        return cls(
            name=spec.name,
            kind=spec.kind,
            title=spec.title,
            description=spec.description,
            aliases=list(spec.aliases),
            properties=JSON(page.properties),
            outputs=None if page.outputs is None else JSON(page.outputs),
            metrics=[TaskTypeMetric.of(metric) for metric in spec.metrics],
            branches=[branch.name for branch in spec.branches],
            obsolete=spec.deprecated,
        )
