"""`jdbc.duckdb`: SQL on files and in memory, by the embedded DuckDB."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
from pydantic import BaseModel, Field

from runtime.tasks.jdbc.blocking import Blocking, Cursor
from runtime.tasks.jdbc.query import ManyQueries, OneQuery, Session, SqlTask
from runtime.tasks.jdbc.results import QueriesOutputs, QueryOutputs
from runtime.tasks.properties import Text, Texts
from runtime.tasks.task import Run, TaskFailed
from runtime.tasks.working_files import InputFiles, inside, place_files

if TYPE_CHECKING:
    import duckdb

_PREFIX = "jdbc:duckdb:"
_DATABASE = "database.duckdb"
_LEAST_MEMORY = 256 << 20


class DuckDbOutputs(QueryOutputs):
    database_uri: str | None = None
    output_files: dict[str, str] | None = None


class DuckDbManyOutputs(QueriesOutputs):
    database_uri: str | None = None
    output_files: dict[str, str] | None = None


class DuckDbTask(SqlTask):
    """What both tasks share.

    A statement may use a quarter of the machine's memory and then goes to the disk; `SET
    memory_limit` changes that. Relative paths in a statement start in the task's directory.
    `inputFiles` are put there; a statement writes to `{{ outputFiles.name }}` for each name of
    `outputFiles`. `databaseUri` is a stored database to start from; with `outputDbFile` the
    database is stored at the end.
    """

    database_uri: Text | None = None
    output_db_file: bool = False
    input_files: InputFiles = Field(default_factory=dict)
    output_files: Texts = Field(default_factory=list)

    def more_variables(self, run: Run) -> dict[str, object]:
        outputs = {name: str(inside(run.directory, name)) for name in self.output_files}
        inputs = {name: str(inside(run.directory, name)) for name in self.input_files}
        return {
            "workingDir": str(run.directory),
            "outputFiles": outputs,
            "inputFiles": inputs,
        }

    @asynccontextmanager
    async def session(self, run: Run) -> AsyncIterator[Session]:
        await place_files(run, self.input_files)
        path = self._path(run)
        if self.database_uri:
            await run.files.fetch(self.database_uri, Path(path))
        # not above: it takes 0.2 s to import, which every start would pay
        import duckdb

        try:
            connection = duckdb.connect(path)
        except duckdb.Error as error:
            raise TaskFailed(f"The database cannot be opened: {error}") from error
        try:
            _prepare(connection, run.directory, self.time_zone_id)
            yield self._over(connection)
        finally:
            connection.close()

    def _over(self, connection: "duckdb.DuckDBPyConnection") -> Session:
        import duckdb

        def execute(sql: str, given: Mapping[str, object]) -> Cursor:
            return connection.execute(sql, dict(given) or None)

        return Blocking(
            execute,
            connection.interrupt,
            connection.commit,
            lambda _: None,
            place=lambda name: f"${name}",
            parameters=self.parameters,
            batch=self.fetch_size,
            failures=(duckdb.Error,),
        )

    def _path(self, run: Run) -> str:
        place = (self.url or "").removeprefix(_PREFIX).partition("?")[0]
        if self.database_uri:
            return str(run.directory / _DATABASE)
        if place and place != ":memory:":
            return place if Path(place).is_absolute() else str(inside(run.directory, place))
        return str(run.directory / _DATABASE) if self.output_db_file else ":memory:"

    async def stored(self, run: Run) -> dict[str, object]:
        """The database and the files that were asked for, as outputs."""
        outputs: dict[str, object] = {}
        if self.output_db_file:
            outputs["database_uri"] = await run.files.put(_DATABASE, Path(self._path(run)))
        if self.output_files:
            outputs["output_files"] = {
                name: await _stored_file(run, name) for name in self.output_files
            }
        return outputs


class Query(DuckDbTask, OneQuery):
    """Run SQL on DuckDB and yield the result of the last statement."""

    type_name = "io.kestra.plugin.jdbc.duckdb.Query"
    outputs = DuckDbOutputs

    async def run(self, run: Run) -> BaseModel:
        last = (await self.results(run))[-1]
        return DuckDbOutputs.model_validate({**dict(last), **await self.stored(run)})


class Queries(DuckDbTask, ManyQueries):
    """Run SQL on DuckDB and yield the result of every statement."""

    type_name = "io.kestra.plugin.jdbc.duckdb.Queries"
    outputs = DuckDbManyOutputs

    async def run(self, run: Run) -> BaseModel:
        found = await self.results(run)
        return DuckDbManyOutputs.model_validate({"outputs": found, **await self.stored(run)})


def _prepare(
    connection: "duckdb.DuckDBPyConnection", directory: Path, time_zone: str | None
) -> None:
    connection.execute("SET file_search_path = $place", {"place": str(directory)})
    megabytes = max(_LEAST_MEMORY, psutil.virtual_memory().total // 4) >> 20
    connection.execute("SET memory_limit = $size", {"size": f"{megabytes}MB"})
    connection.execute("SET temp_directory = $place", {"place": str(directory / ".duckdb")})
    if time_zone:
        import duckdb

        try:
            connection.execute("SET TimeZone = $zone", {"zone": time_zone})
        except duckdb.Error as error:
            raise TaskFailed(f"`timeZoneId` cannot be used: {error}") from error
    connection.begin()


async def _stored_file(run: Run, name: str) -> str:
    path = inside(run.directory, name)
    if not path.is_file():
        raise TaskFailed(f"No statement wrote the output file {name!r}.")
    return await run.files.put(name, path)
