"""What an actor's step means outside of it: rows, children, timers, work, and who is told.

Everything that must be durable together is one write: the decision's rows, the executions it
starts, the messages it leaves, and the message it answers. Only then do its effects start.
"""

import logging
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import partial

from runtime.clock import Clock
from runtime.engine import post
from runtime.engine.actor import Actor, Mail
from runtime.engine.admission import Admission, beginning, limit_of
from runtime.engine.alarm import Alarm
from runtime.engine.answers import Answers
from runtime.engine.children import Children, Prepared
from runtime.engine.dispatch import Dispatcher
from runtime.engine.environment import Wanted
from runtime.engine.facts import Asking, FactFinder
from runtime.engine.holder import Holder
from runtime.engine.mending import Mending
from runtime.engine.start import Started
from runtime.errors import Unavailable
from runtime.executions import index as indexes
from runtime.executions.advance import handle
from runtime.executions.decision import (
    AskExecution,
    CancelTimer,
    ChangeKind,
    Decision,
    Ended,
    KillChildren,
    RestartChild,
    RunTask,
    SetTimer,
    StartChild,
    StopTask,
)
from runtime.executions.messages import ChildStarted, ForceRun, Message, Proceed, Resume, Unqueue
from runtime.executions.model import Execution
from runtime.executions.states import ExecutionState
from runtime.loop import Tasks
from runtime.store import messages
from runtime.store.entry import Entry, ToChildren, first_step_entry, new_entry, step_entry
from runtime.store.journal import Journal
from runtime.store.patience import patiently
from runtime.store.pool import Pool

