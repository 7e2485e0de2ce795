"""Loop: claim the executions of dead servers and let them go on."""

import logging

from runtime.clock import Clock
from runtime.engine.admission import Admission
from runtime.engine.holder import Holder
from runtime.executions.messages import Recover
from runtime.executions.states import ExecutionState
from runtime.store import holding
from runtime.store.pool import Pool

_EVERY = 2.0
_MOST = 200
_log = logging.getLogger(__name__)


class Rescuer:
    """Finds executions whose holder is gone; the first look is at once."""

    def __init__(self, pool: Pool, holder: Holder, admission: Admission, clock: Clock) -> None:
        self._pool = pool
        self._holder = holder
        self._admission = admission
        self._clock = clock

    async def rescue(self) -> None:
        """Take over what has no holder, then wait a little. One turn of a Loop."""
        now = self._clock.now()
        found = await holding.orphans(self._pool, self._holder.owner, now, _MOST)
        if found:
            _log.info("Taking over %d executions of a server that is gone.", len(found))
        for execution_id in found:
            try:
                await self._take_over(execution_id)
            except Exception:
                _log.exception("execution %s could not be taken over", execution_id)
        if len(found) < _MOST:
            await self._clock.sleep(_EVERY)

    async def _take_over(self, execution_id: str) -> None:
        actor = await self._holder.hold(execution_id)
        if actor is None:
            return
        if actor.execution.state in (ExecutionState.CREATED, ExecutionState.RESTARTED):
            await self._admission.begin(actor)
        else:
            actor.tell(Recover())
