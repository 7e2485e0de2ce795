"""The Gantt of an execution as columns: ten thousand task runs in one small answer.

All columns with one entry for each task run have the same length and order. The segments (one for
each state that a task run was in) lie in columns of their own, those of the first task run first.
"""

from datetime import datetime
from typing import Self, cast

import strawberry
from strawberry import ID, field

from resolvers.timeline_columns import TimelineColumns
from schema.scalars import BigInt
from schema.states import TaskRunState


@strawberry.type(description="The task runs of an execution over time, as columns.")
class Timeline:
    cursor: str = field(description="The place in the stream at which this was read.")
    sequence: BigInt = field(
        description="The execution's last change in it; give it to `since` for what came later."
    )
    origin: datetime = field(description="When the execution was created: where offsets begin.")
    at: datetime = field(description="The server's time: where the bars of running ones end.")
    task_run_ids: list[ID] = field(description="Ids of task runs, in the order of creation.")
    ordinals: list[int] = field(
        description="Places in the order of creation within the execution, from 0."
    )
    parent_ordinals: list[int | None] = field(
        description="The ordinal of the task run around each one; null at the top."
    )
    task_ids: list[str] = field(description="The tasks that occur, each one once.")
    tasks: list[int] = field(description="The task of each task run: an index into `taskIds`.")
    values: list[str | None] = field(description="Loop values; null outside of loops.")
    iterations: list[int | None] = field(
        description="Indexes of the loop values, from 0; null outside of loops."
    )
    states: list[TaskRunState] = field(description="The states now.")
    attempts: list[int] = field(description="Numbers of the current attempts; 0 before the first.")
    segment_counts: list[int] = field(description="How many segments each task run has.")
    segment_states: list[TaskRunState] = field(description="The state of each segment.")
    segment_offsets: list[float] = field(
        description=(
            "When each segment began: milliseconds after `origin`, with three decimals. It ends "
            "where the next one of its task run begins; the last one of a task run that is not "
            "terminal ends now."
        )
    )

    @classmethod
    def of(cls, columns: TimelineColumns) -> Self:
        return cls(
            cursor=columns.cursor,
            sequence=BigInt(columns.sequence),
            origin=columns.origin,
            at=columns.at,
            task_run_ids=cast(list[ID], columns.task_run_ids),
            ordinals=columns.ordinals,
            parent_ordinals=columns.parent_ordinals,
            task_ids=columns.task_ids,
            tasks=columns.tasks,
            values=columns.values,
            iterations=columns.iterations,
            states=cast(list[TaskRunState], columns.states),
            attempts=columns.attempts,
            segment_counts=columns.segment_counts,
            segment_states=cast(list[TaskRunState], columns.segment_states),
            segment_offsets=columns.segment_offsets,
        )
