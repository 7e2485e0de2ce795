"""`core.metric`: numbers about a run, to be charted."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from runtime.executions.messages import TaskResult
from runtime.executions.model import MetricKind
from runtime.flows.types import Properties
from runtime.tasks.properties import Seconds, Structured, Text, TextMap
from runtime.tasks.results import metric, succeeded
from runtime.tasks.task import InlineTask, Step

Kind = Annotated[
    Literal["counter", "timer"],
    BeforeValidator(lambda value: value.lower() if isinstance(value, str) else value),
]


class PublishedMetric(Properties):
    name: Text
    type: Kind = "counter"
    value: float | Seconds
    """A number, or the duration of a timer."""
    tags: TextMap = Field(default_factory=dict)


class Publish(InlineTask):
    """Publish metrics of one's own."""

    type_name = "io.kestra.plugin.core.metric.Publish"

    published: Annotated[list[PublishedMetric], Structured] = Field(alias="metrics")

    def run(self, step: Step) -> TaskResult:
        return succeeded(
            metrics=[
                metric(step, MetricKind(each.type), each.name, each.value, each.tags)
                for each in self.published
            ]
        )
