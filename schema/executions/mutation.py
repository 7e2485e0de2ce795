"""The actions on executions. Each is durable when it answers."""

from collections.abc import Awaitable
from typing import Annotated, TypeVar

import strawberry
from strawberry import ID, argument

from resolvers import actions, executions, task_runs
from runtime.errors import FlowdeckError
from runtime.executions import messages
from runtime.store.executions import ExecutionRecord
from schema.executions.inputs import (
    ChangeExecutionStateInput,
    ChangeExecutionStatePayload,
    ChangeTaskRunStateInput,
    ChangeTaskRunStatePayload,
    CreateExecutionInput,
    CreateExecutionPayload,
    DeleteExecutionInput,
    DeleteExecutionPayload,
    ExecutionPayload,
    ForceRunExecutionInput,
    ForceRunExecutionPayload,
    KillExecutionInput,
    KillExecutionPayload,
    PauseExecutionInput,
    PauseExecutionPayload,
    ReplayExecutionInput,
    ReplayExecutionPayload,
    RestartExecutionInput,
    RestartExecutionPayload,
    ResumeExecutionInput,
    ResumeExecutionPayload,
    SetExecutionLabelsInput,
    SetExecutionLabelsPayload,
    UnqueueExecutionInput,
    UnqueueExecutionPayload,
)
from schema.executions.types import Execution, TaskRun
from schema.info import Info
from schema.labels import label_map
from schema.scalars import uploaded
from schema.user_errors import UserError, user_errors

Payload = TypeVar("Payload", bound=ExecutionPayload)


async def _answer(
    info: Info, payload: type[Payload], doing: Awaitable[str], meant: str | None = None
) -> Payload:
    """Do it, then show the execution as it is: the one that came of it, or the one `meant`."""
    try:
        found = await executions.reread(info.context, await doing)
    except FlowdeckError as error:
        now = await executions.reread(info.context, meant) if meant else None
        shown = Execution.of(now) if now else None
        return payload(execution=shown, user_errors=_told(error, now))
    return payload(execution=Execution.of(found) if found else None, user_errors=[])


def _told(error: FlowdeckError, now: ExecutionRecord | None) -> list[UserError]:
    """Why an action was refused, with the state of the execution that it was meant for."""
    return user_errors(error, now.state, now.version) if now else user_errors(error)


async def _act(
    info: Info, payload: type[Payload], execution_id: ID, action: messages.Action
) -> Payload:
    doing = actions.act(info.context, execution_id, action)
    return await _answer(info, payload, doing, execution_id)


