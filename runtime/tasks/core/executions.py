"""`core.execution`: other executions, counted, resumed and purged; `execution.py` has this one."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field

from runtime.executions.messages import ResumeOther, TaskResult
from runtime.executions.states import ExecutionState
from runtime.flows.truth import is_true
from runtime.flows.types import NotRendered, Properties
from runtime.store.housekeeping import ExecutionQuery
from runtime.tasks.properties import AnyMap, Moment, Structured, Text, Texts
from runtime.tasks.results import succeeded
from runtime.tasks.services import Purge
from runtime.tasks.task import Outputs, Run, TaskFailed, WorkTask

_WAITING = (ExecutionState.PAUSED, ExecutionState.BREAKPOINT)


def _state(value: object) -> object:
    upper = value.strip().upper() if isinstance(value, str) else value
    return "CANCELLED" if upper == "CANCELED" else upper


States = Annotated[list[Annotated[ExecutionState, BeforeValidator(_state)]], Structured]


class CountedFlow(Properties):
    namespace: Text
    flow_id: Text


class Counted(Outputs):
    namespace: str
    flow_id: str | None = None
    count: int


class CountOutputs(Outputs):
    results: list[Counted]
    """The flows (or namespaces) for which the expression holds."""
    total: int
    """How many executions these have together."""


class Count(WorkTask):
    """Count the executions of flows or namespaces.

    `expression` decides for each which counts are kept; it sees the number as `count`, as in
    `{{ count > 5 }}`.
    """

    type_name = "io.kestra.plugin.core.execution.Count"
    aliases = (
        "io.kestra.core.tasks.executions.Counts",
        "io.kestra.plugin.core.execution.Counts",
        "io.kestra.plugin.kestra.executions.Count",
    )
    outputs = CountOutputs

    flows: Annotated[list[CountedFlow], Structured] = Field(default_factory=list)
    namespaces: Texts = Field(default_factory=list)
    states: States = Field(default_factory=list)
    start_date: Moment | None = None
    end_date: Moment | None = None
    expression: Annotated[str, NotRendered()] = "{{ true }}"

    async def run(self, run: Run) -> BaseModel:
        if not self.flows and not self.namespaces:
            raise TaskFailed("Write `flows` or `namespaces`: what shall be counted?")
        wanted: list[tuple[str, str | None]] = [(f.namespace, f.flow_id) for f in self.flows]
        wanted += [(namespace, None) for namespace in self.namespaces]
        kept: list[Counted] = []
        for namespace, flow_id in wanted:
            query = ExecutionQuery(namespace, flow_id, self.states, self.start_date, self.end_date)
            count = await run.services.executions.count(query)
            if is_true(await run.render(self.expression, {"count": count})):
                kept.append(Counted(namespace=namespace, flow_id=flow_id, count=count))
        return CountOutputs(results=kept, total=sum(each.count for each in kept))


class PurgeOutputs(Outputs):
    executions_count: int
    logs_count: int
    metrics_count: int
    storages_count: int


class PurgeExecutions(WorkTask):
    """Delete finished executions up to `endDate`, with their logs, metrics and files.

    Unfinished executions stay, whatever `states` says.
    """

    type_name = "io.kestra.plugin.core.execution.PurgeExecutions"
    aliases = (
        "io.kestra.core.tasks.storages.Purge",
        "io.kestra.plugin.core.storage.Purge",
    )
    outputs = PurgeOutputs

    namespace: Text | None = None
    flow_id: Text | None = None
    start_date: Moment | None = None
    end_date: Moment
    states: States = Field(default_factory=list)
    purge_execution: bool = True
    purge_log: bool = True
    purge_metric: bool = True
    purge_storage: bool = True
    batch_size: int | None = None

    async def run(self, run: Run) -> BaseModel:
        query = ExecutionQuery(
            self.namespace, self.flow_id, self.states, self.start_date, self.end_date
        )
        what = Purge(self.purge_execution, self.purge_log, self.purge_metric, self.purge_storage)
        purged = await run.services.executions.purge(query, what)
        return PurgeOutputs(
            executions_count=purged.executions,
            logs_count=purged.logs,
            metrics_count=purged.metrics,
            storages_count=purged.files,
        )


class Resume(WorkTask):
    """Resume a paused execution; without `executionId` this one.

    `namespace` and `flowId` are accepted and not needed: an id names one execution. It fails when
    the other execution does not wait for anybody.
    """

    type_name = "io.kestra.plugin.core.execution.Resume"
    aliases = (
        "io.kestra.core.tasks.executions.Resume",
        "io.kestra.plugin.kestra.executions.Resume",
    )

    execution_id: Text | None = None
    namespace: Text | None = None
    flow_id: Text | None = None
    inputs: AnyMap = Field(default_factory=dict)

    async def run(self, run: Run) -> TaskResult:
        wanted = self.execution_id or run.execution_id
        if wanted != run.execution_id:
            await _check_waits(run, wanted)
        return succeeded(changes=[ResumeOther(wanted, self.inputs)])


async def _check_waits(run: Run, execution_id: str) -> None:
    state = await run.services.executions.state(execution_id, run.services.clock.now())
    if state is None:
        raise TaskFailed(f"There is no execution `{execution_id}`.")
    if state not in _WAITING:
        raise TaskFailed(
            f"The execution `{execution_id}` is {state.value}: only one that is PAUSED or at a "
            "BREAKPOINT can be resumed."
        )
