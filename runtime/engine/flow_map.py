"""Keeps `flow_dependencies` at what the flows say, whoever saved them and on whichever server."""

import asyncio
import logging
from collections.abc import Sequence

from runtime.clock import Clock
from runtime.engine.library import Library
from runtime.errors import FlowdeckError, Unavailable
from runtime.flows.dependencies import Dependency
from runtime.store import dependencies
from runtime.store.dependencies import UnmappedFlow
from runtime.store.pool import Pool
from runtime.triggers.dependencies import of_flow

_CHUNK = 200
_EVERY = 30.0
_log = logging.getLogger(__name__)


class FlowMap:
    """Which flow depends on which. Whoever asks calls `refresh` first; it is cheap when nothing
    has changed."""

    def __init__(self, pool: Pool, library: Library, clock: Clock) -> None:
        self._pool = pool
        self._library = library
        self._clock = clock
        self._turn = asyncio.Lock()

    async def refresh(self) -> None:
        """Write down what flows that changed say now. Raises Unavailable."""
        if not await dependencies.is_behind(self._pool):
            return
        async with self._turn:
            while flows := await dependencies.unmapped(self._pool, _CHUNK):
                said = [(flow, await self._read(flow)) for flow in flows]
                await dependencies.write(self._pool, said)

    async def keep(self) -> None:
        """One turn of a Loop, so that whoever asks first after a start need not wait."""
        await self.refresh()
        await self._clock.sleep(_EVERY)

    async def _read(self, flow: UnmappedFlow) -> Sequence[Dependency]:
        if flow.is_deleted:
            return ()
        try:
            return of_flow(await self._library.find(*flow.name, flow.revision))
        except Unavailable:
            raise
        except FlowdeckError as error:
            _log.warning("The dependencies of %s.%s are left out: %s", *flow.name, error)
            return ()
