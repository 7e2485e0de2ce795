"""Loop: read the event log, start flows that follow others, stop triggers that shall stop.

The cursor is a row; it moves in the transaction that writes what triggers remember. Executions are
created before that commit, under keys made of the execution and event that caused them: after a
crash the same events are read from the same memory, and come to the same executions. One server
reads at a time.
"""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import asyncpg

from runtime.clock import Clock
from runtime.engine.launch import Launch, Launcher, correlated
from runtime.engine.library import Library
from runtime.engine.listeners import Listener, Listeners
from runtime.engine.occasions import Occasions
from runtime.engine.trigger_book import TriggerBook
from runtime.engine.variables import iso, nested_labels
from runtime.errors import FlowdeckError, Unavailable
from runtime.events.bus import Bus, Topic
from runtime.events.event import StoredEvent
from runtime.events.tail import Tail
from runtime.executions import index as indexes
from runtime.executions.model import ExecutionKind
from runtime.loop import first_of
from runtime.store import consumers, holding, trigger_state
from runtime.store.consumers import Entered, Listening, UpstreamRow
from runtime.store.pool import Connection, Pool
from runtime.store.triggers import TriggerKey
from runtime.triggers.condition import Occasion, Render, Upstream
from runtime.triggers.conditions import MultipleCondition, holds
from runtime.triggers.flow import TimeWindow
from runtime.triggers.windows import Memory, judge

CONSUMER = "flow-triggers"
_MOST = 500
_EVERY = 5.0
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Seen:
    """One event with its execution, as the conditions see it."""

    event: Entered
    row: UpstreamRow
    upstream: Upstream
    variables: dict[str, object]
    """What expressions see: the execution, and `trigger`."""


@dataclass(slots=True)
class _Turn:
    """What one turn read and what it will write."""

    connection: Connection
    stored: dict[TriggerKey, Listening]
    news: dict[TriggerKey, dict[str, object]] = field(default_factory=dict)

    def memory(self, key: TriggerKey) -> Mapping[str, object]:
        return self.news.get(key) or self.stored[key].memory


