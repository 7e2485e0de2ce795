"""What can happen to an execution: reports from workers, timers and children, and people's actions.

Every message goes through `runtime.executions.advance.handle`, one at a time for each execution.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from runtime.executions.model import LogLine, Metric
from runtime.executions.states import ExecutionState, TaskRunState


@dataclass(frozen=True, slots=True)
class TaskResult:
    """How one attempt ended.

    `state` is SUCCESS, WARNING, FAILED, KILLED, CANCELLED or SKIPPED. `changes` are what a task
    asked of its execution. Outputs are JSON values.
    """

    state: TaskRunState
    outputs: Mapping[str, object] | None = None
    message: str | None = None
    logs: tuple[LogLine, ...] = ()
    metrics: tuple[Metric, ...] = ()
    changes: tuple["ExecutionChange", ...] = ()


@dataclass(frozen=True, slots=True)
class MergeLabels:
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MergeVariables:
    variables: Mapping[str, object]
    overwrite: bool = False


@dataclass(frozen=True, slots=True)
class DropVariables:
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExitExecution:
    """End the execution in this state; KILLED also stops running siblings."""

    state: ExecutionState


@dataclass(frozen=True, slots=True)
class ResumeOther:
    execution_id: str
    inputs: Mapping[str, object]


ExecutionChange = MergeLabels | MergeVariables | DropVariables | ExitExecution | ResumeOther


@dataclass(frozen=True, slots=True)
class Begin:
    """Start a CREATED or QUEUED execution. `admission` is what its flow's concurrency says:
    RUNNING, QUEUED, CANCELLED or FAILED."""

    admission: ExecutionState = ExecutionState.RUNNING
    why: str | None = None
    """Why it may not run, for its log."""


@dataclass(frozen=True, slots=True)
class Proceed:
    """Go on where the last decision stopped (a batch, a fact that has come, a recovery)."""


@dataclass(frozen=True, slots=True)
class Recover:
    """The engine that held the execution is gone: `alive` names the attempts that still run
    elsewhere, as (task run id, attempt); all others are sent again."""

    alive: frozenset[tuple[str, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class TaskStarted:
    task_run_id: str
    attempt: int
    worker: str
    log_file: str | None = None
    """Where its log lines will be, when they go to a file."""


@dataclass(frozen=True, slots=True)
class TaskFinished:
    task_run_id: str
    attempt: int
    result: TaskResult


@dataclass(frozen=True, slots=True)
class TimerFired:
    key: str


@dataclass(frozen=True, slots=True)
class ChildStarted:
    task_run_id: str
    child_id: str


@dataclass(frozen=True, slots=True)
class ChildRefused:
    """The child could not be created: unknown flow, bad inputs …"""

    task_run_id: str
    child_id: str
    message: str


@dataclass(frozen=True, slots=True)
class ChildChanged:
    """A child that is waited for changed its state (PAUSED and every terminal state are told)."""

    task_run_id: str
    child_id: str
    state: ExecutionState
    outputs: Mapping[str, object] | None = None
    first_id: str | None = None
    """The execution that was started in the first place, where a retry as a new execution made this
    one take over; None when that is the child itself."""


# What people (and tasks) ask for. `actor` is who asked; `expected_version` refuses a stale request.


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    actor: str | None = None
    expected_version: int | None = None
    bulk_operation_id: str | None = None
    """The operation on many executions that this is a part of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kill(Action):
    include_children: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause(Action):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume(Action):
    """Go on after a pause, an approval or a breakpoint. `inputs` are the given onResume values;
    `decision` is the choice of an Approval."""

    task_run_id: str | None = None
    inputs: Mapping[str, object] = field(default_factory=dict)
    decision: str | None = None
    comment: str | None = None
    breakpoints: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Restart(Action):
    """Run the failed parts again, in the same execution (the same revision)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForceRun(Action):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Unqueue(Action):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeExecutionState(Action):
    state: ExecutionState


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeTaskRunState(Action):
    task_run_id: str
    state: TaskRunState


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLabels(Action):
    """Merge labels; the new value wins."""

    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteReplay(Action):
    """There is a replay of it now: say so by the label `system.replayed`."""


Message = (
    Begin
    | Proceed
    | Recover
    | TaskStarted
    | TaskFinished
    | TimerFired
    | ChildStarted
    | ChildRefused
    | ChildChanged
    | Action
)


@dataclass(frozen=True, slots=True)
class CreateExecution:
    """A new execution as asked for; inputs are already checked and typed."""

    id: str
    at: datetime
    inputs: Mapping[str, object] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    scheduled_at: datetime | None = None
    breakpoints: tuple[str, ...] = ()
    parent_id: str | None = None
    parent_task_run_id: str | None = None
    loop: Mapping[str, object] | None = None
    """The `StartChild.loop` of an iteration of a Loop: the execution runs that task's children."""
    parent_waits: bool = False
    wanted_outputs: Mapping[str, object] = field(default_factory=dict)
