"""An execution over time: the Gantt as columns, and the longest chain."""

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

import asyncpg

from resolvers.columns import Column
from resolvers.context import Context
from resolvers.cursors import event_cursor
from resolvers.segments import segments_of
from runtime.events.event import StoredEvent
from runtime.events.tail import Tail
from runtime.executions.critical_path import Span, critical_path_of
from runtime.store import task_runs
from runtime.store.executions import ExecutionRecord

_KEPT = 50_000
"""Task runs whose columns are remembered, in all; some 20 MB."""
_kept: WeakKeyDictionary[Tail[StoredEvent], "_Kept"] = WeakKeyDictionary()
"""By runtime, as the tail of its events."""


@dataclass(frozen=True, slots=True)
class TimelineColumns:
    """Columns with one entry for each task run, in the order of creation; and the segments, one
    for each state entered, in milliseconds after `origin`."""

    cursor: str
    sequence: int
    origin: datetime
    at: datetime
    task_run_ids: list[str]
    ordinals: list[int]
    parent_ordinals: list[int | None]
    task_ids: list[str]
    tasks: list[int]
    values: list[str | None]
    iterations: list[int | None]
    states: list[str]
    attempts: list[int]
    segment_counts: list[int]
    segment_states: list[str]
    segment_offsets: list[float]


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
    """All task runs, or those that changed after a sequence. The whole of an execution is read
    once for all who look at it, until it changes."""
    kept = _kept.setdefault(context.runtime.events, _Kept())
    found = kept.find(execution) if since is None else None
    if found is None:
        row = await task_runs.columns(context.pool, execution.id, since)
        found = _columns(row, execution, context.now())
        if since is None:
            kept.keep(execution, found)
    return replace(found, at=context.now())


def _columns(row: asyncpg.Record, execution: ExecutionRecord, now: datetime) -> TimelineColumns:
    places: dict[str, int] = {}
    tasks = Column(places.setdefault(task, len(places)) for task in row["task_ids"] or ())
    segments = segments_of(row["histories"] or "", execution.created_at)
    return TimelineColumns(
        cursor=event_cursor(execution.position),
        sequence=execution.sequence,
        origin=execution.created_at,
        at=now,
        task_run_ids=Column(row["ids"] or ()),
        ordinals=Column(row["ordinals"] or ()),
        parent_ordinals=Column(row["parent_ordinals"] or ()),
        task_ids=Column(places),
        tasks=tasks,
        values=Column(row["task_values"] or ()),
        iterations=Column(row["iterations"] or ()),
        states=Column(row["states"] or ()),
        attempts=Column(row["attempts"] or ()),
        segment_counts=Column(segments.counts),
        segment_states=Column(segments.states),
        segment_offsets=Column(segments.offsets),
    )


class _Kept:
    """The newest columns of executions, the least used forgotten first."""

    def __init__(self) -> None:
        self._found: OrderedDict[str, tuple[int, TimelineColumns]] = OrderedDict()
        self._size = 0

    def find(self, execution: ExecutionRecord) -> TimelineColumns | None:
        """As they were read of exactly this state of the execution."""
        version, found = self._found.get(execution.id, (None, None))
        if found is None or version != execution.version or found.sequence != execution.sequence:
            return None
        self._found.move_to_end(execution.id)
        return found

    def keep(self, execution: ExecutionRecord, columns: TimelineColumns) -> None:
        self._forget(execution.id)
        self._found[execution.id] = (execution.version, columns)
        self._size += len(columns.ordinals)
        while self._size > _KEPT:
            self._forget(next(iter(self._found)))

    def _forget(self, execution_id: str) -> None:
        if (known := self._found.pop(execution_id, None)) is not None:
            self._size -= len(known[1].ordinals)


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
