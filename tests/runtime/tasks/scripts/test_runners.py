"""The command line that a container gets; that none answers is told in `test_shell`."""

import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from runtime.tasks.scripts.process import Command
from runtime.tasks.scripts.python import Script
from runtime.tasks.scripts.runners import (
    DockerRunner,
    ProcessRunner,
    TaskRunner,
    chosen_runner,
)

DOCKER = "io.kestra.plugin.scripts.runner.docker.Docker"
COMMAND = Command(
    ["/bin/sh", "-c", "true"], Path("/work/dir"), {"SECRET": "hidden"}, (Path("/lib"),)
)


def test_a_container_gets_the_directory_the_libraries_and_the_names_of_variables() -> None:
    written = {
        "type": DOCKER,
        "user": "root",
        "memory": {"memory": "512MB"},
        "cpu": {"cpus": 2},
        "networkMode": "host",
        "pullPolicy": "ALWAYS",
        "volumes": ["/data:/data"],
        "unknownToUs": True,
    }
    runner = chosen_runner(TaskRunner.model_validate(written), None, None, "alpine:3")
    assert isinstance(runner, DockerRunner)
    options = " ".join(runner.options("name", COMMAND))
    for part in (
        "run --rm --init --name name --workdir /work/dir",
        "--volume /work/dir:/work/dir",
        "--volume /lib:/lib:ro",
        "--volume /data:/data",
        "--env SECRET",
        "--user root",
        "--memory 512MB",
        "--cpus 2",
        "--network host",
        "--pull always",
    ):
        assert part in options
    assert "hidden" not in options
    assert runner.image == "alpine:3"


def test_without_a_user_files_belong_to_the_server() -> None:
    runner = DockerRunner(TaskRunner.model_validate({"type": DOCKER}), "alpine")
    assert f"--user {os.getuid()}:{os.getgid()}" in " ".join(runner.options("n", COMMAND))


@pytest.mark.parametrize(
    ("runner", "old", "docker", "kind"),
    [
        (None, None, None, ProcessRunner),
        (None, "PROCESS", {"image": "x"}, ProcessRunner),
        (None, "DOCKER", None, DockerRunner),
        (None, None, {"image": "x"}, DockerRunner),
        ({"type": DOCKER}, "PROCESS", None, DockerRunner),
        ({"type": "io.kestra.plugin.core.runner.Process"}, "DOCKER", None, ProcessRunner),
    ],
)
def test_the_newer_way_to_choose_a_runner_wins(
    runner: dict[str, object] | None,
    old: str | None,
    docker: dict[str, object] | None,
    kind: type,
) -> None:
    chosen = TaskRunner.model_validate(runner) if runner else None
    assert isinstance(chosen_runner(chosen, old, docker, None), kind)


def test_another_kind_of_runner_is_refused() -> None:
    with pytest.raises(ValidationError, match="the task runners are"):
        TaskRunner.model_validate({"type": "io.kestra.plugin.kubernetes.runner.Kubernetes"})


def test_dependencies_of_a_container_are_installed_inside() -> None:
    given = {"script": "pass", "dependencies": ["a>=1", "b"], "taskRunner": {"type": DOCKER}}
    assert Script.of(given).setup() == ["python -m pip install --quiet 'a>=1' b"]
    assert Script.of({**given, "taskRunner": None}).setup() == ()
