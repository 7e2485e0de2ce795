"""Loop: evaluate triggers whose moment has come.

Any number of servers may run it. What is due is claimed row by row, so that two servers do not do
the same work. That nothing happens twice rests on the launch's key alone, made of the trigger and
the moment: the execution is created first and the trigger advanced afterwards, and whoever dies in
between leaves a trigger that is due again and whose execution is there already.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from runtime.clock import Clock
from runtime.engine.backfill import Backfills
from runtime.engine.ends import Ends
from runtime.engine.moments import Moments
from runtime.engine.polling import Polling
from runtime.engine.trigger_book import Known, TriggerBook
from runtime.engine.trigger_log import TriggerLog
from runtime.engine.watching import Watching
from runtime.errors import Unavailable
from runtime.executions.model import LogLevel
from runtime.loop import Tasks, first_of
from runtime.store import trigger_state
from runtime.store.pool import Pool
from runtime.store.trigger_state import Due
from runtime.store.triggers import TriggerKey
from runtime.triggers.http import HttpTrigger
from runtime.triggers.trigger import TimedTrigger
from runtime.triggers.watching import KvListen, LogTrigger

_MOST = 64
"""Schedules that are evaluated at a time; polls wait for others and do not count."""
_WORTH = 16
"""Free places for which it is worth to ask what is due."""
_MOST_SLOTS = 10
"""Moments of one trigger before it is the turn of the others."""
_LONGEST_WAIT = 5.0
_ON_TIME = timedelta(seconds=30)
"""A moment this old was not missed: the server was busy, or restarted in between."""
_JUST = timedelta(microseconds=1)
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Scheduler:
    """Fires what is due by the clock: schedules, backfills and polls."""

    pool: Pool
    book: TriggerBook
    moments: Moments
    backfills: Backfills
    polling: Polling
    watching: Watching
    ends: Ends
    log: TriggerLog
    owner: str
    clock: Clock
    tasks: Tasks
    _under_way: set[TriggerKey] = field(default_factory=set)
    _asking: set[TriggerKey] = field(default_factory=set)
    """Those under way that wait for an answer of somebody else."""
    _waiting: set[TriggerKey] = field(default_factory=set)
    """What may not overlap, until its execution has ended."""
    _parked: set[TriggerKey] = field(default_factory=set)
    """What could not be evaluated; looked at again after the next refresh."""
    _full: set[TriggerKey] = field(default_factory=set)
    """Whose backfill waits until one of its executions has ended."""
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _is_stale: bool = True
    _read_at: datetime | None = None

    def ring(self, _text: str = "") -> None:
        """Flows or triggers changed: read them, and look what is due."""
        self._is_stale = True
        self._wake.set()

    def again(self) -> None:
        """Something that was waited for has happened: look what is due."""
        self._wake.set()

    async def fire_due(self) -> None:
        """Evaluate what is due, then wait for the next moment or a ring. One turn of a Loop."""
        self._wake.clear()
        await self._refresh()
        room = _MOST - len(self._under_way - self._asking)
        if room < _WORTH:
            await self._wake.wait()
            return
        now = self.clock.now()
        without = self._under_way | self._waiting | self._parked
        due = await trigger_state.claim(self.pool, self.owner, now, without, self._full, room)
        for each in due:
            self._under_way.add(each.key)
            if each.type == HttpTrigger.type_name:
                self._asking.add(each.key)
            self.tasks.start(self._evaluate(each), "trigger")
        if len(due) < room:
            await self._wait(await trigger_state.next_at(self.pool, now))

    async def _refresh(self) -> None:
        now = self.clock.now()
        old = self._read_at is None or now - self._read_at >= timedelta(seconds=_LONGEST_WAIT)
        if self._is_stale or old:
            self._is_stale = False
            try:
                await self.book.refresh()
                await self.book.wake_idle()
            except BaseException:
                self._is_stale = True
                raise
            self._read_at = now
            self._parked.clear()

    async def _wait(self, until: datetime | None) -> None:
        # Nothing may be awaited between asking for the time and going to sleep.
        seconds = _LONGEST_WAIT
        if until is not None:
            seconds = min(seconds, (until - self.clock.now()).total_seconds())
        await first_of(self.clock.sleep(seconds), self._wake.wait())

    async def _evaluate(self, due: Due) -> None:
        """One due trigger, as its own task; what goes wrong is tried again after a refresh."""
        awaited: list[str] = []
        known: Known | None = None
        try:
            known = await self.book.find(due.key, due.flow_revision)
            if known is None:
                self._parked.add(due.key)
            else:
                awaited = await self._act(due, known)
        except Unavailable as error:
            self._parked.add(due.key)
            _log.warning("The trigger %s waits: %s", "/".join(due.key), error)
        except Exception as error:
            self._parked.add(due.key)
            if known is not None:
                message = f"It could not be evaluated ({type(error).__name__}) and is tried again."
                self.log.say(known.flow, known.trigger, LogLevel.ERROR, message)
            raise
        finally:
            if awaited:
                self._waiting.add(due.key)
            try:
                await trigger_state.release(self.pool, due.key, self.owner)
            finally:
                self._under_way.discard(due.key)
                self._asking.discard(due.key)
                self.again()
        if awaited:
            await self._call_after(awaited, lambda: self._go_on(due.key))

    def _go_on(self, key: TriggerKey) -> None:
        self._waiting.discard(key)
        self.again()

    async def _call_after(self, executions: list[str], callback: Callable[[], None]) -> None:
        """Call back when any of the executions has ended."""
        for execution_id in executions:
            self.ends.listen(execution_id, callback)
        await self.ends.look(executions)

    async def _act(self, due: Due, known: Known) -> list[str]:
        """Do what is due; the executions that have to end first, when that holds it up."""
        if due.backfill is not None and isinstance(known.kind, TimedTrigger):
            await self._go_on_with_backfill(due, known, known.kind)
        if due.next_at is None or due.next_at > self.clock.now() or due.disabled:
            return []
        match known.kind:
            case TimedTrigger():
                return await self._fire(due, known, known.kind)
            case HttpTrigger():
                running = await self._in_the_way(known, due.execution_id, due.next_at)
                if running:
                    return running
                await self.polling.poll(due, known, known.kind)
            case LogTrigger() | KvListen():
                running = await self._in_the_way(known, due.execution_id, due.next_at)
                if running:
                    return running
                await self.watching.look(due, known, known.kind)
        return []

    async def _in_the_way(self, known: Known, last: str | None, slot: datetime) -> list[str]:
        """The execution that has to end before the trigger may start another; empty for none."""
        if known.trigger.allow_concurrent or last is None:
            return []
        running = await trigger_state.unfinished(self.pool, [last])
        if running:
            message = f"The moment {slot.isoformat()} waits until {last} has ended."
            self.log.say(known.flow, known.trigger, LogLevel.INFO, message, last)
        return running

    async def _go_on_with_backfill(self, due: Due, known: Known, kind: TimedTrigger) -> None:
        if due.key in self._full:
            return
        running = await self.backfills.go_on(due, known, kind)
        if running:
            self._full.add(due.key)
            await self._call_after(running, lambda: self._has_room(due.key))

    def _has_room(self, key: TriggerKey) -> None:
        self._full.discard(key)
        self.again()

    async def _fire(self, due: Due, known: Known, kind: TimedTrigger) -> list[str]:
        """Go through the moments that have come, in order, a bounded number of them."""
        slot = due.next_at
        last = due.execution_id
        for _ in range(_MOST_SLOTS):
            now = self.clock.now()
            if slot is None or slot > now:
                break
            first = _first_wanted(kind, slot, now)
            if first != slot:
                if not await trigger_state.jump(self.pool, due, slot, first):
                    break
                self._tell_missed(known, slot, first)
                slot = first
                continue
            if running := await self._in_the_way(known, last, slot):
                return running
            key = f"schedule:{known.trigger.id}:{slot.isoformat()}"
            started = await self.moments.start(known, kind, slot, key)
            following = kind.next(slot)
            if not await trigger_state.advance(self.pool, due, slot, following, started, now):
                break
            slot, last = following, started or last
        return []

    def _tell_missed(self, known: Known, slot: datetime, first: datetime | None) -> None:
        until = "the end" if first is None else first.isoformat()
        message = f"The moments from {slot.isoformat()} to before {until} were missed and are left."
        self.log.say(known.flow, known.trigger, LogLevel.WARN, message)


def _first_wanted(kind: TimedTrigger, slot: datetime, now: datetime) -> datetime | None:
    """The first moment to be acted on: later than `slot` when some are to be passed over."""
    if kind.latest is not None and now - slot > timedelta(seconds=kind.latest):
        return kind.next(now - timedelta(seconds=kind.latest) - _JUST)
    if kind.recover == "ALL":
        return slot
    last = kind.previous(now + _JUST) or slot
    if kind.recover == "LAST":
        return max(slot, last)
    return max(slot, last) if now - last <= _ON_TIME else kind.next(now)
