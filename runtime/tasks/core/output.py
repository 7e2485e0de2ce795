"""`core.output`: values for later tasks and for people."""

from runtime.executions.messages import TaskResult
from runtime.tasks.properties import AnyMap
from runtime.tasks.results import succeeded
from runtime.tasks.task import InlineTask, Outputs, Step


class Values(Outputs):
    values: dict[str, object]


class OutputValues(InlineTask):
    """Yield any number of values, each of its own type, as the output `values`."""

    type_name = "io.kestra.plugin.core.output.OutputValues"
    outputs = Values

    values: AnyMap

    def run(self, step: Step) -> TaskResult:
        return succeeded({"values": self.values})
