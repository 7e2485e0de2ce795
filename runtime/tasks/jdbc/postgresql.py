"""`jdbc.postgresql`: SQL on a PostgreSQL server."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import asyncpg
import orjson

from runtime.expressions.printing import to_text
from runtime.flows.truth import is_true
from runtime.tasks.jdbc.query import ManyQueries, OneQuery, Session, SqlTask
from runtime.tasks.jdbc.results import Collector
from runtime.tasks.jdbc.statements import checked_parameters, with_parameters
from runtime.tasks.task import Run, TaskFailed
from runtime.tasks.threads import in_thread

if TYPE_CHECKING:
    Connection = asyncpg.Connection[asyncpg.Record]
else:
    Connection = asyncpg.Connection

_TIMEOUT = 30.0
_BATCH = 500
_TLS = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
_FAILURES = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError)


class PostgresTask(SqlTask):
    """What both tasks share. `url` is `jdbc:postgresql://host:5432/database`; cancelling the task
    cancels the statement on the server."""

    @asynccontextmanager
    async def session(self, run: Run) -> AsyncIterator[Session]:
        connection = await self._connect()
        transaction = connection.transaction()
        try:
            await transaction.start()
            if self.time_zone_id:
                await connection.execute(
                    "SELECT set_config('TimeZone', $1, false)", self.time_zone_id
                )
            yield _Postgres(connection, self.parameters, min(self.fetch_size, _BATCH), transaction)
        except _FAILURES as error:
            raise TaskFailed(f"PostgreSQL refused: {error}.") from error
        finally:
            await connection.close(timeout=_TIMEOUT)

    async def _connect(self) -> Connection:
        parts = urlsplit((self.url or "").removeprefix("jdbc:"))
        if parts.scheme not in {"postgresql", "postgres"} or not parts.hostname:
            raise TaskFailed(
                "Write `url` as jdbc:postgresql://host:5432/database, and `username`, `password`."
            )
        options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        tls = options.get("sslmode", "prefer" if options.get("ssl") != "false" else "disable")
        if tls not in _TLS:
            raise TaskFailed(f"`sslmode` must be one of {', '.join(_TLS)}.")
        try:
            connection: Connection = await asyncpg.connect(  # type: ignore[call-overload]  # ssl is one of _TLS
                host=options.get("host", parts.hostname),
                port=parts.port or 5432,
                database=parts.path.lstrip("/") or None,
                user=self.username or options.get("user") or parts.username,
                password=self.password or options.get("password") or parts.password,
                ssl=tls,
                timeout=_TIMEOUT,
                statement_cache_size=0,
            )
            return connection
        except (*_FAILURES, ValueError, TimeoutError) as error:
            raise TaskFailed(
                f"PostgreSQL at {parts.hostname}:{parts.port or 5432} cannot be reached: "
                f"{str(error) or type(error).__name__}."
            ) from error


class Query(PostgresTask, OneQuery):
    """Run SQL on PostgreSQL and yield the result of the last statement."""

    type_name = "io.kestra.plugin.jdbc.postgresql.Query"


class Queries(PostgresTask, ManyQueries):
    """Run SQL on PostgreSQL in one transaction and yield the result of every statement."""

    type_name = "io.kestra.plugin.jdbc.postgresql.Queries"


class _Postgres:
    def __init__(
        self,
        connection: Connection,
        parameters: dict[str, object],
        batch: int,
        transaction: asyncpg.transaction.Transaction,
    ) -> None:
        self._connection = connection
        self._parameters = parameters
        self._batch = batch
        self._transaction = transaction

    async def execute(self, sql: str, collector: Collector) -> int | None:
        given = checked_parameters(sql, self._parameters)
        places = {name: f"${number}" for number, name in enumerate(given, start=1)}
        try:
            statement = await self._connection.prepare(with_parameters(sql, places.__getitem__))
            kinds = [kind.name for kind in statement.get_parameters()]
            values = [
                _typed(kind, value) for kind, value in zip(kinds, given.values(), strict=True)
            ]
            columns = [column.name for column in statement.get_attributes()]
            if not columns:
                await statement.fetch(*values)
                return _changed(statement.get_statusmsg())
            cursor = await statement.cursor(*values)
            while not collector.is_satisfied and (rows := await cursor.fetch(self._batch)):
                batch: Sequence[Sequence[object]] = [tuple(row.values()) for row in rows]
                await in_thread(partial(collector.take, columns, batch))
        except _FAILURES as error:
            raise TaskFailed(f"The statement failed: {error}\n{sql[:500]}") from error
        return None

    async def commit(self) -> None:
        await self._transaction.commit()


def _changed(status: str | None) -> int | None:
    last = (status or "").rpartition(" ")[2]
    return int(last) if last.isdigit() else None


def _typed(kind: str, value: object) -> object:
    """A parameter as the driver wants it for that type of column."""
    if value is None or kind not in _READERS:
        return value
    try:
        return _READERS[kind](value)
    except (ValueError, TypeError, ArithmeticError):
        raise TaskFailed(f"{to_text(value)[:80]!r} cannot be used as {kind}.") from None


def _whole(value: object) -> int:
    return int(to_text(value))


_READERS: dict[str, Callable[[object], object]] = {
    **dict.fromkeys(("int2", "int4", "int8"), _whole),
    **dict.fromkeys(("float4", "float8"), lambda value: float(to_text(value))),
    **dict.fromkeys(("text", "varchar", "bpchar", "name"), to_text),
    **dict.fromkeys(("json", "jsonb"), lambda value: orjson.dumps(value).decode()),
    **dict.fromkeys(
        ("timestamp", "timestamptz"), lambda value: datetime.fromisoformat(to_text(value))
    ),
    "numeric": lambda value: Decimal(to_text(value)),
    "bool": is_true,
    "date": lambda value: date.fromisoformat(to_text(value)),
    "time": lambda value: time.fromisoformat(to_text(value)),
    "uuid": lambda value: UUID(to_text(value)),
}
