"""What triggers that watch log lines and key-value pairs read and remember (watches.sql)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from runtime.executions.model import LogLevel
from runtime.store.encoding import to_json
from runtime.store.pool import Pool
from runtime.store.statements import Statements
from runtime.store.trigger_state import Due

_SQL = Statements("watches")


@dataclass(frozen=True, slots=True)
class Line:
    position: int
    execution_id: str
    namespace: str
    flow_id: str
    task_id: str | None
    at: datetime
    level: LogLevel
    message: str


@dataclass(frozen=True, slots=True)
class WatchedLines:
    """Which lines; `namespace` with those below it. Never those of the flow `own` itself."""

    own: tuple[str, str]
    namespace: str | None
    flow_id: str | None
    task_id: str | None
    level: LogLevel
    limit: int


async def memory(pool: Pool, due: Due) -> Mapping[str, object] | None:
    """None when the trigger was changed meanwhile."""
    found: Mapping[str, object] | None = await pool.fetchval(
        _SQL["memory"], *due.key, due.signature
    )
    return found


async def remember(pool: Pool, due: Due, news: Mapping[str, object]) -> bool:
    """False when the trigger was changed meanwhile."""
    text = to_json(dict(news))
    return await pool.fetchval(_SQL["remember"], *due.key, due.signature, text) is not None


async def last_line(pool: Pool) -> int:
    """The last position up to which every line is there."""
    found: int | None = await pool.fetchval(_SQL["last_line"])
    return found or 0


async def lines(pool: Pool, what: WatchedLines, after: int, up_to: int) -> list[Line]:
    """The first of them behind `after`, in order."""
    rows = await pool.fetch(
        _SQL["lines"],
        *(after, up_to, what.namespace, what.flow_id, what.task_id, int(what.level)),
        *(*what.own, what.limit),
    )
    return [Line(**{**row, "level": LogLevel(row["level"])}) for row in rows]


async def pairs(
    pool: Pool, namespace: str, key: str | None, prefix: str, now: datetime, limit: int
) -> dict[str, str]:
    """The stamp of each pair by its key: another one after every change."""
    rows = await pool.fetch(_SQL["pairs"], namespace, key, prefix, now, limit)
    return {row["key"]: row["stamp"] for row in rows}


async def values(
    pool: Pool, namespace: str, keys: Sequence[str], now: datetime
) -> dict[str, object]:
    """What is under these keys now."""
    rows = await pool.fetch(_SQL["values"], namespace, list(keys), now)
    return {row["key"]: row["value"] for row in rows}
