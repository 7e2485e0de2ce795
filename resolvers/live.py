"""Subscriptions. Each checks first, so that a wrong id or cursor is refused, and then follows."""

from collections import OrderedDict
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import asyncpg

from resolvers import matching
from resolvers.context import Context, Place
from resolvers.cursors import Log, event_cursor, stream_cursor
from resolvers.following import Batch, Dated, Heartbeat, Reset, follow, start_of
from resolvers.loaders import Found
from runtime.errors import NotFound
from runtime.events.event import StoredEvent, StoredLog, StoredMetric
from runtime.executions.decision import ChangeKind
from runtime.store import events, search
from runtime.store.conditions import Condition, Is, Operator, Order
from runtime.store.executions import EXECUTIONS, ExecutionRecord
from runtime.store.executions import record_of as execution_of
from runtime.store.logs import LOGS
from runtime.store.logs import record_of as log_of
from runtime.store.metrics import METRICS
from runtime.store.metrics import record_of as metric_of
from runtime.store.search import Window
from runtime.store.tables import Parameters, Table, where
from runtime.store.task_runs import TASK_RUNS, TaskRunRecord
from runtime.store.task_runs import record_of as task_run_of

__all__ = ["Appended", "ExecutionChange", "Gone", "Heartbeat", "Item", "Reset", "TaskRunChange"]

R = TypeVar("R", bound=Dated)
R_record = TypeVar("R_record")
_STEP = 200
"""How many events become items at once, and rows of a backlog are read at once."""
_LINES = 500
_REMEMBERED = 20_000
"""Executions whose membership in a filter a stream remembers."""


@dataclass(frozen=True, slots=True)
class Appended(Generic[R]):
    """Rows that were written, and the place behind them."""

    cursor: str
    records: Sequence[R]


@dataclass(frozen=True, slots=True)
class ExecutionChange:
    """`matches` tells whether the execution is in the stream's filter now."""

    cursor: str
    event: StoredEvent
    execution: ExecutionRecord
    matches: bool


@dataclass(frozen=True, slots=True)
class TaskRunChange:
    cursor: str
    event: StoredEvent
    task_run: TaskRunRecord


@dataclass(frozen=True, slots=True)
class Gone:
    """An event of something that is no longer there."""

    cursor: str
    event: StoredEvent


Item = ExecutionChange | TaskRunChange | Gone | Heartbeat | Reset
TaskRunItem = TaskRunChange | Gone | Heartbeat | Reset


async def execution(context: Context, execution_id: str, after: str | None) -> AsyncIterator[Item]:
    """Every change of one execution and its task runs. Raises NotFound and InvalidInput."""
    start = start_of(context, Log.EVENTS, context.runtime.events, after)
    await _known(context, execution_id, "id")

    async def backlog(after: int, until: int) -> AsyncIterator[Sequence[StoredEvent]]:
        while rows := await events.of_execution(context.pool, execution_id, after, until, _STEP):
            after = rows[-1].position
            yield rows

    async def stream() -> AsyncIterator[Item]:
        batches = follow(context, Log.EVENTS, context.runtime.events, start, backlog)
        async for batch in batches:
            if isinstance(batch, Batch):
                mine = [row for row in batch.rows if row.execution_id == execution_id]
                async for item in _changes(context, mine):
                    yield item
            else:
                yield batch

    return stream()


async def executions(
    context: Context, condition: Condition, after: str | None
) -> AsyncIterator[Item]:
    """Changes of executions that enter a filter, stay in it or leave it. Raises InvalidInput."""
    start = start_of(context, Log.EVENTS, context.runtime.events, after)
    seen = Members()

    async def stream() -> AsyncIterator[Item]:
        async for batch in follow(context, Log.EVENTS, context.runtime.events, start):
            if not isinstance(batch, Batch):
                yield batch
                continue
            rows = [row for row in batch.rows if row.task_run_id is None]
            for step in _steps(rows):
                async for item in _listed(context, step, condition, seen):
                    yield item

    where(condition, EXECUTIONS, Parameters([context.now()]))
    return stream()


