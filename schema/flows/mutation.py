"""Changing flows: save, delete, switch off and on."""

from typing import Annotated

import strawberry
from strawberry import argument, field

from resolvers import flows
from runtime.errors import FlowdeckError
from schema.flows.types import Flow
from schema.info import Info
from schema.problems import FlowProblem
from schema.user_errors import UserError, user_errors


@strawberry.input(description="A flow to save.")
class SaveFlowInput:
    source: str = field(description="The whole YAML; its namespace and id say which flow it is.")


@strawberry.type(description="What saving a flow led to.")
class SaveFlowPayload:
    flow: Flow | None = field(description="The flow as it is now; null when it was not saved.")
    revision_created: bool = field(
        description="Whether there is a new revision; false when nothing was changed."
    )
    problems: list[FlowProblem] = field(
        description="Everything in the YAML that must or could be mended, in its order."
    )
    user_errors: list[UserError] = field(description="Why it was not saved; empty when it was.")


@strawberry.input(description="A flow to delete.")
class DeleteFlowInput:
    namespace: str = field(description="Its namespace.")
    flow_id: str = field(description="Its id.")


@strawberry.type(description="What deleting a flow led to.")
class DeleteFlowPayload:
    flow: Flow | None = field(description="The deleted flow; null when it was not deleted.")
    user_errors: list[UserError] = field(description="Why it was not deleted; empty when it was.")


@strawberry.input(description="A flow to switch off or on.")
class SetFlowDisabledInput:
    namespace: str = field(description="Its namespace.")
    flow_id: str = field(description="Its id.")
    disabled: bool = field(description="True: no execution of it can be started.")


@strawberry.type(description="What switching a flow off or on led to.")
class SetFlowDisabledPayload:
    flow: Flow | None = field(description="The flow as it is now; null when there is none.")
    user_errors: list[UserError] = field(description="Why nothing changed; empty when it did.")


@strawberry.type
class FlowMutation:
    @strawberry.mutation(
        description="Save a flow: a new one, or a new revision when its YAML changed."
    )
    async def save_flow(
        self,
        info: Info,
        input: Annotated[SaveFlowInput, argument(description="The flow.")],
    ) -> SaveFlowPayload:
        try:
            saved = await flows.save(info.context, input.source)
        except FlowdeckError as error:
            problems = [FlowProblem.of(each) for each in flows.problems_of(error)]
            return SaveFlowPayload(
                flow=None,
                revision_created=False,
                problems=problems,
                user_errors=user_errors(error),
            )
        return SaveFlowPayload(
            flow=Flow.of(saved.record),
            revision_created=saved.created,
            problems=[FlowProblem.of(each) for each in saved.problems],
            user_errors=[],
        )

    @strawberry.mutation(
        description="Delete a flow and its triggers. Its executions and revisions stay readable."
    )
    async def delete_flow(
        self,
        info: Info,
        input: Annotated[DeleteFlowInput, argument(description="Which flow.")],
    ) -> DeleteFlowPayload:
        try:
            gone = await flows.delete(info.context, input.namespace, input.flow_id)
        except FlowdeckError as error:
            return DeleteFlowPayload(flow=None, user_errors=user_errors(error))
        return DeleteFlowPayload(flow=Flow.of(gone), user_errors=[])

    @strawberry.mutation(
        description="Switch a flow off, so that no execution can be started, or on again."
    )
    async def set_flow_disabled(
        self,
        info: Info,
        input: Annotated[SetFlowDisabledInput, argument(description="Which flow, off or on.")],
    ) -> SetFlowDisabledPayload:
        try:
            found = await flows.set_disabled(
                info.context, input.namespace, input.flow_id, input.disabled
            )
        except FlowdeckError as error:
            return SetFlowDisabledPayload(flow=None, user_errors=user_errors(error))
        return SetFlowDisabledPayload(flow=Flow.of(found), user_errors=[])
