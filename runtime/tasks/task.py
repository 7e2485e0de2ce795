"""The two kinds of task type, and what a running task may use.

A task type is a frozen pydantic model of its properties. Its docstring is its page in the
documentation: the first line is the title, the rest the description. `TaskType.spec()` derives
from it what validation, the editor's schema and `taskTypes` need.
"""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import ClassVar, Protocol, Self

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel

from runtime.executions.messages import TaskResult
from runtime.executions.model import LogLevel
from runtime.files.scope import FileScope
from runtime.flows.types import (
    MetricSpec,
    Properties,
    TypeKind,
    TypeSpec,
    prose_of,
    reasons_of,
)
from runtime.tasks.services import Services


class TaskFailed(Exception):
    """The task could not do its work; the message is for the user. `outputs` are kept."""

    def __init__(self, message: str, outputs: Mapping[str, object] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.outputs = outputs


class Outputs(BaseModel):
    """Base of what a task type yields; camelCase in expressions."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True)


class TaskType(Properties):
    """Base of both kinds; see `InlineTask` and `WorkTask`."""

    @classmethod
    def of(cls, rendered: Mapping[str, object]) -> Self:
        """The task with these rendered properties. Raises TaskFailed, naming each wrong one."""
        try:
            return cls.model_validate(rendered)
        except ValidationError as error:
            raise TaskFailed(f"The properties cannot be used: {reasons_of(error)}.") from None

    type_name: ClassVar[str]
    aliases: ClassVar[tuple[str, ...]] = ()
    outputs: ClassVar[type[BaseModel] | None] = None
    metrics: ClassVar[tuple[MetricSpec, ...]] = ()
    deprecated: ClassVar[str | None] = None

    @classmethod
    def spec(cls) -> TypeSpec:
        title, description = prose_of(cls)
        return TypeSpec(
            name=cls.type_name,
            kind=TypeKind.TASK,
            properties=cls,
            title=title,
            description=description,
            aliases=cls.aliases,
            outputs=cls.outputs,
            metrics=cls.metrics,
            deprecated=cls.deprecated,
        )


class Step(Protocol):
    """What a tiny task may use: facts of the execution, no I/O."""

    @property
    def now(self) -> datetime: ...
    @property
    def execution_id(self) -> str: ...
    @property
    def namespace(self) -> str: ...
    @property
    def flow_id(self) -> str: ...
    @property
    def task_run_id(self) -> str: ...
    @property
    def task_id(self) -> str: ...
    @property
    def attempt(self) -> int: ...
    @property
    def variables(self) -> Mapping[str, object]:
        """The execution's `vars`."""
        ...


class InlineTask(TaskType):
    """A tiny task that runs inside the engine: pure, in microseconds, without I/O.

    The message of a FAILED result is logged by the engine; the task need not log it too.
    """

    @abstractmethod
    def run(self, step: Step) -> TaskResult:
        """The properties of `self` are already rendered and checked."""


class Run(Protocol):
    """What a working task may use. Cancelling the coroutine is how a task is killed or times out:
    it must leave nothing behind (processes, temporary files, connections)."""

    @property
    def execution_id(self) -> str: ...
    @property
    def namespace(self) -> str: ...
    @property
    def flow_id(self) -> str: ...
    @property
    def flow_revision(self) -> int: ...
    @property
    def task_id(self) -> str: ...
    @property
    def task_run_id(self) -> str: ...
    @property
    def attempt(self) -> int: ...
    @property
    def value(self) -> str | None:
        """The loop value, in a loop."""
        ...

    @property
    def directory(self) -> Path:
        """A directory of this task run's own (or shared inside a WorkingDirectory), made when first
        asked for and removed afterwards."""
        ...

    @property
    def variables(self) -> Mapping[str, object]:
        """What expressions see."""
        ...

    @property
    def files(self) -> FileScope:
        """Stored files, as far as this execution may see them."""
        ...

    @property
    def services(self) -> Services:
        """What lies outside the execution: database, network, other executions."""
        ...

    def now(self) -> datetime: ...

    def log(self, level: LogLevel, message: str) -> None:
        """Write a line to the execution's log; secrets are masked. Never blocks."""
        ...

    def log_lines(self, level: LogLevel, messages: Sequence[str]) -> None:
        """Write many lines at once, a hundred times as quickly."""
        ...

    async def flowing(self) -> None:
        """Wait while more log lines are buffered than may be: call it when writing many."""
        ...

    def counter(self, name: str, value: float, tags: Mapping[str, str] | None = None) -> None: ...

    def timer(self, name: str, seconds: float, tags: Mapping[str, str] | None = None) -> None: ...

    async def render(self, template: str, more: Mapping[str, object] | None = None) -> object:
        """Render one expression, typed, with further variables on top. Raises TaskFailed."""
        ...

    def mask(self, text: str) -> str:
        """The text with every secret that this run has seen replaced by `******`."""
        ...

    def seal(self, value: object) -> object:
        """The value with every text sealed that holds a secret: for what outlives the execution."""
        ...

    def open(self, value: object) -> object:
        """The value with all that is sealed in it opened; what was sealed is secret to this run."""
        ...


class WorkTask(TaskType):
    """A task that does I/O or runs user code; sent to a worker, runs as a coroutine there."""

    @classmethod
    def places(cls, directory: Path, properties: Mapping[str, object]) -> dict[str, object]:
        """The paths that expressions of the task may name. `properties` are as written."""
        return {"workingDir": str(directory)}

    @abstractmethod
    async def run(self, run: Run) -> BaseModel | Mapping[str, object] | TaskResult | None:
        """Do the work and return outputs; raise TaskFailed with what went wrong."""