@dataclass(slots=True)
class FlowTriggers:
    """Consumes the event log for triggers."""

    pool: Pool
    book: TriggerBook
    occasions: Occasions
    launcher: Launcher
    library: Library
    tail: Tail[StoredEvent]
    bus: Bus
    clock: Clock
    _listeners: Listeners = field(default_factory=Listeners)
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _is_stale: bool = True
    _passed: int | None = None
    """Up to here nothing is left to do, as far as this server knows."""

    def ring(self, _text: str = "") -> None:
        """There may be new events."""
        self._wake.set()

    def reread(self, _text: str = "") -> None:
        """Flows changed."""
        self._is_stale = True
        self._wake.set()

    async def consume(self) -> None:
        """Go through what has happened, then wait for more. One turn of a Loop."""
        self._wake.clear()
        # First the end of the log, then the flows: whatever is saved before an event is known here.
        last = self.tail.position
        if self._is_stale:
            self._is_stale = False
            try:
                await self.book.refresh()
            except BaseException:
                self._is_stale = True
                raise
        self._listeners.update(self.book)
        if not await self._read(last):
            await first_of(self.clock.sleep(_EVERY), self._wake.wait())

    async def _read(self, last: int) -> bool:
        """One batch; whether there is more at once. Most batches concern nobody."""
        if self._passed is None:
            self._passed = await consumers.cursor(self.pool, CONSUMER)
        if self._passed >= last:
            return False
        states = sorted(self._listeners.states)
        events: list[Entered] = []
        if states:
            events = await consumers.entered(self.pool, self._passed, last, states, _MOST)
        if any(self._listeners.concerned(event) or self._may_stop(event) for event in events):
            return await self._process(last, states)
        is_full = len(events) == _MOST
        self._passed = events[-1].position if is_full else last
        if not is_full and not self._wake.is_set():
            await consumers.pass_by(self.pool, CONSUMER, self._passed)
        return is_full

    async def _process(self, last: int, states: list[str]) -> bool:
        """Act on a batch from the cursor on, which moves with it; whether there is more."""
        async with self.pool.acquire() as connection, connection.transaction():
            position = await consumers.lock_cursor(connection, CONSUMER)
            if position is None:
                return False
            events = await consumers.entered(connection, position, last, states, _MOST)
            stopped = await self._take(connection, events)
            is_full = len(events) == _MOST
            reached = events[-1].position if is_full else max(last, position)
            await consumers.move_cursor(connection, CONSUMER, reached)
        self._passed = reached
        for key in stopped:
            self.bus.announce(Topic.TRIGGERS, "/".join(key))
        return is_full

    async def _take(self, connection: Connection, events: list[Entered]) -> list[TriggerKey]:
        """Act on a batch of events; the triggers that were stopped."""
        listeners = self._listeners
        concerned = {event.position: listeners.concerned(event) for event in events}
        asked = [e for e in events if concerned[e.position] or self._may_stop(e)]
        if not asked:
            return []
        everyone = {each.known.key: each for found in concerned.values() for each in found}
        attempts = any(each.needs_attempts for each in everyone.values())
        rows = await consumers.upstream(
            connection, [event.execution_id for event in asked], attempts=attempts
        )
        turn = _Turn(connection, await consumers.listening(connection, list(everyone)))
        stopped: list[TriggerKey] = []
        for event in asked:
            row = rows.get(event.execution_id)
            if row is None or row.kind == ExecutionKind.LOOP:
                continue
            if (key := await self._stop(connection, event, row)) is not None:
                stopped.append(key)
            seen = _seen(event, row)
            for listener in concerned[event.position]:
                await self._concern(turn, listener, seen)
        await consumers.remember(connection, turn.news)
        return stopped

    def _may_stop(self, event: Entered) -> bool:
        return (event.namespace, event.flow_id) in self._listeners.stopping_flows

    async def _stop(
        self, connection: Connection, event: Entered, row: UpstreamRow
    ) -> TriggerKey | None:
        """Switch off the trigger that started the execution, when `stopAfter` says so."""
        key = (event.namespace, event.flow_id, row.trigger_id or "")
        if event.state not in self._listeners.stops.get(key, ()):
            return None
        await trigger_state.switch(connection, key, True, self.clock.now())
        return key

    async def _concern(self, turn: _Turn, listener: Listener, seen: _Seen) -> None:
        """An event that may concern a trigger: start its flow if it does."""
        key = listener.known.key
        stored = turn.stored.get(key)
        if stored is None or stored.disabled or (stored.since and seen.event.at < stored.since):
            return
        try:
            if listener.needs_task_outputs:
                seen = replace(seen, variables={**seen.variables, **await self._outputs(seen)})
            if not await self._holds(listener, seen):
                return
            outputs = await self._complete(turn, listener, seen)
            if outputs is None:
                return
            await self._start(turn, listener, seen, outputs)
        except (Unavailable, OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            raise
        except FlowdeckError as error:
            name = "/".join(key)
            _log.warning("The trigger %s passes over %s: %s", name, seen.row.id, error)

    async def _holds(self, listener: Listener, seen: _Seen) -> bool:
        trigger = replace(listener.trigger, conditions=listener.plain)
        flow, at = listener.known.flow, seen.event.at
        return await self.occasions.hold(flow, trigger, at, seen.variables, seen.upstream)

    async def _complete(
        self, turn: _Turn, listener: Listener, seen: _Seen
    ) -> Mapping[str, object] | None:
        """The outputs to hand on when everything that is needed has happened; None before."""
        own = dict(seen.row.outputs or {})
        if listener.preconditions is None and not listener.multiple:
            return own
        flow = listener.known.flow

        def met(render: Render) -> dict[str, _Met]:
            occasion = Occasion(seen.event.at, flow.namespace, flow.id, render, seen.upstream)
            return _met(listener, occasion)

        found = await self.occasions.settle(flow, seen.variables, met)
        memory = dict(turn.memory(listener.known.key))
        verdicts = {
            name: judge(
                each.window, each.parts, Memory.read(memory.get(name)), each.met, seen.event.at, own
            )
            for name, each in found.items()
        }
        is_complete = all(verdict.is_complete for verdict in verdicts.values())
        outputs = own
        for name, verdict in verdicts.items():
            empty = is_complete and found[name].reset
            memory[name] = (verdict.memory.emptied() if empty else verdict.memory).stored()
            outputs = {**outputs, **verdict.outputs}
        turn.news[listener.known.key] = memory
        return outputs if is_complete else None

    async def _start(
        self, turn: _Turn, listener: Listener, seen: _Seen, outputs: Mapping[str, object]
    ) -> None:
        key, event = listener.known.key, seen.event
        variables = {**_trigger_variables(event, seen.row), "outputs": dict(outputs)}
        launch = Launch(
            flow=listener.known.flow,
            trigger=listener.trigger,
            variables=variables,
            key=f"flow:{key[2]}:{event.execution_id}:{event.sequence}",
            labels=correlated(seen.row.labels, event.execution_id),
            seen={name: value for name, value in seen.variables.items() if name != "trigger"},
        )
        started = await self.launcher.launch(launch)
        await trigger_state.fired(turn.connection, {key: (event.at, started)})

    async def _outputs(self, seen: _Seen) -> dict[str, object]:
        """`outputs` and `tasks` of the execution, for expressions that look into its tasks."""
        row = seen.row
        execution = await holding.load(self.pool, row.id)
        if execution is None:
            return {}
        flow = await self.library.find(row.namespace, row.flow_id, row.flow_revision)
        trees = indexes.of(execution, flow).trees
        return {"outputs": trees.outputs, "tasks": trees.tasks}


@dataclass(frozen=True, slots=True)
class _Met:
    """What one definition of several executions asks for, and what this execution meets of it."""

    window: TimeWindow
    reset: bool
    parts: set[str]
    met: set[str]


def _met(listener: Listener, occasion: Occasion) -> dict[str, _Met]:
    """By the name under which it is remembered."""
    found: dict[str, _Met] = {}
    needed = listener.preconditions
    if needed is not None and occasion.execution is not None:
        met = needed.met_by(occasion.execution, occasion)
        found[needed.id] = _Met(needed.time_window, needed.reset_on_success, needed.parts(), met)
    for written in listener.multiple:
        each = MultipleCondition.of(MultipleCondition.rendered(written, occasion.render))
        window = TimeWindow(window=each.window, window_advance=each.window_advance)
        met = {name for name, inner in each.conditions.items() if holds(inner, occasion)}
        found[f"multiple {each.id}"] = _Met(
            window, each.reset_on_success, set(each.conditions), met
        )
    return found


def _seen(event: Entered, row: UpstreamRow) -> _Seen:
    upstream = Upstream(
        id=row.id,
        namespace=row.namespace,
        flow_id=row.flow_id,
        flow_revision=row.flow_revision,
        state=event.state,
        labels=row.labels,
        outputs=row.outputs,
        attempt_states=frozenset(row.attempt_states),
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
        "labels": nested_labels(row.labels),
        "inputs": row.inputs,
        "trigger": {**_trigger_variables(event, row), "outputs": row.outputs or {}},
    }
    return _Seen(event, row, upstream, variables)


def _trigger_variables(event: Entered, row: UpstreamRow) -> dict[str, object]:
    return {
        "executionId": row.id,
        "namespace": row.namespace,
        "flowId": row.flow_id,
        "flowRevision": row.flow_revision,
        "state": event.state,
    }
