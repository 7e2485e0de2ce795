"""What every flowable is: a class that answers questions about its block and keeps no state.

To add one: subclass `Flowable`, say its properties and branches, write `main`, and put the class
into `flowables/table.py`. What it must remember between steps goes into `TaskRun.dynamic`.
"""

# ruff: noqa: B027 - what most flowables have no need of is left empty, not forgotten

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, ClassVar, TypeVar

from pydantic import AfterValidator, BaseModel, ValidationError

from runtime.executions.decision import Effect
from runtime.executions.environment import RenderFailed
from runtime.executions.messages import (
    ChildChanged,
    ChildRefused,
    ChildStarted,
    Resume,
    TaskResult,
)
from runtime.executions.model import TaskRun
from runtime.executions.states import TaskRunState
from runtime.executions.step import Step
from runtime.flows.durations import parse_length
from runtime.flows.model import Task
from runtime.flows.types import (
    BranchSpec,
    NotRendered,
    Properties,
    TypeKind,
    TypeSpec,
    not_rendered,
    prose_of,
)

PREFIX = "io.kestra.plugin.core.flow."
OLD_PREFIX = "io.kestra.core.tasks.flows."
ERRORS = BranchSpec("errors")
FINALLY = BranchSpec("finally")

P = TypeVar("P", bound=Properties)


class NoProperties(Properties):
    """For a flowable that has child tasks only."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What a flowable found out before it starts: what to remember and what to yield."""

    dynamic: Mapping[str, object] = field(default_factory=dict)
    outputs: Mapping[str, object] | None = None
    effects: tuple[Effect, ...] = ()
    memory: Mapping[str, object] = field(default_factory=dict)
    """What the execution keeps for it, apart from what is written at each change of the run."""
    child_execution_id: str | None = None


class Flowable(ABC):
    """The questions that the rules ask; the answers here suit a plain block of tasks."""

    name: ClassVar[str]
    """The last part of its type, e.g. `Sequential`."""
    Properties: ClassVar[type[Properties]] = NoProperties
    Outputs: ClassVar[type[BaseModel] | None] = None
    aliases: ClassVar[tuple[str, ...]] = ()
    branches: ClassVar[tuple[BranchSpec, ...]] = (
        BranchSpec("tasks", required=True),
        ERRORS,
        FINALLY,
    )
    deprecated: ClassVar[str | None] = None
    runnable_children_only: ClassVar[bool] = False
    watches_timeout: ClassVar[bool] = False
    """True when the task's `timeout` means something of its own here."""
    works: ClassVar[bool] = False
    """True when it has no child tasks and does something: a retry starts it anew."""
    runs_parts: ClassVar[bool] = True
    """False when `errors` and `finally` run elsewhere: in each iteration's own execution."""
    restarts_whole: ClassVar[bool] = False
    """True when a restart runs all of its children again, the good ones too."""

    @classmethod
    def spec(cls) -> TypeSpec:
        """The type as validation, the editor and the documentation see it."""
        title, description = prose_of(cls)
        return TypeSpec(
            name=PREFIX + cls.name,
            kind=TypeKind.FLOWABLE,
            properties=cls.Properties,
            title=title,
            description=description,
            aliases=(OLD_PREFIX + cls.name, *cls.aliases),
            branches=cls.branches,
            outputs=cls.Outputs,
            deprecated=cls.deprecated,
            runnable_children_only=cls.runnable_children_only,
        )

    @classmethod
    def open(cls, step: Step, run: TaskRun, task: Task) -> Opening:
        """Read what is needed to start. Raises RenderFailed or Deferred; changes nothing."""
        return Opening()

    @classmethod
    def begin(cls, step: Step, run: TaskRun, task: Task) -> None:
        """Set timers, start child executions: the task run is RUNNING now."""

    @classmethod
    @abstractmethod
    def main(cls, step: Step, run: TaskRun, task: Task) -> bool:
        """Start what may start of the main part; True when it has ended. May be asked again."""

    @classmethod
    def is_busy(cls, step: Step, run: TaskRun) -> bool:
        """Whether something other than task runs is still under way: child executions."""
        return False

    @classmethod
    def verdict(cls, run: TaskRun, worst: TaskRunState) -> TaskRunState:
        """The state of the block, given the worst among its children."""
        return worst

    @classmethod
    def tolerate(cls, state: TaskRunState) -> TaskRunState:
        """What a failure means here, once it is not tried again."""
        return state

    @classmethod
    def on_end(cls, step: Step, run: TaskRun, state: TaskRunState) -> None:
        """The task run has ended in this state."""

    @classmethod
    def on_result(cls, step: Step, run: TaskRun, task: Task, result: TaskResult) -> None:
        """A worker did a part of its work; see `WorkingDirectory`."""

    @classmethod
    def on_timer(cls, step: Step, run: TaskRun, task: Task, kind: str) -> None:
        """A timer that this flowable has set went off; `kind` is the first part of its key."""

    @classmethod
    def on_recover(cls, step: Step, run: TaskRun, task: Task) -> None:
        """The engine was gone, and with it reports that a child execution exists."""

    @classmethod
    def is_at_worker(cls, run: TaskRun) -> bool:
        """Whether an attempt of this task run itself was sent to a worker."""
        return False

    @classmethod
    def on_child_started(cls, step: Step, run: TaskRun, task: Task, child: ChildStarted) -> None:
        """A child execution exists now."""

    @classmethod
    def on_child_refused(cls, step: Step, run: TaskRun, task: Task, child: ChildRefused) -> None:
        """A child execution could not be created."""

    @classmethod
    def on_child(cls, step: Step, run: TaskRun, task: Task, change: ChildChanged) -> None:
        """A child execution changed its state."""

    @classmethod
    def asks(cls, run: TaskRun, task: Task, resume: Resume) -> object:
        """The declarations of the inputs that this resume has to answer, as they are written."""
        return None

    @classmethod
    def check_resume(cls, step: Step, run: TaskRun, task: Task, resume: Resume) -> None:
        """Refuse a resume that is not complete, before anything changes."""

    @classmethod
    def on_resume(cls, step: Step, run: TaskRun, task: Task, resume: Resume) -> None:
        """Somebody let this task run go on, which is PAUSED."""