async def task_runs(
    context: Context, condition: Condition, after: str | None
) -> AsyncIterator[TaskRunItem]:
    """Changes of the task runs that are in a filter after the change. Raises InvalidInput."""
    start = start_of(context, Log.EVENTS, context.runtime.events, after)

    async def stream() -> AsyncIterator[TaskRunItem]:
        async for batch in follow(context, Log.EVENTS, context.runtime.events, start):
            if not isinstance(batch, Batch):
                yield batch
                continue
            rows = [row for row in batch.rows if row.task_run_id is not None]
            for step in _steps(rows):
                async for item in _task_run_changes(context, step, condition):
                    yield item

    where(condition, TASK_RUNS, Parameters([context.now()]))
    return stream()


async def logs(
    context: Context, condition: Condition, after: str | None
) -> AsyncIterator[Appended[StoredLog] | Heartbeat | Reset]:
    """Log lines that meet a condition, as they are written. Raises InvalidInput."""
    start = start_of(context, Log.LOGS, context.runtime.logs, after)
    where(condition, LOGS, Parameters([context.now()]))

    async def backlog(after: int, until: int) -> AsyncIterator[Sequence[StoredLog]]:
        while rows := await _behind(context, LOGS, condition, after, until):
            lines = [log_of(row) for row in rows]
            after = lines[-1].position
            yield lines

    async def stream() -> AsyncIterator[Appended[StoredLog] | Heartbeat | Reset]:
        async for batch in follow(context, Log.LOGS, context.runtime.logs, start, backlog):
            if not isinstance(batch, Batch):
                yield batch
                continue
            now = context.now()
            lines = [row for row in batch.rows if matching.log_matches(condition, row, now)]
            for item in _appended(context, Log.LOGS, lines):
                yield item

    return stream()


async def metrics(
    context: Context, execution_id: str, after: str | None
) -> AsyncIterator[Appended[StoredMetric] | Heartbeat | Reset]:
    """Metrics of one execution, as they are published. Raises NotFound and InvalidInput."""
    start = start_of(context, Log.METRICS, context.runtime.metrics, after)
    await _known(context, execution_id, "executionId")
    mine = Is("execution_id", Operator.EQ, execution_id)

    async def backlog(after: int, until: int) -> AsyncIterator[Sequence[StoredMetric]]:
        while rows := await _behind(context, METRICS, mine, after, until):
            points = [metric_of(row) for row in rows]
            after = points[-1].position
            yield points

    async def stream() -> AsyncIterator[Appended[StoredMetric] | Heartbeat | Reset]:
        async for batch in follow(context, Log.METRICS, context.runtime.metrics, start, backlog):
            if not isinstance(batch, Batch):
                yield batch
                continue
            points = [row for row in batch.rows if row.execution_id == execution_id]
            for item in _appended(context, Log.METRICS, points):
                yield item

    return stream()


class Members:
    """Which executions were last seen in a filter, so that one that leaves it is told once.

    Of one that was there before the stream began nothing is known: its first change is told.
    """

    def __init__(self) -> None:
        self._inside: OrderedDict[str, bool] = OrderedDict()

    def concerned(self, event: StoredEvent, inside: bool) -> bool:
        """Whether a change of this execution is to be told; remembers where it is now."""
        created_here = event.kind is ChangeKind.EXECUTION_CREATED
        before = self._inside.get(event.execution_id, not created_here)
        self._inside[event.execution_id] = inside
        self._inside.move_to_end(event.execution_id)
        if len(self._inside) > _REMEMBERED:
            self._inside.popitem(last=False)
        return inside or before or event.kind is ChangeKind.EXECUTION_DELETED


async def _known(context: Context, execution_id: str, argument: str) -> None:
    if await context.loaders.executions.load(execution_id) is None:
        raise NotFound(f"There is no execution {execution_id}.", path=(argument,))


