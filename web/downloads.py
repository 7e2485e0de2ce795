"""Logs and files of executions to take home, streamed."""

import mimetypes
from collections.abc import AsyncIterator
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from runtime.engine.lifespan import Runtime
from runtime.errors import FlowdeckError, NotFound
from runtime.files.scope import execution_of
from runtime.files.uris import key_of
from runtime.store import executions, logs
from web.answers import refusal_of, request_id_of

_LINES = 1_000


async def execution_logs(request: Request) -> Response:
    """The log of an execution as text, a line each: time, level, task, message."""
    runtime: Runtime = request.app.state.runtime
    execution_id: str = request.path_params["execution_id"]
    try:
        await _check(runtime, execution_id)
    except FlowdeckError as error:
        return refusal_of(error, request_id_of(request))
    return StreamingResponse(
        _log_text(runtime, execution_id),
        media_type="text/plain; charset=utf-8",
        headers=_attached(f"{execution_id}.log"),
    )


async def execution_file(request: Request) -> Response:
    """A stored file of an execution, or the range of it that is asked for."""
    runtime: Runtime = request.app.state.runtime
    execution_id: str = request.path_params["execution_id"]
    try:
        await _check(runtime, execution_id)
        key = key_of(request.query_params.get("path", ""))
        if execution_of(key) != execution_id:
            raise NotFound("The execution has no such file.")
        found = await runtime.files.find(key)
    except FlowdeckError as error:
        return refusal_of(error, request_id_of(request))
    name = key.rsplit("/", 1)[-1]
    # A file of a user must never run as a page of ours. It is not compressed on the way: whoever
    # goes on with a part counts in the bytes of the file.
    headers = _attached(name) | {
        "accept-ranges": "bytes",
        "content-encoding": "identity",
        "content-security-policy": "sandbox; default-src 'none'",
    }
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    wanted = _range(request.headers.get("range", ""), found.size)
    if wanted is None:
        headers["content-length"] = str(found.size)
        return StreamingResponse(runtime.files.open(key), 200, headers, kind)
    start, end = wanted
    if start >= end:
        return Response(status_code=416, headers={"content-range": f"bytes */{found.size}"})
    headers["content-length"] = str(end - start)
    headers["content-range"] = f"bytes {start}-{end - 1}/{found.size}"
    return StreamingResponse(_part(runtime.files.open(key), start, end), 206, headers, kind)


async def _check(runtime: Runtime, execution_id: str) -> None:
    found = await executions.by_ids(runtime.pool, [execution_id], runtime.clock.now())
    if execution_id not in found:
        raise NotFound(f"There is no execution {execution_id}.")


async def _log_text(runtime: Runtime, execution_id: str) -> AsyncIterator[str]:
    after = 0
    while lines := await logs.chunk(runtime.pool, execution_id, after, _LINES):
        after = lines[-1].position
        yield "".join(
            f"{line.at.isoformat(timespec='milliseconds')} {line.level.name:5} "
            f"{line.task_id or '-'} {line.message}\n"
            for line in lines
        )


async def _part(chunks: AsyncIterator[bytes], start: int, end: int) -> AsyncIterator[bytes]:
    place = 0
    async for chunk in chunks:
        if place >= end:
            return
        part = chunk[max(start - place, 0) : end - place]
        place += len(chunk)
        if part:
            yield part


def _range(header: str, size: int) -> tuple[int, int] | None:
    """The first and one past the last byte (RFC 9110, section 14.1.2); None for the whole, which
    is also the answer to what cannot be read. Empty when it lies behind the end."""
    unit, _, spec = header.partition("=")
    first, dash, last = spec.strip().partition("-")
    if unit != "bytes" or not dash or "," in spec:
        return None
    try:
        if not first:
            return max(size - int(last), 0), size
        end = min(int(last) + 1, size) if last else size
        return int(first), end
    except ValueError:
        return None


def _attached(name: str) -> dict[str, str]:
    return {"content-disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
