"""Files that come into a task's directory, and files that leave it for the storage."""

import os
import re
from collections.abc import Mapping, Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import Annotated
from zlib import crc32

import orjson
from pydantic import Field

from runtime.errors import FlowdeckError
from runtime.files.scope import namespace_prefix
from runtime.files.store import FileStore
from runtime.files.uris import checked_name, is_stored
from runtime.flows.types import Properties
from runtime.tasks.properties import AnyMap, Structured, Text, Texts
from runtime.tasks.task import Run, TaskFailed

_URI = re.compile(r"(?:kestra|flowdeck):///[^\s'\"`,;|&<>(){}\[\]$\\]+")

InputFiles = AnyMap
"""From file name to its content, or to the address of a stored file."""


class NamespaceFiles(Properties):
    """Which files of the namespace are put into the directory; patterns as in a shell."""

    enabled: bool = True
    include: Annotated[Texts, Structured] = Field(default_factory=list)
    exclude: Annotated[Texts, Structured] = Field(default_factory=list)
    namespaces: Texts = Field(default_factory=lambda: ["{{ flow.namespace }}"])
    if_exists: Text = "OVERWRITE"
    folder_per_namespace: bool = False


async def place_files(run: Run, files: Mapping[str, object]) -> None:
    """Put input files into the run's directory; names with folders make them."""
    for name, content in files.items():
        target = inside(run.directory, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        match content:
            case None:
                continue
            case str(uri) if is_stored(uri) or uri.startswith("nsfile:"):
                await run.files.fetch(uri, target)
            case str(text):
                target.write_text(text, "utf-8")
            case _:
                target.write_bytes(orjson.dumps(content))


async def place_namespace_files(run: Run, wanted: NamespaceFiles | None) -> int:
    """Put the chosen files of the namespace into the run's directory; how many."""
    if wanted is None or not wanted.enabled:
        return 0
    count = 0
    for written in wanted.namespaces:
        namespace = run.namespace if "{{" in written else written
        for name in await namespace_names(run.services.files, namespace):
            if not is_chosen(name, wanted.include, wanted.exclude):
                continue
            place = f"{namespace}/{name}" if wanted.folder_per_namespace else name
            target = inside(run.directory, place)
            target.parent.mkdir(parents=True, exist_ok=True)
            await run.services.files.fetch(f"{namespace_prefix(namespace)}/{name}", target)
            count += 1
    return count


async def namespace_names(store: FileStore, namespace: str) -> list[str]:
    """The paths of a namespace's files, sorted."""
    prefix = namespace_prefix(namespace)
    return sorted([file.key[len(prefix) + 1 :] async for file in store.list(prefix)])


def is_chosen(name: str, include: Sequence[str], exclude: Sequence[str]) -> bool:
    """Whether a path matches a pattern of `include` (or there is none) and none of `exclude`."""
    if include and not any(_matches(name, pattern) for pattern in include):
        return False
    return not any(_matches(name, pattern) for pattern in exclude)


async def collect_files(run: Run, patterns: Sequence[str]) -> dict[str, str]:
    """Store every file that matches; from its path in the directory to its address.

    A symbolic link that leads out of the directory is refused.
    """
    names = matching_files(run.directory, patterns)
    return {name: await run.files.put(name, run.directory / name) for name in names}


def matching_files(directory: Path, patterns: Sequence[str]) -> list[str]:
    """The paths of all files that match. Raises TaskFailed for one that leads out."""
    found: dict[str, None] = {}
    root = directory.resolve()
    for pattern in patterns:
        for path in sorted(_matching(directory, pattern)):
            if not path.is_file():
                continue
            name = path.relative_to(directory).as_posix()
            if not path.resolve().is_relative_to(root):
                raise TaskFailed(f"The output file {name} is a link that leaves the directory.")
            found[name] = None
    return list(found)


async def place_mentioned(run: Run, text: str) -> str:
    """The text with every address of a stored file replaced by the path of a local copy."""
    for uri in dict.fromkeys(_URI.findall(text)):
        target = (
            run.directory / "inputs" / f"{crc32(uri.encode()):08x}-{uri.rpartition('/')[2][-80:]}"
        )
        target.parent.mkdir(exist_ok=True)
        if not target.exists():
            await run.files.fetch(uri, target)
        text = text.replace(uri, str(target))
    return text


def inside(directory: Path, name: str) -> Path:
    """The path of a file that a user named. Raises TaskFailed when it would leave the directory."""
    try:
        path = directory / checked_name(name)
    except FlowdeckError as error:
        raise TaskFailed(str(error)) from None
    root = os.path.realpath(directory)
    if not os.path.realpath(path).startswith(root + os.sep):
        raise TaskFailed(f"The file name {name!r} leads out of the task's directory.")
    return path


def _matching(directory: Path, pattern: str) -> list[Path]:
    try:
        relative = checked_name(pattern)
        relative += "/*" if relative.endswith("**") else ""
        return list(directory.glob(relative))
    except (FlowdeckError, ValueError, NotImplementedError):
        raise TaskFailed(
            f"{pattern!r} cannot be used in `outputFiles`; write a path or pattern below the "
            "task's directory, such as `*.csv` or `out/**/*.json`."
        ) from None


def _matches(name: str, pattern: str) -> bool:
    plain = pattern.removeprefix("glob:").removeprefix("/")
    return fnmatch(name, plain) or fnmatch(name, plain.replace("**/", ""))
