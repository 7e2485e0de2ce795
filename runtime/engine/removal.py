"""Removes an execution and, as far as wanted, its logs, metrics and files."""

from dataclasses import dataclass

from runtime.clock import Clock
from runtime.events.bus import Bus, Topic
from runtime.files.scope import execution_prefix
from runtime.files.store import FileStore
from runtime.store.pool import Pool
from runtime.store.statements import Statements

_SQL = Statements("removal")
_ROWS = ("task_runs", "outputs", "messages", "slot", "execution")


@dataclass(frozen=True, slots=True)
class Doomed:
    """An execution that is to go, as it was last; nobody works on it."""

    id: str
    namespace: str
    flow_id: str
    state: str
    sequence: int


@dataclass(frozen=True, slots=True)
class Removal:
    """Removes executions, and tells those who watch them."""

    pool: Pool
    files: FileStore
    clock: Clock
    bus: Bus

    async def remove(
        self,
        doomed: Doomed,
        *,
        execution: bool = True,
        logs: bool = True,
        metrics: bool = True,
        files: bool = True,
    ) -> int:
        """Take the rows away in one transaction, then the files; how many files there were."""
        wanted = ((_ROWS, execution), (("logs",), logs), (("metrics",), metrics))
        names = [name for group, wish in wanted if wish for name in group]
        async with self.pool.acquire() as connection, connection.transaction():
            for name in names:
                await connection.execute(_SQL[name], doomed.id)
            if execution:
                await connection.execute(
                    _SQL["tell"],
                    doomed.id,
                    doomed.sequence + 1,
                    self.clock.now(),
                    doomed.state,
                    doomed.namespace,
                    doomed.flow_id,
                )
        self.bus.announce(Topic.EVENTS, doomed.id)
        if not files:
            return 0
        prefix = execution_prefix(doomed.namespace, doomed.flow_id, doomed.id)
        return await self.files.delete_below(prefix)
