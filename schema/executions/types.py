"""An execution and its task runs."""

from datetime import datetime, timedelta
from typing import Annotated, Self

import strawberry
from strawberry import ID, argument, field
from strawberry.scalars import JSON

from resolvers import (
    dependencies,
    executions,
    explanation,
    flows,
    logs,
    metrics,
    outputs,
    task_runs,
    timeline,
)
from resolvers import topology as graphs
from resolvers.cursors import event_cursor
from runtime.executions.actions import ExecutionAction, TaskRunAction
from runtime.store.executions import ExecutionRecord
from runtime.store.task_runs import TaskRunRecord
from schema.dependencies import DependencyDepth, DependencyGraph
from schema.executions.filter import TaskRunFilterArgument
from schema.executions.parts import (
    Attempt,
    CriticalPathStep,
    ExecutionStateChange,
    ExecutionTrigger,
    Explanation,
    TaskRunStateChange,
)
from schema.filters import condition
from schema.flows.types import Flow, FlowInput
from schema.info import Info
from schema.labels import Label
from schema.logs import LogEntry, LogFilterArgument
from schema.metrics import Metric, MetricFilterArgument
from schema.nodes import Node
from schema.outputs import OutputFile
from schema.pages import After, Before, Connection, First, Last, asked, connection
from schema.scalars import URL, BigInt
from schema.states import ExecutionState, TaskRunState
from schema.timeline import Timeline
from schema.topology import Topology