@strawberry.type
class ExecutionMutation:
    @strawberry.mutation(description="Create an execution of a flow.")
    async def create_execution(
        self,
        info: Info,
        input: Annotated[CreateExecutionInput, argument(description="Of which flow, and how.")],
    ) -> CreateExecutionPayload:
        wanted = actions.Creation(
            namespace=input.namespace,
            flow_id=input.flow_id,
            revision=input.revision,
            inputs=input.inputs,
            files={each.input: uploaded(each.file) for each in input.files or []},
            labels=label_map(input.labels or []),
            scheduled_at=input.scheduled_at,
            breakpoints=tuple(input.breakpoints or ()),
            idempotency_key=input.idempotency_key,
        )
        return await _answer(info, CreateExecutionPayload, actions.create(info.context, wanted))

    @strawberry.mutation(description="Run the failed parts of an execution again.")
    async def restart_execution(
        self, info: Info, input: Annotated[RestartExecutionInput, argument(description="Which.")]
    ) -> RestartExecutionPayload:
        doing = actions.restart(
            info.context, input.execution_id, input.revision, input.expected_version
        )
        return await _answer(info, RestartExecutionPayload, doing, input.execution_id)

    @strawberry.mutation(
        description="Run an execution anew as a new one, from the beginning or from a task run."
    )
    async def replay_execution(
        self, info: Info, input: Annotated[ReplayExecutionInput, argument(description="Which.")]
    ) -> ReplayExecutionPayload:
        wanted = actions.Replay(
            execution_id=input.execution_id,
            task_run_id=input.task_run_id,
            revision=input.revision,
            inputs=input.inputs,
            breakpoints=tuple(input.breakpoints or ()),
            idempotency_key=input.idempotency_key,
        )
        return await _answer(info, ReplayExecutionPayload, actions.replay(info.context, wanted))

    @strawberry.mutation(description="Let a running execution wait after the tasks that run now.")
    async def pause_execution(
        self, info: Info, input: Annotated[PauseExecutionInput, argument(description="Which.")]
    ) -> PauseExecutionPayload:
        action = messages.Pause(expected_version=input.expected_version)
        return await _act(info, PauseExecutionPayload, input.execution_id, action)

    @strawberry.mutation(
        description="Let an execution go on after a pause, an approval or a breakpoint."
    )
    async def resume_execution(
        self, info: Info, input: Annotated[ResumeExecutionInput, argument(description="Which.")]
    ) -> ResumeExecutionPayload:
        points = None if input.breakpoints is None else tuple(input.breakpoints)
        doing = actions.resume(
            info.context,
            input.execution_id,
            actions.Answer(
                input.inputs, {each.input: uploaded(each.file) for each in input.files or []}
            ),
            messages.Resume(
                task_run_id=input.task_run_id,
                decision=input.decision,
                comment=input.comment,
                breakpoints=points,
                expected_version=input.expected_version,
            ),
        )
        return await _answer(info, ResumeExecutionPayload, doing, input.execution_id)

    @strawberry.mutation(description="Stop an execution and whatever of it runs.")
    async def kill_execution(
        self, info: Info, input: Annotated[KillExecutionInput, argument(description="Which.")]
    ) -> KillExecutionPayload:
        action = messages.Kill(
            include_children=input.include_children, expected_version=input.expected_version
        )
        return await _act(info, KillExecutionPayload, input.execution_id, action)

    @strawberry.mutation(description="Run an execution whatever it waits for.")
    async def force_run_execution(
        self, info: Info, input: Annotated[ForceRunExecutionInput, argument(description="Which.")]
    ) -> ForceRunExecutionPayload:
        action = messages.ForceRun(expected_version=input.expected_version)
        return await _act(info, ForceRunExecutionPayload, input.execution_id, action)

    @strawberry.mutation(description="Run a queued execution above its flow's limit.")
    async def unqueue_execution(
        self, info: Info, input: Annotated[UnqueueExecutionInput, argument(description="Which.")]
    ) -> UnqueueExecutionPayload:
        action = messages.Unqueue(expected_version=input.expected_version)
        return await _act(info, UnqueueExecutionPayload, input.execution_id, action)

    @strawberry.mutation(description="Give an execution that has ended another end.")
    async def change_execution_state(
        self,
        info: Info,
        input: Annotated[ChangeExecutionStateInput, argument(description="Which, and its end.")],
    ) -> ChangeExecutionStatePayload:
        action = messages.ChangeExecutionState(
            state=input.state, expected_version=input.expected_version
        )
        return await _act(info, ChangeExecutionStatePayload, input.execution_id, action)

    @strawberry.mutation(
        description="Give a task run another end; its execution goes on from there."
    )
    async def change_task_run_state(
        self,
        info: Info,
        input: Annotated[ChangeTaskRunStateInput, argument(description="Which, and its end.")],
    ) -> ChangeTaskRunStatePayload:
        action = messages.ChangeTaskRunState(
            task_run_id=input.task_run_id,
            state=input.state,
            expected_version=input.expected_version,
        )
        payload = await _act(info, ChangeTaskRunStatePayload, input.execution_id, action)
        found = await task_runs.reread(info.context, input.execution_id, input.task_run_id)
        payload.task_run = TaskRun.of(found) if found else None
        return payload

    @strawberry.mutation(description="Put labels on an execution.")
    async def set_execution_labels(
        self,
        info: Info,
        input: Annotated[SetExecutionLabelsInput, argument(description="Which, and the labels.")],
    ) -> SetExecutionLabelsPayload:
        action = messages.SetLabels(
            labels=label_map(input.labels), expected_version=input.expected_version
        )
        return await _act(info, SetExecutionLabelsPayload, input.execution_id, action)

    @strawberry.mutation(description="Remove an execution for good.")
    async def delete_execution(
        self,
        info: Info,
        input: Annotated[DeleteExecutionInput, argument(description="Which, and what with it.")],
    ) -> DeleteExecutionPayload:
        wanted = actions.Deletion(
            execution_id=input.execution_id,
            logs=input.delete_logs,
            metrics=input.delete_metrics,
            files=input.delete_files,
            force=input.force,
            expected_version=input.expected_version,
        )
        try:
            await actions.delete(info.context, wanted)
        except FlowdeckError as error:
            now = await executions.reread(info.context, input.execution_id)
            return DeleteExecutionPayload(deleted_execution_id=None, user_errors=_told(error, now))
        return DeleteExecutionPayload(deleted_execution_id=input.execution_id, user_errors=[])
