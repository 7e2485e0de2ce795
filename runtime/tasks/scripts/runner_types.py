"""Where the commands of script tasks run, as the editor and the documentation name it.

Task runners are not tasks: they stand under `taskRunner` of a script task.
"""

from runtime.flows.types import TypeKind, TypeSpec, prose_of
from runtime.tasks.scripts.runners import TaskRunner


class Process(TaskRunner):
    """Run the commands as a process of the server's own machine.

    In a process group of its own, with the harmless part of the server's environment. Nothing of it
    is left when the task has ended or was killed.
    """


class Docker(TaskRunner):
    """Run the commands in a container of `containerImage`.

    The task's directory is mounted under the same path. Needs a Docker engine that the server may
    use, and the `docker` program.
    """


TASK_RUNNERS: dict[str, type[TaskRunner]] = {
    "io.kestra.plugin.core.runner.Process": Process,
    "io.kestra.plugin.scripts.runner.docker.Docker": Docker,
}


def runner_specs() -> list[TypeSpec]:
    """The task runners as the editor and the documentation see them."""
    return [_spec(name, runner) for name, runner in TASK_RUNNERS.items()]


def _spec(name: str, runner: type[TaskRunner]) -> TypeSpec:
    title, description = prose_of(runner)
    return TypeSpec(name, TypeKind.TASK_RUNNER, runner, title, description)