@strawberry.type(description="One run of a flow.")
class Execution(Node):
    version: int = field(
        description="Grows with every change; `expectedVersion` of an action compares with it."
    )
    last_sequence: BigInt = field(description="The number of its last change, from 1.")
    cursor: str = field(description="Its last change: subscribe after it to get what follows.")
    namespace: str = field(description="The namespace of its flow.")
    flow_id: str = field(description="The id of its flow.")
    flow_revision: int = field(description="The revision of the flow that it runs.")
    state: ExecutionState = field(description="Where it stands.")
    is_terminal: bool = field(description="Whether it has ended; a restart may revive it.")
    labels: list[Label] = field(description="Its labels.")
    created_at: datetime = field(description="When it was created.")
    scheduled_at: datetime | None = field(description="When it was to start; null when at once.")
    started_at: datetime | None = field(description="When it first ran; null when it has not.")
    ended_at: datetime | None = field(description="When it ended; null while it has not.")
    duration: timedelta | None = field(
        description="From its start to its end, or to now; null when it has not started."
    )
    attempt: int = field(description="Which try of the whole it is, from 1.")
    trigger: ExecutionTrigger | None = field(
        description="What started it; null when a person or a program asked for it."
    )
    breakpoints: list[str] = field(description="The tasks before which it stops.")
    log_url: URL = field(description="Where to download its log as text.")
    record: strawberry.Private[ExecutionRecord]

    @classmethod
    def of(cls, record: ExecutionRecord) -> Self:
        return cls(
            id=ID(record.id),
            version=record.version,
            last_sequence=BigInt(record.sequence),
            cursor=event_cursor(record.position),
            namespace=record.namespace,
            flow_id=record.flow_id,
            flow_revision=record.flow_revision,
            state=record.state,
            is_terminal=record.state.is_terminal,
            labels=Label.all_of(record.labels),
            created_at=record.created_at,
            scheduled_at=record.scheduled_at,
            started_at=record.started_at,
            ended_at=record.ended_at,
            duration=record.duration,
            attempt=record.attempt,
            trigger=ExecutionTrigger.of(record.trigger) if record.trigger else None,
            breakpoints=list(record.breakpoints),
            log_url=URL(f"/api/v1/executions/{record.id}/logs"),
            record=record,
        )

    @strawberry.field(description="Every state that it was in, the first one first.")
    def state_history(self) -> list[ExecutionStateChange]:
        return [ExecutionStateChange.of(change) for change in self.record.history]

    @strawberry.field(description="The flow in the revision that it runs; null when it is gone.")
    async def flow(self, info: Info) -> Flow | None:
        found = await flows.of_execution(info.context, self.record)
        return Flow.of(found) if found else None

    @strawberry.field(description="The values of its inputs; secret ones are masked.")
    async def inputs(self, info: Info) -> JSON:
        return JSON((await executions.values(info.context, self.record)).inputs)

    @strawberry.field(description="What expressions see as `vars`.")
    async def variables(self, info: Info) -> JSON:
        return JSON((await executions.values(info.context, self.record)).variables)

    @strawberry.field(description="The outputs of the flow; null as long as there are none.")
    async def outputs(self, info: Info) -> JSON | None:
        found = (await executions.values(info.context, self.record)).outputs
        return None if found is None else JSON(found)

    @strawberry.field(description="The execution that started it.")
    async def parent(self, info: Info) -> "Execution | None":
        found = await executions.parent(info.context, self.record)
        return Execution.of(found) if found else None

    @strawberry.field(description="The first execution of the chain of replays it belongs to.")
    async def original(self, info: Info) -> "Execution | None":
        found = await executions.original(info.context, self.record)
        return Execution.of(found) if found else None

    @strawberry.field(description="The execution of the same flow that was created before it.")
    async def previous(self, info: Info) -> "Execution | None":
        found = await executions.previous(info.context, self.record)
        return Execution.of(found) if found else None

    @strawberry.field(description="The execution of the same flow that was created after it.")
    async def next(self, info: Info) -> "Execution | None":
        found = await executions.following(info.context, self.record)
        return Execution.of(found) if found else None

    @strawberry.field(description="The executions that it started, the newest first.")
    async def children(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection["Execution"]:
        page = asked(first, after, last, before)
        found = await executions.children(info.context, self.record, page)
        return connection(found, Execution.of)

    @strawberry.field(
        description="The last executions of the same flow up to this one, the oldest first."
    )
    async def recent(
        self,
        info: Info,
        last: Annotated[int, argument(description="How many: 1 to 100.")] = 20,
    ) -> list["Execution"]:
        found = await executions.recent(info.context, self.record, last)
        return [Execution.of(each) for each in found]

    @strawberry.field(description="The newest task run of a task; null when there is none.")
    async def task_run(
        self,
        info: Info,
        task_id: Annotated[str, argument(description="The task's id.")],
        value: Annotated[
            str | None, argument(description="The loop value, for a task in a loop.")
        ] = None,
    ) -> "TaskRun | None":
        found = await task_runs.by_task(info.context, self.record, task_id, value)
        return TaskRun.of(found) if found else None

    @strawberry.field(description="Its task runs, in the order of creation.")
    async def task_runs(
        self,
        info: Info,
        filter: TaskRunFilterArgument = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection["TaskRun"]:
        page = asked(first, after, last, before)
        found = await task_runs.of_execution(info.context, self.record, condition(filter), page)
        return connection(found, TaskRun.of)

    @strawberry.field(description="All its task runs over time, as columns: the Gantt.")
    async def timeline(
        self,
        info: Info,
        since: Annotated[
            BigInt | None,
            argument(description="Only task runs that changed after this sequence."),
        ] = None,
    ) -> Timeline:
        return Timeline.of(await timeline.columns(info.context, self.record, since))

    @strawberry.field(
        description="The chain of task runs that made it last as long as it did, in order."
    )
    async def critical_path(self, info: Info) -> list[CriticalPathStep]:
        found = await timeline.critical_path(info.context, self.record)
        return [CriticalPathStep.of(step) for step in found]

    @strawberry.field(description="Its flow as a graph, with the states of its task runs.")
    async def topology(
        self,
        info: Info,
        at: Annotated[
            datetime | None, argument(description="A moment in the past; now when absent.")
        ] = None,
    ) -> Topology:
        return Topology.of(await graphs.of_execution(info.context, self.record, at))

    @strawberry.field(
        description="The flows that its own depends on and those that depend on it, with the "
        "executions that it came from and those that come from it."
    )
    async def dependencies(self, info: Info, depth: DependencyDepth = 1) -> DependencyGraph:
        found = await dependencies.of_execution(info.context, self.record, depth)
        return DependencyGraph.of(found)

    @strawberry.field(description="Its log, in the order in which it was written.")
    async def logs(
        self,
        info: Info,
        filter: LogFilterArgument = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[LogEntry]:
        page = asked(first, after, last, before)
        found = await logs.of_execution(info.context, self.record.id, condition(filter), page)
        return connection(found, LogEntry.of)

    @strawberry.field(description="The metrics of its task runs, in the order of publication.")
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
        found = await metrics.of_execution(info.context, self.record.id, condition(filter), page)
        return connection(found, Metric.of)

    @strawberry.field(
        description="Why it waits, failed or was ended; null when there is nothing to explain."
    )
    async def explanation(self, info: Info) -> Explanation | None:
        found = await explanation.of_execution(info.context, self.record)
        return Explanation.of(found) if found else None

    @strawberry.field(description="What can be done with it now.")
    async def allowed_actions(self, info: Info) -> list[ExecutionAction]:
        return await executions.allowed(info.context, self.record)


@strawberry.type(description="One task of an execution, run once.")
class TaskRun(Node):
    execution_id: ID = field(description="The execution that it belongs to.")
    task_id: str = field(description="The task's id in the flow.")
    value: str | None = field(description="The loop value; null outside of loops.")
    iteration: int | None = field(
        description="The index of the loop value, from 0; null outside of loops."
    )
    parent_id: ID | None = field(description="The task run around it; null at the top.")
    state: TaskRunState = field(description="Where it stands.")
    is_terminal: bool = field(description="Whether it has ended.")
    created_at: datetime = field(description="When it was created.")
    started_at: datetime | None = field(description="When it first ran; null when it has not.")
    ended_at: datetime | None = field(description="When it ended; null while it has not.")
    duration: timedelta | None = field(
        description="From its start to its end, or to now; null when it has not started."
    )
    record: strawberry.Private[TaskRunRecord]

    @classmethod
    def of(cls, record: TaskRunRecord) -> Self:
        return cls(
            id=ID(record.id),
            execution_id=ID(record.execution_id),
            task_id=record.task_id,
            value=record.value,
            iteration=record.iteration,
            parent_id=ID(record.parent_id) if record.parent_id else None,
            state=record.state,
            is_terminal=record.state.is_terminal,
            created_at=record.created_at,
            started_at=record.started_at,
            ended_at=record.ended_at,
            duration=record.duration,
            record=record,
        )

    @strawberry.field(description="Every state that it was in, the first one first.")
    def state_history(self) -> list[TaskRunStateChange]:
        return [TaskRunStateChange.of(change) for change in self.record.history]

    @strawberry.field(description="The tries, the first one first.")
    def attempts(self) -> list[Attempt]:
        return [Attempt.of(attempt) for attempt in self.record.attempts]

    @strawberry.field(description="The task's type; empty when the flow does not know the task.")
    async def task_type(self, info: Info) -> str:
        return await task_runs.task_type(info.context, self.record)

    @strawberry.field(description="The task's YAML in the revision that was run.")
    async def source(self, info: Info) -> str:
        return await task_runs.source(info.context, self.record)

    @strawberry.field(description="The execution that it belongs to.")
    async def execution(self, info: Info) -> Execution:
        return Execution.of(await executions.of_task_run(info.context, self.record))

    @strawberry.field(description="The task run around it; null at the top.")
    async def parent(self, info: Info) -> "TaskRun | None":
        found = await task_runs.parent(info.context, self.record)
        return TaskRun.of(found) if found else None

    @strawberry.field(description="What it yielded; null when it yielded nothing.")
    async def outputs(self, info: Info) -> JSON | None:
        found = await task_runs.outputs(info.context, self.record)
        return None if found is None else JSON(found)

    @strawberry.field(description="The files among its outputs.")
    async def files(self, info: Info) -> list[OutputFile]:
        return [OutputFile.of(each) for each in await outputs.files(info.context, self.record)]

    @strawberry.field(description="What it and its attempts wrote, in order.")
    async def logs(
        self,
        info: Info,
        filter: LogFilterArgument = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[LogEntry]:
        page = asked(first, after, last, before)
        found = await logs.of_task_run(info.context, self.record, condition(filter), page)
        return connection(found, LogEntry.of)

    @strawberry.field(description="The metrics that it published, in order; at most 1,000.")
    async def metrics(self, info: Info) -> list[Metric]:
        found = await metrics.of_task_run(info.context, self.record)
        return [Metric.of(record) for record in found]

    @strawberry.field(description="The execution that it started, for a Subflow.")
    async def child_execution(self, info: Info) -> Execution | None:
        found = await executions.child(info.context, self.record)
        return Execution.of(found) if found else None

    @strawberry.field(
        description="What `resumeExecution` may be given for it: the inputs that a paused task "
        "asks for, in order. Empty unless it is paused."
    )
    async def resume_inputs(self, info: Info) -> list[FlowInput]:
        found = await task_runs.resume_inputs(info.context, self.record)
        return [FlowInput.of(declared) for declared in found]

    @strawberry.field(
        description="Why it waits, failed or was ended; null when there is nothing to explain."
    )
    async def explanation(self, info: Info) -> Explanation | None:
        found = await explanation.of_task_run(info.context, self.record)
        return Explanation.of(found) if found else None

    @strawberry.field(description="What can be done with it now.")
    async def allowed_actions(self, info: Info) -> list[TaskRunAction]:
        return await task_runs.allowed(info.context, self.record)
