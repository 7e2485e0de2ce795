"""Loop: servers that live by their lock and give no sign of life any more lose what they hold.

A process that hangs, or was stopped, keeps its connections and with them its lock. Its beats are
counted and no clock is compared: neither a clock that jumps nor one that is wrong can make anybody
look dead. Whoever comes back finds its row gone, makes itself known again and lets go of what
others have taken; what it writes before that is refused by the fence.
"""

import logging
from dataclasses import dataclass, field

from runtime.clock import Clock
from runtime.store import workers
from runtime.store.pool import Pool

LOOKS = 6
"""How many looks in a row without a new beat cost the lease."""
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Leases:
    """Watches the other servers."""

    pool: Pool
    owner: str
    clock: Clock
    seconds: float
    _seen: dict[str, tuple[int, int]] = field(default_factory=dict)
    """The last beat of each, and how often it was seen again."""

    async def look(self) -> None:
        """Look once, after a part of the lease. One turn of a Loop."""
        await self.clock.sleep(self.seconds / LOOKS)
        beats = await workers.beats(self.pool, self.owner)
        self._seen = {id_: (beat, self._repeats(id_, beat)) for id_, beat in beats.items()}
        for id_, (beat, repeats) in self._seen.items():
            if repeats >= LOOKS and await workers.evict(self.pool, id_, beat):
                _log.warning(
                    "%s gave no sign of life for %g s: others go on with what it held.",
                    id_,
                    self.seconds,
                )

    def _repeats(self, worker_id: str, beat: int) -> int:
        last, repeats = self._seen.get(worker_id, (beat, -1))
        return repeats + 1 if beat == last else 0
