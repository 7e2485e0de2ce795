"""What happens to an execution whose actor was dropped by a fault: it goes on, or it fails clearly.

It is read again from the store and recovered, a few times with growing pauses; if the fault stays,
it is ended as FAILED with the reason in its log, because nothing may hang for ever. One that
somebody else holds by now is left to them, and what still ran for it here is stopped.
"""

import logging
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from runtime.clock import Clock
from runtime.engine.actor import Actor
from runtime.engine.admission import Admission
from runtime.engine.alarm import Alarm
from runtime.engine.dispatch import LocalDispatcher
from runtime.engine.holder import Holder
from runtime.executions.decision import ChangeKind, Decision, Event
from runtime.executions.model import Execution, LogLevel, LogLine, StateChange, TaskRun
from runtime.executions.states import ExecutionState, TaskRunState
from runtime.loop import Tasks
from runtime.store import holding
from runtime.store.batch import Fenced
from runtime.store.entry import step_entry
from runtime.store.journal import Journal
from runtime.store.patience import patiently
from runtime.store.pool import Pool, is_away

_TRIES = 3
_PAUSE = 0.5
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Mending:
    """Looks after dropped executions."""

    pool: Pool
    clock: Clock
    holder: Holder
    admission: Admission
    alarm: Alarm
    journal: Journal
    dispatcher: LocalDispatcher
    tasks: Tasks
    _faults: dict[str, int] = field(default_factory=dict)

    def dropped(self, actor: Actor, error: Exception) -> None:
        """Take care of an execution whose step failed with `error`."""
        execution_id = actor.execution.id
        if isinstance(error, Fenced):
            self.tasks.start(self.dispatcher.abandon(execution_id), "abandon")
            return
        if not is_away(error):
            self._faults[execution_id] = self._faults.get(execution_id, 0) + 1
        self.tasks.start(self._mend(execution_id, error), "mend")

    def went_well(self, execution_id: str) -> None:
        """A step was written: earlier faults are over."""
        self._faults.pop(execution_id, None)

    def look_for_lost(self) -> None:
        """This server was away: whatever others have taken over is theirs."""
        self.tasks.start(self._let_go(), "lost")

    async def _let_go(self) -> None:
        for actor in await self.holder.lost():
            for message_id in await actor.stop():
                self.alarm.answered(message_id)
            await self.dispatcher.abandon(actor.execution.id)

    async def _mend(self, execution_id: str, error: Exception) -> None:
        faults = self._faults.get(execution_id, 0)
        await self.clock.sleep(_PAUSE * 2**faults)
        if faults > _TRIES:
            await patiently(partial(self._give_up, execution_id, error), self.clock)
        else:
            await patiently(partial(self._go_on, execution_id), self.clock)

    async def _go_on(self, execution_id: str) -> None:
        actor = await self.holder.hold(execution_id)
        if actor is not None and not actor.execution.state.is_terminal:
            await self.admission.go_on(actor, self.dispatcher.running(execution_id))

    async def _give_up(self, execution_id: str, error: Exception) -> None:
        self._faults.pop(execution_id, None)
        await self.dispatcher.abandon(execution_id)
        held = await holding.claim(self.pool, execution_id, self.holder.owner, self.clock.now())
        if held is None or held.execution.state.is_terminal:
            return
        _log.error("execution %s is ended as FAILED: %s", execution_id, error)
        decision = self._failed(held.execution, error)
        entry = step_entry(held.execution, decision, owner=None, fence=held.fence)
        entry.ended = True
        await self.journal.write(entry)

    def _failed(self, execution: Execution, error: Exception) -> Decision:
        """End what is open, without the rules: it may be they that failed."""
        now = self.clock.now()
        decision = Decision(execution_changed=True)
        for run in [r for r in execution.task_runs.values() if not r.state.is_terminal]:
            decision.task_runs[run.id] = _ended(run, StateChange(TaskRunState.FAILED, now))
            _tell(execution, decision, ChangeKind.TASK_RUN_STATE, now, run.id)
        execution.state = ExecutionState.FAILED
        execution.history = (*execution.history, StateChange(ExecutionState.FAILED, now))
        execution.version += 1
        _tell(execution, decision, ChangeKind.EXECUTION_STATE, now)
        text = f"Flowdeck could not go on with this execution: {type(error).__name__}: {error}"
        decision.logs.append(LogLine(now, LogLevel.ERROR, text))
        return decision


def _ended(run: TaskRun, change: StateChange) -> TaskRun:
    return replace(run, state=TaskRunState.FAILED, history=(*run.history, change))


def _tell(
    execution: Execution,
    decision: Decision,
    kind: ChangeKind,
    at: datetime,
    task_run_id: str | None = None,
) -> None:
    execution.sequence += 1
    state = ExecutionState.FAILED if task_run_id is None else TaskRunState.FAILED
    decision.events.append(Event(execution.sequence, at, kind, state, task_run_id))