_TRIES = 100
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Steps:
    """Implements Stepper for every actor of this server."""

    pool: Pool
    clock: Clock
    journal: Journal
    holder: Holder
    alarm: Alarm
    admission: Admission
    children: Children
    finder: FactFinder
    tasks: Tasks
    dispatcher: Dispatcher
    mending: Mending
    answers: Answers
    _fetching: Counter[str] = field(default_factory=Counter)

    async def checked(self, actor: Actor, answer: Resume) -> Resume:
        return await self.answers.checked(actor, answer)

    async def complete(self, actor: Actor) -> None:
        await self.holder.complete(actor)

    def decide(self, actor: Actor, message: Message) -> Decision:
        return handle(actor.execution, message, actor.environment)

    async def settle(self, actor: Actor, decision: Decision, mail: Mail) -> None:
        """Write a decision and start what follows from it."""
        wanted = actor.environment.take_wanted()
        if decision.is_empty:
            await self._answer_stored(mail.stored_id)
        else:
            await self._force_place(actor, mail.message)
            prepared = await self.children.prepare(actor, decision)
            entry = self._entry(actor, decision, mail)
            entry.messages += [
                post.refused_message(actor.execution.id, refusal, self.clock.now())
                for refusal in prepared.refused
            ]
            children = [self._new(child) for child in prepared.started]
            await self.journal.write(entry, *children, patient=mail.creation is None)
            self.mending.went_well(actor.execution.id)
            if mail.stored_id is not None:
                self.alarm.answered(mail.stored_id)
            if entry.owner is None and not actor.has_mail:
                self.holder.forget(actor)
            self._start(actor, decision, prepared)
        if wanted:
            self.tasks.start(self._fetch(actor, wanted), "facts")

    async def dropped(self, actor: Actor, left: list[Mail], error: Exception) -> None:
        """The actor is gone: its stored messages are delivered again, to whoever holds it next."""
        self.holder.forget(actor)
        for mail in left:
            if mail.stored_id is not None:
                self.alarm.answered(mail.stored_id)
        self.mending.dropped(actor, error)

    async def refused(self, mail: Mail) -> None:
        """The rules do not allow what a message asks for."""
        await self._answer_stored(mail.stored_id)

    def begun(self, started: Started) -> None:
        """An execution was written for the first time: hold it, and begin."""
        actor = self.holder.adopt(started.execution, 1, started.flow)
        self.tasks.start(self._begin(actor), "begin")

    async def _begin(self, actor: Actor) -> None:
        try:
            await patiently(partial(self.admission.begin, actor), self.clock)
        except Exception as error:
            self.holder.forget(actor)
            self.mending.dropped(actor, error)

    def _entry(self, actor: Actor, decision: Decision, mail: Mail) -> Entry:
        execution = actor.execution
        is_over = execution.state.is_terminal and self._is_settled(actor, decision)
        owner = None if is_over else self.holder.owner
        secrecy = actor.environment.known.secrecy
        sealed = secrecy.sealed_execution(execution)
        decided = secrecy.sealed_decision(decision)
        if mail.creation is not None:
            entry = first_step_entry(mail.creation, sealed, decided, owner=owner)
        else:
            entry = step_entry(
                sealed, decided, owner=owner, fence=actor.fence, is_whole=bool(secrecy.secrets)
            )
        if mail.stored_id is not None:
            entry.consumed.append(mail.stored_id)
        self._add_messages(actor, sealed, decision, entry)
        return entry

    def _is_settled(self, actor: Actor, decision: Decision) -> bool:
        """Whether nothing is left to do here, so that the execution can be let go at once."""
        index = indexes.of(actor.execution, actor.flow)
        return not (index.open or actor.has_mail or decision.unfinished or decision.awaiting)

    def _add_messages(
        self, actor: Actor, execution: Execution, decision: Decision, entry: Entry
    ) -> None:
        now = self.clock.now()
        timers: dict[str, SetTimer | CancelTimer] = {}
        for effect in decision.effects:
            match effect:
                case SetTimer(key) | CancelTimer(key):
                    timers[key] = effect
                case KillChildren(task_run_id):
                    order = ToChildren(execution.id, task_run_id, post.MessageKind.KILL, now, {})
                    entry.to_children.append(order)
                case RestartChild(_, child_id):
                    entry.messages.append(post.restart_message(child_id, now))
                case AskExecution(other, action):
                    seal = actor.environment.known.secrecy.seal
                    action = replace(action, inputs=seal(action.inputs))
                    entry.messages.append(post.resume_message(other, action, now))
                case Ended():
                    entry.ended = actor.flow.concurrency is not None
        for key, timer in timers.items():
            if isinstance(timer, SetTimer):
                entry.messages.append(post.timer_message(execution.id, key, timer.at))
            else:
                entry.timers_gone.append(key)
        if _tells_parent(decision) and (message := post.child_message(execution, now)):
            entry.messages.append(message)

    def _new(self, started: Started, idempotency_key: str | None = None) -> Entry:
        """The first write of a new execution: held here, or left until its moment comes.

        A server that holds none leaves it to those that do, at once.
        """
        execution = started.execution
        is_held = self.holder.claims and self._is_for_now(started)
        owner = self.holder.owner if is_held else None
        entry = new_entry(execution, started.decision, owner=owner, idempotency_key=idempotency_key)
        if owner is None:
            at = execution.scheduled_at or self.clock.now()
            entry.messages.append(post.begin_message(execution.id, at))
        return entry

    def _is_for_now(self, started: Started) -> bool:
        later = started.execution.scheduled_at
        return later is None or later <= self.clock.now()

    async def write_new(self, started: Started, idempotency_key: str | None = None) -> None:
        """Write an execution that somebody asked for, and begin it: with its first step in the
        same transaction, unless it needs a place for that."""
        entry = self._new(started, idempotency_key)
        if entry.owner is not None and limit_of(started.execution, started.flow) is None:
            await self._write_begun(started, entry)
            return
        await self.journal.write(entry, patient=False)
        if entry.owner is not None:
            self.begun(started)

    async def _write_begun(self, started: Started, creation: Entry) -> None:
        actor = self.holder.adopt(started.execution, 1, started.flow)
        try:
            await actor.ask(beginning(started.execution), creation)
        except Unavailable:
            self.holder.forget(actor)
            raise
        except Exception as error:
            # An execution whose first step fails is there nevertheless, and says so.
            self.holder.forget(actor)
            await self.journal.write(creation, patient=False)
            self.mending.dropped(actor, error)

    def _start(self, actor: Actor, decision: Decision, prepared: Prepared) -> None:
        for started in prepared.started:
            if self._is_for_now(started):
                self.begun(started)
        refused = {(each.task_run_id, each.child_id) for each in prepared.refused}
        for effect in decision.effects:
            match effect:
                case RunTask():
                    self.dispatcher.send(actor, effect)
                case StopTask():
                    self.dispatcher.stop(effect)
                case StartChild(task_run_id, _, child_id):
                    if (task_run_id, child_id) not in refused:
                        actor.tell(ChildStarted(task_run_id, child_id))
                case Ended():
                    self._free_place(actor)
        if actor.execution.state is ExecutionState.RESTARTED:
            self.tasks.start(self._begin(actor), "begin")

    def _free_place(self, actor: Actor) -> None:
        if actor.flow.concurrency is not None:
            execution = actor.execution
            freed = partial(self.admission.freed, execution.namespace, execution.flow_id)
            self.tasks.start(patiently(freed, self.clock), "freed")

    async def _force_place(self, actor: Actor, message: Message) -> None:
        if isinstance(message, ForceRun | Unqueue):
            await self.admission.force(actor)

    async def _fetch(self, actor: Actor, wanted: list[Wanted]) -> None:
        execution = actor.execution
        asking = Asking(execution.namespace, execution.flow_id, execution.id)
        self._fetching[execution.id] += 1
        try:
            for want in wanted:
                await self._fetch_one(want, asking)
            actor.tell(Proceed())
        finally:
            self._fetching[execution.id] -= 1
            if not self._fetching[execution.id]:
                del self._fetching[execution.id]

    async def _fetch_one(self, want: Wanted, asking: Asking) -> None:
        try:
            find = partial(self.finder.fetch, want.fact, want.facts, asking)
            await patiently(find, self.clock, tries=_TRIES)
        except Exception as error:
            _log.exception("a fact for execution %s cannot be had", asking.execution_id)
            message = f"`{want.fact.kind}()` failed: {type(error).__name__}."
            want.facts.fail(want.fact, message, "The server's log says more.")

    def is_fetching(self, execution_id: str) -> bool:
        """Whether expressions of an execution wait for something from outside."""
        return execution_id in self._fetching

    async def _answer_stored(self, stored_id: str | None) -> None:
        if stored_id is not None:
            await messages.drop(self.pool, [stored_id])
            self.alarm.answered(stored_id)


def _tells_parent(decision: Decision) -> bool:
    """Whether the execution entered a state that a waiting parent is told of."""
    return any(
        event.kind is ChangeKind.EXECUTION_STATE
        and (ExecutionState(event.state).is_terminal or event.state in post.TOLD_TO_PARENTS)
        for event in decision.events
    )
