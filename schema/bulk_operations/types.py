"""An operation on many executions, what came of each of them, and the preview."""

from collections.abc import Callable
from datetime import datetime
from enum import Enum
from typing import Annotated, Self

import strawberry
from strawberry import ID, argument, field

from resolvers import bulk_operations, executions
from runtime.engine.bulk_door import Preview, Refusal
from runtime.executions.actions import ExecutionAction
from runtime.store.bulk_operations import (
    BulkItem as ItemRecord,
)
from runtime.store.bulk_operations import (
    BulkOutcome,
    BulkRecord,
    BulkState,
)
from schema.described import described
from schema.executions.types import Execution
from schema.info import Info
from schema.nodes import Node
from schema.pages import After, Before, Connection, First, Last, asked, connection
from schema.states import ExecutionState
from schema.user_errors import UserErrorCode, code_of


class BulkAction(Enum):
    """The actions on single executions, done to many."""

    RESTART = ExecutionAction.RESTART
    REPLAY = ExecutionAction.REPLAY
    PAUSE = ExecutionAction.PAUSE
    RESUME = ExecutionAction.RESUME
    KILL = ExecutionAction.KILL
    FORCE_RUN = ExecutionAction.FORCE_RUN
    UNQUEUE = ExecutionAction.UNQUEUE
    CHANGE_STATE = ExecutionAction.CHANGE_STATE
    SET_LABELS = ExecutionAction.SET_LABELS
    DELETE = ExecutionAction.DELETE


described(
    BulkAction,
    "What can be done to many executions. More may come.",
    {
        "RESTART": "Run their failed parts again.",
        "REPLAY": "Run them anew, as new executions.",
        "PAUSE": "Let them wait after the tasks that run now.",
        "RESUME": "Let them go on after a pause or a breakpoint.",
        "KILL": "Stop them.",
        "FORCE_RUN": "Run them whatever they wait for.",
        "UNQUEUE": "Run queued ones above their flows' limits.",
        "CHANGE_STATE": "Give ended ones another end.",
        "SET_LABELS": "Put labels on them.",
        "DELETE": "Remove them for good.",
    },
)
described(
    BulkState,
    "Where an operation on many executions stands.",
    {
        "CREATED": "It is stored; nothing was done yet.",
        "RUNNING": "It is being worked off.",
        "CANCELLING": "Somebody cancelled it; what is just being done is finished.",
        "COMPLETED": "Every execution has its outcome. Final.",
        "CANCELLED": "It was cancelled; the remaining executions were left alone. Final.",
    },
    name="BulkOperationState",
)
described(
    BulkOutcome,
    "What came of an action on one of many executions.",
    {
        "SUCCESS": "It was done.",
        "FAILURE": "It was refused or did not work; the others are not concerned.",
    },
    name="BulkItemOutcome",
)


@strawberry.type(description="An execution of the selection on which the action was done.")
class BulkItemSuccess:
    execution_id: ID = field(description="The execution.")
    created_execution_id: ID | None = field(
        description="The new execution that it led to, as a replay does; null for other actions."
    )
    at: datetime = field(description="When its outcome was stored.")

    @strawberry.field(description="The execution as it is now; null when it was deleted.")
    async def execution(self, info: Info) -> Execution | None:
        found = await executions.find(info.context, self.execution_id)
        return Execution.of(found) if found else None

    @strawberry.field(description="The new execution as it is now; null when there is none.")
    async def created_execution(self, info: Info) -> Execution | None:
        if self.created_execution_id is None:
            return None
        found = await executions.find(info.context, self.created_execution_id)
        return Execution.of(found) if found else None


@strawberry.type(description="An execution of the selection on which the action was not done.")
class BulkItemFailure:
    execution_id: ID = field(description="The execution.")
    code: UserErrorCode = field(description="What kind of mistake it was, for programs.")
    message: str = field(description="Why, and how to mend it, in a sentence or two.")
    state: ExecutionState | None = field(
        description="Its state at that time; null when there was no such execution."
    )
    at: datetime = field(description="When its outcome was stored.")

    @strawberry.field(description="The execution as it is now; null when there is none.")
    async def execution(self, info: Info) -> Execution | None:
        found = await executions.find(info.context, self.execution_id)
        return Execution.of(found) if found else None


