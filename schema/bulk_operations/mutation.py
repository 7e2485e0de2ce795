"""The actions on many executions. Each answers at once with the operation that was stored."""

from collections.abc import Awaitable
from typing import Annotated

import strawberry
from strawberry import argument, field

from resolvers import bulk_operations
from runtime.errors import FlowdeckError
from runtime.store.bulk_operations import BulkRecord
from schema.bulk_operations.inputs import (
    BulkInput,
    CancelBulkOperationInput,
    ChangeExecutionsStateInput,
    DeleteExecutionsInput,
    ForceRunExecutionsInput,
    KillExecutionsInput,
    PauseExecutionsInput,
    ReplayExecutionsInput,
    RestartExecutionsInput,
    ResumeExecutionsInput,
    SetExecutionsLabelsInput,
    UnqueueExecutionsInput,
)
from schema.bulk_operations.types import BulkOperation
from schema.info import Info
from schema.user_errors import UserError, user_errors


@strawberry.type(description="The operation that was begun or changed, to be followed.")
class BulkOperationPayload:
    bulk_operation: BulkOperation | None = field(
        description="The operation; null when it was not begun."
    )
    user_errors: list[UserError] = field(
        description="Why nothing was begun or changed; what befell one execution is in `items`."
    )


async def _answer(doing: Awaitable[BulkRecord | None]) -> BulkOperationPayload:
    try:
        found = await doing
    except FlowdeckError as error:
        return BulkOperationPayload(bulk_operation=None, user_errors=user_errors(error))
    operation = BulkOperation.of(found) if found else None
    return BulkOperationPayload(bulk_operation=operation, user_errors=[])


async def _start(info: Info, input: BulkInput) -> BulkOperationPayload:
    async def begun() -> BulkRecord | None:
        return await bulk_operations.start(
            info.context, input.work(), input.selector.selector(), input.idempotency_key
        )

    return await _answer(begun())


@strawberry.type
class BulkMutation:
    @strawberry.mutation(description="Run the failed parts of many executions again.")
    async def restart_executions(
        self, info: Info, input: Annotated[RestartExecutionsInput, argument(description="Which.")]
    ) -> BulkOperationPayload:
        return await _start(info, input)

    @strawberry.mutation(description="Run many executions anew, as new ones.")
    async def replay_executions(
        self, info: Info, input: Annotated[ReplayExecutionsInput, argument(description="Which.")]
    ) -> BulkOperationPayload:
        return await _start(info, input)

    @strawberry.mutation(description="Let many running executions wait.")
    async def pause_executions(
        self, info: Info, input: Annotated[PauseExecutionsInput, argument(description="Which.")]
    ) -> BulkOperationPayload:
        return await _start(info, input)

    @strawberry.mutation(description="Let many executions go on after a pause or a breakpoint.")
    async def resume_executions(
        self, info: Info, input: Annotated[ResumeExecutionsInput, argument(description="Which.")]
    ) -> BulkOperationPayload:
        return await _start(info, input)

    @strawberry.mutation(description="Stop many executions.")
    async def kill_executions(
        self, info: Info, input: Annotated[KillExecutionsInput, argument(description="Which.")]
    ) -> BulkOperationPayload:
        return await _start(info, input)

    @strawberry.mutation(description="Run many executions whatever they wait for.")
    async def force_run_executions(
        self, info: Info, input: Annotated[ForceRunExecutionsInput, argument(description="Which.")]
    ) -> BulkOperationPayload:
        return await _start(info, input)

    @strawberry.mutation(description="Run many queued executions above their flows' limits.")
    async def unqueue_executions(
        self, info: Info, input: Annotated[UnqueueExecutionsInput, argument(description="Which.")]
    ) -> BulkOperationPayload:
        return await _start(info, input)

    @strawberry.mutation(description="Give many executions that have ended another end.")
    async def change_executions_state(
        self,
        info: Info,
        input: Annotated[ChangeExecutionsStateInput, argument(description="Which, and the end.")],
    ) -> BulkOperationPayload:
        return await _start(info, input)

    @strawberry.mutation(description="Put labels on many executions.")
    async def set_executions_labels(
        self,
        info: Info,
        input: Annotated[SetExecutionsLabelsInput, argument(description="Which, and the labels.")],
    ) -> BulkOperationPayload:
        return await _start(info, input)

    @strawberry.mutation(description="Remove many executions for good.")
    async def delete_executions(
        self,
        info: Info,
        input: Annotated[DeleteExecutionsInput, argument(description="Which, and what with them.")],
    ) -> BulkOperationPayload:
        return await _start(info, input)

    @strawberry.mutation(
        description="Leave off an operation: what was done stays done, the rest is left alone."
    )
    async def cancel_bulk_operation(
        self, info: Info, input: Annotated[CancelBulkOperationInput, argument(description="Which.")]
    ) -> BulkOperationPayload:
        return await _answer(bulk_operations.cancel(info.context, input.bulk_operation_id))
