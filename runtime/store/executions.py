"""Reading executions. The rows of a list stay light; what users gave and got comes on demand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from runtime.executions.model import ExecutionKind, ExecutionTrigger, StateChange
from runtime.executions.states import ExecutionState


@dataclass(frozen=True, slots=True)
class ExecutionRecord:
    """One execution as it was when it was read. `position` is that of its last event; `duration`
    runs until the end, or until the reading."""

    id: str
    namespace: str
    flow_id: str
    flow_revision: int
    kind: ExecutionKind
    state: ExecutionState
    history: Sequence[StateChange]
    labels: Mapping[str, str]
    error: Mapping[str, object] | None
    trigger: ExecutionTrigger | None
    breakpoints: Sequence[str]
    created_at: datetime
    scheduled_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    duration: timedelta | None
    attempt: int
    parent_id: str | None
    parent_task_run_id: str | None
    original_id: str | None
    replay_of: str | None
    version: int
    sequence: int
    position: int
