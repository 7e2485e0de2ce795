"""One attempt while it runs: what its task may use (`runtime.tasks.task.Run`)."""

import shutil
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from runtime.engine.log_file import LogFile
from runtime.engine.scribe import Scribe
from runtime.engine.secrecy import Secrecy
from runtime.errors import FlowdeckError
from runtime.executions.messages import TaskResult
from runtime.executions.model import Execution, LogLevel, Metric, MetricKind, TaskRun
from runtime.expressions.scope import Scope
from runtime.files.scope import FileScope
from runtime.flows.model import Task
from runtime.store.scribe import LogBlock, Origin
from runtime.tasks.services import Services

RenderMore = Callable[[str, Mapping[str, object] | None], Awaitable[object]]
_TOLD_ONCE = "The log of this attempt has reached its limit; what follows is dropped."


class Attempt:
    """Implements Run. Closed when the attempt is over: its own directory goes then."""

    def __init__(
        self,
        execution: Execution,
        task: Task,
        run: TaskRun,
        scope: Scope,
        secrecy: Secrecy,
        files: FileScope,
        services: Services,
        scribe: Scribe,
        render: RenderMore,
    ) -> None:
        self.execution_id = execution.id
        self.namespace = execution.namespace
        self.flow_id = execution.flow_id
        self.flow_revision = execution.flow_revision
        self.task_id = task.id
        self.task_run_id = run.id
        self.attempt = run.attempt
        self.value = run.value
        self.files = files
        self.services = services
        self._scope = scope
        self._secrecy = secrecy
        self._scribe = scribe
        self._render = render
        self._origin = Origin(execution.id, execution.namespace, execution.flow_id)
        self._lowest = LogLevel[task.log_level] if task.log_level else LogLevel.TRACE
        self._shared = run.dynamic.get("workingDirectory")
        self._directory: Path | None = None
        self._logged = 0
        last = run.attempts[-1].log_file if run.attempts else None
        place = self._work / f"{run.id}-{run.attempt}.log"
        self._file = None if last is None else LogFile(files.store, last, place)

    @property
    def place(self) -> Path:
        """Where its directory is, or would be."""
        own = f"{self.task_run_id}-{self.attempt}"
        name = own if self._shared is None else str(self._shared)
        return self._work / name

    @property
    def _work(self) -> Path:
        return self.services.settings.data_dir.absolute() / "work"

    @property
    def directory(self) -> Path:
        if self._directory is None:
            self._directory = self.place
            self._directory.mkdir(parents=True, exist_ok=True)
        return self._directory

    @property
    def variables(self) -> Mapping[str, object]:
        return self._scope.variables

    def now(self) -> datetime:
        return self.services.clock.now()

    def log(self, level: LogLevel, message: str) -> None:
        if level < self._lowest:
            return
        settings = self.services.settings
        if self._logged > settings.log_limit:
            return
        text = self.mask(message)
        size = settings.log_line_limit
        pieces = [text[start : start + size] for start in range(0, max(1, len(text)), size)]
        self._write(level, pieces, len(text))

    def log_lines(self, level: LogLevel, messages: Sequence[str]) -> None:
        if level < self._lowest or self._logged > self.services.settings.log_limit or not messages:
            return
        text = "\n".join(messages)
        masked = self.mask(text)
        self._write(level, messages if masked is text else masked.split("\n"), len(masked))

    def take_lines(self, result: TaskResult) -> TaskResult:
        """The result of a tiny task, without the lines that go to a file."""
        if self._file is None:
            return result
        for line in result.logs:
            self.log(line.level, line.message)
        return replace(result, logs=())

    async def flowing(self) -> None:
        await self._scribe.flowing()

    def counter(self, name: str, value: float, tags: Mapping[str, str] | None = None) -> None:
        self._measure(name, MetricKind.COUNTER, value, tags)

    def timer(self, name: str, seconds: float, tags: Mapping[str, str] | None = None) -> None:
        self._measure(name, MetricKind.TIMER, seconds, tags)

    async def render(self, template: str, more: Mapping[str, object] | None = None) -> object:
        return await self._render(template, more)

    def mask(self, text: str) -> str:
        return self._secrecy.mask(text)

    def seal(self, value: object) -> object:
        return self._secrecy.seal(value)

    def open(self, value: object) -> object:
        return self._secrecy.open(value)

    async def close(self) -> None:
        """Make what was logged durable and remove the attempt's own directory."""
        if self._directory is not None and self._shared is None:
            shutil.rmtree(self._directory, ignore_errors=True)
        if self._file is not None:
            await self._store(self._file)
        await self._scribe.flush()

    async def _store(self, file: LogFile) -> None:
        """What the task yields does not depend on whether its log can be stored."""
        try:
            await file.store()
        except FlowdeckError as error:
            message = f"The log file of this attempt could not be stored: {error}"
            self._scribe.log(self._block(LogLevel.WARN, [message], len(message)))

    def _write(self, level: LogLevel, messages: Sequence[str], size: int) -> None:
        self._put(level, messages, size)
        self._logged += size
        if self._logged > self.services.settings.log_limit:
            self._put(LogLevel.WARN, [_TOLD_ONCE], len(_TOLD_ONCE))

    def _put(self, level: LogLevel, messages: Sequence[str], size: int) -> None:
        if self._file is not None:
            self._file.write(self.now(), level, messages)
        else:
            self._scribe.log(self._block(level, messages, size))

    def _block(self, level: LogLevel, messages: Sequence[str], size: int) -> LogBlock:
        run = (self.task_run_id, self.task_id, self.attempt)
        return LogBlock(self._origin, self.now(), level, *run, messages, size)

    def _measure(
        self, name: str, kind: MetricKind, value: float, tags: Mapping[str, str] | None
    ) -> None:
        shown = {key: self.mask(str(tag)) for key, tag in (tags or {}).items()}
        point = Metric(self.now(), name, kind, float(value), shown, self.task_run_id, self.task_id)
        self._scribe.measure(self._origin, point)
