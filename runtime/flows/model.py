"""A flow as it is run: the typed form of its YAML. Values are frozen and shared freely.

Strings may hold expressions (`{{ … }}`); they stay as written until something renders them.
Durations are ISO 8601 text, for the same reason.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Path = tuple[str | int, ...]
"""Where an element stands in the YAML: keys and indexes from the root: `("tasks", 0, "id")`."""


@dataclass(frozen=True, slots=True)
class Position:
    """A place in the source; both count from 1."""

    line: int
    column: int


class RetryKind(StrEnum):
    CONSTANT = "constant"
    EXPONENTIAL = "exponential"
    RANDOM = "random"


class RetryBehavior(StrEnum):
    RETRY_FAILED_TASK = "RETRY_FAILED_TASK"
    CREATE_NEW_EXECUTION = "CREATE_NEW_EXECUTION"
    RETRY_FLOWABLE = "RETRY_FLOWABLE"
    """A block of tasks begins anew, as a whole; its earlier task runs are taken away."""


@dataclass(frozen=True, slots=True)
class Retry:
    """When a failed attempt is tried again. Times are seconds; `max_attempts` counts the first."""

    kind: RetryKind
    interval: float | None = None
    min_interval: float | None = None
    max_interval: float | None = None
    delay_factor: float = 2.0
    max_attempts: int | None = None
    max_duration: float | None = None
    warning_on_retry: bool = False
    behavior: RetryBehavior = RetryBehavior.RETRY_FAILED_TASK


@dataclass(frozen=True, slots=True)
class TaskCache:
    enabled: bool
    ttl: str | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """One list of child tasks of a flowable.

    `name` is its property: `tasks`, `then`, `else`, `errors`, `finally`, `defaults`, `onPause` …;
    the cases of a Switch are `cases.<key>`.
    """

    name: str
    tasks: tuple["Task", ...]


@dataclass(frozen=True, slots=True)
class Task:
    """One task of a flow. `properties` holds what is particular to its type, as written."""

    id: str
    type: str
    """The full current type name; aliases are already resolved."""
    path: Path
    position: Position
    properties: Mapping[str, object] = field(default_factory=dict)
    branches: tuple[Branch, ...] = ()
    depends_on: tuple[str, ...] = ()
    """Ids of siblings that come first, in a Dag."""
    description: str | None = None
    run_if: str | None = None
    disabled: bool = False
    timeout: str | None = None
    retry: Retry | None = None
    allow_failure: bool = False
    allow_warning: bool = False
    log_level: str | None = None
    log_to_file: bool = False
    worker_group: str | None = None
    cache: TaskCache | None = None

    def branch(self, name: str) -> tuple["Task", ...]:
        """The tasks of one branch; empty when it is not written."""
        return next((branch.tasks for branch in self.branches if branch.name == name), ())

    def walk(self) -> Iterator["Task"]:
        """This task, then everything below it, in the order of the source."""
        yield self
        for branch in self.branches:
            for child in branch.tasks:
                yield from child.walk()


class InputType(StrEnum):
    STRING = "STRING"
    INT = "INT"
    FLOAT = "FLOAT"
    BOOL = "BOOL"
    SELECT = "SELECT"
    MULTISELECT = "MULTISELECT"
    DATETIME = "DATETIME"
    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    FILE = "FILE"
    JSON = "JSON"
    YAML = "YAML"
    ION = "ION"
    URI = "URI"
    EMAIL = "EMAIL"
    SECRET = "SECRET"  # noqa: S105 - the name of a type of input
    ARRAY = "ARRAY"
    FORM = "FORM"
    OBJECT = "OBJECT"
    TABLE = "TABLE"


@dataclass(frozen=True, slots=True)
class Input:
    """A declared input; `rules` holds what is particular to its type, see `read_inputs`."""

    id: str
    type: InputType
    position: Position
    required: bool = True
    defaults: object = None
    has_defaults: bool = False
    prefill: object = None
    description: str | None = None
    display_name: str | None = None
    depends_on: tuple[str, ...] = ()
    condition: str | None = None
    rules: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Output:
    id: str
    type: InputType
    value: object
    required: bool = True
    description: str | None = None
    display_name: str | None = None


class ConcurrencyBehavior(StrEnum):
    QUEUE = "QUEUE"
    CANCEL = "CANCEL"
    FAIL = "FAIL"


@dataclass(frozen=True, slots=True)
class Concurrency:
    limit: int
    behavior: ConcurrencyBehavior = ConcurrencyBehavior.QUEUE
    queue_limit: int | None = None
    """How many may wait with QUEUE; what comes after is CANCELLED. None: any number."""


class SlaKind(StrEnum):
    MAX_DURATION = "MAX_DURATION"
    EXECUTION_ASSERTION = "EXECUTION_ASSERTION"


class SlaBehavior(StrEnum):
    FAIL = "FAIL"
    CANCEL = "CANCEL"
    NONE = "NONE"


@dataclass(frozen=True, slots=True)
class Sla:
    id: str
    kind: SlaKind
    behavior: SlaBehavior
    duration: float | None = None
    """Seconds, for MAX_DURATION."""
    assertion: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)


class CheckBehavior(StrEnum):
    BLOCK_EXECUTION = "BLOCK_EXECUTION"
    FAIL_EXECUTION = "FAIL_EXECUTION"
    CREATE_EXECUTION = "CREATE_EXECUTION"


@dataclass(frozen=True, slots=True)
class Check:
    condition: str
    message: str
    style: str = "INFO"
    behavior: CheckBehavior = CheckBehavior.BLOCK_EXECUTION


@dataclass(frozen=True, slots=True)
class Trigger:
    """What starts the flow by itself; `properties` holds what is particular to its type."""

    id: str
    type: str
    path: Path
    position: Position
    properties: Mapping[str, object] = field(default_factory=dict)
    conditions: tuple[Mapping[str, object], ...] = ()
    when: str | None = None
    description: str | None = None
    disabled: bool = False
    inputs: Mapping[str, object] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    stop_after: tuple[str, ...] = ()
    log_level: str | None = None
    """The least grave lines that are kept of its evaluations; INFO by default."""
    log_to_file: bool = False
    fail_on_trigger_error: bool = False
    """Whether an evaluation that fails leaves an execution that FAILED."""
    allow_concurrent: bool = False
    """Whether a timed trigger may start one while the execution it started before still runs."""


@dataclass(frozen=True, slots=True)
class Listener:
    """Deprecated by `afterExecution`: tasks run after the end when their conditions hold."""

    conditions: tuple[Mapping[str, object], ...]
    tasks: tuple[Task, ...]


TemplateName = tuple[str, str]
"""Namespace and id of a template, which is a flow like any other."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What a Template task takes in: a revision of another flow, or the reason why nothing."""

    name: TemplateName
    flow: "Flow | None" = None
    """The template as it was saved; Template tasks of its own are not put together in it."""
    problem: str | None = None
    """What is wrong and how to mend it, when there is no `flow`."""


