"""Live streams."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from runtime.events.event import StoredEvent
from runtime.store.executions import ExecutionRecord
from runtime.store.task_runs import TaskRunRecord

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Heartbeat:
    cursor: str
    at: datetime
    lag: timedelta


@dataclass(frozen=True, slots=True)
class Reset:
    cursor: str
    reason: str


@dataclass(frozen=True, slots=True)
class Appended(Generic[R]):
    cursor: str
    records: Sequence[R]


@dataclass(frozen=True, slots=True)
class ExecutionChange:
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
    cursor: str
    event: StoredEvent


Item = ExecutionChange | TaskRunChange | Gone | Heartbeat | Reset