BulkItem = Annotated[
    BulkItemSuccess | BulkItemFailure,
    strawberry.union("BulkItem", description="What came of one execution of a selection."),
]


def item_of(record: ItemRecord) -> BulkItem:
    at = record.at or datetime.min
    if record.outcome is BulkOutcome.SUCCESS:
        created = record.created_id
        return BulkItemSuccess(
            execution_id=ID(record.execution_id),
            created_execution_id=ID(created) if created else None,
            at=at,
        )
    return BulkItemFailure(
        execution_id=ID(record.execution_id),
        code=code_of(record.code),
        message=record.message or "",
        state=record.state,
        at=at,
    )


@strawberry.type(
    description=(
        "One action on many executions. Each is done or refused by itself, by the rules of the "
        "single action."
    )
)
class BulkOperation(Node):
    action: BulkAction = field(description="What is done to each execution.")
    state: BulkState = field(description="Where it stands.")
    cursor: str = field(description="The place in its stream behind what is shown here.")
    actor: str | None = field(description="Who asked for it; null where nobody has a name.")
    cancelled_by: str | None = field(
        description="Who cancelled it; null when nobody did, or nobody has a name."
    )
    created_at: datetime = field(description="When it was asked for.")
    started_at: datetime | None = field(description="When the work on it began.")
    ended_at: datetime | None = field(description="When it ended; null while it has not.")
    total: int = field(description="How many executions were selected.")
    succeeded: int = field(description="On how many it was done so far.")
    failed: int = field(description="How many were refused, or did not work, so far.")
    remaining: int = field(
        description="How many have no outcome yet; of a cancelled one, those that were left alone."
    )

    @classmethod
    def of(cls, record: BulkRecord) -> Self:
        return cls(
            id=ID(record.id),
            action=BulkAction(record.action),
            state=record.state,
            cursor=bulk_operations.cursor_of(record),
            actor=record.actor,
            cancelled_by=record.cancelled_by,
            created_at=record.created_at,
            started_at=record.started_at,
            ended_at=record.ended_at,
            total=record.total,
            succeeded=record.succeeded,
            failed=record.failed,
            remaining=record.total - record.succeeded - record.failed,
        )

    @strawberry.field(
        description="What has come of its executions so far, in the order of the selection."
    )
    async def items(
        self,
        info: Info,
        outcome: Annotated[
            BulkOutcome | None, argument(description="Only those with this outcome.")
        ] = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[BulkItem]:
        page = asked(first, after, last, before)
        found = await bulk_operations.items(info.context, self.id, outcome, page)
        shown: Callable[[ItemRecord], BulkItem] = item_of
        return connection(found, shown)


@strawberry.type(description="Why some of a selection would be refused, and how many of it.")
class BulkRefusal:
    code: UserErrorCode = field(description="What kind of mistake it would be, for programs.")
    message: str = field(description="Why, in the words of the single action.")
    state: ExecutionState | None = field(
        description="The state of these executions; null for those that are not there."
    )
    count: int = field(description="How many there are.")

    @classmethod
    def of(cls, refusal: Refusal) -> Self:
        return cls(
            code=code_of(refusal.code),
            message=refusal.message,
            state=refusal.state,
            count=refusal.count,
        )


@strawberry.type(
    description=(
        "What an operation would meet, by the rules and the states of now. Nothing is done yet."
    )
)
class BulkPreview:
    total: int = field(description="How many executions are selected.")
    applicable: int = field(description="To how many of them the action applies.")
    refusals: list[BulkRefusal] = field(
        description="Why it does not apply to the others, the most frequent reason first."
    )
    selection_token: str = field(
        description="Stands for exactly these executions, whatever comes or changes later."
    )
    expires_at: datetime = field(description="Until when an operation can begin with the token.")

    @classmethod
    def of(cls, preview: Preview) -> Self:
        return cls(
            total=preview.total,
            applicable=preview.applicable,
            refusals=[BulkRefusal.of(each) for each in preview.refusals],
            selection_token=preview.token,
            expires_at=preview.expires_at,
        )
