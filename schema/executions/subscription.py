"""Live streams of executions and task runs."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated, Self

import strawberry
from strawberry import ID, argument, field

from resolvers import dependencies, live
from runtime.executions.decision import ChangeKind
from schema.dependencies import DependencyDepth
from schema.described import described
from schema.executions.filter import ExecutionFilterArgument, TaskRunFilterArgument
from schema.executions.types import Execution, TaskRun
from schema.filters import condition
from schema.info import Info
from schema.scalars import BigInt
from schema.states import ExecutionState, TaskRunState
from schema.streams import StreamAfter, StreamHeartbeat, StreamReset, signal

described(
    ChangeKind,
    "What changed. More kinds may come.",
    {
        "EXECUTION_CREATED": "An execution was created.",
        "EXECUTION_STATE": "An execution entered a state.",
        "EXECUTION_LABELS": "The labels of an execution changed.",
        "EXECUTION_OUTPUTS": "The outputs of an execution changed.",
        "EXECUTION_VARIABLES": "The variables of an execution changed.",
        "EXECUTION_ACTION": "Somebody asked for something, such as a kill or a restart.",
        "EXECUTION_DELETED": "An execution was deleted.",
        "TASK_RUN_CREATED": "A task run was created.",
        "TASK_RUN_STATE": "A task run entered a state.",
        "TASK_RUN_OUTPUTS": "The outputs of a task run changed.",
        "TASK_RUN_REMOVED": "A task run was taken away, as a restart does.",
    },
)


@strawberry.type(description="An execution changed.")
class ExecutionChanged:
    cursor: str = field(description="The place behind this change: go on from here.")
    sequence: BigInt = field(description="The number of the change within its execution.")
    at: datetime = field(description="When it changed.")
    change: ChangeKind = field(description="What changed.")
    state: ExecutionState = field(description="The state after this change.")
    matches: bool = field(
        description=(
            "Whether the execution is in the filter of the stream now; false when it has just "
            "left. Always true in the stream of one execution."
        )
    )
    execution: Execution = field(description="The execution, as new as this change or newer.")

    @classmethod
    def of(cls, change: live.ExecutionChange) -> Self:
        return cls(
            cursor=change.cursor,
            sequence=BigInt(change.event.sequence),
            at=change.event.at,
            change=change.event.kind,
            state=ExecutionState(change.event.state),
            matches=change.matches,
            execution=Execution.of(change.execution),
        )


@strawberry.type(description="A task run changed.")
class TaskRunChanged:
    cursor: str = field(description="The place behind this change: go on from here.")
    sequence: BigInt = field(description="The number of the change within its execution.")
    at: datetime = field(description="When it changed.")
    change: ChangeKind = field(description="What changed.")
    state: TaskRunState = field(description="The state after this change.")
    task_run: TaskRun = field(description="The task run, as new as this change or newer.")

    @classmethod
    def of(cls, change: live.TaskRunChange) -> Self:
        return cls(
            cursor=change.cursor,
            sequence=BigInt(change.event.sequence),
            at=change.event.at,
            change=change.event.kind,
            state=TaskRunState(change.event.state),
            task_run=TaskRun.of(change.task_run),
        )


@strawberry.type(description="An execution is gone.")
class ExecutionRemoved:
    cursor: str = field(description="The place behind this change: go on from here.")
    sequence: BigInt = field(description="The number of the change within its execution.")
    at: datetime = field(description="When it was deleted, or last changed before that.")
    execution_id: ID = field(description="The execution that is gone.")

    @classmethod
    def of(cls, gone: live.Gone) -> Self:
        return cls(
            cursor=gone.cursor,
            sequence=BigInt(gone.event.sequence),
            at=gone.event.at,
            execution_id=ID(gone.event.execution_id),
        )


@strawberry.type(description="A task run is gone: a restart took it away, or its execution went.")
class TaskRunRemoved:
    cursor: str = field(description="The place behind this change: go on from here.")
    sequence: BigInt = field(description="The number of the change within its execution.")
    at: datetime = field(description="When it was taken away, or last changed before that.")
    execution_id: ID = field(description="The execution that it belonged to.")
    task_run_id: ID = field(description="The task run that is gone.")

    @classmethod
    def of(cls, gone: live.Gone) -> Self:
        return cls(
            cursor=gone.cursor,
            sequence=BigInt(gone.event.sequence),
            at=gone.event.at,
            execution_id=ID(gone.event.execution_id),
            task_run_id=ID(gone.event.task_run_id or ""),
        )


ExecutionStreamItem = Annotated[
    ExecutionChanged
    | TaskRunChanged
    | ExecutionRemoved
    | TaskRunRemoved
    | StreamHeartbeat
    | StreamReset,
    strawberry.union(
        "ExecutionStreamItem", description="What the streams of executions bring. More may come."
    ),
]
TaskRunStreamItem = Annotated[
    TaskRunChanged | TaskRunRemoved | StreamHeartbeat | StreamReset,
    strawberry.union(
        "TaskRunStreamItem", description="What the stream of task runs brings. More may come."
    ),
]
DependencyStreamItem = Annotated[
    ExecutionChanged | ExecutionRemoved | StreamHeartbeat | StreamReset,
    strawberry.union(
        "DependencyStreamItem",
        description="What the stream of executions that belong together brings. More may come.",
    ),
]


def _change(item: live.Item) -> ExecutionStreamItem:
    match item:
        case live.ExecutionChange():
            return ExecutionChanged.of(item)
        case live.TaskRunChange():
            return TaskRunChanged.of(item)
        case live.Gone():
            return TaskRunRemoved.of(item) if item.event.task_run_id else ExecutionRemoved.of(item)
        case _:
            return signal(item)


@strawberry.type
class ExecutionSubscription:
    @strawberry.subscription(
        description=(
            "One execution: every change of it and of its task runs, in order, none missed and "
            "none repeated after a resume. It stays open when the execution ends."
        )
    )
    async def execution(
        self,
        info: Info,
        id: Annotated[ID, argument(description="The execution.")],
        after: StreamAfter = None,
    ) -> AsyncIterator[ExecutionStreamItem]:
        async for item in await live.execution(info.context, id, after):
            yield _change(item)

    @strawberry.subscription(
        description=(
            "A live list: every change of executions that enter the filter, stay in it or leave it."
        )
    )
    async def executions(
        self,
        info: Info,
        filter: ExecutionFilterArgument = None,
        after: StreamAfter = None,
    ) -> AsyncIterator[ExecutionStreamItem]:
        async for item in await live.executions(info.context, condition(filter), after):
            yield _change(item)

    @strawberry.subscription(
        description="Every change of the task runs that are in the filter after the change."
    )
    async def task_runs(
        self,
        info: Info,
        filter: TaskRunFilterArgument = None,
        after: StreamAfter = None,
    ) -> AsyncIterator[TaskRunStreamItem]:
        async for item in await live.task_runs(info.context, condition(filter), after):
            match item:
                case live.TaskRunChange():
                    yield TaskRunChanged.of(item)
                case live.Gone():
                    yield TaskRunRemoved.of(item)
                case live.Heartbeat() | live.Reset():
                    yield signal(item)

    @strawberry.subscription(
        description=(
            "Every change of the executions that one came from and of those that come from it, "
            "itself included: started by its tasks, or by Flow triggers that followed it."
        )
    )
    async def dependencies(
        self,
        info: Info,
        execution_id: Annotated[ID, argument(description="The execution.")],
        depth: DependencyDepth = 1,
        after: StreamAfter = None,
    ) -> AsyncIterator[DependencyStreamItem]:
        found = await dependencies.stream(info.context, execution_id, depth, after)
        async for item in found:
            match item:
                case live.ExecutionChange():
                    yield ExecutionChanged.of(item)
                case live.Gone():
                    yield ExecutionRemoved.of(item)
                case live.Heartbeat() | live.Reset():
                    yield signal(item)
