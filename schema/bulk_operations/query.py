"""Reading operations on many executions, and trying one out."""

from typing import Annotated

import strawberry
from strawberry import ID, argument

from resolvers import bulk_operations
from runtime.executions.bulk import BulkWork
from runtime.store.bulk_operations import BulkState
from schema.bulk_operations.inputs import ExecutionSelector
from schema.bulk_operations.types import BulkAction, BulkOperation, BulkPreview
from schema.info import Info
from schema.pages import After, Before, Connection, First, Last, asked, connection
from schema.states import ExecutionState


@strawberry.type
class BulkQuery:
    @strawberry.field(
        description="An operation on many executions by its id; null when there is none."
    )
    async def bulk_operation(
        self, info: Info, id: Annotated[ID, argument(description="Its id.")]
    ) -> BulkOperation | None:
        found = await bulk_operations.find(info.context, id)
        return BulkOperation.of(found) if found else None

    @strawberry.field(description="Operations on many executions, the newest first.")
    async def bulk_operations(
        self,
        info: Info,
        states: Annotated[
            list[BulkState] | None,
            argument(description="Only those in one of these states; all without it."),
        ] = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[BulkOperation]:
        page = asked(first, after, last, before)
        found = await bulk_operations.page(info.context, states or (), page)
        return connection(found, BulkOperation.of)

    @strawberry.field(
        description=(
            "What an action would meet, before it is done. The selection is kept for an hour: its "
            "token stands for exactly these executions."
        )
    )
    async def preview_bulk_operation(
        self,
        info: Info,
        action: Annotated[BulkAction, argument(description="What would be done.")],
        selector: Annotated[ExecutionSelector, argument(description="To which executions.")],
        state: Annotated[
            ExecutionState | None, argument(description="The new state, for CHANGE_STATE.")
        ] = None,
        force: Annotated[
            bool, argument(description="For DELETE: whether those that have not ended go, too.")
        ] = False,
    ) -> BulkPreview:
        work = BulkWork(action.value, state=state, force=force)
        found = await bulk_operations.preview(info.context, work, selector.selector())
        return BulkPreview.of(found)
