"""What the streams carry: rows of the three logs, as they were committed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from runtime.executions.decision import ChangeKind
from runtime.executions.model import LogLevel, MetricKind


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """One change of one execution. `position` counts over all executions, in commit order, without
    a gap; `sequence` counts within the execution."""

    position: int
    execution_id: str
    namespace: str
    flow_id: str
    sequence: int
    at: datetime
    kind: ChangeKind
    state: str
    task_run_id: str | None = None
    detail: Mapping[str, object] = field(default_factory=dict)


class StoredLog(NamedTuple):
    """One log line; its `position` counts over all log lines.

    A tuple in the order of the table's columns, because it is what COPY writes.
    """

    position: int
    execution_id: str
    namespace: str
    flow_id: str
    task_run_id: str | None
    task_id: str | None
    attempt: int | None
    at: datetime
    level: LogLevel
    message: str


@dataclass(frozen=True, slots=True)
class StoredMetric:
    """One metric point; its `position` counts over all of them. Timers are in seconds."""

    position: int
    execution_id: str
    namespace: str
    flow_id: str
    task_run_id: str | None
    task_id: str | None
    at: datetime
    name: str
    kind: MetricKind
    value: float
    tags: Mapping[str, str]
