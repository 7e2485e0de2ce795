"""Loop: read the event log, start flows that follow others, stop triggers that shall stop.

A durable reader: its cursor is a row, which moves in the transaction that writes what triggers
remember. Executions are created before that commit, under keys made of the execution and event that
caused them: after a crash the same events are read from the same memory, and come to the same
executions. One server reads at a time. Before any event is judged, the flows are read up to the
present from the database: a lost or late announcement can make this loop late, never wrong.
"""

import asyncio
from dataclasses import dataclass, field

from runtime.clock import Clock
from runtime.engine.follower import Follower, Turn, seen_of
from runtime.engine.listeners import Listeners
from runtime.engine.trigger_book import TriggerBook
from runtime.events.bus import Bus, Topic
from runtime.events.event import StoredEvent
from runtime.events.tail import Tail
from runtime.executions.model import ExecutionKind
from runtime.loop import first_of
from runtime.store import consumers, trigger_state
from runtime.store.consumers import Entered, UpstreamRow
from runtime.store.pool import Connection, Pool
from runtime.store.triggers import TriggerKey

CONSUMER = "flow-triggers"
_MOST = 500
_EVERY = 5.0


@dataclass(slots=True)
class FlowTriggers:
    """Consumes the event log for triggers."""

    pool: Pool
    book: TriggerBook
    follower: Follower
    tail: Tail[StoredEvent]
    bus: Bus
    clock: Clock
    _listeners: Listeners = field(default_factory=Listeners)
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _passed: int | None = None
    """Up to here nothing is left to do, as far as this server knows."""

    def ring(self, _text: str = "") -> None:
        """There may be new events, or flows changed."""
        self._wake.set()

    async def consume(self) -> None:
        """Go through what has happened, then wait for more. One turn of a Loop."""
        self._wake.clear()
        # First the end of the log, then the flows: whatever is saved before an event is known here.
        last = self.tail.position
        if self._passed is None:
            self._passed = await consumers.cursor(self.pool, CONSUMER)
        is_full = self._passed < last and await self._read(self._passed, last)
        if not is_full:
            await first_of(self.clock.sleep(_EVERY), self._wake.wait())

    async def _read(self, passed: int, last: int) -> bool:
        """One batch; whether there is more at once. Most batches concern nobody."""
        await self._listeners.update(self.book, self.pool)
        states = sorted(self._listeners.states)
        events: list[Entered] = []
        if states:
            events = await consumers.entered(self.pool, passed, last, states, _MOST)
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
        turn = Turn(connection, await consumers.listening(connection, list(everyone)))
        stopped: list[TriggerKey] = []
        for event in asked:
            row = rows.get(event.execution_id)
            if row is None or row.kind == ExecutionKind.LOOP:
                continue
            if (key := await self._stop(connection, event, row)) is not None:
                stopped.append(key)
            seen = seen_of(event, row)
            for listener in concerned[event.position]:
                await self.follower.concern(turn, listener, seen)
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
