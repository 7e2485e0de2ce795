"""The files among the outputs of a task run."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from resolvers import task_runs
from resolvers.context import Context
from runtime.errors import FlowdeckError
from runtime.files.scope import execution_of
from runtime.files.uris import is_stored, key_of
from runtime.store.task_runs import TaskRunRecord

_MOST = 1_000


@dataclass(frozen=True, slots=True)
class FoundFile:
    """`output` leads to it through the outputs; `size` is None when the file is gone."""

    name: str
    output: str
    uri: str
    url: str
    size: int | None


async def files(context: Context, task_run: TaskRunRecord) -> list[FoundFile]:
    """In the order of the outputs; at most a thousand."""
    outputs = await task_runs.outputs(context, task_run)
    found = [place for _, place in zip(range(_MOST), _addresses(outputs, ()), strict=False)]
    return list(
        await asyncio.gather(
            *(_file(context, task_run.execution_id, path, uri) for path, uri in found)
        )
    )


async def log_file(context: Context, uri: str) -> FoundFile:
    """The log lines that went to a file; of a replay it may be a file of the original."""
    key = key_of(uri)
    url = download_url(execution_of(key) or "", uri)
    return FoundFile(key.rsplit("/", 1)[-1], "log", uri, url, await _size(context, uri))


def download_url(execution_id: str, uri: str) -> str:
    """Where a file of an execution is downloaded."""
    return f"/api/v1/executions/{execution_id}/file?path={quote(uri, safe='')}"


async def _file(context: Context, execution_id: str, path: tuple[str, ...], uri: str) -> FoundFile:
    name = uri.rsplit("/", 1)[-1]
    return FoundFile(
        name, ".".join(path), uri, download_url(execution_id, uri), await _size(context, uri)
    )


async def _size(context: Context, uri: str) -> int | None:
    try:
        return (await context.runtime.files.find(key_of(uri))).size
    except FlowdeckError:
        return None


def _addresses(value: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, str):
        if is_stored(value):
            yield path, value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _addresses(each, (*path, str(key)))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _addresses(each, (*path, str(index)))
