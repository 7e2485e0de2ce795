"""What tasks may ask about other executions (`runtime.tasks.services.Executions`)."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from runtime.engine.removal import Doomed, Removal
from runtime.events.bus import Bus, Topic
from runtime.executions.model import LogLevel, LogLine
from runtime.executions.states import ExecutionState
from runtime.store.pool import Pool
from runtime.store.statements import Statements
from runtime.tasks.services import ExecutionQuery, FlowName, LogQuery, LogRecord, Purge, Purged

_SQL = Statements("housekeeping")
_BATCH = 500
_TERMINAL = tuple(state for state in ExecutionState if state.is_terminal)


@dataclass(frozen=True, slots=True)
class OtherExecutions:
    """Implements Executions over the store."""

    pool: Pool
    removal: Removal
    bus: Bus

    async def count(self, query: ExecutionQuery) -> int:
        found: int = await self.pool.fetchval(_SQL["count"], *_filter(query, query.states))
        return found

    async def purge(self, query: ExecutionQuery, what: Purge) -> Purged:
        states = [s for s in (query.states or _TERMINAL) if s.is_terminal]
        after: str | None = None
        total = Purged()
        while states:
            rows = await self.pool.fetch(_SQL["matching"], *_filter(query, states), after, _BATCH)
            if not rows:
                break
            after = rows[-1]["id"]
            for row in rows:
                total = _sum(total, await self._purge_one(row, what))
        return total

    async def logs(self, query: LogQuery) -> AsyncIterator[LogRecord]:
        after = 0
        while rows := await self.pool.fetch(_SQL["logs"], after, *_log_filter(query), _BATCH):
            for row in rows:
                yield _record(row)
            after = rows[-1]["position"]

    async def purge_logs(self, query: LogQuery) -> int:
        gone: int = await self.pool.fetchval(_SQL["delete_logs"], 0, *_log_filter(query))
        return gone

    async def toggle_trigger(
        self, flow: FlowName, trigger_id: str, *, enabled: bool, at: datetime
    ) -> bool:
        found = await self.pool.fetchval(
            _SQL["toggle_trigger"], flow.namespace, flow.flow_id, trigger_id, not enabled, at
        )
        self.bus.announce(Topic.TRIGGERS, trigger_id)
        return found is not None

    async def _purge_one(self, row: asyncpg.Record, what: Purge) -> Purged:
        counts = await self.pool.fetchrow(_SQL["counts"], row["id"])
        doomed = Doomed(row["id"], row["namespace"], row["flow_id"], row["state"], row["sequence"])
        files = await self.removal.remove(
            doomed,
            execution=what.executions,
            logs=what.logs,
            metrics=what.metrics,
            files=what.files,
        )
        return Purged(
            executions=int(what.executions),
            logs=counts["logs"] if counts and what.logs else 0,
            metrics=counts["metrics"] if counts and what.metrics else 0,
            files=files,
        )


def _filter(query: ExecutionQuery, states: object) -> tuple[object, ...]:
    names = [state.value for state in states] if isinstance(states, list | tuple) else []
    return (query.namespace, query.flow_id, names, query.start, query.end)


def _log_filter(query: LogQuery) -> tuple[object, ...]:
    return (
        query.namespace,
        query.flow_id,
        query.execution_id,
        list(query.task_ids),
        None if query.level is None else int(query.level),
        [int(level) for level in query.levels],
        query.start,
        query.end,
    )


def _record(row: asyncpg.Record) -> LogRecord:
    line = LogLine(
        row["at"],
        LogLevel(row["level"]),
        row["message"],
        row["task_run_id"],
        row["task_id"],
        row["attempt"],
    )
    return LogRecord(row["execution_id"], row["namespace"], row["flow_id"], line)


def _sum(one: Purged, other: Purged) -> Purged:
    return Purged(
        one.executions + other.executions,
        one.logs + other.logs,
        one.metrics + other.metrics,
        one.files + other.files,
    )
