"""Which triggers there are: read from flows that changed, declared in the database, found again.

Each change of a flow has a position (`flows.change`). `declared` is the change up to which the
table `triggers` is what the flow says; whoever finds a flow behind reads it and declares its
triggers anew. So an idle installation costs one look at two indexes, however many flows there are,
and a server that starts reads no flow before it needs it.
"""

import asyncio
import hashlib
import json
import logging
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from runtime.clock import Clock
from runtime.engine.library import Library
from runtime.engine.occasions import Occasions
from runtime.engine.trigger_log import TriggerLog
from runtime.errors import FlowdeckError, InvalidInput, Unavailable
from runtime.executions.model import LogLevel
from runtime.flows.model import Flow, Trigger
from runtime.store import trigger_state
from runtime.store.pool import Pool
from runtime.store.trigger_state import ChangedFlow, Changes, Declaration
from runtime.store.triggers import TriggerKey
from runtime.triggers.registry import TRIGGERS
from runtime.triggers.trigger import PolledTrigger, TimedTrigger, TriggerType

_log = logging.getLogger(__name__)
_CHUNK = 200
_KEPT = 2_000
_CLOCKED = [
    name for name, kind in TRIGGERS.items() if issubclass(kind, TimedTrigger | PolledTrigger)
]


@dataclass(frozen=True, slots=True)
class Known:
    """A trigger, its flow, and its properties rendered and checked."""

    key: TriggerKey
    flow: Flow
    trigger: Trigger
    kind: TriggerType


class TriggerBook:
    """The triggers of every living flow's newest revision."""

    def __init__(
        self, pool: Pool, library: Library, occasions: Occasions, log: TriggerLog, clock: Clock
    ) -> None:
        self._pool = pool
        self._library = library
        self._occasions = occasions
        self._log = log
        self._clock = clock
        self._known: OrderedDict[tuple[TriggerKey, int], Known] = OrderedDict()
        self._turn = asyncio.Lock()

    async def find(self, key: TriggerKey, revision: int) -> Known | None:
        """A trigger as that revision has it; None when it is not there, disabled by the flow
        itself, or cannot be read. Raises Unavailable."""
        if (known := self._known.get((key, revision))) is not None:
            self._known.move_to_end((key, revision))
            return known
        try:
            flow = await self._library.find(key[0], key[1], revision)
        except Unavailable:
            raise
        except FlowdeckError as error:
            _log.warning("The trigger %s rests: %s", "/".join(key), error)
            return None
        trigger = next((each for each in flow.triggers if each.id == key[2]), None)
        if trigger is None or trigger.disabled or flow.disabled:
            return None
        kind = await self._prepared(flow, trigger)
        if kind is None:
            return None
        return self._keep(Known(key, flow, _with_older_conditions(trigger), kind), revision)

    def _keep(self, known: Known, revision: int) -> Known:
        self._known[known.key, revision] = known
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)
        return known

    async def refresh(self) -> Changes:
        """Declare what was saved, switched or deleted; how far all flows are declared now."""
        async with self._turn:
            while (changes := await trigger_state.changes(self._pool)).is_behind:
                flows = await trigger_state.undeclared(self._pool, _CHUNK)
                if not flows:
                    break  # what is behind has lost its revision: nothing says what it declares
                declared: list[Declaration] = []
                for flow in flows:
                    declared += await self._read(flow) if flow.declares else []
                await trigger_state.declare(self._pool, flows, declared, self._clock.now())
            return changes

    async def wake_idle(self) -> None:
        """Give triggers that were switched on again their next moment, counted from now."""
        while found := await trigger_state.idle(self._pool, _CLOCKED, _CHUNK):
            for each in found:
                known = await self.find(each.key, each.flow_revision)
                next_at = self._first(known.kind) if known is not None else None
                await trigger_state.wake(self._pool, each, next_at)

    async def _read(self, changed: ChangedFlow) -> list[Declaration]:
        try:
            flow = await self._library.find(*changed.name, changed.revision)
        except Unavailable:
            raise
        except FlowdeckError as error:
            _log.warning("The triggers of %s.%s are left out: %s", *changed.name, error)
            return []
        return [await self._declaration(changed, flow, trigger) for trigger in flow.triggers]

    async def _declaration(self, changed: ChangedFlow, flow: Flow, trigger: Trigger) -> Declaration:
        is_off = flow.disabled or changed.disabled
        kind = None if is_off or trigger.disabled else await self._prepared(flow, trigger)
        next_at = self._first(kind) if kind is not None else None
        is_over = not is_off and next_at is None and trigger.type in _CLOCKED
        return Declaration(
            key=(*changed.name, trigger.id),
            type=trigger.type,
            flow_revision=changed.revision,
            disabled=trigger.disabled,
            flow_disabled=is_off,
            next_at=next_at,
            since=changed.updated_at,
            signature=_signature(trigger, is_off),
            memory={"over": True} if is_over else {},
            stop_after=[state.upper() for state in trigger.stop_after],
        )

    def _first(self, kind: TriggerType) -> datetime | None:
        now = self._clock.now()
        match kind:
            case TimedTrigger():
                return kind.next(now)
            case PolledTrigger():
                return now
        return None

    async def _prepared(self, flow: Flow, trigger: Trigger) -> TriggerType | None:
        kind = TRIGGERS.get(trigger.type)
        if kind is None:
            return None
        try:
            return kind.of(trigger.properties)
        except InvalidInput:
            pass  # something in it is an expression
        try:
            return kind.of(await self._occasions.rendered(flow, trigger.properties, {}))
        except Unavailable:
            raise
        except FlowdeckError as error:
            message = f"It rests until the flow is saved or it is switched on again: {error}"
            self._log.say(flow, trigger, LogLevel.ERROR, message)
            return None


def _with_older_conditions(trigger: Trigger) -> Trigger:
    """The trigger with its `scheduleConditions` among its conditions."""
    older = trigger.properties.get("scheduleConditions")
    if not isinstance(older, list):
        return trigger
    return replace(trigger, conditions=(*trigger.conditions, *older))


def _signature(trigger: Trigger, is_off: bool) -> str:
    """A digest of all that decides when and whether it fires."""
    said: Sequence[object] = (
        trigger.type,
        trigger.properties,
        trigger.conditions,
        trigger.when,
        trigger.disabled,
        is_off,
    )
    text = json.dumps(said, sort_keys=True, default=str)
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()
