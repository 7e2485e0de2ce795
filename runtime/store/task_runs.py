"""Reading task runs and their outputs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from runtime.executions.model import Attempt, StateChange
from runtime.executions.states import TaskRunState


@dataclass(frozen=True, slots=True)
class TaskRunRecord:
    """One task run as it was when it was read; `duration` runs until its end, or the reading."""

    id: str
    execution_id: str
    task_id: str
    parent_id: str | None
    value: str | None
    iteration: int | None
    ordinal: int
    state: TaskRunState
    history: Sequence[StateChange]
    attempts: Sequence[Attempt]
    dynamic: Mapping[str, object]
    child_execution_id: str | None
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    duration: timedelta | None