def _steps(rows: Sequence[StoredEvent]) -> list[Sequence[StoredEvent]]:
    return [rows[start : start + _STEP] for start in range(0, len(rows), _STEP)]


def _appended(context: Context, log: Log, rows: Sequence[R]) -> Iterator[Appended[R]]:
    for start in range(0, len(rows), _LINES):
        step = rows[start : start + _LINES]
        first, last = step[0].position, step[-1].position
        context.place = Place(log, first, last)
        yield Appended(stream_cursor(log, last), step)


async def _behind(
    context: Context, table: Table, condition: Condition, after: int, until: int
) -> list[asyncpg.Record]:
    """Up to 500 rows of a log above a position and up to another."""
    window = Window(_LINES, after=[str(after)], before=[str(until + 1)])
    rows = await search.rows(
        context.pool, table, condition, Order("position"), window, context.now()
    )
    return rows[:_LINES]


async def _changes(
    context: Context, rows: Sequence[StoredEvent]
) -> AsyncIterator[ExecutionChange | TaskRunChange | Gone]:
    """Events of one execution as items with their nodes, which are read now and so as new."""
    for step in _steps(rows):
        context.forget()
        loaders = context.loaders
        executions_now = await _found(loaders.executions, [r.execution_id for r in step])
        runs = [row.task_run_id for row in step if row.task_run_id is not None]
        task_runs_now = await _found(loaders.task_runs, runs)
        for row in step:
            cursor = _reached(context, row)
            if row.task_run_id is not None:
                run = task_runs_now.get(row.task_run_id)
                yield TaskRunChange(cursor, row, run) if run else Gone(cursor, row)
            else:
                now = executions_now.get(row.execution_id)
                yield ExecutionChange(cursor, row, now, True) if now else Gone(cursor, row)


async def _listed(
    context: Context, rows: Sequence[StoredEvent], condition: Condition, seen: Members
) -> AsyncIterator[ExecutionChange | Gone]:
    """Events of executions that are in a filter, or were."""
    context.forget()
    ids, at = list({row.execution_id for row in rows}), context.now()
    judged = await search.judged(context.pool, EXECUTIONS, ids, condition, at)
    found = {row["id"]: (execution_of(row, at), row["inside"]) for row in judged}
    for id_, (execution, _) in found.items():
        context.loaders.executions.know(id_, execution)
    outside = [now.position for now, inside in found.values() if not inside]
    context.foresight = max(context.foresight, *outside, 0)
    for row in rows:
        now, inside = found.get(row.execution_id, (None, False))
        if seen.concerned(row, inside):
            cursor = _reached(context, row)
            yield ExecutionChange(cursor, row, now, inside) if now else Gone(cursor, row)


async def _task_run_changes(
    context: Context, rows: Sequence[StoredEvent], condition: Condition
) -> AsyncIterator[TaskRunChange | Gone]:
    context.forget()
    ids, at = list({row.task_run_id for row in rows if row.task_run_id}), context.now()
    judged = await search.judged(context.pool, TASK_RUNS, ids, condition, at)
    found = {row["id"]: (task_run_of(row, at), row["inside"]) for row in judged}
    for row in rows:
        run, inside = found.get(row.task_run_id or "", (None, True))
        if run is None:
            yield Gone(_reached(context, row), row)
        elif inside:
            yield TaskRunChange(_reached(context, row), row, run)


def _reached(context: Context, row: StoredEvent) -> str:
    """The cursor behind an event that is the next item."""
    context.place = Place(Log.EVENTS, row.position, row.position)
    return event_cursor(row.position)


async def _found(loader: Found[str, R_record], ids: Sequence[str]) -> dict[str, R_record]:
    wanted = list(dict.fromkeys(ids))
    found = await loader.load_many(wanted)
    return {id_: record for id_, record in zip(wanted, found, strict=True) if record is not None}