def flowable_of(step: Step, run: TaskRun) -> type[Flowable] | None:
    """The class that decides for a task run; None when it does work instead."""
    task = step.task_of(run)
    found = step.flowables.get(task.type) if task else None
    return found if found is not None and issubclass(found, Flowable) else None


def read(cls: type[P], step: Step, run: TaskRun, task: Task) -> P:
    """The properties of a task, rendered and checked. Raises RenderFailed or Deferred."""
    plain: dict[str, object] = {}
    rendered: dict[str, object] = {}
    raw = not_rendered(cls)
    for name, value in task.properties.items():
        (plain if name in raw else rendered)[name] = value
    if rendered:
        answer = step.env.value(rendered, step.execution, task, run)
        rendered = dict(answer) if isinstance(answer, Mapping) else {}
    try:
        return cls.model_validate({**rendered, **plain})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise RenderFailed(f"`{place}` of `{task.id}`: {first['msg']}.") from error


Expression = Annotated[str, NotRendered()]
"""Text that the flowable renders itself, when its moment has come."""


def _length(text: str) -> str:
    parse_length(text)
    return text


def _positive_length(text: str) -> str:
    parse_length(text, positive=True)
    return text


Length = Annotated[str, AfterValidator(_length)]
"""A length of time in ISO 8601, 0 or more."""
PositiveLength = Annotated[str, AfterValidator(_positive_length)]
"""The same, above 0."""


def seconds_of(text: str, name: str) -> float:
    """The seconds of the rendered duration that the property `name` has. Raises RenderFailed."""
    try:
        return parse_length(text)
    except ValueError as error:
        raise RenderFailed(f"`{name}`: {error}.") from error


def text_of(value: object) -> str:
    """A rendered value as text: JSON for what is no text, nothing for null."""
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
