"""An execution and its task runs, as the engine holds them in memory while it works on them.

`TaskRun` and its parts are frozen values; `Execution` is the one aggregate that changes, only by
the functions of this room, which record every change in a Decision.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Protocol

from runtime.executions.states import ExecutionState, TaskRunState


@dataclass(frozen=True, slots=True)
class StateChange:
    """When a state was entered. `state` is the name of an execution's or a task run's state."""

    state: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at a task run. `number` counts from 1."""

    number: int
    state: TaskRunState
    history: tuple[StateChange, ...]
    worker: str | None = None
    message: str | None = None
    """Why it failed, in one line."""
    log_file: str | None = None
    """The address of the stored file of its log lines, once it has ended; None when they are
    among the other lines."""


@dataclass(frozen=True, slots=True)
class TaskRun:
    """One task of the flow, run once: with its loop value and its attempts."""

    id: str
    task_id: str
    state: TaskRunState
    history: tuple[StateChange, ...]
    ordinal: int
    """Its place in the order of creation within the execution, from 0."""
    parent_id: str | None = None
    value: str | None = None
    """The loop value, as text, when the nearest parent is a loop."""
    iteration: int | None = None
    """The index of that value, from 0."""
    attempts: tuple[Attempt, ...] = ()
    child_execution_id: str | None = None
    """The execution that a Subflow task started last."""
    dynamic: Mapping[str, object] = field(default_factory=dict)
    """What a flowable must remember between decisions (loop values, counters, uris …); JSON."""

    @property
    def attempt(self) -> int:
        """The number of the current attempt; 0 before the first."""
        return self.attempts[-1].number if self.attempts else 0


class ExecutionKind(StrEnum):
    NORMAL = "NORMAL"
    LOOP = "LOOP"
    """One iteration of a Loop task, run as an execution of its own."""


@dataclass(frozen=True, slots=True)
class ExecutionTrigger:
    """What started the execution: `variables` is what expressions see as `trigger`."""

    id: str
    type: str
    variables: Mapping[str, object] = field(default_factory=dict)
    log_file: str | None = None
    """The address of the stored file of what the trigger said when it started the execution; None
    when that is in the trigger's own log."""


class LogLevel(IntEnum):
    TRACE = 0
    DEBUG = 10
    INFO = 20
    WARN = 30
    ERROR = 40


@dataclass(frozen=True, slots=True)
class LogLine:
    at: datetime
    level: LogLevel
    message: str
    task_run_id: str | None = None
    task_id: str | None = None
    attempt: int | None = None


class MetricKind(StrEnum):
    COUNTER = "counter"
    TIMER = "timer"
    """Seconds."""


@dataclass(frozen=True, slots=True)
class Metric:
    at: datetime
    name: str
    kind: MetricKind
    value: float
    tags: Mapping[str, str] = field(default_factory=dict)
    task_run_id: str | None = None
    task_id: str | None = None


class Derived(Protocol):
    """What the room derives from an execution's task runs: an `index.Index`, which stands above."""

    next_ordinal: int
    """The place of the next task run in the order of creation."""


@dataclass(slots=True)
class Execution:
    """One run of a flow. Held by one engine at a time under `fence`; `version` grows by one with
    every Decision that is written, `sequence` by one with every event."""

    id: str
    namespace: str
    flow_id: str
    flow_revision: int
    state: ExecutionState
    history: tuple[StateChange, ...]
    created_at: datetime
    inputs: Mapping[str, object] = field(default_factory=dict)
    variables: Mapping[str, object] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    outputs: Mapping[str, object] | None = None
    trigger: ExecutionTrigger | None = None
    kind: ExecutionKind = ExecutionKind.NORMAL
    scheduled_at: datetime | None = None
    attempt: int = 1
    parent_id: str | None = None
    """The execution whose Subflow, ForEachItem or Loop task started this one."""
    parent_task_run_id: str | None = None
    parent_waits: bool = False
    """Whether the task run that started it waits for its end."""
    original_id: str | None = None
    """The first execution of a chain of replays."""
    replay_of: str | None = None
    breakpoints: tuple[str, ...] = ()
    version: int = 0
    sequence: int = 0
    error: Mapping[str, object] | None = None
    """What expressions see as `error`: taskId, message."""
    memory: Mapping[str, object] = field(default_factory=dict)
    """What the rules must remember about the whole execution between decisions (paused by hand,
    state asked for by an Exit, labels of a broken SLA …); JSON."""
    task_runs: dict[str, TaskRun] = field(default_factory=dict)
    """By id, in the order of creation."""
    task_outputs: dict[str, Mapping[str, object]] = field(default_factory=dict)
    """By task run id; absent when a task run has none."""
    index: Derived | None = field(default=None, repr=False, compare=False)
    """Derived from the above, kept by this room; `index.of` builds and reads it. Set it to None
    after changing `task_runs` or `task_outputs` by any other way than `advance.handle`."""

    @property
    def started_at(self) -> datetime | None:
        return next((c.at for c in self.history if c.state == ExecutionState.RUNNING), None)

    @property
    def ended_at(self) -> datetime | None:
        return self.history[-1].at if self.state.is_terminal else None
