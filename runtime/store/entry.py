"""One execution's part of a group commit: a Decision turned into rows.

Encoding happens at once, so that the aggregate may go on changing while the commit is under way.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from runtime.executions.decision import ChangeKind, Decision, Event
from runtime.executions.model import Execution, ExecutionTrigger, LogLine, Metric, TaskRun
from runtime.ids import MESSAGE, new_id
from runtime.store.encoding import clean, to_json
from runtime.store.history import attempts_json, history_json
from runtime.store.scribe import Origin

Row = tuple[object, ...]
_BEGUN = frozenset({"RUNNING", "PAUSED"})


@dataclass(frozen=True, slots=True)
class NewMessage:
    """Something an execution is to be told, at a moment.

    With a `key` it replaces what has that key.
    """

    execution_id: str
    kind: str
    deliver_at: datetime
    payload: object = field(default_factory=dict)
    key: str | None = None


@dataclass(frozen=True, slots=True)
class ToChildren:
    """The same message to every unfinished execution that one execution (or task run) started."""

    parent_id: str
    task_run_id: str | None
    kind: str
    deliver_at: datetime
    payload: object


@dataclass(slots=True)
class Entry:
    """What one step of one execution writes. Rows are in the order of the statements' columns."""

    origin: Origin
    version: int
    inserted: Row | None = None
    """The columns of a new execution without position, owner and fence."""
    updated: Row | None = None
    """The changed columns of a known execution without position, owner and fence."""
    owner: str | None = None
    """Who holds the execution after this step; None releases it."""
    fence: int = 0
    task_runs: list[Row] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    outputs: list[Row] = field(default_factory=list)
    outputs_gone: list[str] = field(default_factory=list)
    events: Sequence[Event] = ()
    logs: Sequence[LogLine] = ()
    metrics: Sequence[Metric] = ()
    messages: list[NewMessage] = field(default_factory=list)
    to_children: list[ToChildren] = field(default_factory=list)
    consumed: list[str] = field(default_factory=list)
    """Ids of the messages that this step answers."""
    timers_gone: list[str] = field(default_factory=list)
    ended: bool = False
    """Whether the execution had a slot, which is free now."""
    idempotency_key: str | None = None
    """Of a new execution."""

    @property
    def weight(self) -> int:
        """How many rows it writes, about."""
        return 1 + len(self.task_runs) + len(self.events) + len(self.outputs) + len(self.logs)


def new_entry(
    execution: Execution,
    decision: Decision,
    *,
    owner: str | None,
    idempotency_key: str | None = None,
) -> Entry:
    """The rows of an execution written for the first time, held by `owner` under fence 1."""
    entry = _entry(execution, decision, owner, 1)
    entry.idempotency_key = idempotency_key
    entry.inserted = _insert_row(execution, idempotency_key)
    return entry


def first_step_entry(
    creation: Entry, execution: Execution, decision: Decision, *, owner: str | None
) -> Entry:
    """A creation that is not written yet together with the first step: the row as the step left
    it, and what both have to tell."""
    entry = new_entry(execution, decision, owner=owner, idempotency_key=creation.idempotency_key)
    entry.task_runs = [*creation.task_runs, *entry.task_runs]
    entry.outputs = [*creation.outputs, *entry.outputs]
    entry.events = [*creation.events, *entry.events]
    entry.logs = [*creation.logs, *entry.logs]
    entry.metrics = [*creation.metrics, *entry.metrics]
    entry.messages = [*creation.messages]
    return entry


def step_entry(
    execution: Execution,
    decision: Decision,
    *,
    owner: str | None,
    fence: int,
    is_whole: bool = False,
) -> Entry:
    """The rows of one further step. `owner` None releases the execution.

    Variables, which may be large, are written when they changed, or always when `is_whole`.
    """
    entry = _entry(execution, decision, owner, fence)
    kinds = {event.kind for event in decision.events}
    is_whole = is_whole or ChangeKind.EXECUTION_VARIABLES in kinds
    entry.updated = _update_row(execution, execution.variables if is_whole else None)
    return entry


def _entry(execution: Execution, decision: Decision, owner: str | None, fence: int) -> Entry:
    written = {key: value for key, value in decision.outputs.items() if value is not None}
    return Entry(
        origin=Origin(execution.id, execution.namespace, execution.flow_id),
        version=execution.version,
        owner=owner,
        fence=fence,
        task_runs=[_task_run_row(execution.id, run) for run in decision.task_runs.values()],
        removed=list(decision.removed),
        outputs=[(key, execution.id, to_json(value)) for key, value in written.items()],
        outputs_gone=[key for key, value in decision.outputs.items() if value is None],
        events=list(decision.events),
        logs=list(decision.logs),
        metrics=list(decision.metrics),
    )


def _trigger(trigger: ExecutionTrigger) -> dict[str, object]:
    more = {"log_file": trigger.log_file} if trigger.log_file else {}
    return {
        "id": trigger.id,
        "type": trigger.type,
        "variables": dict(trigger.variables),
        **more,
    }


def _insert_row(execution: Execution, idempotency_key: str | None) -> Row:
    trigger = execution.trigger
    return (
        execution.id,
        execution.namespace,
        execution.flow_id,
        execution.flow_revision,
        execution.kind.value,
        execution.state.value,
        history_json(execution.history),
        to_json(execution.labels),
        to_json(execution.inputs),
        to_json(execution.variables),
        _optional(execution.outputs),
        _optional(execution.error),
        None if trigger is None else to_json(_trigger(trigger)),
        None if trigger is None else trigger.id,
        to_json(execution.memory),
        to_json(execution.breakpoints),
        execution.created_at,
        execution.scheduled_at,
        execution.started_at,
        execution.ended_at,
        execution.attempt,
        execution.parent_id,
        execution.parent_task_run_id,
        execution.parent_waits,
        execution.original_id,
        execution.replay_of,
        idempotency_key,
        execution.version,
        execution.sequence,
    )


def _update_row(execution: Execution, variables: object) -> Row:
    return (
        execution.id,
        execution.state.value,
        history_json(execution.history),
        to_json(execution.labels),
        _optional(variables),
        _optional(execution.outputs),
        _optional(execution.error),
        to_json(execution.memory),
        to_json(execution.breakpoints),
        execution.started_at,
        execution.ended_at,
        execution.attempt,
        execution.version,
        execution.sequence,
    )


def _task_run_row(execution_id: str, run: TaskRun) -> Row:
    return (
        run.id,
        execution_id,
        run.task_id,
        run.parent_id,
        None if run.value is None else clean(run.value),
        run.iteration,
        run.ordinal,
        run.state.value,
        history_json(run.history),
        attempts_json(run.attempts),
        to_json(run.dynamic),
        run.child_execution_id,
        run.history[0].at,
        next((change.at for change in run.history if change.state in _BEGUN), None),
        run.history[-1].at if run.state.is_terminal else None,
    )


def message_row(message: NewMessage) -> Row:
    return (
        new_id(MESSAGE),
        message.execution_id,
        message.key,
        message.deliver_at,
        message.kind,
        to_json(message.payload),
    )


def _optional(value: object) -> str | None:
    return None if value is None else to_json(value)
