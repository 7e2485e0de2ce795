"""What every conversion does: fetch a stored file, walk through its rows, store the new file."""

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import ClassVar

from pydantic import BaseModel, Field

from runtime.flows.types import MetricSpec
from runtime.tasks.core.storage_items import scratch
from runtime.tasks.properties import Text
from runtime.tasks.row_files import RowSink
from runtime.tasks.rows import read_rows, write_rows
from runtime.tasks.task import Outputs, Run, TaskFailed, WorkTask
from runtime.tasks.threads import Stop, in_thread

RECORDS = (MetricSpec("records", "counter", "Rows that were converted."),)


class ConversionOutputs(Outputs):
    uri: str
    size: int
    """How many rows."""


class Conversion(WorkTask):
    """A file in, a file out; rows are streamed."""

    outputs = ConversionOutputs
    metrics: ClassVar[tuple[MetricSpec, ...]] = RECORDS
    suffix: ClassVar[str]

    from_: Text = Field(alias="from")

    @abstractmethod
    def convert(self, source: Path, target: Path, stop: Stop) -> int:
        """Blocking; how many rows."""

    async def run(self, run: Run) -> BaseModel:
        return await self.done(run, self.convert)

    async def done(self, run: Run, convert: Callable[[Path, Path, Stop], int]) -> BaseModel:
        """Fetch, convert in a thread, store."""
        async with scratch(run, self.from_) as (source, target):
            count = await in_thread(lambda stop: convert(source, target, stop))
            uri = await run.files.put_new(self.suffix, target)
        run.counter("records", count)
        return ConversionOutputs(uri=uri, size=count)


class ToIon(Conversion):
    """From another format to ION rows."""

    suffix = ".ion"

    @abstractmethod
    def rows(self, source: Path, stop: Stop) -> Iterator[object]: ...

    def convert(self, source: Path, target: Path, stop: Stop) -> int:
        return write_rows(self.rows(source, stop), target, stop)

    async def converted(
        self, run: Run, read: Callable[[Path, Stop], Iterator[object]]
    ) -> BaseModel:
        """The same with rows that are read by another function."""
        return await self.done(
            run, lambda source, target, stop: write_rows(read(source, stop), target, stop)
        )


class FromIon(Conversion):
    """From ION rows to another format."""

    @abstractmethod
    def sink(self, target: Path) -> RowSink: ...

    def convert(self, source: Path, target: Path, stop: Stop) -> int:
        with self.sink(target) as sink:
            return sink.write_all(map(as_map, read_rows(source, stop)), stop)


def as_map(row: object) -> Mapping[str, object]:
    if not isinstance(row, Mapping):
        raise TaskFailed(f"A row is not a map: {str(row)[:200]}.")
    return row
