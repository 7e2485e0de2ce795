"""Which triggers there are: read from the flows, kept in memory, and declared in the database."""

import asyncio
import hashlib
import json
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from runtime.clock import Clock
from runtime.engine.library import Library
from runtime.engine.occasions import Occasions
from runtime.errors import FlowdeckError, InvalidInput, Unavailable
from runtime.flows.model import Flow, Trigger
from runtime.store import trigger_state
from runtime.store.pool import Pool
from runtime.store.trigger_state import Declaration, FlowName, Head
from runtime.store.triggers import TriggerKey
from runtime.triggers.http import HttpTrigger
from runtime.triggers.registry import TRIGGERS
from runtime.triggers.trigger import TimedTrigger, TriggerType

_log = logging.getLogger(__name__)
_CHUNK = 200
_CLOCKED = [name for name, kind in TRIGGERS.items() if issubclass(kind, TimedTrigger | HttpTrigger)]


@dataclass(frozen=True, slots=True)
class Known:
    """A trigger, its flow, and its properties rendered and checked."""

    key: TriggerKey
    flow: Flow
    trigger: Trigger
    kind: TriggerType
    signature: str


class TriggerBook:
    """The triggers of every living flow's newest revision, as of the last `refresh`."""

    def __init__(self, pool: Pool, library: Library, occasions: Occasions, clock: Clock) -> None:
        self._pool = pool
        self._library = library
        self._occasions = occasions
        self._clock = clock
        self._heads: dict[FlowName, Head] = {}
        self._known: dict[FlowName, dict[str, Known]] = {}
        self._turn = asyncio.Lock()
        self.version = 0
        """Grows whenever a trigger came, changed or went."""

    def find(self, key: TriggerKey) -> Known | None:
        """A trigger that may start its flow; None for one that is not there or cannot be read."""
        return self._known.get(key[:2], {}).get(key[2])

    def all(self) -> Iterator[Known]:
        for known in self._known.values():
            yield from known.values()

    async def refresh(self) -> None:
        """Take over what was saved, switched or deleted since the last time."""
        async with self._turn:
            heads = await trigger_state.heads(self._pool)
            changed = [name for name, head in heads.items() if self._heads.get(name) != head]
            for start in range(0, len(changed), _CHUNK):
                await self._read({n: heads[n] for n in changed[start : start + _CHUNK]})
            gone = self._heads.keys() - heads.keys()
            for name in gone:
                del self._heads[name]
                self._known.pop(name, None)
            if gone:
                self.version += 1
            await trigger_state.tidy(self._pool)
            await self._wake_idle()

    async def _read(self, heads: dict[FlowName, Head]) -> None:
        named = [(name, head.revision) for name, head in heads.items()]
        mentioning = await trigger_state.mentioning(self._pool, named)
        declared: list[Declaration] = []
        for name, head in heads.items():
            self._known.pop(name, None)
            if name in mentioning:
                declared += await self._read_flow(name, head)
        await trigger_state.declare(self._pool, named, declared, self._clock.now())
        self._heads.update(heads)
        self.version += 1

    async def _read_flow(self, name: FlowName, head: Head) -> list[Declaration]:
        try:
            flow = await self._library.find(*name, head.revision)
        except Unavailable:
            raise
        except FlowdeckError as error:
            _log.warning("The triggers of %s.%s are left out: %s", *name, error)
            return []
        known: dict[str, Known] = {}
        declared = []
        is_off = flow.disabled or head.disabled
        for trigger in flow.triggers:
            key = (*name, trigger.id)
            signature = _signature(trigger, is_off)
            kind = await self._prepared(flow, trigger)
            if kind is not None and not is_off and not trigger.disabled:
                known[trigger.id] = Known(key, flow, trigger, kind, signature)
            next_at = self._first(known[trigger.id].kind) if trigger.id in known else None
            declared.append(_declaration(key, trigger, head, next_at, signature))
        self._known[name] = known
        return declared

    def _first(self, kind: TriggerType) -> datetime | None:
        now = self._clock.now()
        match kind:
            case TimedTrigger():
                return kind.next(now)
            case HttpTrigger():
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
        except FlowdeckError as error:
            _log.warning(
                "The trigger %s of %s.%s rests: %s", trigger.id, flow.namespace, flow.id, error
            )
            return None

    async def _wake_idle(self) -> None:
        """Give triggers that were switched on again their next moment, counted from now."""
        for key in await trigger_state.idle(self._pool, _CLOCKED):
            known = self.find(key)
            if known is not None:
                next_at = self._first(known.kind)
                await trigger_state.wake(self._pool, key, next_at, known.signature)


def _declaration(
    key: TriggerKey, trigger: Trigger, head: Head, next_at: datetime | None, signature: str
) -> Declaration:
    is_over = trigger.type in _CLOCKED and next_at is None
    return Declaration(
        key=key,
        type=trigger.type,
        flow_revision=head.revision,
        disabled=trigger.disabled,
        next_at=next_at,
        since=head.updated_at,
        signature=signature,
        memory={"over": True} if is_over else {},
    )


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
