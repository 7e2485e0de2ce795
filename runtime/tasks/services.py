"""What working tasks may use beyond their own execution. The engine makes it once per server."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import httpx

from runtime.clock import Clock
from runtime.config import Settings
from runtime.executions.model import LogLevel, LogLine
from runtime.executions.states import ExecutionState
from runtime.files.store import FileStore
from runtime.files.vault import Vault
from runtime.flows.types import KnownTypes
from runtime.store.pool import Pool


@dataclass(frozen=True, slots=True)
class FlowName:
    namespace: str
    flow_id: str


@dataclass(frozen=True, slots=True)
class ExecutionQuery:
    """Which executions are meant; what is None or empty does not narrow.

    `namespace` covers the namespaces below it too. Times compare with the start (creation).
    """

    namespace: str | None = None
    flow_id: str | None = None
    states: Sequence[ExecutionState] = ()
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class LogQuery:
    """Which log lines are meant; `level` is the lowest one, `levels` an exact choice."""

    namespace: str | None = None
    flow_id: str | None = None
    execution_id: str | None = None
    task_ids: Sequence[str] = ()
    level: LogLevel | None = None
    levels: Sequence[LogLevel] = ()
    start: datetime | None = None
    end: datetime | None = None


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


class Executions(Protocol):
    """What tasks may ask about other executions."""

    async def count(self, query: ExecutionQuery) -> int: ...

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
