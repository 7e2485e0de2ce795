"""An execution over time: the Gantt as columns, and the longest chain."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import asyncpg
from strawberry import ID

from resolvers.columns import Column
from resolvers.context import Context
from resolvers.cursors import event_cursor
from runtime.executions.critical_path import Span, critical_path_of
from runtime.executions.states import TaskRunState
from runtime.store import task_runs
from runtime.store.executions import ExecutionRecord


@dataclass(slots=True)
class TimelineColumns:
    """Columns with one entry for each task run, in the order of creation; and the segments, one
    for each state entered, in milliseconds after `origin`."""

    cursor: str
    sequence: int
    origin: datetime
    at: datetime
    task_run_ids: list[ID] = field(default_factory=Column)
    ordinals: list[int] = field(default_factory=Column)
    parent_ordinals: list[int | None] = field(default_factory=Column)
    task_ids: list[str] = field(default_factory=Column)
    tasks: list[int] = field(default_factory=Column)
    values: list[str | None] = field(default_factory=Column)
    iterations: list[int | None] = field(default_factory=Column)
    states: list[TaskRunState] = field(default_factory=Column)
    attempts: list[int] = field(default_factory=Column)
    segment_counts: list[int] = field(default_factory=Column)
    segment_states: list[TaskRunState] = field(default_factory=Column)
    segment_offsets: list[float] = field(default_factory=Column)


@dataclass(frozen=True, slots=True)
class Step:
    """A task run on the longest chain; `wait` is the time after the end of the step before."""

    task_run_id: str
    task_id: str
    value: str | None
    started_at: datetime
    ended_at: datetime | None
    duration: timedelta
    wait: timedelta


async def columns(
    context: Context, execution: ExecutionRecord, since: int | None
) -> TimelineColumns:
    """All task runs, or those that changed after a sequence."""
    found = TimelineColumns(
        cursor=event_cursor(execution.position),
        sequence=execution.sequence,
        origin=execution.created_at,
        at=context.now(),
    )
    _fill(found, await task_runs.light_rows(context.pool, execution.id, since))
    return found


def _fill(found: TimelineColumns, rows: Sequence[asyncpg.Record]) -> None:
    places: dict[str, int] = {}
    origin, parse = found.origin.timestamp(), datetime.fromisoformat
    for row in rows:
        found.task_run_ids.append(row["id"])
        found.ordinals.append(row["ordinal"])
        found.parent_ordinals.append(row["parent_ordinal"])
        found.tasks.append(places.setdefault(row["task_id"], len(places)))
        found.values.append(row["value"])
        found.iterations.append(row["iteration"])
        found.states.append(row["state"])
        found.attempts.append(row["attempt"])
        history = row["history"]
        found.segment_counts.append(len(history))
        for state, at in history:
            found.segment_states.append(state)
            found.segment_offsets.append(round((parse(at).timestamp() - origin) * 1000, 3))
    found.task_ids.extend(places)


async def critical_path(context: Context, execution: ExecutionRecord) -> list[Step]:
    """The chain of task runs that decided how long the execution lasted, in order."""
    rows = await task_runs.light_rows(context.pool, execution.id, None)
    now = context.now()
    spans = [
        Span(row["id"], row["parent_id"], row["started_at"], row["ended_at"] or now)
        for row in rows
        if row["started_at"] is not None
    ]
    by_id = {row["id"]: row for row in rows}
    steps: list[Step] = []
    before = execution.started_at or execution.created_at
    for span in critical_path_of(spans):
        row = by_id[span.id]
        steps.append(
            Step(
                task_run_id=span.id,
                task_id=row["task_id"],
                value=row["value"],
                started_at=span.started_at,
                ended_at=row["ended_at"],
                duration=span.ended_at - span.started_at,
                wait=max(span.started_at - before, timedelta()),
            )
        )
        before = span.ended_at
    return steps
