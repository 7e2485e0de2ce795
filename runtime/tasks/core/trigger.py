"""`core.trigger.Toggle`: switch a flow's trigger on and off."""

from runtime.tasks.properties import Text
from runtime.tasks.services import FlowName
from runtime.tasks.task import Run, TaskFailed, WorkTask


class Toggle(WorkTask):
    """Switch a trigger on or off; without `flowId` and `namespace` one of this flow."""

    type_name = "io.kestra.plugin.core.trigger.Toggle"
    aliases = ("io.kestra.plugin.kestra.triggers.Toggle",)

    trigger: Text
    flow_id: Text | None = None
    namespace: Text | None = None
    enabled: bool = False

    async def run(self, run: Run) -> None:
        flow = FlowName(self.namespace or run.namespace, self.flow_id or run.flow_id)
        found = await run.services.executions.toggle_trigger(
            flow, self.trigger, enabled=self.enabled, at=run.now()
        )
        if not found:
            raise TaskFailed(
                f"The flow {flow.namespace}.{flow.flow_id} has no trigger {self.trigger!r}."
            )
