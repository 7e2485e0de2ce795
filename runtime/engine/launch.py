"""How a trigger starts its flow: exactly once for each key, and visibly when it cannot.

A launch has a key made of what caused it (the moment of a schedule, the event of an execution). The
key is unique in the database, so whoever repeats a launch after a crash, or at the same time as
another server, gets the execution that is there already.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import asyncpg

from runtime.clock import Clock
from runtime.engine.library import Library
from runtime.engine.log_file import lines_of
from runtime.engine.occasions import Occasions
from runtime.engine.start import FAILED_CHECK, Given, Started, Starter
from runtime.engine.steps import Steps
from runtime.engine.trigger_log import TriggerLog, is_wanted
from runtime.errors import Conflict, FlowdeckError, Unavailable
from runtime.executions.create import CORRELATION
from runtime.executions.model import ExecutionTrigger, LogLevel, LogLine
from runtime.expressions.printing import to_text
from runtime.files.scope import log_prefix
from runtime.files.store import FileStore
from runtime.files.uris import key_of, uri_of
from runtime.flows.model import Flow, Trigger
from runtime.ids import EXECUTION, new_id
from runtime.store import holding
from runtime.store.pool import Pool


@dataclass(frozen=True, slots=True)
class Launch:
    """What is to be started, and why. `variables` is what expressions see as `trigger`."""

    flow: Flow
    trigger: Trigger
    variables: Mapping[str, object]
    key: str | None = None
    inputs: Mapping[str, object] = field(default_factory=dict)
    """Over those of the trigger; rendered like them."""
    labels: Mapping[str, str] = field(default_factory=dict)
    seen: Mapping[str, object] = field(default_factory=dict)
    """What expressions see beside `trigger`."""
    scheduled_at: datetime | None = None
    told_at: LogLevel = LogLevel.INFO
    """How grave it is that the flow was started, for the trigger's own log."""


class Launcher:
    """Starts executions for triggers."""

    def __init__(
        self,
        pool: Pool,
        library: Library,
        occasions: Occasions,
        starter: Starter,
        steps: Steps,
        log: TriggerLog,
        files: FileStore,
        clock: Clock,
    ) -> None:
        self._log = log
        self._files = files
        self._pool = pool
        self._library = library
        self._occasions = occasions
        self._starter = starter
        self._steps = steps
        self._clock = clock

    async def launch(self, launch: Launch) -> str | None:
        """The id of the execution; None when a check of the flow forbids to start.

        What cannot be started for another reason becomes an execution that FAILED, with the reason
        in its log. Raises Unavailable when the database is away.
        """
        given = self._given(launch)
        try:
            given = await self._rendered(launch, given)
            flow = await self._library.with_templates(launch.flow)
            started = await self._starter.start(flow, given, _started_by(launch, given))
        except Unavailable:
            raise
        except Conflict as refused:
            self._say(launch, LogLevel.WARN, f"It does not start the flow: {refused}")
            return None
        except FlowdeckError as error:
            return await self.fail(launch, error, given)
        execution_id = await self._write(launch, started)
        message = f"It started {execution_id}."
        await self._tell(launch, started, launch.told_at, message, execution_id)
        return execution_id

    async def fail(self, launch: Launch, error: FlowdeckError, given: Given | None = None) -> str:
        """The id of an execution that FAILED because its trigger could not be evaluated."""
        started = self._failed(launch, given or self._given(launch), error)
        execution_id = await self._write(launch, started)
        message = f"It could not start the flow, {execution_id} says why: {error}"
        await self._tell(launch, started, LogLevel.ERROR, message, execution_id)
        return execution_id

    async def _tell(
        self, launch: Launch, started: Started, level: LogLevel, message: str, execution_id: str
    ) -> None:
        """Say what became of the launch, in the file that the trigger wants or in its log."""
        trigger = started.execution.trigger
        uri = trigger.log_file if trigger else None
        if uri is None or execution_id != started.execution.id:
            self._say(launch, level, message, execution_id)
            return
        lines = [message] if is_wanted(launch.trigger, level) else []
        try:
            await self._files.put(key_of(uri), lines_of(self._clock.now(), level, lines))
        except Unavailable as error:
            self._say(launch, LogLevel.WARN, f"Its log file could not be stored: {error}")
            self._say(launch, level, message, execution_id)

    def _say(
        self, launch: Launch, level: LogLevel, message: str, execution_id: str | None = None
    ) -> None:
        self._log.say(launch.flow, launch.trigger, level, message, execution_id)

    def _failed(self, launch: Launch, given: Given, error: FlowdeckError) -> Started:
        bare = Given(id=given.id, labels=given.labels, scheduled_at=given.scheduled_at)
        started = self._starter.take_over(launch.flow, bare, _started_by(launch, bare))
        execution = started.execution
        message = f"The trigger `{launch.trigger.id}` could not start the flow: {error}"
        execution.memory = {**execution.memory, FAILED_CHECK: message}
        execution.error = {"message": message}
        line = LogLine(self._clock.now(), LogLevel.ERROR, message)
        started.decision.logs.append(line)
        return self._starter.sealed(started)

    def _given(self, launch: Launch) -> Given:
        return Given(
            id=new_id(EXECUTION),
            labels=dict(launch.labels),
            scheduled_at=launch.scheduled_at,
        )

    async def _rendered(self, launch: Launch, given: Given) -> Given:
        written = {
            "inputs": {**launch.trigger.inputs, **launch.inputs},
            "labels": dict(launch.trigger.labels),
        }
        seen = {"trigger": launch.variables, **launch.seen}
        rendered = await self._occasions.rendered(launch.flow, written, seen)
        inputs, labels = rendered["inputs"], rendered["labels"]
        texts = labels.items() if isinstance(labels, Mapping) else ()
        return Given(
            id=given.id,
            inputs=inputs if isinstance(inputs, Mapping) else {},
            labels={**{key: to_text(value) for key, value in texts}, **launch.labels},
            scheduled_at=given.scheduled_at,
        )

    async def _write(self, launch: Launch, started: Started) -> str:
        flow, key = launch.flow, launch.key
        try:
            await self._steps.write_new(started, key)
        except asyncpg.UniqueViolationError:
            found = key and await holding.by_idempotency_key(
                self._pool, flow.namespace, flow.id, key
            )
            if not found:
                raise
            return found
        return started.execution.id


def correlated(labels: Mapping[str, str], execution_id: str) -> dict[str, str]:
    """The label that joins what one execution led to: handed down from the first of them."""
    return {CORRELATION: labels.get(CORRELATION, execution_id)}


def _started_by(launch: Launch, given: Given) -> ExecutionTrigger:
    flow, trigger = launch.flow, launch.trigger
    uri = None
    if trigger.log_to_file:
        uri = uri_of(f"{log_prefix(flow.namespace, flow.id, given.id)}/{trigger.id}.log")
    return ExecutionTrigger(trigger.id, trigger.type, launch.variables, uri)
