"""Loop: claim the executions of dead servers and let them go on."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from runtime.clock import Clock
from runtime.engine.actor import Actor
from runtime.engine.admission import Admission
from runtime.engine.alarm import Alarm
from runtime.engine.holder import Holder
from runtime.store import holding
from runtime.store.pool import Pool

_EVERY = 2.0
_MOST = 200
_PATIENCE = 2.0
_STRAYS_EVERY = 5
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Rescuer:
    """Finds executions whose holder is gone; the first look is at once.

    They are taken in batches, each of which has to come to rest (for a while) before the next: what
    the server is asked meanwhile is answered between them.
    """

    pool: Pool
    holder: Holder
    admission: Admission
    alarm: Alarm
    clock: Clock
    _looks: int = 0
    _suspects: set[str] = field(default_factory=set)

    async def rescue(self) -> None:
        """Take over what has no holder, then wait a little. One turn of a Loop."""
        found = await holding.orphans(self.pool, self.holder.owner, self.clock.now(), _MOST)
        if found:
            _log.info("Taking over %d executions of a server that is gone.", len(found))
            await self._settled(await self.holder.hold_all(found))
        if len(found) < _MOST:
            await self._look_for_strays()
            await self.clock.sleep(_EVERY)

    async def _settled(self, actors: Sequence[Actor]) -> None:
        """Wait a while for what was taken over to come to rest, and let go of what rests."""
        await self.admission.all_have_begun()
        self.alarm.ring()
        working = [task for actor in actors if (task := actor.working) is not None]
        if working:
            await asyncio.wait(working, timeout=_PATIENCE)
        await self.holder.release(actors)

    async def _look_for_strays(self) -> None:
        """What is stored as ours and is not in memory: a fault came between, or the answer to its
        first write was lost. Twice in a row, since its first write may just be under way."""
        self._looks += 1
        if self._looks % _STRAYS_EVERY:
            return
        strays = await self.holder.strays(_MOST)
        again = [each for each in strays if each in self._suspects]
        self._suspects = set(strays)
        if again:
            _log.warning("Taking up %d executions that were left behind.", len(again))
            actors = await self.holder.hold_all(again)
            await asyncio.gather(*(self.admission.go_on_in_turn(actor) for actor in actors))
            await self._settled(actors)
