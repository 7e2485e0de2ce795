"""What working tasks may use beyond their own execution. The engine makes it once per server."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import httpx

from runtime.clock import Clock
from runtime.config import Settings
from runtime.executions.model import LogLine
from runtime.executions.states import ExecutionState
from runtime.files.store import FileStore
from runtime.files.vault import Vault
from runtime.flows.types import KnownTypes
from runtime.store.housekeeping import ExecutionQuery, LogQuery
from runtime.store.pool import Pool


@dataclass(frozen=True, slots=True)
class FlowName:
    namespace: str
    flow_id: str


@dataclass(frozen=True, slots=True)
class LogRecord:
    """A log line with the execution that it belongs to."""

    execution_id: str
    namespace: str
    flow_id: str
    line: LogLine


@dataclass(frozen=True, slots=True)
class Purge:
    """What a purge takes away of the finished executions that it finds."""

    executions: bool = True
    logs: bool = True
    metrics: bool = True
    files: bool = True


@dataclass(frozen=True, slots=True)
class Purged:
    """How many of each are gone."""

    executions: int = 0
    logs: int = 0
    metrics: int = 0
    files: int = 0

    def __add__(self, other: "Purged") -> "Purged":
        return Purged(
            self.executions + other.executions,
            self.logs + other.logs,
            self.metrics + other.metrics,
            self.files + other.files,
        )


class Executions(Protocol):
    """What tasks may ask about other executions."""

    async def count(self, query: ExecutionQuery) -> int: ...

    async def state(self, execution_id: str, at: datetime) -> ExecutionState | None:
        """The state of one; None when there is none."""
        ...

    async def purge(self, query: ExecutionQuery, what: Purge) -> Purged:
        """Remove finished executions; unfinished ones stay."""
        ...

    def logs(self, query: LogQuery) -> AsyncIterator[LogRecord]:
        """Lines in the order in which they were written, read in batches."""
        ...

    async def purge_logs(self, query: LogQuery) -> int: ...

    async def toggle_trigger(
        self, flow: FlowName, trigger_id: str, *, enabled: bool, at: datetime
    ) -> bool:
        """False when there is no such trigger."""
        ...


@dataclass(frozen=True, slots=True)
class Services:
    """Shared by every task run of a server."""

    pool: Pool
    files: FileStore
    http: httpx.AsyncClient
    """Follows no redirects by itself; its limits and connections are shared."""
    executions: Executions
    clock: Clock
    vault: Vault
    settings: Settings
    types: KnownTypes
    """Every type of this server; `properties` of a task's is its class."""
