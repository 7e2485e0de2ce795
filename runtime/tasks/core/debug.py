"""`core.debug`: see what an expression yields."""

from time import perf_counter
from typing import ClassVar

from runtime.executions.messages import TaskResult
from runtime.executions.model import LogLevel, MetricKind
from runtime.flows.types import MetricSpec
from runtime.tasks.properties import Level, Text
from runtime.tasks.results import line, metric, succeeded
from runtime.tasks.task import InlineTask, Outputs, Step


class ReturnOutputs(Outputs):
    value: str | None = None
    """The rendered text."""


class Return(InlineTask):
    """Yield a rendered text as the output `value`.

    Mostly for trying expressions and for putting values together that later tasks use.
    """

    type_name = "io.kestra.plugin.core.debug.Return"
    outputs = ReturnOutputs
    metrics: ClassVar[tuple[MetricSpec, ...]] = (
        MetricSpec("length", "counter", "Characters of the text."),
        MetricSpec("duration", "timer", "How long it took to yield it."),
    )

    format: Text | None = None

    def run(self, step: Step) -> TaskResult:
        start = perf_counter()
        if "format" not in self.model_fields_set:
            return succeeded({"value": None})
        text = self.format or ""
        measured = (
            metric(step, MetricKind.COUNTER, "length", len(text)),
            metric(step, MetricKind.TIMER, "duration", perf_counter() - start),
        )
        return succeeded({"value": text}, metrics=measured)


class Echo(InlineTask):
    """Write a text to the log."""

    type_name = "io.kestra.plugin.core.debug.Echo"
    deprecated = "Use io.kestra.plugin.core.log.Log."

    format: Text
    level: Level = "INFO"

    def run(self, step: Step) -> TaskResult:
        return succeeded(logs=[line(step, LogLevel[self.level], self.format)])
