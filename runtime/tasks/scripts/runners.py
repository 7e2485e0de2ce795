"""Where commands run: as a process of this machine, or in a container of its Docker engine."""

import asyncio
import os
import shutil
from base64 import b64encode
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import orjson
from pydantic import BeforeValidator, ConfigDict, Field

from runtime.flows.types import Properties
from runtime.tasks.properties import AnyMap, Text, Texts
from runtime.tasks.scripts.process import Command
from runtime.tasks.task import Run, TaskFailed

_DOCKER = "docker"
_HINT = (
    "Start Docker, or set DOCKER_HOST for the server, or run the commands on the server itself "
    "with `taskRunner: {type: io.kestra.plugin.core.runner.Process}`."
)


def _kind(value: object) -> object:
    name = str(value).rpartition(".")[2]
    if name not in {"Process", "Docker"}:
        raise ValueError(
            "the task runners are io.kestra.plugin.core.runner.Process and "
            "io.kestra.plugin.scripts.runner.docker.Docker; write one of them"
        )
    return name


class TaskRunner(Properties):
    """A task runner as written; what only other runners know is passed over."""

    model_config = ConfigDict(extra="ignore")

    type: Annotated[str, BeforeValidator(_kind)]
    image: Text | None = None
    pull_policy: Text = "IF_NOT_PRESENT"
    user: Text | None = None
    network_mode: Text | None = None
    entry_point: Texts = Field(default_factory=list)
    extra_hosts: Texts = Field(default_factory=list)
    volumes: Texts = Field(default_factory=list)
    memory: AnyMap = Field(default_factory=dict)
    cpu: AnyMap = Field(default_factory=dict)
    shm_size: Text | None = None
    privileged: bool = False
    port_bindings: Texts = Field(default_factory=list)
    host: Text | None = None
    """The address of the engine; without it the server's `DOCKER_HOST`, or the local one."""
    config: AnyMap | None = None
    """What stands in `~/.docker/config.json`, such as `auths` for registries."""
    credentials: AnyMap | None = None
    """`registry`, `username` and `password` of the registry with the image."""


def chosen_runner(
    runner: TaskRunner | None,
    old: str | None,
    docker: dict[str, object] | None,
    image: str | None,
) -> "ProcessRunner | DockerRunner":
    """The runner that the properties ask for; nothing means a process of this machine."""
    if not wants_container(runner, old, docker):
        return ProcessRunner()
    chosen = runner or TaskRunner.model_validate({"type": "Docker", **(docker or {})})
    return DockerRunner(chosen, chosen.image or image or "ubuntu")


def wants_container(
    runner: TaskRunner | None, old: str | None, docker: dict[str, object] | None
) -> bool:
    """Whether the commands shall run in a container."""
    if runner is not None:
        return runner.type == "Docker"
    return old == "DOCKER" or (old is None and bool(docker))


class ProcessRunner:
    """The commands run on this machine, as the account of the server."""

    @asynccontextmanager
    async def prepared(self, command: Command, run: Run) -> AsyncIterator[Command]:
        yield command


@dataclass(frozen=True)
class DockerRunner:
    """The commands run in a container; the task's directory is mounted under the same path."""

    properties: TaskRunner
    image: str

    @asynccontextmanager
    async def prepared(self, command: Command, run: Run) -> AsyncIterator[Command]:
        with TemporaryDirectory(prefix="flowdeck-docker-") as folder:
            docker = self.client(Path(folder))
            await _check_engine(docker)
            name = f"flowdeck-{run.task_run_id}-{run.attempt}".replace("_", "-")
            inside = [*self.properties.entry_point[1:], *command.arguments]
            arguments = [*docker, *self.options(name, command), self.image, *inside]
            try:
                yield replace(command, arguments=arguments)
            finally:
                await _quietly(*docker, "rm", "--force", name)

    def client(self, folder: Path) -> list[str]:
        """The `docker` command for the engine and the registry that are meant."""
        given = self.properties
        command = [_DOCKER]
        if given.host:
            command += ["--host", given.host]
        if config := {**(given.config or {}), **_auths(given)}:
            path = folder / "config.json"
            path.touch(mode=0o600)
            path.write_bytes(orjson.dumps(config))
            command += ["--config", str(folder)]
        return command

    def options(self, name: str, command: Command) -> list[str]:
        """The arguments of `docker` before the image; values of variables are not among them."""
        given = self.properties
        options = ["run", "--rm", "--init", "--name", name, "--workdir", str(command.directory)]
        options += ["--volume", f"{command.directory}:{command.directory}"]
        for mount in command.mounts:
            options += ["--volume", f"{mount}:{mount}:ro"]
        options += ["--user", given.user or f"{os.getuid()}:{os.getgid()}"]
        for variable in command.environment:
            options += ["--env", variable]
        for volume in given.volumes:
            options += ["--volume", volume]
        for host in given.extra_hosts:
            options += ["--add-host", host]
        for binding in given.port_bindings:
            options += ["--publish", binding]
        if given.network_mode:
            options += ["--network", given.network_mode]
        if given.entry_point:
            options += ["--entrypoint", given.entry_point[0]]
        options += _limits(given)
        pull = {"ALWAYS": "always", "NEVER": "never"}.get(given.pull_policy.upper(), "missing")
        return [*options, "--pull", pull]


def _limits(given: TaskRunner) -> list[str]:
    options = ["--privileged"] if given.privileged else []
    limits = {
        "--memory": given.memory.get("memory"),
        "--memory-swap": given.memory.get("memorySwap"),
        "--memory-reservation": given.memory.get("memoryReservation"),
        "--cpus": given.cpu.get("cpus"),
        "--shm-size": given.shm_size,
    }
    for option, limit in limits.items():
        if limit is not None:
            options += [option, str(limit)]
    return options


def _auths(given: TaskRunner) -> dict[str, object]:
    """The registry's account in the form of a Docker configuration."""
    account = given.credentials or {}
    if "username" not in account:
        return {}
    pair = f"{account['username']}:{account.get('password', '')}"
    registry = str(account.get("registry") or "https://index.docker.io/v1/")
    return {"auths": {registry: {"auth": b64encode(pair.encode()).decode()}}}


async def _check_engine(docker: Sequence[str]) -> None:
    if shutil.which(_DOCKER) is None:
        raise TaskFailed(
            f"This task wants a Docker container, and there is no `docker` here. {_HINT}"
        )
    code, said = await _quietly(*docker, "version", "--format", "{{.Server.Version}}")
    if code != 0:
        raise TaskFailed(
            f"This task wants a Docker container, and the Docker engine does not answer: "
            f"{said.strip().rstrip('.?') or 'no reason given'}. {_HINT}"
        )


async def _quietly(*arguments: str) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        *arguments,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await process.communicate()
    return process.returncode or 0, said.decode("utf-8", "replace")
