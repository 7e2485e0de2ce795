"""What one event means to one Flow trigger: judge it, remember it, start the flow."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import asyncpg

from runtime.engine.launch import Launch, Launcher, correlated
from runtime.engine.library import Library
from runtime.engine.listeners import Listener
from runtime.engine.occasions import Occasions
from runtime.engine.trigger_log import TriggerLog
from runtime.engine.variables import iso, nested_labels
from runtime.errors import FlowdeckError, LimitExceeded, Unavailable
from runtime.executions import index as indexes
from runtime.executions.model import LogLevel
from runtime.store import consumers, holding, trigger_state
from runtime.store.consumers import Entered, Listening, UpstreamRow
from runtime.store.pool import Connection, Pool
from runtime.store.triggers import TriggerKey
from runtime.triggers.condition import Occasion, Render, Upstream
from runtime.triggers.conditions import MultipleCondition, holds
from runtime.triggers.flow import FlowTrigger
from runtime.triggers.windows import Memory, Wanted, judge

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Seen:
    """One event with its execution, as the conditions see it."""

    event: Entered
    row: UpstreamRow
    upstream: Upstream
    variables: dict[str, object]
    """What expressions see: the execution, and `trigger`."""


@dataclass(slots=True)
class Turn:
    """What one turn of the reader read and what it will write."""

    connection: Connection
    stored: dict[TriggerKey, Listening]
    news: dict[TriggerKey, dict[str, object]] = field(default_factory=dict)

    def memory(self, key: TriggerKey) -> Mapping[str, object]:
        return self.news.get(key) or self.stored[key].memory


@dataclass(frozen=True, slots=True)
class Follower:
    """Starts flows that follow others.

    Flows that follow each other in a circle would run for ever. The execution that goes beyond
    `chain_limit` FAILED with the reason in its log, and whatever would follow it is only told in
    the log of its trigger.
    """

    pool: Pool
    occasions: Occasions
    launcher: Launcher
    library: Library
    log: TriggerLog
    chain_limit: int

    async def concern(self, turn: Turn, listener: Listener, seen: Seen) -> None:
        """An event that may concern a trigger: start its flow if it does."""
        key = listener.known.key
        stored = turn.stored.get(key)
        if stored is None or stored.disabled or (stored.since and seen.event.at < stored.since):
            return
        try:
            if listener.needs_task_outputs:
                seen = replace(seen, variables={**seen.variables, **await self._outputs(seen)})
            if not await self._holds(listener, seen):
                self._say(
                    listener, LogLevel.DEBUG, f"The conditions do not hold for {_name(seen)}."
                )
                return
            outputs = await self._complete(turn, listener, seen)
            if outputs is not None:
                await self._start(turn, listener, seen, outputs)
        except (Unavailable, OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            raise
        except FlowdeckError as error:
            await self._fail(turn, listener, seen, error)
        except Exception:
            # One trigger that cannot be judged must not hold up all others.
            _log.exception("the trigger %s passes over %s", "/".join(key), seen.row.id)

    async def _holds(self, listener: Listener, seen: Seen) -> bool:
        trigger = replace(listener.trigger, conditions=listener.plain)
        flow, at = listener.known.flow, seen.event.at
        return await self.occasions.hold(flow, trigger, at, seen.variables, seen.upstream)

    async def _complete(
        self, turn: Turn, listener: Listener, seen: Seen
    ) -> Mapping[str, object] | None:
        """The outputs to hand on when everything that is needed has happened; None before."""
        own: dict[str, object] = dict(seen.row.outputs or {})
        if listener.kind.depends_on:
            own[seen.row.flow_id] = dict(own)
        if listener.preconditions is None and not listener.multiple:
            return own
        flow, at = listener.known.flow, seen.event.at

        def met(render: Render) -> dict[str, _Met]:
            occasion = Occasion(at, flow.namespace, flow.id, render, seen.upstream)
            return _met(listener, occasion)

        found = await self.occasions.settle(flow, seen.variables, met)
        memory = dict(turn.memory(listener.known.key))
        verdicts = {
            name: judge(each.wanted, Memory.read(memory.get(name)), each.met, at, own)
            for name, each in found.items()
        }
        is_complete = all(verdict.is_complete for verdict in verdicts.values())
        outputs = own
        for name, verdict in verdicts.items():
            now = verdict.memory.complete(at) if is_complete else verdict.memory
            empty = is_complete and found[name].reset
            memory[name] = (now.emptied() if empty else now).stored()
            outputs = {**outputs, **verdict.outputs}
        turn.news[listener.known.key] = memory
        return outputs if is_complete else None

    async def _start(
        self, turn: Turn, listener: Listener, seen: Seen, outputs: Mapping[str, object]
    ) -> None:
        launch = _launch(listener, seen, outputs)
        length = await self._chain(seen)
        if length < self.chain_limit:
            started = await self.launcher.launch(launch)
        elif length == self.chain_limit:
            started = await self.launcher.fail(launch, self._too_long())
        else:
            self._say(listener, LogLevel.ERROR, f"It passes over {_name(seen)}: {self._too_long()}")
            return
        await trigger_state.fired(turn.connection, {listener.known.key: (seen.event.at, started)})

    async def _fail(self, turn: Turn, listener: Listener, seen: Seen, error: FlowdeckError) -> None:
        """What cannot be judged starts nothing, or FAILED where the trigger asks for that."""
        is_told = listener.trigger.fail_on_trigger_error
        if not is_told or await self._chain(seen) > self.chain_limit:
            self._say(listener, LogLevel.ERROR, f"It passes over {_name(seen)}: {error}")
            return
        launch = _launch(listener, seen, dict(seen.row.outputs or {}))
        started = await self.launcher.fail(launch, error)
        await trigger_state.fired(turn.connection, {listener.known.key: (seen.event.at, started)})

    async def _chain(self, seen: Seen) -> int:
        """How many executions followed one another, up to this one."""
        if seen.row.trigger_id is None:
            return 0
        return await consumers.chain(
            self.pool, seen.row.id, FlowTrigger.type_name, self.chain_limit + 1
        )

    def _too_long(self) -> LimitExceeded:
        return LimitExceeded(
            f"More than {self.chain_limit} executions follow one another by Flow triggers.",
            hint="Check that the flows do not start each other in a circle; "
            "FLOWDECK_CHAIN_LIMIT allows longer chains.",
        )

    def _say(self, listener: Listener, level: LogLevel, message: str) -> None:
        self.log.say(listener.known.flow, listener.trigger, level, message)

    async def _outputs(self, seen: Seen) -> dict[str, object]:
        """`outputs` and `tasks` of the execution, for expressions that look into its tasks."""
        row = seen.row
        execution = await holding.load(self.pool, row.id)
        if execution is None:
            return {}
        flow = await self.library.of_held(execution)
        trees = indexes.of(execution, flow).trees
        return {"outputs": {**(row.outputs or {}), **trees.outputs}, "tasks": trees.tasks}


@dataclass(frozen=True, slots=True)
class _Met:
    """What one definition of several executions asks for, and what this execution meets of it."""

    wanted: Wanted
    reset: bool
    met: set[str]


def _met(listener: Listener, occasion: Occasion) -> dict[str, _Met]:
    """By the name under which it is remembered."""
    found: dict[str, _Met] = {}
    needed = listener.preconditions
    if needed is not None and occasion.execution is not None:
        wanted = Wanted(needed.window, needed.parts(), needed.needed, needed.fire_once)
        found[needed.id] = _Met(wanted, needed.reset, needed.met_by(occasion.execution, occasion))
    for written in listener.multiple:
        each = MultipleCondition.of(MultipleCondition.rendered(written, occasion.render))
        met = {name for name, inner in each.conditions.items() if holds(inner, occasion)}
        wanted = Wanted(each.remembered_for(), set(each.conditions))
        found[f"multiple {each.id}"] = _Met(wanted, each.reset_on_success, met)
    return found


def _launch(listener: Listener, seen: Seen, outputs: Mapping[str, object]) -> Launch:
    event = seen.event
    return Launch(
        flow=listener.known.flow,
        trigger=listener.trigger,
        variables={**_trigger_variables(event, seen.row), "outputs": dict(outputs)},
        key=f"flow:{listener.trigger.id}:{event.execution_id}:{event.sequence}",
        labels=correlated(seen.row.labels, event.execution_id),
        seen={name: value for name, value in seen.variables.items() if name != "trigger"},
    )


def _name(seen: Seen) -> str:
    return f"{seen.row.id} ({seen.row.namespace}.{seen.row.flow_id}, {seen.event.state})"


def seen_of(event: Entered, row: UpstreamRow) -> Seen:
    """An event and its execution, ready to be judged."""
    upstream = Upstream(
        id=row.id,
        namespace=row.namespace,
        flow_id=row.flow_id,
        flow_revision=row.flow_revision,
        state=event.state,
        labels=row.labels,
        outputs=row.outputs,
        attempt_states=frozenset(row.attempt_states),
        was_retried=row.was_retried,
    )
    variables: dict[str, object] = {
        "execution": {
            "id": row.id,
            "namespace": row.namespace,
            "flowId": row.flow_id,
            "state": event.state,
            "startDate": iso(row.created_at),
            "outputs": row.outputs or {},
        },
        "namespace": row.namespace,
        "flowId": row.flow_id,
        "state": event.state,
        "labels": nested_labels(row.labels),
        "outputs": row.outputs or {},
        "hasRetryAttempt": row.was_retried,
        "inputs": row.inputs,
        "trigger": {**_trigger_variables(event, row), "outputs": row.outputs or {}},
    }
    return Seen(event, row, upstream, variables)


def _trigger_variables(event: Entered, row: UpstreamRow) -> dict[str, object]:
    return {
        "executionId": row.id,
        "executionLabels": dict(row.labels),
        "namespace": row.namespace,
        "flowId": row.flow_id,
        "flowRevision": row.flow_revision,
        "state": event.state,
    }
