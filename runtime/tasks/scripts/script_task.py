"""What all script tasks share: their properties, their outputs, and one run of a command."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import monotonic
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from runtime.executions.messages import TaskResult
from runtime.executions.model import LogLevel
from runtime.executions.states import TaskRunState
from runtime.flows.types import MetricSpec
from runtime.ids import new_id
from runtime.tasks.core.http_options import Upper
from runtime.tasks.properties import AnyMap, Structured, Text, TextMap, Texts
from runtime.tasks.scripts.process import Command, run_process
from runtime.tasks.scripts.protocol import Mark, read_mark
from runtime.tasks.scripts.runners import TaskRunner, chosen_runner, wants_container
from runtime.tasks.task import Outputs, Run, TaskFailed, WorkTask
from runtime.tasks.working_files import (
    InputFiles,
    NamespaceFiles,
    collect_files,
    place_files,
    place_mentioned,
    place_namespace_files,
)

OUTPUT_FOLDER = "output"
_LONGEST_ARGUMENT = 100_000
"""Bytes; Linux allows 128 KiB for one argument. Longer scripts go through a file."""


class ScriptOutputs(Outputs):
    vars: dict[str, object] = Field(default_factory=dict)
    """What the script told by lines `::{"outputs": …}::`."""
    exit_code: int = 0
    output_files: dict[str, str] = Field(default_factory=dict)
    """From path to address, for what matched `outputFiles`."""
    std_out_line_count: int = 0
    std_err_line_count: int = 0


class ScriptTask(WorkTask):
    """Properties of every task that runs commands of users in a child process.

    Without a task runner the commands run on the server's own machine; with
    `taskRunner.type: io.kestra.plugin.scripts.runner.docker.Docker` in a container of
    `containerImage`. With `outputDirectory` everything is stored that the commands leave in
    `{{ outputDir }}`, each file in `outputFiles` by its path in there.
    """

    outputs = ScriptOutputs
    metrics: ClassVar[tuple[MetricSpec, ...]] = (
        MetricSpec("duration", "timer", "How long the commands ran."),
    )

    task_runner: TaskRunner | None = None
    runner: Annotated[Literal["PROCESS", "DOCKER"], Upper] | None = None
    docker: AnyMap | None = None
    container_image: Text | None = None
    before_commands: Texts = Field(default_factory=list)
    env: TextMap = Field(default_factory=dict)
    interpreter: Texts = Field(default_factory=lambda: ["/bin/sh", "-c"])
    fail_fast: bool = True
    warning_on_std_err: bool | None = None
    input_files: InputFiles = Field(default_factory=dict)
    output_files: Texts = Field(default_factory=list)
    output_directory: bool | None = None
    namespace_files: Annotated[NamespaceFiles, Structured] | None = None
    target_os: Annotated[Literal["AUTO", "LINUX", "WINDOWS"], Upper] = Field(
        default="AUTO", alias="targetOS"
    )

    @classmethod
    def places(cls, directory: Path, properties: Mapping[str, object]) -> dict[str, object]:
        found = super().places(directory, properties)
        if properties.get("outputDirectory"):
            found["outputDir"] = str(directory / OUTPUT_FOLDER)
        return found

    @abstractmethod
    async def commands_of(self, run: Run) -> Sequence[str]:
        """The lines for the interpreter, after `beforeCommands`."""

    def in_container(self) -> bool:
        return wants_container(self.task_runner, self.runner, self.docker)

    def setup(self) -> Sequence[str]:
        """Commands that the kind of script needs before all others."""
        return ()

    def libraries(self) -> Sequence[Path]:
        """Folders that the environment points at."""
        return ()

    async def environment_of(self, run: Run) -> dict[str, str]:
        """Variables that the kind of script needs."""
        return {}

    async def written(self, run: Run, script: str, suffix: str) -> str:
        """Write a script into the task's directory; the name of its file."""
        name = f"{new_id('script')}{suffix}"
        (run.directory / name).write_text(await place_mentioned(run, script), "utf-8")
        return name

    async def run(self, run: Run) -> TaskResult:
        await place_namespace_files(run, self.namespace_files)
        await place_files(run, self.input_files)
        (run.directory / OUTPUT_FOLDER).mkdir(exist_ok=True)
        told = Told(run)
        start = monotonic()
        code = await self._execute(run, told)
        run.timer("duration", monotonic() - start)
        return await self._result(run, told, code)

    async def _execute(self, run: Run, told: "Told") -> int:
        limits = run.services.settings
        runner = chosen_runner(self.task_runner, self.runner, self.docker, self.container_image)
        command = Command(
            await self._arguments(run),
            run.directory,
            await self._environment(run),
            self.libraries(),
            longest_line=limits.log_line_limit,
            longest_mark=limits.output_limit,
            mask=run.mask,
        )
        async with runner.prepared(command, run) as prepared:
            return await run_process(prepared, told.stdout, told.stderr, run.flowing)

    async def _arguments(self, run: Run) -> list[str]:
        lines = ["set -e"] if self.fail_fast and self._is_shell() else []
        lines += [*self.setup(), *self.before_commands, *await self.commands_of(run)]
        script = await place_mentioned(run, "\n".join(lines))
        if len(script.encode()) < _LONGEST_ARGUMENT or self.interpreter[-1] != "-c":
            return [*self.interpreter, script]
        target = run.directory / ".flowdeck-script"
        target.write_text(script, "utf-8")
        return [*self.interpreter[:-1], target.name]

    def _is_shell(self) -> bool:
        return bool(self.interpreter) and self.interpreter[0].rpartition("/")[2] in {
            *("sh", "bash", "dash", "zsh", "ksh", "ash"),
        }

    async def _environment(self, run: Run) -> dict[str, str]:
        own = {
            "WORKING_DIR": str(run.directory),
            "OUTPUT_DIR": str(run.directory / OUTPUT_FOLDER),
        }
        given = {name: await place_mentioned(run, text) for name, text in self.env.items()}
        return own | await self.environment_of(run) | given

    async def _result(self, run: Run, told: "Told", code: int) -> TaskResult:
        outputs = ScriptOutputs(
            vars=told.outputs,
            exit_code=code,
            output_files=await self._collected(run),
            std_out_line_count=told.stdout_lines,
            std_err_line_count=told.stderr_lines,
        ).model_dump(by_alias=True)
        if code != 0:
            raise TaskFailed(f"The command ended with exit code {code}.", outputs)
        warned = self.warning_on_std_err and told.stderr_lines > 0
        return TaskResult(TaskRunState.WARNING if warned else TaskRunState.SUCCESS, outputs)

    async def _collected(self, run: Run) -> dict[str, str]:
        """Those of the output directory go by their paths in it."""
        found = await collect_files(run, self.output_files)
        if self.output_directory:
            below = f"{OUTPUT_FOLDER}/"
            inside = await collect_files(run, [f"{below}**/*"])
            found |= {name.removeprefix(below): uri for name, uri in inside.items()}
        return found


