"""One step of one execution: every change goes through here, so that the aggregate, its index, the
rows to write and the events to tell never disagree.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from runtime.executions import index as indexes
from runtime.executions.decision import (
    CancelTimer,
    ChangeKind,
    Decision,
    Effect,
    Event,
    SetTimer,
)
from runtime.executions.environment import Environment
from runtime.executions.index import Index, Owner
from runtime.executions.model import (
    Attempt,
    Execution,
    LogLevel,
    LogLine,
    StateChange,
    TaskRun,
)
from runtime.executions.states import ExecutionState, TaskRunState
from runtime.flows.model import Flow, Task

BATCH = 200
"""How many task runs a step creates or ends before it stops to be committed."""


class Decider(Protocol):
    """What a step must know of a flowable; see `runtime.executions.flowable`."""

    @classmethod
    def is_busy(cls, step: "Step", run: TaskRun) -> bool: ...


class Step:
    """The execution being worked on, what may be asked, and what was decided so far."""

    __slots__ = ("budget", "decision", "env", "execution", "flow", "flowables", "index")

    def __init__(
        self,
        execution: Execution,
        env: Environment,
        flowables: Mapping[str, type[Decider]],
    ) -> None:
        self.execution = execution
        self.env = env
        self.flowables = flowables
        self.flow: Flow = env.flow()
        self.index: Index = indexes.of(execution, self.flow)
        self.decision = Decision()
        self.budget = BATCH

    # What is known

    def run(self, run_id: str) -> TaskRun | None:
        return self.execution.task_runs.get(run_id)

    def task_of(self, run: TaskRun) -> Task | None:
        """The task of a task run; None when this revision has it no more."""
        return self.index.plan.task(run.task_id)

    def is_block(self, run: TaskRun) -> bool:
        """Whether a task run decides about others instead of doing work."""
        task = self.task_of(run)
        return task is not None and task.type in self.flowables

    def waits_for_child(self, run: TaskRun) -> bool:
        """Whether an execution that this task run started is still under way."""
        task = self.task_of(run)
        flowable = self.flowables.get(task.type) if task else None
        return flowable is not None and flowable.is_busy(self, run)

    def has_timeout(self, run: TaskRun) -> bool:
        """Whether a flowable's own timer may be ticking; workers watch the time of other tasks."""
        task = self.task_of(run)
        return task is not None and task.timeout is not None and task.type in self.flowables

    @property
    def is_halted(self) -> bool:
        """Whether nothing new may start: the execution is being stopped, or it asked to exit."""
        return "endAs" in self.execution.memory

    @property
    def is_paused_by_hand(self) -> bool:
        return "pausedByHand" in self.execution.memory

    def mark(self, owner: Owner) -> None:
        """Have a block looked at before this step ends."""
        self.index.dirty[owner] = None

    def mark_block_of(self, run: TaskRun) -> None:
        self.mark((run.parent_id, run.iteration))

    # Changes of task runs

    def create(
        self, task_id: str, parent: TaskRun | None, iteration: int | None, value: str | None
    ) -> TaskRun:
        """A new task run in the state CREATED, to be started later in this step."""
        now = self.env.now()
        run = TaskRun(
            self.env.new_task_run_id(),
            task_id,
            TaskRunState.CREATED,
            (StateChange(TaskRunState.CREATED, now),),
            self.index.next_ordinal,
            parent.id if parent else None,
            value,
            iteration,
            dynamic=_inherited(parent),
        )
        self.budget -= 1
        self.index.ready[run.id] = None
        self._keep(run)
        self.index.note_new(run)
        self.index.trees.note_state(run)
        self.event(ChangeKind.TASK_RUN_CREATED, run.state, now, run.id)
        return run

    def move(
        self,
        run: TaskRun,
        state: TaskRunState,
        *,
        attempts: tuple[Attempt, ...] | None = None,
        dynamic: Mapping[str, object] | None = None,
        child_execution_id: str | None = None,
        at: datetime | None = None,
    ) -> TaskRun:
        """Enter a state. A task run that has ended never moves; see `reopen`."""
        at = at or self.env.now()
        after = TaskRun(
            run.id,
            run.task_id,
            state,
            (*run.history, StateChange(state, at)),
            run.ordinal,
            run.parent_id,
            run.value,
            run.iteration,
            run.attempts if attempts is None else attempts,
            child_execution_id or run.child_execution_id,
            run.dynamic if dynamic is None else dynamic,
        )
        self._keep(after)
        self.index.note_move(run, after)
        self.index.trees.note_state(after)
        self.event(ChangeKind.TASK_RUN_STATE, state, at, run.id)
        if state.is_terminal:
            self.budget -= 1
            self.mark_block_of(after)
        return after

    def amend(
        self,
        run: TaskRun,
        *,
        attempts: tuple[Attempt, ...] | None = None,
        dynamic: Mapping[str, object] | None = None,
        child_execution_id: str | None = None,
    ) -> TaskRun:
        """Change what a task run remembers, and not its state."""
        after = replace(
            run,
            attempts=run.attempts if attempts is None else attempts,
            dynamic=run.dynamic if dynamic is None else dynamic,
            child_execution_id=child_execution_id or run.child_execution_id,
        )
        self._keep(after)
        return after

    def _keep(self, run: TaskRun) -> None:
        self.execution.task_runs[run.id] = run
        self.decision.task_runs[run.id] = run

    def set_outputs(
        self, run: TaskRun, outputs: Mapping[str, object] | None, *, tell: bool = True
    ) -> None:
        """Keep what a task run yields; `tell` when no change of its state follows at once."""
        if outputs is None:
            if self.execution.task_outputs.pop(run.id, None) is None:
                return
        else:
            self.execution.task_outputs[run.id] = outputs
        self.decision.outputs[run.id] = outputs
        self.index.trees.note_outputs(run, outputs)
        if tell:
            self.event(ChangeKind.TASK_RUN_OUTPUTS, run.state, self.env.now(), run.id)

    # Rearranging what has ended; `rearranged` has to follow before anything else is done

    def reopen(
        self,
        run: TaskRun,
        state: TaskRunState,
        *,
        attempts: tuple[Attempt, ...],
        dynamic: Mapping[str, object],
    ) -> None:
        """Let a task run that has ended enter another state."""
        now = self.env.now()
        history = (*run.history, StateChange(state, now))
        self._keep(replace(run, state=state, history=history, attempts=attempts, dynamic=dynamic))
        self.event(ChangeKind.TASK_RUN_STATE, state, now, run.id)

    def forget(self, run: TaskRun) -> None:
        """Take a task run away, with what it yielded; nothing when it is gone already."""
        if self.execution.task_runs.pop(run.id, None) is None:
            return
        if self.execution.task_outputs.pop(run.id, None) is not None:
            self.decision.outputs[run.id] = None
        self.decision.task_runs.pop(run.id, None)
        self.decision.removed.append(run.id)
        detail = {"taskId": run.task_id}
        self.event(ChangeKind.TASK_RUN_REMOVED, run.state, self.env.now(), run.id, detail)

    def rearranged(self) -> None:
        """Derive the index anew from the task runs as they are now."""
        self.index = indexes.rebuild(self.execution, self.flow)

    # Changes of the execution

    def enter(self, state: ExecutionState, **detail: object) -> None:
        """The execution enters a state."""
        now = self.env.now()
        execution = self.execution
        execution.state = state
        execution.history = (*execution.history, StateChange(state, now))
        self.decision.execution_changed = True
        self.event(ChangeKind.EXECUTION_STATE, state, now, None, detail)

    def remember(self, **facts: object) -> None:
        """Keep facts in the execution's memory; None forgets one."""
        memory = {**self.execution.memory, **facts}
        self.execution.memory = {key: fact for key, fact in memory.items() if fact is not None}
        self.decision.execution_changed = True

    def forget_end(self) -> None:
        """Take back what an execution that goes on had found out at its end."""
        self.execution.error = None
        self.execution.outputs = None
        found = ("endAs", "pausedByHand", "brokenSlas", "retriedAs", "listeners")
        self.remember(**dict.fromkeys(found))

    def merge_labels(self, labels: Mapping[str, str]) -> None:
        if not labels or all(self.execution.labels.get(k) == v for k, v in labels.items()):
            return
        self.execution.labels = {**self.execution.labels, **labels}
        self.decision.execution_changed = True
        detail = {"labels": dict(labels)}
        now = self.env.now()
        self.event(ChangeKind.EXECUTION_LABELS, self.execution.state, now, None, detail)

    # Telling

    def event(
        self,
        kind: ChangeKind,
        state: ExecutionState | TaskRunState,
        at: datetime,
        run_id: str | None = None,
        detail: Mapping[str, object] | None = None,
    ) -> None:
        self.execution.sequence += 1
        sequence = self.execution.sequence
        self.decision.events.append(Event(sequence, at, kind, state, run_id, detail or {}))

    def log(self, level: LogLevel, message: str, run: TaskRun | None = None) -> None:
        self.decision.logs.append(
            LogLine(
                self.env.now(),
                level,
                message,
                run.id if run else None,
                run.task_id if run else None,
                run.attempt or None if run else None,
            )
        )

    def effect(self, effect: Effect) -> None:
        self.decision.effects.append(effect)

    def set_timer(self, key: str, at: datetime) -> None:
        self.effect(SetTimer(key, at))

    def cancel_timer(self, key: str) -> None:
        self.effect(CancelTimer(key))

    def put_off(self, run: TaskRun) -> None:
        """A task run cannot start before a fact has come."""
        self.index.waiting[run.id] = None
        self.decision.awaiting.add(run.id)

    def stall(self, owner: Owner) -> None:
        """A block, or the execution, cannot go on before a fact has come."""
        self.index.stalled[owner] = None
        self.decision.awaiting.add(owner[0] or "")


def _inherited(parent: TaskRun | None) -> Mapping[str, object]:
    """What children take over: the working directory they share."""
    directory = parent.dynamic.get("workingDirectory") if parent else None
    return {} if directory is None else {"workingDirectory": directory}
