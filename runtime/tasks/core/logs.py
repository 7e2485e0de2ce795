"""`core.log`: read and purge the logs of executions; `log.py` writes them."""

from typing import Annotated, ClassVar

from pydantic import BaseModel, Field

from runtime.executions.model import LogLevel
from runtime.flows.types import MetricSpec
from runtime.store.housekeeping import LogQuery
from runtime.tasks.properties import Level, Moment, Structured, Text, Texts
from runtime.tasks.rows import write_row
from runtime.tasks.services import LogRecord
from runtime.tasks.task import Outputs, Run, WorkTask

_FILE = "logs.ion"


class FetchOutputs(Outputs):
    size: int
    """How many lines."""
    uri: str


class Fetch(WorkTask):
    """Store log lines as an ION file; without `executionId` those of this execution so far."""

    type_name = "io.kestra.plugin.core.log.Fetch"
    aliases = ("io.kestra.plugin.kestra.logs.Fetch",)
    outputs = FetchOutputs

    namespace: Text | None = None
    flow_id: Text | None = None
    execution_id: Text | None = None
    tasks_id: Texts = Field(default_factory=list)
    level: Level = "INFO"

    async def run(self, run: Run) -> BaseModel:
        query = LogQuery(
            execution_id=self.execution_id or run.execution_id,
            task_ids=self.tasks_id,
            level=LogLevel[self.level],
        )
        target = run.directory / _FILE
        size = 0
        with target.open("wb") as file:
            async for record in run.services.executions.logs(query):
                write_row(_row(record), file)
                size += 1
        return FetchOutputs(size=size, uri=await run.files.put_new(".ion", target))


class PurgeOutputs(Outputs):
    count: int


class PurgeLogs(WorkTask):
    """Delete log lines up to `endDate`."""

    type_name = "io.kestra.plugin.core.log.PurgeLogs"
    outputs = PurgeOutputs
    metrics: ClassVar[tuple[MetricSpec, ...]] = (
        MetricSpec("purged", "counter", "Lines that are gone."),
    )

    namespace: Text | None = None
    flow_id: Text | None = None
    execution_id: Text | None = None
    log_levels: Annotated[list[Level], Structured] = Field(default_factory=list)
    start_date: Moment | None = None
    end_date: Moment

    async def run(self, run: Run) -> BaseModel:
        count = await run.services.executions.purge_logs(
            LogQuery(
                self.namespace,
                self.flow_id,
                self.execution_id,
                levels=[LogLevel[level] for level in self.log_levels],
                start=self.start_date,
                end=self.end_date,
            )
        )
        run.counter("purged", count)
        return PurgeOutputs(count=count)


def _row(record: LogRecord) -> dict[str, object]:
    line = record.line
    return {
        "namespace": record.namespace,
        "flowId": record.flow_id,
        "executionId": record.execution_id,
        "taskId": line.task_id,
        "taskRunId": line.task_run_id,
        "attemptNumber": line.attempt,
        "timestamp": line.at,
        "level": line.level.name,
        "message": line.message,
    }
