"""What triggers said when they were evaluated: their last lines (trigger_logs.sql)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from runtime.executions.model import LogLevel
from runtime.store.encoding import clean
from runtime.store.logs import message_holds, plain_level
from runtime.store.pool import Pool
from runtime.store.statements import Statements
from runtime.store.tables import Column, SortKey, Special, Table
from runtime.store.triggers import TriggerKey

_SQL = Statements("trigger_logs")
KEPT = 200
"""Lines of one trigger; older ones go when new ones come."""

TRIGGER_LOGS = Table(
    select=_SQL["select"],
    columns={
        "text": Special(message_holds),
        "trigger": Column("trigger"),
        "level": Column("level", plain=plain_level),
        "at": Column("at"),
    },
    orders={"position": SortKey(("position",), ("bigint",))},
)


@dataclass(frozen=True, slots=True)
class TriggerLine:
    """One line that a trigger said; `execution_id` where it speaks of one that it started."""

    key: TriggerKey
    at: datetime
    level: LogLevel
    message: str
    execution_id: str | None = None
    position: int = 0
    """Its place among all lines, once it is stored."""


def name_of(key: TriggerKey) -> str:
    """The key as one text."""
    return "/".join(key)


def record_of(row: asyncpg.Record) -> TriggerLine:
    namespace, flow_id, trigger_id = row["trigger"].split("/")
    return TriggerLine(
        key=(namespace, flow_id, trigger_id),
        at=row["at"],
        level=LogLevel(row["level"]),
        message=row["message"],
        execution_id=row["execution_id"],
        position=row["position"],
    )


async def write(pool: Pool, lines: Sequence[TriggerLine]) -> None:
    """Append lines, in order; of each trigger the last `KEPT` stay."""
    rows = [
        (name_of(line.key), line.at, int(line.level), clean(line.message), line.execution_id)
        for line in lines
    ]
    names = sorted({row[0] for row in rows})
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(_SQL["write"], *map(list, zip(*rows, strict=True)))
        await connection.execute(_SQL["trim"], names, KEPT)
