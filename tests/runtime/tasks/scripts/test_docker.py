"""Commands in a container, from the pull of the image to the end of the last process."""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from runtime.executions.model import LogLevel
from runtime.tasks.scripts.runners import DockerRunner, TaskRunner
from runtime.tasks.task import TaskFailed
from tests.support.docker import Engine, docker_engine
from tests.support.running import FakeRun
from tests.support.waiting import until

COMMANDS = "io.kestra.plugin.scripts.shell.Commands"
IN_DOCKER = {"taskRunner": {"type": "io.kestra.plugin.scripts.runner.docker.Docker"}}


@pytest.fixture
async def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Engine]:
    folder = tmp_path / "docker"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    monkeypatch.setenv("DOCKER_HOST", f"unix://{folder}/socket")
    async with docker_engine(folder) as found:
        yield found


async def test_logs_outputs_and_files_come_out_of_a_container(engine: Engine, run: FakeRun) -> None:
    outputs = await run.do(
        COMMANDS,
        **IN_DOCKER,
        containerImage="alpine",
        env={"WORD": "hidden", "PATH": os.environ["PATH"]},
        inputFiles={"in.txt": "from outside"},
        outputFiles=["*.out"],
        commands=[
            "cat in.txt; echo; echo $WORD; echo oops >&2; cp in.txt a.out",
            'echo \'::{"outputs": {"n": 3}}::\'',
        ],
    )
    assert sorted(run.lines) == [
        (LogLevel.INFO, "from outside"),
        (LogLevel.INFO, "hidden"),
        (LogLevel.ERROR, "oops"),
    ]
    assert (outputs["vars"], outputs["exitCode"]) == ({"n": 3}, 0)
    assert await run.read(outputs["outputFiles"]["a.out"]) == b"from outside"
    [container] = engine.containers
    assert container.image == "alpine"
    assert container.values("--volume")[0] == f"{run.directory}:{run.directory}"
    assert engine.names == {}, "the container is gone"


async def test_the_exit_code_of_a_container_is_the_tasks(engine: Engine, run: FakeRun) -> None:
    with pytest.raises(TaskFailed, match="exit code 3") as failed:
        await run.do(COMMANDS, **IN_DOCKER, containerImage="alpine", commands=["exit 3"])
    assert failed.value.outputs is not None
    assert failed.value.outputs["exitCode"] == 3


async def test_a_container_that_is_killed_or_too_late_leaves_nothing(
    engine: Engine, run: FakeRun
) -> None:
    work = asyncio.create_task(
        run.do(COMMANDS, **IN_DOCKER, containerImage="alpine", commands=["sleep 100"])
    )
    await until(lambda: engine.names)
    [container] = engine.names.values()
    assert container.process is not None
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert engine.names == {}
    assert container.process.returncode == -9


async def test_an_image_that_cannot_be_had_is_told_in_dockers_words(
    engine: Engine, run: FakeRun
) -> None:
    with pytest.raises(TaskFailed, match="exit code 125"):
        await run.do(COMMANDS, **IN_DOCKER, containerImage="no/such", commands=["true"])
    assert run.messages == ["docker: pull access denied for no/such."]


async def test_the_deprecated_keys_mean_the_same(engine: Engine, run: FakeRun) -> None:
    docker = {
        "image": "ubuntu",
        "networkMode": "host",
        "pullPolicy": "NEVER",
        "entryPoint": ["/usr/bin/env", "GREETING=hello"],
        "volumes": ["/data:/data:ro"],
        "shmSize": "64M",
        "user": "1000",
    }
    await run.do(COMMANDS, runner="DOCKER", docker=docker, commands=["echo $GREETING"])
    [container] = engine.containers
    assert run.messages == ["hello"]
    assert container.image == "ubuntu"
    for option, value in {"--network": "host", "--pull": "never", "--shm-size": "64M"}.items():
        assert container.values(option) == [value]
    assert container.values("--user") == ["1000"]


async def test_python_runs_with_its_helper_library_in_a_container(
    engine: Engine, run: FakeRun
) -> None:
    outputs = await run.do(
        "io.kestra.plugin.scripts.python.Script",
        **IN_DOCKER,
        containerImage="python:3",
        env={"PATH": os.environ["PATH"]},
        script="from kestra import Kestra\nKestra.outputs({'where': 'inside'})",
    )
    assert outputs["vars"] == {"where": "inside"}
    assert engine.containers[0].values("--volume")[1].endswith("/library:ro")


async def test_an_engine_that_does_not_answer_is_told(
    engine: Engine, run: FakeRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCKER_HOST", "unix:///nowhere/docker.sock")
    with pytest.raises(TaskFailed, match="does not answer: Cannot connect to the Docker daemon"):
        await run.do(COMMANDS, **IN_DOCKER, containerImage="alpine", commands=["true"])


def test_accounts_of_registries_stand_in_a_file_and_on_no_command_line(tmp_path: Path) -> None:
    account = {"registry": "registry.example.com", "username": "ada", "password": "hidden"}
    runner = TaskRunner.model_validate(
        {"type": "Docker", "host": "tcp://docker:2375", "credentials": account}
    )
    command = DockerRunner(runner, "alpine").client(tmp_path)
    assert command == ["docker", "--host", "tcp://docker:2375", "--config", str(tmp_path)]
    assert "YWRhOmhpZGRlbg==" in (tmp_path / "config.json").read_text()
