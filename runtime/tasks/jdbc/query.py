"""What all SQL tasks share: their properties, and how results become outputs."""

from abc import abstractmethod
from contextlib import AbstractAsyncContextManager
from typing import Annotated, ClassVar, Literal, Protocol

from pydantic import BaseModel, Field

from runtime.flows.types import MetricSpec, NotRendered
from runtime.ids import new_id
from runtime.tasks.core.http_options import Upper
from runtime.tasks.jdbc.results import Collector, QueriesOutputs, QueryOutputs
from runtime.tasks.jdbc.statements import statements
from runtime.tasks.properties import AnyMap, FetchType, Text
from runtime.tasks.sinks import RowFormat
from runtime.tasks.task import Run, TaskFailed, WorkTask


class Session(Protocol):
    """An open connection of some driver."""

    async def execute(self, sql: str, collector: Collector) -> int | None:
        """Run one statement; how many rows it changed, where the driver says so."""
        ...

    async def commit(self) -> None: ...


class SqlTask(WorkTask):
    """Properties of every SQL task. `:name` in a statement stands for an entry of `parameters`.

    `fetchType` says what happens with rows: `STORE` writes them to a file, `FETCH` yields them as
    outputs, `FETCH_ONE` only the first, `NONE` (the default) drops them. `format` is that of the
    stored file.
    """

    metrics: ClassVar[tuple[MetricSpec, ...]] = (
        MetricSpec("fetch.size", "counter", "Rows that were fetched."),
    )

    url: Text | None = None
    username: Text | None = None
    password: Text | None = None
    sql: Annotated[str, NotRendered()]
    fetch_type: FetchType = "NONE"
    fetch_size: int = Field(default=10_000, ge=1, le=100_000)
    store: bool = False
    fetch: bool = False
    fetch_one: bool = False
    parameters: AnyMap = Field(default_factory=dict)
    format: Annotated[Literal["ION", "CSV", "JSONL", "PARQUET"], Upper] = "ION"
    time_zone_id: Text | None = None

    @abstractmethod
    def session(self, run: Run) -> AbstractAsyncContextManager[Session]:
        """Connect; closed, and what was not committed undone, at the end."""

    def more_variables(self, run: Run) -> dict[str, object]:
        """What the statement's expressions see on top."""
        return {"workingDir": str(run.directory)}

    async def statements_of(self, run: Run) -> list[str]:
        text = str(await run.render(self.sql, self.more_variables(run)))
        found = statements(text)
        if not found:
            raise TaskFailed("`sql` holds no statement.")
        return found

    async def results(self, run: Run) -> list[QueryOutputs]:
        """Run every statement in one transaction; the outputs of each."""
        found = await self.statements_of(run)
        async with self.session(run) as session:
            outputs = [await self._one(run, session, sql) for sql in found]
            await session.commit()
        run.counter("fetch.size", sum(each.size or 0 for each in outputs))
        return outputs

    async def _one(self, run: Run, session: Session, sql: str) -> QueryOutputs:
        row_format = RowFormat(self.format)
        path = run.directory / f"{new_id('rows')}{row_format.suffix}"
        limit = run.services.settings.output_limit
        collector = Collector(self._wanted(), row_format, path, limit)
        try:
            changed = await session.execute(sql, collector)
        finally:
            collector.close()
        uri = None
        if path.exists():
            uri = await run.files.put(path.name, path)
            path.unlink()
        return collector.outputs(uri, changed)

    def _wanted(self) -> str:
        old = {"STORE": self.store, "FETCH": self.fetch, "FETCH_ONE": self.fetch_one}
        return next((name for name, is_set in old.items() if is_set), self.fetch_type)


class OneQuery(SqlTask):
    """Run SQL and yield the result of the last statement."""

    outputs = QueryOutputs

    async def run(self, run: Run) -> BaseModel:
        return (await self.results(run))[-1]


class ManyQueries(SqlTask):
    """Run SQL and yield the result of every statement."""

    outputs = QueriesOutputs

    async def run(self, run: Run) -> BaseModel:
        return QueriesOutputs(outputs=await self.results(run))
