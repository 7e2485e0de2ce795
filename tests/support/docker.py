"""A small Docker engine for tests: a `docker` program, and a server that its containers belong to.

As with the real one, a container is no child of the program that started it: it goes on when that
one dies, until `docker rm --force`. "Images" are names; what runs in a container is a process in
the mounted directory, with the variables that were named and nothing else.
"""

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

PROGRAM = """#!{python} -IS
import json, os, socket, sys
engine = socket.socket(socket.AF_UNIX)
try:
    engine.connect(os.environ["DOCKER_HOST"].removeprefix("unix://"))
except OSError:
    sys.exit("Cannot connect to the Docker daemon. Is the docker daemon running?")
asked = {{"arguments": sys.argv[1:], "environment": dict(os.environ)}}
engine.sendall(json.dumps(asked).encode() + b"\\n")
for line in engine.makefile("rb"):
    stream, text = json.loads(line)
    if stream == 0:
        sys.exit(int(text))
    os.write(stream, text.encode())
"""
IMAGES = {"alpine", "ubuntu", "python:3"}
WITH_VALUE = {
    *("--name", "--workdir", "--volume", "--user", "--env", "--pull", "--entrypoint", "--cpus"),
    *("--network", "--memory", "--add-host", "--shm-size", "--publish"),
}


@dataclass
class Container:
    """What was asked for, and the process that stands for it."""

    image: str
    options: list[tuple[str, str]]
    command: list[str]
    process: asyncio.subprocess.Process | None = None

    def values(self, option: str) -> list[str]:
        return [value for name, value in self.options if name == option]


@dataclass
class Engine:
    """`containers` are all that were ever started, `names` those that are still there."""

    folder: Path
    containers: list[Container] = field(default_factory=list)
    names: dict[str, Container] = field(default_factory=dict)

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            asked = json.loads(await reader.readline())
            code = await self._do(asked["arguments"], asked["environment"], writer)
            _tell(writer, 0, str(code))
            await writer.drain()
        writer.close()

    async def _do(
        self, arguments: list[str], environment: dict[str, str], writer: asyncio.StreamWriter
    ) -> int:
        while arguments[0] in ("--config", "--host"):
            arguments = arguments[2:]
        match arguments:
            case ["version", *_]:
                _tell(writer, 1, "27.0\n")
            case ["rm", "--force", name]:
                await self._remove(name)
            case ["run", *rest]:
                return await self._run(_container(rest), environment, writer)
        return 0

    async def _run(
        self, container: Container, environment: dict[str, str], writer: asyncio.StreamWriter
    ) -> int:
        if container.image not in IMAGES:
            _tell(writer, 2, f"docker: pull access denied for {container.image}.\n")
            return 125
        self.containers.append(container)
        name = container.values("--name")[0]
        given = {each: environment[each] for each in container.values("--env")}
        container.process = await asyncio.create_subprocess_exec(
            *container.values("--entrypoint"),
            *container.command,
            cwd=container.values("--workdir")[0],
            env={"PATH": os.defpath, **given},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
        self.names[name] = container
        await asyncio.gather(
            _pass_on(container.process.stdout, 1, writer),
            _pass_on(container.process.stderr, 2, writer),
        )
        code = await container.process.wait()
        self.names.pop(name, None)
        return code if code >= 0 else 128 - code

    async def _remove(self, name: str) -> None:
        container = self.names.pop(name, None)
        if container is not None and container.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(container.process.pid, signal.SIGKILL)
            await container.process.wait()


@asynccontextmanager
async def docker_engine(folder: Path) -> AsyncIterator[Engine]:
    """The engine while it runs; put `folder` on the PATH and `DOCKER_HOST` to its `socket`."""
    program = folder / "docker"
    program.write_text(PROGRAM.format(python=sys.executable))
    program.chmod(0o755)
    engine = Engine(folder)
    server = await asyncio.start_unix_server(engine.answer, folder / "socket")
    async with server:
        yield engine


def _container(arguments: list[str]) -> Container:
    options: list[tuple[str, str]] = []
    while arguments[0].startswith("--"):
        option, *arguments = arguments
        value = arguments.pop(0) if option in WITH_VALUE else ""
        options.append((option, value))
    return Container(arguments[0], options, arguments[1:])


async def _pass_on(
    stream: asyncio.StreamReader | None, number: int, writer: asyncio.StreamWriter
) -> None:
    while stream is not None and (data := await stream.read(1 << 16)):
        with contextlib.suppress(ConnectionError):
            _tell(writer, number, data.decode("utf-8", "replace"))


def _tell(writer: asyncio.StreamWriter, stream: int, text: str) -> None:
    if not writer.is_closing():
        writer.write(json.dumps([stream, text]).encode() + b"\n")
