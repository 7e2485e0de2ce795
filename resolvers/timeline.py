"""An execution over time: the Gantt as columns, and the longest chain."""

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from resolvers.context import Context
from resolvers.timeline_columns import TimelineColumns, columns_of, renewed
from runtime.events.event import StoredEvent
from runtime.events.tail import Tail
from runtime.executions.critical_path import Span, critical_path_of
from runtime.executions.states import TaskRunState
from runtime.store import task_runs
from runtime.store.executions import ExecutionRecord

_KEPT = 50_000
"""Task runs whose columns are remembered, in all; some 20 MB."""
_MOST_RENEWED = 2_000
"""Task runs under way that are read again with what has changed."""
_ENDED = frozenset(state.value for state in TaskRunState if state.is_terminal)
_kept: WeakKeyDictionary[Tail[StoredEvent], "_Kept"] = WeakKeyDictionary()
"""By runtime, as the tail of its events."""


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
    once for all who look at it; when it has changed, only what changed is read."""
    if since is not None:
        row = await task_runs.columns(context.pool, execution.id, since)
        return columns_of(row, execution, context.now())
    kept = _kept.setdefault(context.runtime.events, _Kept())
    found = kept.find(execution)
    if found is None:
        found = await _renewed(context, execution, kept) or await _whole(context, execution)
        kept.keep(execution, found)
    return replace(found, at=context.now())


async def _whole(context: Context, execution: ExecutionRecord) -> TimelineColumns:
    row = await task_runs.columns(context.pool, execution.id, None)
    return columns_of(row, execution, context.now())


async def _renewed(
    context: Context, execution: ExecutionRecord, kept: "_Kept"
) -> TimelineColumns | None:
    """What was remembered, with what has changed since; None when the whole has to be read."""
    known = kept.last(execution)
    if known is None:
        return None
    # What has ended changes with an event; the number of an attempt may change without one.
    pairs = zip(known.task_run_ids, known.states, strict=True)
    unended = [run_id for run_id, state in pairs if state not in _ENDED]
    if len(unended) > _MOST_RENEWED:
        return None
    row = await task_runs.columns(context.pool, execution.id, known.sequence, unended)
    return None if row["has_lost"] else renewed(known, columns_of(row, execution, context.now()))


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

    def last(self, execution: ExecutionRecord) -> TimelineColumns | None:
        """As they were read of this state of the execution or of an earlier one."""
        _, found = self._found.get(execution.id, (None, None))
        return found if found and found.sequence <= execution.sequence else None

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
