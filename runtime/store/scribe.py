"""Writes log lines and metric points in bulk, by COPY, inside the caller's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from runtime.events.event import StoredLog, StoredMetric
from runtime.executions.model import LogLevel, LogLine, Metric
from runtime.store.encoding import clean
from runtime.store.pool import Connection, Pool
from runtime.store.statements import Statements

_SQL = Statements("scribe")
_LOG_COLUMNS = list(StoredLog._fields)
_METRIC_COLUMNS = [
    "position", "execution_id", "namespace", "flow_id", "task_run_id", "task_id", "at", "name",
    "kind", "value", "tags",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Origin:
    """The execution that lines and points belong to."""

    execution_id: str
    namespace: str
    flow_id: str


@dataclass(frozen=True, slots=True)
class LogBlock:
    """Lines of one attempt that were told at once; `size` is their characters."""

    origin: Origin
    at: datetime
    level: LogLevel
    task_run_id: str
    task_id: str
    attempt: int
    messages: Sequence[str]
    size: int


async def write_blocks(connection: Connection, blocks: Sequence[LogBlock]) -> list[StoredLog]:
    """Append the lines of blocks and return them with their positions."""
    total = sum(len(block.messages) for block in blocks)
    if not total:
        return []
    positions = count(await take_positions(connection, "logs", total))
    stored: list[StoredLog] = []
    for block in blocks:
        place = block.origin
        execution_id, namespace, flow_id = place.execution_id, place.namespace, place.flow_id
        run_id, task_id, attempt = block.task_run_id, block.task_id, block.attempt
        at, level = block.at, block.level
        stored += [
            StoredLog(
                next(positions), execution_id, namespace, flow_id, run_id, task_id, attempt, at,
                level, clean(message),
            )
            for message in block.messages
        ]  # fmt: skip
    await _copy_logs(connection, stored)
    return stored


async def write_logs(
    connection: Connection, lines: Sequence[tuple[Origin, LogLine]]
) -> list[StoredLog]:
    """Append lines and return them with their positions."""
    if not lines:
        return []
    first = await take_positions(connection, "logs", len(lines))
    stored = [
        StoredLog(
            position=first + index,
            execution_id=origin.execution_id,
            namespace=origin.namespace,
            flow_id=origin.flow_id,
            task_run_id=line.task_run_id,
            task_id=line.task_id,
            attempt=line.attempt,
            at=line.at,
            level=line.level,
            message=clean(line.message),
        )
        for index, (origin, line) in enumerate(lines)
    ]
    await _copy_logs(connection, stored)
    return stored


async def write_metrics(
    connection: Connection, points: Sequence[tuple[Origin, Metric]]
) -> list[StoredMetric]:
    """Append points and return them with their positions."""
    if not points:
        return []
    first = await take_positions(connection, "metrics", len(points))
    stored = [
        StoredMetric(
            position=first + index,
            execution_id=origin.execution_id,
            namespace=origin.namespace,
            flow_id=origin.flow_id,
            task_run_id=point.task_run_id,
            task_id=point.task_id,
            at=point.at,
            name=clean(point.name),
            kind=point.kind,
            value=point.value,
            tags={clean(str(key)): clean(str(value)) for key, value in point.tags.items()},
        )
        for index, (origin, point) in enumerate(points)
    ]
    await connection.copy_records_to_table(
        "metrics",
        columns=_METRIC_COLUMNS,
        records=[
            (
                row.position, row.execution_id, row.namespace, row.flow_id, row.task_run_id,
                row.task_id, row.at, row.name, row.kind.value, row.value, row.tags,
            )
            for row in stored
        ],
    )  # fmt: skip
    return stored


async def _copy_logs(connection: Connection, rows: Sequence[StoredLog]) -> None:
    await connection.copy_records_to_table("logs", columns=_LOG_COLUMNS, records=rows)


async def take_positions(connection: Connection, stream: str, count: int) -> int:
    """The first of `count` positions, which are the caller's until the end of the transaction."""
    last: int = await connection.fetchval(_SQL["take_positions"], stream, count)
    return last - count + 1


async def transaction_of(connection: Connection) -> str:
    """What the transaction under way on a connection is called, to ask for its fate later."""
    name: str = await connection.fetchval(_SQL["transaction"])
    return name


async def is_committed(pool: Pool, transaction: str) -> bool:
    """What became of a transaction whose end was not heard of: PostgreSQL knows.

    Raises TimeoutError while it is under way still.
    """
    fate = await pool.fetchval(_SQL["fate"], transaction)
    if fate == "in progress":
        raise TimeoutError("The fate of a transaction is not known yet.")
    return bool(fate == "committed")