class Told:
    """What the lines of a process told: outputs are merged, the rest goes where it belongs."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._limit = run.services.settings.output_limit
        self._size = 0
        self.outputs: dict[str, object] = {}
        self.stdout_lines = 0
        self.stderr_lines = 0

    def stdout(self, lines: Sequence[str]) -> None:
        self.stdout_lines += len(lines)
        self._take(lines, LogLevel.INFO)

    def stderr(self, lines: Sequence[str]) -> None:
        self.stderr_lines += len(lines)
        self._take(lines, LogLevel.ERROR)

    def _take(self, lines: Sequence[str], level: LogLevel) -> None:
        start = 0
        for index, line in enumerate(lines):
            if "::{" in line and (mark := read_mark(line)) is not None:
                self._run.log_lines(level, lines[start:index])
                self._obey(mark)
                start = index + 1
        self._run.log_lines(level, lines[start:])

    def _obey(self, mark: Mark | str) -> None:
        match mark:
            case str(problem):
                self._run.log(LogLevel.WARN, problem)
            case Mark() as mark:
                self._keep(mark)

    def _keep(self, mark: Mark) -> None:
        self._size += mark.size if mark.outputs else 0
        if self._size > self._limit:
            raise TaskFailed(
                f"The script's outputs are larger than {self._limit:,} bytes; write large data to "
                "a file and name it in `outputFiles`."
            )
        self.outputs.update(mark.outputs or {})
        for each in mark.metrics:
            publish = self._run.counter if each.type == "counter" else self._run.timer
            publish(each.name, each.value, each.tags)
        for entry in mark.logs:
            self._run.log(entry.severity, entry.message)
