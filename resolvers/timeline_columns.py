"""The columns of a timeline: made of rows, and renewed by those that have changed since."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import accumulate
from typing import TypeVar

import asyncpg

from resolvers.columns import Column
from resolvers.cursors import event_cursor
from resolvers.segments import segments_of
from runtime.store.executions import ExecutionRecord

T = TypeVar("T")


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


def columns_of(row: asyncpg.Record, execution: ExecutionRecord, now: datetime) -> TimelineColumns:
    """A row of arrays (`store.task_runs.columns`) as what is sent."""
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


def renewed(known: TimelineColumns, news: TimelineColumns) -> TimelineColumns | None:
    """The known columns with the task runs of `news` in their places, or behind the last one.

    None when one of them belongs in between: then the whole has to be read.
    """
    places = _places(known.ordinals, news.ordinals)
    if places is None:
        return None
    task_ids = Column(dict.fromkeys([*known.task_ids, *news.task_ids]))
    numbers = {task: number for number, task in enumerate(task_ids)}
    tasks = [numbers[news.task_ids[task]] for task in news.tasks]
    ends = [0, *accumulate(known.segment_counts)]
    behind = ends[-1], ends[-1]
    bounds = [ends[place : place + 2] if place < len(ends) - 1 else behind for place in places]
    return replace(
        news,
        task_run_ids=_put(known.task_run_ids, places, news.task_run_ids),
        ordinals=_put(known.ordinals, places, news.ordinals),
        parent_ordinals=_put(known.parent_ordinals, places, news.parent_ordinals),
        task_ids=task_ids,
        tasks=_put(known.tasks, places, tasks),
        values=_put(known.values, places, news.values),
        iterations=_put(known.iterations, places, news.iterations),
        states=_put(known.states, places, news.states),
        attempts=_put(known.attempts, places, news.attempts),
        segment_counts=_put(known.segment_counts, places, news.segment_counts),
        segment_states=_spliced(
            known.segment_states, bounds, news.segment_states, news.segment_counts
        ),
        segment_offsets=_spliced(
            known.segment_offsets, bounds, news.segment_offsets, news.segment_counts
        ),
    )


def _places(known: Sequence[int], news: Sequence[int]) -> list[int] | None:
    """Where the task runs with these ordinals stand; both are in order."""
    places, behind = [], len(known)
    for ordinal in news:
        place = bisect_left(known, ordinal)
        if place == len(known):
            place, behind = behind, behind + 1
        elif known[place] != ordinal:
            return None
        places.append(place)
    return places


def _put(known: list[T], places: Sequence[int], news: Sequence[T]) -> Column[T]:
    column = Column(known)
    for place, value in zip(places, news, strict=True):
        column[place : place + 1] = [value]
    return column


def _spliced(
    known: list[T], bounds: Sequence[Sequence[int]], news: list[T], counts: Sequence[int]
) -> Column[T]:
    """The known values, with as many of the new ones as `counts` says in the place of each of the
    parts that begin and end at `bounds`."""
    column: Column[T] = Column()
    done = taken = 0
    for (start, end), count in zip(bounds, counts, strict=True):
        column += known[done:start]
        column += news[taken : taken + count]
        done, taken = end, taken + count
    column += known[done:]
    return column
