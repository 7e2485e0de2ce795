"""`core.namespace`: files that belong to a namespace and outlive executions."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Annotated, ClassVar, Literal

import orjson
from pydantic import BaseModel, Field

from runtime.files.scope import namespace_prefix
from runtime.files.store import Content
from runtime.files.uris import checked_name, is_stored, key_of, uri_of
from runtime.flows.types import MetricSpec
from runtime.tasks.core.http_options import Upper
from runtime.tasks.properties import AnyMap, Structured, Text, Texts
from runtime.tasks.task import Outputs, Run, TaskFailed, WorkTask
from runtime.tasks.working_files import is_chosen, namespace_names


class FilesOutputs(Outputs):
    files: dict[str, str]
    """From path to address."""


class UploadFiles(WorkTask):
    """Put files into a namespace.

    `filesMap` maps paths to contents or addresses of stored files; `files` lists patterns of the
    working directory, or maps as `filesMap` does. `destination` is a folder that comes before.
    """

    type_name = "io.kestra.plugin.core.namespace.UploadFiles"
    outputs = FilesOutputs

    namespace: Text | None = None
    files: Annotated[list[Text] | dict[Text, object], Structured] = Field(default_factory=dict)
    files_map: AnyMap = Field(default_factory=dict)
    destination: Text = "/"
    conflict: Annotated[Literal["OVERWRITE", "ERROR", "SKIP"], Upper] = "OVERWRITE"

    async def run(self, run: Run) -> BaseModel:
        wanted: dict[str, object] = {**self.files_map}
        if isinstance(self.files, Mapping):
            wanted |= self.files
        else:
            wanted |= {name: run.directory / name for name in self._matching(run, self.files)}
        stored: dict[str, str] = {}
        for name, content in wanted.items():
            path = str(PurePosixPath(checked_name(f"{self.destination}/{name}".replace("//", "/"))))
            if (uri := await self._put(run, path, content)) is not None:
                stored[path] = uri
        return FilesOutputs(files=stored)

    def _matching(self, run: Run, patterns: list[str]) -> list[str]:
        names = [p.relative_to(run.directory).as_posix() for p in run.directory.rglob("*")]
        return sorted(
            name
            for name in names
            if is_chosen(name, patterns, ())
            and (run.directory / name).is_file()
            and not (run.directory / name).is_symlink()
        )

    async def _put(self, run: Run, path: str, content: object) -> str | None:
        key = f"{namespace_prefix(self.namespace or run.namespace)}/{path}"
        if self.conflict != "OVERWRITE" and await run.services.files.exists(key):
            if self.conflict == "SKIP":
                return None
            raise TaskFailed(f"The namespace has a file {path} already.")
        stored = await run.services.files.put(key, _body(run, content))
        return stored.uri


class DownloadFiles(WorkTask):
    """Fetch files of a namespace, so that tasks of this execution may use them.

    `files` are patterns; the outputs map the path of each to the address of a copy.
    """

    type_name = "io.kestra.plugin.core.namespace.DownloadFiles"
    outputs = FilesOutputs
    metrics: ClassVar[tuple[MetricSpec, ...]] = (
        MetricSpec("downloaded", "counter", "Files that were fetched."),
    )

    namespace: Text | None = None
    files: Annotated[Texts, Structured]
    destination: Text = ""

    async def run(self, run: Run) -> BaseModel:
        namespace = self.namespace or run.namespace
        found: dict[str, str] = {}
        for name in await namespace_names(run.services.files, namespace):
            if is_chosen(name, self.files, ()):
                key = f"{namespace_prefix(namespace)}/{name}"
                target = f"{self.destination.strip('/')}/{name}".lstrip("/")
                found[target] = await run.files.put(target, run.services.files.open(key))
        run.counter("downloaded", len(found))
        return FilesOutputs(files=found)


class DeleteOutputs(Outputs):
    files: list[str]


class DeleteFiles(WorkTask):
    """Delete the files of a namespace that match a pattern."""

    type_name = "io.kestra.plugin.core.namespace.DeleteFiles"
    outputs = DeleteOutputs
    metrics: ClassVar[tuple[MetricSpec, ...]] = (
        MetricSpec("deleted", "counter", "Files that are gone."),
    )

    namespace: Text | None = None
    files: Annotated[Texts, Structured]
    delete_parent_folder: bool | None = None

    async def run(self, run: Run) -> BaseModel:
        prefix = namespace_prefix(self.namespace or run.namespace)
        names = await namespace_names(run.services.files, self.namespace or run.namespace)
        gone = [name for name in names if is_chosen(name, self.files, ())]
        for name in gone:
            await run.services.files.delete(f"{prefix}/{name}")
        run.counter("deleted", len(gone))
        return DeleteOutputs(files=[uri_of(f"{prefix}/{name}") for name in gone])


def _body(run: Run, content: object) -> Content:
    match content:
        case str(uri) if is_stored(uri) and key_of(uri):
            return run.files.open(uri)
        case str(text):
            return text.encode()
        case Path():
            return content
    return orjson.dumps(content)
