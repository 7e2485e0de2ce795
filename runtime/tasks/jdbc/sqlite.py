"""`jdbc.sqlite`: SQL on an SQLite database file."""

import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from pydantic import BaseModel

from runtime.tasks.jdbc.blocking import Blocking, Cursor
from runtime.tasks.jdbc.query import ManyQueries, OneQuery, Session, SqlTask
from runtime.tasks.jdbc.results import QueriesOutputs, QueryOutputs
from runtime.tasks.properties import Text
from runtime.tasks.task import Run, TaskFailed
from runtime.tasks.working_files import inside

_PREFIX = "jdbc:sqlite:"
_DATABASE = "database.sqlite"


class SqliteOutputs(QueryOutputs):
    database_uri: str | None = None


class SqliteManyOutputs(QueriesOutputs):
    database_uri: str | None = None


class SqliteTask(SqlTask):
    """What both tasks share. `sqliteFile` is a stored database to start from; with
    `outputDbFile` the database is stored at the end."""

    sqlite_file: Text | None = None
    output_db_file: bool = False

    @asynccontextmanager
    async def session(self, run: Run) -> AsyncIterator[Session]:
        if self.sqlite_file:
            await run.files.fetch(self.sqlite_file, self._path(run))
        try:
            connection = sqlite3.connect(
                self._path(run), check_same_thread=False, isolation_level=None
            )
            connection.execute("BEGIN")
        except sqlite3.Error as error:
            raise TaskFailed(f"The database cannot be opened: {error}.") from error
        try:
            yield self._over(connection)
        finally:
            connection.close()

    def _over(self, connection: sqlite3.Connection) -> Session:
        def execute(sql: str, given: Mapping[str, object]) -> Cursor:
            return connection.execute(sql, given)

        return Blocking(
            execute,
            connection.interrupt,
            connection.commit,
            lambda cursor: _changed(cursor),
            place=lambda name: f":{name}",
            parameters=self.parameters,
            batch=self.fetch_size,
            failures=(sqlite3.Error, OverflowError),
        )

    def _path(self, run: Run) -> Path:
        place = (self.url or "").removeprefix(_PREFIX).partition("?")[0]
        if place == ":memory:" and not (self.output_db_file or self.sqlite_file):
            return Path(":memory:")
        if place in ("", ":memory:"):
            return run.directory / _DATABASE
        return Path(place) if Path(place).is_absolute() else inside(run.directory, place)

    async def stored(self, run: Run) -> dict[str, object]:
        if not self.output_db_file:
            return {}
        return {"database_uri": await run.files.put(_DATABASE, self._path(run))}


class Query(SqliteTask, OneQuery):
    """Run SQL on SQLite and yield the result of the last statement."""

    type_name = "io.kestra.plugin.jdbc.sqlite.Query"
    outputs = SqliteOutputs

    async def run(self, run: Run) -> BaseModel:
        last = (await self.results(run))[-1]
        return SqliteOutputs.model_validate({**dict(last), **await self.stored(run)})


class Queries(SqliteTask, ManyQueries):
    """Run SQL on SQLite and yield the result of every statement."""

    type_name = "io.kestra.plugin.jdbc.sqlite.Queries"
    outputs = SqliteManyOutputs

    async def run(self, run: Run) -> BaseModel:
        found = await self.results(run)
        return SqliteManyOutputs.model_validate({"outputs": found, **await self.stored(run)})


def _changed(cursor: Cursor) -> int | None:
    count = getattr(cursor, "rowcount", -1)
    return count if count >= 0 else None
