"""Executions that a step starts: made before it is written, so that both are durable at once."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime

from runtime.config import Settings
from runtime.engine.actor import Actor
from runtime.engine.library import Library
from runtime.engine.start import Given, Started, Starter
from runtime.errors import Conflict, FlowdeckError, LimitExceeded
from runtime.executions.decision import Decision, ReplayAsNew, StartChild
from runtime.executions.messages import ChildRefused
from runtime.executions.model import Execution, ExecutionTrigger
from runtime.executions.replay import replay
from runtime.store import relatives
from runtime.store.pool import Pool

_AT_ONCE = 4
"""Executions being prepared at once: a flood of them leaves connections to those who ask."""


@dataclass(slots=True)
class Prepared:
    """What goes into the parent's transaction, and what could not be started."""

    started: list[Started] = field(default_factory=list)
    refused: list[ChildRefused] = field(default_factory=list)


class Children:
    """Prepares the children and replays of a decision."""

    def __init__(self, pool: Pool, library: Library, starter: Starter, settings: Settings) -> None:
        self._pool = pool
        self._library = library
        self._starter = starter
        self._settings = settings
        self._turns = asyncio.Semaphore(_AT_ONCE)

    async def prepare(self, actor: Actor, decision: Decision) -> Prepared:
        """Make every execution that the decision starts; a failure becomes a ChildRefused."""
        prepared = Prepared()
        for effect in decision.effects:
            match effect:
                case StartChild():
                    await self._start(actor, effect, prepared)
                case ReplayAsNew(at, execution_id):
                    prepared.started.append(_sealed(actor, self._replay(actor, execution_id, at)))
        return prepared

    async def _start(self, actor: Actor, effect: StartChild, prepared: Prepared) -> None:
        try:
            async with self._turns:
                started = await self._child(actor, effect)
            prepared.started.append(_sealed(actor, started))
        except FlowdeckError as error:
            refusal = ChildRefused(effect.task_run_id, effect.child_id, str(error))
            prepared.refused.append(refusal)

    async def _child(self, actor: Actor, effect: StartChild) -> Started:
        await self._check_line(actor.execution)
        trigger = ExecutionTrigger(
            self._task_id(actor, effect), effect.trigger_type, effect.trigger_variables
        )
        given = Given(
            id=effect.child_id,
            inputs=effect.inputs,
            labels=effect.labels,
            scheduled_at=effect.scheduled_at,
            parent_id=actor.execution.id,
            parent_task_run_id=effect.task_run_id,
            parent_waits=effect.wait,
            loop=effect.loop,
            wanted_outputs=effect.wanted_outputs,
        )
        if effect.loop is not None:
            return self._iteration(actor, given)
        flow = await self._library.runnable(effect.namespace, effect.flow_id, effect.revision)
        labels = {**effect.inherited, **flow.labels, **effect.labels}
        return await self._starter.start(flow, replace(given, labels=labels), trigger)

    def _iteration(self, actor: Actor, given: Given) -> Started:
        """One iteration of a Loop: the same flow, the same inputs, the parent's variables."""
        parent = actor.execution
        started = self._starter.take_over(actor.flow, replace(given, inputs=parent.inputs))
        started.execution.variables = parent.variables
        started.execution.trigger = parent.trigger
        return started

    def _replay(self, actor: Actor, execution_id: str, at: datetime) -> Started:
        execution, decision = replay(
            actor.flow,
            actor.execution,
            id=execution_id,
            at=actor.execution.history[-1].at,
            from_task_run_id=None,
            inputs=None,
            revision=actor.flow.revision,
        )
        execution.scheduled_at = at
        return Started(execution, decision, actor.flow)

    async def _check_line(self, parent: Execution) -> None:
        """Executions that start each other end somewhere, and at once when the first is killed."""
        if parent.parent_id is None:
            return
        above = await relatives.above(self._pool, parent.id)
        if above.is_killed:
            raise Conflict("An execution above this one was killed; nothing is started any more.")
        if above.depth + 1 >= self._settings.depth_limit:
            raise LimitExceeded(
                f"Executions start each other more than {self._settings.depth_limit} deep.",
                hint="Check that the flows do not start each other without end.",
            )

    @staticmethod
    def _task_id(actor: Actor, effect: StartChild) -> str:
        run = actor.execution.task_runs.get(effect.task_run_id)
        return run.task_id if run else effect.task_run_id


def _sealed(actor: Actor, started: Started) -> Started:
    """What is secret in an execution is secret in those that it hands it to."""
    secrecy = actor.environment.known.secrecy
    return replace(
        started,
        execution=secrecy.sealed_execution(started.execution),
        decision=secrecy.sealed_decision(started.decision),
    )
