"""What tasks may ask about other executions (`runtime.tasks.services.Executions`)."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime

from runtime.engine.removal import Removal
from runtime.events.bus import Bus, Topic
from runtime.executions.model import LogLine
from runtime.executions.states import ExecutionState
from runtime.store import executions, housekeeping, trigger_state
from runtime.store.housekeeping import ExecutionQuery, LogQuery
from runtime.store.pool import Pool
from runtime.tasks.services import FlowName, LogRecord, Purge, Purged

_BATCH = 500
_TERMINAL = tuple(state for state in ExecutionState if state.is_terminal)


@dataclass(frozen=True, slots=True)
class OtherExecutions:
    """Implements Executions over the store."""

    pool: Pool
    removal: Removal
    bus: Bus

    async def count(self, query: ExecutionQuery) -> int:
        return await housekeeping.count(self.pool, query)

    async def state(self, execution_id: str, at: datetime) -> ExecutionState | None:
        found = (await executions.by_ids(self.pool, [execution_id], at)).get(execution_id)
        return None if found is None else found.state

    async def purge(self, query: ExecutionQuery, what: Purge) -> Purged:
        states = tuple(state for state in query.states or _TERMINAL if state.is_terminal)
        total = Purged()
        if not states:
            return total
        wanted = replace(query, states=states)
        after: str | None = None
        while doomed := await housekeeping.matching(self.pool, wanted, after, _BATCH):
            total += await self.removal.remove(doomed, what)
            after = doomed[-1]
        return total

    async def logs(self, query: LogQuery) -> AsyncIterator[LogRecord]:
        after = 0
        while lines := await housekeeping.log_lines(self.pool, query, after, _BATCH):
            for row in lines:
                line = LogLine(
                    row.at, row.level, row.message, row.task_run_id, row.task_id, row.attempt
                )
                yield LogRecord(row.execution_id, row.namespace, row.flow_id, line)
            after = lines[-1].position

    async def purge_logs(self, query: LogQuery) -> int:
        return await housekeeping.delete_log_lines(self.pool, query)

    async def toggle_trigger(
        self, flow: FlowName, trigger_id: str, *, enabled: bool, at: datetime
    ) -> bool:
        key = (flow.namespace, flow.flow_id, trigger_id)
        found = await trigger_state.switch(self.pool, key, not enabled, at)
        self.bus.announce(Topic.TRIGGERS, trigger_id)
        return found
