"""The two parts of a WorkingDirectory that do I/O: fill the directory, and keep files from it.

Nobody writes them in a flow; they run before and after the children, with the properties of the
WorkingDirectory itself.
"""

import tarfile
from datetime import timedelta
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from runtime.errors import NotFound
from runtime.executions.model import LogLevel
from runtime.executions.plan import COLLECT, PREPARE
from runtime.files.uris import checked_key
from runtime.flows.types import Properties
from runtime.tasks.core.storage_items import scratch_file
from runtime.tasks.properties import Seconds, Structured, Texts
from runtime.tasks.task import Outputs, Run, TaskFailed, WorkTask
from runtime.tasks.threads import in_thread
from runtime.tasks.working_files import (
    InputFiles,
    NamespaceFiles,
    collect_files,
    matching_files,
    place_files,
    place_namespace_files,
)


class Cache(Properties):
    """Files that the next execution finds again, unless they are older than `ttl`."""

    patterns: Texts
    ttl: Seconds | None = None


class Part(WorkTask):
    """What both parts share."""

    model_config = ConfigDict(extra="ignore")

    cache: Annotated[Cache, Structured] | None = None

    def cache_key(self, run: Run) -> str:
        place = run.namespace.replace(".", "/")
        return checked_key(f"{place}/{run.flow_id}/_cache/{run.task_id}.tar")


class Prepare(Part):
    """Put the input files, files of the namespace and cached files into a working directory."""

    type_name = PREPARE

    input_files: InputFiles = Field(default_factory=dict)
    namespace_files: Annotated[NamespaceFiles, Structured] | None = None

    async def run(self, run: Run) -> None:
        if self.cache is not None:
            await self._restore(run, self.cache)
        await place_namespace_files(run, self.namespace_files)
        await place_files(run, self.input_files)

    async def _restore(self, run: Run, cache: Cache) -> None:
        key = self.cache_key(run)
        try:
            stored = await run.services.files.find(key)
            if cache.ttl and run.now() - stored.modified_at > timedelta(seconds=cache.ttl):
                await run.services.files.delete(key)
                return
            async with scratch_file(run) as path:
                await run.services.files.fetch(key, path)
                await in_thread(lambda _: _unpack(path, run.directory))
        except NotFound:
            run.log(LogLevel.DEBUG, "There are no cached files yet.")


class CollectOutputs(Outputs):
    output_files: dict[str, str] = Field(default_factory=dict)
    """From path to address."""


class Collect(Part):
    """Store the output files of a working directory, and files for the next execution."""

    type_name = COLLECT
    outputs = CollectOutputs

    output_files: Texts = Field(default_factory=list)

    async def run(self, run: Run) -> BaseModel:
        if self.cache is not None:
            names = matching_files(run.directory, self.cache.patterns)
            async with scratch_file(run) as path:
                await in_thread(lambda _: _pack(path, run.directory, names))
                await run.services.files.put(self.cache_key(run), path)
        return CollectOutputs(output_files=await collect_files(run, self.output_files))


def _pack(archive: Path, directory: Path, names: list[str]) -> None:
    with tarfile.open(archive, "w") as tar:
        for name in names:
            tar.add(directory / name, arcname=name, recursive=False)


def _unpack(archive: Path, directory: Path) -> None:
    try:
        with tarfile.open(archive) as tar:
            tar.extractall(directory, filter="data")
    except tarfile.TarError as error:
        raise TaskFailed(f"The cached files cannot be used: {error}.") from error