@dataclass(frozen=True, slots=True)
class Flow:
    """One revision of a flow; put together with its templates when `taken_in` says so."""

    namespace: str
    id: str
    revision: int
    source: str
    tasks: tuple[Task, ...]
    errors: tuple[Task, ...] = ()
    finally_: tuple[Task, ...] = ()
    after_execution: tuple[Task, ...] = ()
    listeners: tuple[Listener, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    inputs: tuple[Input, ...] = ()
    outputs: tuple[Output, ...] = ()
    variables: Mapping[str, object] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    description: str | None = None
    disabled: bool = False
    concurrency: Concurrency | None = None
    retry: Retry | None = None
    sla: tuple[Sla, ...] = ()
    checks: tuple[Check, ...] = ()
    worker_group: str | None = None
    positions: Mapping[Path, Position] = field(default_factory=dict)
    templates: tuple[TemplateName, ...] = ()
    """What its own Template tasks name, each template once."""
    taken_in: Mapping[str, TakenIn] = field(default_factory=dict)
    """By the id of the Template task, those of templates within templates included."""

    def walk(self) -> Iterator[Task]:
        """Every task, errors, finally, listeners and afterExecution included."""
        lists = [self.tasks, self.errors, self.finally_, self.after_execution]
        lists += [listener.tasks for listener in self.listeners]
        for tasks in lists:
            for task in tasks:
                yield from task.walk()
