"""Known types for tests of the language alone: the shape of the core types, without their work."""

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field, field_validator

from runtime.flows.types import (
    BranchSpec,
    InputDeclarations,
    NotRendered,
    Properties,
    TypeKind,
    TypeSpec,
)

CORE = "io.kestra.plugin.core"
Texts = list[str] | str
Tree = dict[str, object]


class Nothing(Properties):
    pass


class Return(Properties):
    format: str | None = None


class Log(Properties):
    message: list[str] | str
    level: Literal["TRACE", "DEBUG", "INFO", "WARN", "ERROR"] = "INFO"


class Fail(Properties):
    condition: str | None = None
    error_message: str = "Task failure"


class OutputValues(Properties):
    values: Tree


class Sleep(Properties):
    duration: str


class Concurrent(Properties):
    concurrent: int = Field(default=0, ge=0)


class If(Properties):
    condition: str | bool


class Switch(Properties):
    value: str


class ForEach(Properties):
    values: list[object] | str | Tree
    concurrency_limit: int = 1


class Each(Properties):
    value: list[object] | str
    concurrent: int = 0


class LoopUntil(Properties):
    condition: Annotated[str, NotRendered()]
    fail_on_max_reached: bool = False
    check_frequency: Tree = Field(default_factory=dict)


class Pause(Properties):
    pause_duration: str | None = None
    delay: str | None = None
    behavior: str = "RESUME"
    on_resume: Annotated[list[Tree], InputDeclarations()] = Field(default_factory=list)


class Subflow(Properties):
    namespace: str
    flow_id: str
    revision: int | None = None
    inputs: Tree = Field(default_factory=dict)
    labels: Tree | list[Tree] = Field(default_factory=dict)
    wait: bool = True
    transmit_failed: bool = True
    inherit_labels: bool = False


class ForEachItem(Subflow):
    items: str
    batch: Tree = Field(default_factory=dict)


class Request(Properties):
    uri: str
    method: str = "GET"
    body: str | Tree | None = None
    content_type: str | None = None
    headers: Tree = Field(default_factory=dict)
    timeout: str | None = None


class Commands(Properties):
    commands: Texts
    before_commands: Texts = Field(default_factory=list)
    env: dict[str, str] = Field(default_factory=dict)
    task_runner: Tree | None = None
    output_files: list[str] = Field(default_factory=list)


class Script(Properties):
    script: str
    before_commands: Texts = Field(default_factory=list)
    env: dict[str, str] = Field(default_factory=dict)
    task_runner: Tree | None = None
    output_files: list[str] = Field(default_factory=list)


class Schedule(Properties):
    cron: str
    timezone: str | None = None
    recover_missed_schedules: str | None = None

    @field_validator("cron")
    @classmethod
    def _five_fields(cls, cron: str) -> str:
        if not cron.startswith("@") and len(cron.split()) not in (5, 6):
            raise ValueError("a cron line has five fields, such as `0 9 * * *`")
        return cron


class FlowTrigger(Properties):
    states: list[str] = Field(default_factory=list)
    preconditions: Tree | None = None


class Webhook(Properties):
    key: str


class Not(Properties):
    conditions: list[Tree]


class Expression(Properties):
    expression: str


class Labels(Properties):
    labels: Tree | list[Tree]


class Template(Properties):
    namespace: str
    template_id: str
    args: Tree | None = None


class Table:
    """A KnownTypes over a list."""

    def __init__(self, specs: Iterable[TypeSpec]) -> None:
        self._specs = list(specs)
        self._names = {spec.name: spec for spec in self._specs}
        for spec in self._specs:
            for alias in spec.aliases:
                self._names.setdefault(alias, spec)

    def find(self, name: str) -> TypeSpec | None:
        return self._names.get(name)

    def all(self) -> Iterable[TypeSpec]:
        return self._specs


def _task(name: str, properties: type[Properties], **more: str) -> TypeSpec:
    return TypeSpec(f"{CORE}.{name}", TypeKind.TASK, properties, name, **more)  # type: ignore[arg-type]  # tests pass texts only


def _flowable(
    name: str,
    properties: type[Properties],
    *branches: BranchSpec,
    deprecated: str | None = None,
    runnable_children_only: bool = False,
) -> TypeSpec:
    return TypeSpec(
        f"{CORE}.flow.{name}",
        TypeKind.FLOWABLE,
        properties,
        name,
        branches=branches,
        deprecated=deprecated,
        runnable_children_only=runnable_children_only,
    )


def _kind(kind: TypeKind, name: str, properties: type[Properties]) -> TypeSpec:
    return TypeSpec(f"{CORE}.{name}", kind, properties, name)


_TASKS = BranchSpec("tasks", required=True)
_OPTIONAL_TASKS = BranchSpec("tasks")
_SHELL = "io.kestra.plugin.scripts"

TYPES = Table(
    [
        _task("debug.Return", Return),
        _task("log.Log", Log),
        _task("execution.Fail", Fail),
        _task("execution.Labels", Labels),
        _task("output.OutputValues", OutputValues),
        _task("http.Request", Request),
        _task("flow.Sleep", Sleep),
        _task("flow.Subflow", Subflow),
        _task("flow.ForEachItem", ForEachItem),
        _flowable("Sequential", Nothing, _TASKS),
        _flowable("AllowFailure", Nothing, _TASKS),
        _flowable("Parallel", Concurrent, _TASKS),
        _flowable("Dag", Concurrent, BranchSpec("tasks", "dag", required=True)),
        _flowable("If", If, BranchSpec("then", required=True), BranchSpec("else")),
        _flowable("Switch", Switch, BranchSpec("cases", "map"), BranchSpec("defaults")),
        _flowable("ForEach", ForEach, _TASKS),
        _flowable("Loop", ForEach, _TASKS),
        _flowable("EachSequential", Each, _TASKS, deprecated="Use `ForEach`."),
        _flowable("EachParallel", Each, _TASKS, deprecated="Use `ForEach`."),
        _flowable("LoopUntil", LoopUntil, _TASKS),
        _flowable("Template", Template, BranchSpec("errors"), deprecated="Use `Subflow`."),
        _flowable("Pause", Pause, _OPTIONAL_TASKS, BranchSpec("onPause", "task")),
        _flowable("WorkingDirectory", Nothing, _TASKS, runnable_children_only=True),
        TypeSpec(f"{_SHELL}.shell.Commands", TypeKind.TASK, Commands, "Commands"),
        TypeSpec(f"{_SHELL}.shell.Script", TypeKind.TASK, Script, "Script"),
        TypeSpec(f"{_SHELL}.python.Script", TypeKind.TASK, Script, "Script"),
        _kind(TypeKind.TASK_RUNNER, "runner.Process", Nothing),
        _kind(TypeKind.TRIGGER, "trigger.Schedule", Schedule),
        _kind(TypeKind.TRIGGER, "trigger.Flow", FlowTrigger),
        _kind(TypeKind.TRIGGER, "trigger.Webhook", Webhook),
        _kind(TypeKind.CONDITION, "condition.Not", Not),
        _kind(TypeKind.CONDITION, "condition.Expression", Expression),
    ]
)
