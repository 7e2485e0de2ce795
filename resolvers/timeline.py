"""An execution over time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from runtime.executions.states import TaskRunState


@dataclass(frozen=True, slots=True)
class TimelineColumns:
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
    states: list[TaskRunState]
    attempts: list[int]
    segment_counts: list[int]
    segment_states: list[TaskRunState]
    segment_offsets: list[float]


@dataclass(frozen=True, slots=True)
class Step:
    task_run_id: str
    task_id: str
    value: str | None
    started_at: datetime
    ended_at: datetime | None
    duration: timedelta
    wait: timedelta
