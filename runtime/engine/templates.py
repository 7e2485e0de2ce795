"""Flows put together with their templates, and kept in memory as long as they are asked for.

A flow without Template tasks is answered as it is, without a look at the database.
"""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol, TypeVar

from runtime.errors import FlowdeckError, NotFound, Unavailable
from runtime.flows.model import Flow, TemplateName
from runtime.flows.parse import defaults_of, parse
from runtime.flows.templates import Broken, Pins, Whole, all_named, put_together
from runtime.flows.type_defaults import TypeDefault
from runtime.flows.types import KnownTypes
from runtime.store import flows
from runtime.store.pool import Pool

_KEPT = 200
_KEPT_PINS = 4
"""Ways to put one flow together that are kept: the newest, and those of executions that run."""

R = TypeVar("R")
Find = Callable[[str, str, int], Awaitable[Flow]]


class Aside(Protocol):
    """Does work on a source; elsewhere when that is long."""

    async def __call__(self, source: str, work: Callable[[], R]) -> R: ...


@dataclass(slots=True)
class _Kept:
    """What was put together for one flow, by the pins; the flow is held so that its id stays."""

    flow: Flow
    names: frozenset[TemplateName]
    wholes: OrderedDict[frozenset[tuple[TemplateName, int]], Whole] = field(
        default_factory=OrderedDict
    )


class Templates:
    """Puts flows together. `find` gives a saved revision."""

    def __init__(self, pool: Pool, types: KnownTypes, find: Find, aside: Aside) -> None:
        self._pool = pool
        self._types = types
        self._find = find
        self._aside = aside
        self._kept: OrderedDict[int, _Kept] = OrderedDict()

    async def newest(self, flow: Flow, pins: Pins | None = None) -> Whole:
        """With the newest revisions of its templates, but for those that are pinned."""
        if not flow.templates:
            return Whole(flow)
        found: dict[TemplateName, int] = dict(pins or {})
        asked = frozenset(found)
        names = self._of(flow).names
        while True:
            found |= await self._heads(names - asked)
            asked |= names
            whole = await self.pinned(flow, found)
            names = all_named(whole.flow)
            if names <= asked:
                return whole

    async def pinned(self, flow: Flow, pins: Pins) -> Whole:
        """With these revisions of its templates; others are not there."""
        if not flow.templates:
            return Whole(flow)
        kept, key = self._of(flow), frozenset(pins.items())
        whole = kept.wholes.get(key)
        if whole is None:
            documents = await self._documents(flow, pins)
            whole = await self._aside(flow.source, partial(put_together, flow, documents))
            kept.names = all_named(whole.flow)
            kept.wholes[key] = whole
            if len(kept.wholes) > _KEPT_PINS:
                kept.wholes.popitem(last=False)
        else:
            kept.wholes.move_to_end(key)
        return whole

    def _of(self, flow: Flow) -> _Kept:
        kept = self._kept.get(id(flow))
        if kept is None:
            kept = self._kept[id(flow)] = _Kept(flow, frozenset(flow.templates))
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(id(flow))
        return kept

    async def _heads(self, names: frozenset[TemplateName]) -> dict[TemplateName, int]:
        """The newest revisions of those that are there."""
        if not names:
            return {}
        found = await flows.by_keys(self._pool, [(*name, None) for name in names])
        return {key[:2]: record.revision for key, record in found.items() if not record.deleted}

    async def _documents(self, flow: Flow, pins: Pins) -> Mapping[TemplateName, Flow | Broken]:
        read = partial(defaults_of, flow.source, self._types)
        defaults = await self._aside(flow.source, read)
        found = {name: await self._document(name, pin, defaults) for name, pin in pins.items()}
        return {name: document for name, document in found.items() if document is not None}

    async def _document(
        self, name: TemplateName, revision: int, defaults: tuple[TypeDefault, ...]
    ) -> Flow | Broken | None:
        """A template, read with the defaults of the flow that takes it in."""
        try:
            document = await self._find(*name, revision)
        except NotFound:
            return None
        except Unavailable:
            raise
        except FlowdeckError as error:
            return Broken(str(error))
        if not defaults:
            return document
        again = partial(parse, document.source, self._types, revision=revision, defaults=defaults)
        parsed = await self._aside(document.source, again)
        if parsed.flow is not None:
            return parsed.flow
        first = next(problem for problem in parsed.problems if problem.is_error)
        return Broken(f"{first.message} The `pluginDefaults` of the flow hold in it, too.")
