"""What a rule decided: rows to write, events to tell, and effects that start once it is durable."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from runtime.executions.messages import Resume
from runtime.executions.model import LogLine, Metric, TaskRun
from runtime.executions.states import ExecutionState, TaskRunState


class ChangeKind(StrEnum):
    """What an event tells."""

    EXECUTION_CREATED = "EXECUTION_CREATED"
    EXECUTION_STATE = "EXECUTION_STATE"
    EXECUTION_LABELS = "EXECUTION_LABELS"
    EXECUTION_OUTPUTS = "EXECUTION_OUTPUTS"
    EXECUTION_VARIABLES = "EXECUTION_VARIABLES"
    EXECUTION_ACTION = "EXECUTION_ACTION"
    """Somebody asked for something (kill, restart …); `detail` says who and what."""
    EXECUTION_DELETED = "EXECUTION_DELETED"
    TASK_RUN_CREATED = "TASK_RUN_CREATED"
    TASK_RUN_STATE = "TASK_RUN_STATE"
    TASK_RUN_OUTPUTS = "TASK_RUN_OUTPUTS"
    TASK_RUN_REMOVED = "TASK_RUN_REMOVED"


@dataclass(frozen=True, slots=True)
class Event:
    """One change of an execution. `sequence` counts the execution's own events without a gap."""

    sequence: int
    at: datetime
    kind: ChangeKind
    state: ExecutionState | TaskRunState
    """The state after the change, of the task run where `task_run_id` is set."""
    task_run_id: str | None = None
    detail: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RunTask:
    """Send an attempt of a task run to a worker; it answers with TaskStarted and TaskFinished."""

    task_run_id: str
    attempt: int


@dataclass(frozen=True, slots=True)
class StopTask:
    """End a running attempt: its process group is gone when it answers."""

    task_run_id: str
    attempt: int


@dataclass(frozen=True, slots=True)
class SetTimer:
    """Wake the execution at a moment with TimerFired(key). A key has one timer at most."""

    key: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CancelTimer:
    key: str


@dataclass(frozen=True, slots=True)
class StartChild:
    """Start an execution of another flow (or one iteration of a Loop) for a task run.

    `inputs` are rendered. With `wait` the child's end comes back as ChildChanged. `key` makes the
    start idempotent: the same task run and key never starts two children.
    """

    task_run_id: str
    key: str
    child_id: str
    namespace: str
    flow_id: str
    revision: int | None
    inputs: Mapping[str, object]
    labels: Mapping[str, str]
    trigger_type: str
    trigger_variables: Mapping[str, object]
    wait: bool
    scheduled_at: datetime | None = None
    loop: Mapping[str, object] | None = None
    """For a Loop's iteration: `task` (its id), `index`, `taskRunId`, `item` (for expressions),
    `outputs` (those from outside that it needs). Hand it on to the child's CreateExecution."""
    inherited: Mapping[str, str] = field(default_factory=dict)
    """Labels of the parent, for the child to have where its flow says nothing of its own."""
    wanted_outputs: Mapping[str, object] = field(default_factory=dict)
    """Outputs as written, for the child to render in the end if its flow declares none."""


@dataclass(frozen=True, slots=True)
class RestartChild:
    """Restart a failed child execution instead of starting a new one."""

    task_run_id: str
    child_id: str


@dataclass(frozen=True, slots=True)
class KillChildren:
    """Kill every unfinished execution that this one started."""

    task_run_id: str | None = None
    """Only those of one task run; None for all."""


@dataclass(frozen=True, slots=True)
class ReplayAsNew:
    """Create a replay of this execution (retry by CREATE_NEW_EXECUTION)."""

    at: datetime
    execution_id: str


@dataclass(frozen=True, slots=True)
class AskExecution:
    """Something a task wants done to another execution (execution.Resume)."""

    execution_id: str
    action: Resume


@dataclass(frozen=True, slots=True)
class Ended:
    """The execution reached a terminal state: free its slot, tell its parent, fire triggers."""

    state: ExecutionState


Effect = (
    RunTask
    | StopTask
    | SetTimer
    | CancelTimer
    | StartChild
    | RestartChild
    | KillChildren
    | ReplayAsNew
    | AskExecution
    | Ended
)


@dataclass(slots=True)
class Decision:
    """Everything one step changed. Written in one transaction; effects start after the commit."""

    task_runs: dict[str, TaskRun] = field(default_factory=dict)
    """New and changed ones by id, as they are now."""
    removed: list[str] = field(default_factory=list)
    outputs: dict[str, Mapping[str, object] | None] = field(default_factory=dict)
    """By task run id; None takes an earlier output away."""
    execution_changed: bool = False
    events: list[Event] = field(default_factory=list)
    logs: list[LogLine] = field(default_factory=list)
    metrics: list[Metric] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    awaiting: set[str] = field(default_factory=set)
    """Task run ids ("" for the execution itself) whose expressions wait for a fact from outside;
    handle `Proceed` again when it is there."""
    unfinished: bool = False
    """True when the step stopped to let a batch be committed: handle `Proceed` next."""

    @property
    def is_empty(self) -> bool:
        return not (
            self.execution_changed
            or self.task_runs
            or self.removed
            or self.events
            or self.logs
            or self.metrics
            or self.effects
        )
