"""Run one command as a child process, read what it prints, and leave nothing behind."""

import asyncio
import contextlib
import os
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from runtime.tasks.scripts.lines import Lines
from runtime.tasks.task import TaskFailed

_WARDEN = str(Path(__file__).with_name("warden.py"))
_CHUNK = 1 << 16
_GRACE = 1.0
_PASSED = frozenset(
    {
        *("PATH", "HOME", "USER", "LOGNAME", "SHELL", "TERM", "TMPDIR", "JAVA_HOME", "DOCKER_HOST"),
        *("LANG", "LANGUAGE", "TZ", "SSL_CERT_FILE", "SSL_CERT_DIR"),
        *("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"),
    }
)
"""What a child inherits of the server's environment: nothing that could be a secret."""

OnLines = Callable[[Sequence[str]], None]


@dataclass(frozen=True, slots=True)
class Command:
    """`environment` comes on top of the harmless part of the server's own.

    `grace` is how many seconds the processes have between SIGTERM and SIGKILL.
    """

    arguments: Sequence[str]
    directory: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    mounts: Sequence[Path] = ()
    """Folders of libraries that a container must see under the same path."""
    grace: float = _GRACE
    longest_line: int = 1 << 16
    longest_mark: int = 1 << 21
    mask: Callable[[str], str] | None = None
    """Takes the secrets out of a line that is too long to be read as a whole."""


async def run_process(
    command: Command, stdout: OnLines, stderr: OnLines, flowing: Callable[[], Awaitable[None]]
) -> int:
    """Run it to its end; its exit code, 128 plus the number of the signal that killed it.

    `flowing` is awaited between chunks, so that a reader that is behind slows the process down.
    When this coroutine is cancelled, or a reader raises, the whole process tree is ended first.
    """
    process = await _start(command)
    assert process.stdin is not None and process.stdout is not None and process.stderr is not None  # noqa: S101, PT018 - asked for as pipes
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(_read(process.stdout, stdout, flowing, command))
            group.create_task(_read(process.stderr, stderr, flowing, command))
        return await process.wait()
    except ExceptionGroup as errors:
        raise errors.exceptions[0] from None
    finally:
        process.stdin.close()
        if process.returncode is None:
            await _until_gone(process)


async def _start(command: Command) -> asyncio.subprocess.Process:
    environment = {k: v for k, v in os.environ.items() if k in _PASSED or k.startswith("LC_")}
    try:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-S", _WARDEN, str(command.grace), *command.arguments),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            cwd=command.directory,
            env=environment | dict(command.environment),
            start_new_session=True,
            limit=_CHUNK,
        )
    except (OSError, ValueError) as error:
        raise TaskFailed(f"The command cannot be started: {error}.") from error


async def _read(
    stream: asyncio.StreamReader,
    on_lines: OnLines,
    flowing: Callable[[], Awaitable[None]],
    command: Command,
) -> None:
    lines = Lines(command.longest_line, command.longest_mark, command.mask)
    while chunk := await stream.read(_CHUNK):
        if found := lines.feed(chunk):
            on_lines(found)
        await flowing()
    if found := lines.end():
        on_lines(found)


async def _until_gone(process: asyncio.subprocess.Process) -> None:
    """Wait for the warden, whose end means that all are gone, however often one is cancelled."""
    end = asyncio.ensure_future(_drained(process))
    cancelled = False
    while not end.done():
        try:
            await asyncio.shield(end)
        except asyncio.CancelledError:
            cancelled = True
    if cancelled:
        raise asyncio.CancelledError


async def _drained(process: asyncio.subprocess.Process) -> None:
    async def drop(stream: asyncio.StreamReader | None) -> None:
        while stream is not None and await stream.read(_CHUNK):
            pass

    with contextlib.suppress(ProcessLookupError):
        await asyncio.gather(drop(process.stdout), drop(process.stderr), process.wait())
