"""`core.storage`: work on stored files as a whole; `storage_items.py` looks into their rows."""

from collections.abc import AsyncIterator
from pathlib import PurePosixPath
from tempfile import TemporaryDirectory
from typing import Annotated

from pydantic import BaseModel, Field

from runtime.ids import new_id
from runtime.tasks.properties import Structured, Text, Texts
from runtime.tasks.splitting import Cut, byte_size, lines_backwards, split
from runtime.tasks.task import Outputs, Run, TaskFailed, WorkTask
from runtime.tasks.threads import Stop, in_thread
from runtime.tasks.working_files import InputFiles, collect_files, place_files


class UriOutputs(Outputs):
    uri: str


class UrisOutputs(Outputs):
    uris: list[str]


class Concat(WorkTask):
    """Join stored files into one, in their order, with `separator` between them."""

    type_name = "io.kestra.plugin.core.storage.Concat"
    outputs = UriOutputs

    files: Annotated[Texts, Structured]
    separator: Text | None = None
    extension: Text = ".tmp"

    async def run(self, run: Run) -> BaseModel:
        return UriOutputs(uri=await run.files.put_new(self.extension, self._joined(run)))

    async def _joined(self, run: Run) -> AsyncIterator[bytes]:
        for number, uri in enumerate(self.files):
            if number and self.separator:
                yield self.separator.encode()
            async for chunk in run.files.open(uri):
                yield chunk


class Split(WorkTask):
    """Cut a stored file of lines into several.

    By `rows`, by `bytes` (as `10MB`), or into `partitions`; one of them.
    """

    type_name = "io.kestra.plugin.core.storage.Split"
    outputs = UrisOutputs

    from_: Text = Field(alias="from")
    bytes: Text | None = None
    partitions: int | None = None
    rows: int | None = None
    separator: Text = "\n"

    async def run(self, run: Run) -> BaseModel:
        if [self.bytes, self.partitions, self.rows].count(None) != 2:
            raise TaskFailed("Write one of `rows`, `bytes` and `partitions`.")
        size = byte_size(self.bytes) if self.bytes else None
        cut = Cut(self.rows, size, self.partitions, self.separator.encode() or b"\n")
        return UrisOutputs(uris=await split_stored(run, self.from_, cut))


async def split_stored(run: Run, uri: str, cut: Cut) -> list[str]:
    """Cut a stored file and store the parts; their addresses, in order."""
    suffix = PurePosixPath(uri).suffix
    with TemporaryDirectory(dir=run.directory) as place:
        folder = run.directory / place
        source = folder / "source"
        await run.files.fetch(uri, source)
        parts = await in_thread(lambda stop: split(source, folder, cut, stop))
        name = new_id("f")
        return [
            await run.files.put(f"{name}-{number}{suffix}", part)
            for number, part in enumerate(parts)
        ]


class SizeOutputs(Outputs):
    size: int
    """Bytes."""


class Size(WorkTask):
    """Tell how many bytes a stored file has."""

    type_name = "io.kestra.plugin.core.storage.Size"
    outputs = SizeOutputs

    uri: Text

    async def run(self, run: Run) -> BaseModel:
        return SizeOutputs(size=(await run.files.find(self.uri)).size)


class Reverse(WorkTask):
    """Turn the order of a file's lines around."""

    type_name = "io.kestra.plugin.core.storage.Reverse"
    outputs = UriOutputs

    from_: Text = Field(alias="from")
    separator: Text = "\n"
    charset: Text = "UTF-8"

    async def run(self, run: Run) -> BaseModel:
        separator = self.separator.encode(self.charset)
        with TemporaryDirectory(dir=run.directory) as place:
            source, target = run.directory / place / "source", run.directory / place / "target"
            await run.files.fetch(self.from_, source)

            def work(stop: Stop) -> None:
                with target.open("wb") as file:
                    for line in lines_backwards(source, separator, stop):
                        file.write(line + separator)

            await in_thread(work)
            return UriOutputs(uri=await run.files.put_new(PurePosixPath(self.from_).suffix, target))


class DeleteOutputs(Outputs):
    uri: str
    deleted: bool


class Delete(WorkTask):
    """Delete a stored file; one that is not there is a failure with `errorOnMissing`."""

    type_name = "io.kestra.plugin.core.storage.Delete"
    outputs = DeleteOutputs

    uri: Text
    error_on_missing: bool = False

    async def run(self, run: Run) -> BaseModel:
        deleted = await run.files.delete(self.uri)
        if not deleted and self.error_on_missing:
            raise TaskFailed(f"There is no stored file {self.uri}.")
        return DeleteOutputs(uri=self.uri, deleted=deleted)


class StoredOutputs(Outputs):
    uris: dict[str, str]
    """From path to address."""


class LocalFiles(WorkTask):
    """Put files into the working directory, and store files from it.

    `inputs` maps names to contents or addresses of stored files; `outputs` lists patterns.
    """

    type_name = "io.kestra.plugin.core.storage.LocalFiles"
    outputs = StoredOutputs

    inputs: InputFiles = Field(default_factory=dict)
    stored: Annotated[Texts, Field(alias="outputs", default_factory=list)]

    async def run(self, run: Run) -> BaseModel:
        await place_files(run, self.inputs)
        return StoredOutputs(uris=await collect_files(run, self.stored))


class PurgeCurrentExecutionFiles(WorkTask):
    """Delete every file that this execution has stored so far."""

    type_name = "io.kestra.plugin.core.storage.PurgeCurrentExecutionFiles"
    aliases = ("io.kestra.core.tasks.storages.PurgeExecution",)
    outputs = UrisOutputs

    async def run(self, run: Run) -> BaseModel:
        found = [file.uri async for file in run.files.store.list(run.files.prefix)]
        await run.files.purge()
        return UrisOutputs(uris=found)


class Write(WorkTask):
    """Store a text as a file."""

    type_name = "io.kestra.plugin.core.storage.Write"
    outputs = UriOutputs

    content: Text
    extension: Text | None = None

    async def run(self, run: Run) -> BaseModel:
        extension = f".{self.extension.removeprefix('.')}" if self.extension else ""
        return UriOutputs(uri=await run.files.put_new(extension, self.content.encode()))
