"""Where commands run: as a process of this machine, or in a container of its Docker engine."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Annotated

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
            "io.kestra.plugin.scripts.runner.docker.Docker"
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
        await _check_engine()
        name = f"flowdeck-{run.task_run_id}-{run.attempt}".replace("_", "-")
        arguments = [_DOCKER, *self.options(name, command), self.image, *command.arguments]
        try:
            yield replace(command, arguments=arguments)
        finally:
            await _quietly(_DOCKER, "rm", "--force", name)

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
        if given.network_mode:
            options += ["--network", given.network_mode]
        if given.entry_point:
            options += ["--entrypoint", given.entry_point[0]]
        if memory := given.memory.get("memory"):
            options += ["--memory", str(memory)]
        if cpus := given.cpu.get("cpus"):
            options += ["--cpus", str(cpus)]
        pull = {"ALWAYS": "always", "NEVER": "never"}.get(given.pull_policy.upper(), "missing")
        return [*options, "--pull", pull]


async def _check_engine() -> None:
    if shutil.which(_DOCKER) is None:
        raise TaskFailed(
            f"This task wants a Docker container, and there is no `docker` here. {_HINT}"
        )
    code, said = await _quietly(_DOCKER, "version", "--format", "{{.Server.Version}}")
    if code != 0:
        raise TaskFailed(
            f"This task wants a Docker container, and the Docker engine does not answer: "
            f"{said.strip() or 'no reason given'}. {_HINT}"
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
