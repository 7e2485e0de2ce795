"""The live stream of an operation on many executions."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated, Self

import strawberry
from strawberry import ID, argument, field

from resolvers import bulk_operations
from schema.bulk_operations.types import BulkOperation
from schema.info import Info
from schema.streams import StreamHeartbeat, StreamReset, signal


@strawberry.type(description="An operation on many executions went on, or ended.")
class BulkOperationChanged:
    cursor: str = field(description="The place behind this change: go on from here.")
    at: datetime = field(description="When it changed.")
    bulk_operation: BulkOperation = field(description="The operation after this change.")

    @classmethod
    def of(cls, progress: bulk_operations.Progress) -> Self:
        return cls(
            cursor=progress.cursor,
            at=progress.operation.changed_at,
            bulk_operation=BulkOperation.of(progress.operation),
        )


BulkStreamItem = Annotated[
    BulkOperationChanged | StreamHeartbeat | StreamReset,
    strawberry.union(
        "BulkStreamItem",
        description="What the stream of an operation on many executions brings. More may come.",
    ),
]


@strawberry.type
class BulkSubscription:
    @strawberry.subscription(
        description=(
            "How an operation goes on. Each item tells all that happened until then, so steps in "
            "between may be left out; the stream ends behind the item that tells the end."
        )
    )
    async def bulk_operation(
        self,
        info: Info,
        id: Annotated[ID, argument(description="The operation.")],
        after: Annotated[
            str | None,
            argument(
                description=(
                    "Where to go on: the cursor of any item, or `BulkOperation.cursor`; without "
                    "it, how the operation stands now comes first."
                )
            ),
        ] = None,
    ) -> AsyncIterator[BulkStreamItem]:
        async for item in await bulk_operations.follow(info.context, id, after):
            if isinstance(item, bulk_operations.Progress):
                yield BulkOperationChanged.of(item)
            else:
                yield signal(item)
