"""Plays a flow through the pure heart: the test is the worker, the clock and the engine.

    play = Play(flow(work("a"), work("b")))
    play.begin()
    play.succeed("a")
    play.fail("b")
    assert play.state == "FAILED"

Types of task here: `work` goes to a worker; `inline` ends at once; every flowable has its builder.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from runtime.executions import index as indexes
from runtime.executions.advance import handle
from runtime.executions.create import create
from runtime.executions.decision import (
    CancelTimer,
    Decision,
    Effect,
    Event,
    KillChildren,
    RestartChild,
    RunTask,
    SetTimer,
    StartChild,
    StopTask,
)
from runtime.executions.environment import Deferred, RenderFailed, RowPages
from runtime.executions.messages import (
    Begin,
    CreateExecution,
    Message,
    Proceed,
    TaskFinished,
    TaskResult,
    TaskStarted,
    TimerFired,
)
from runtime.executions.model import Execution, TaskRun
from runtime.executions.outputs import loop_path
from runtime.executions.states import TaskRunState
from runtime.flows.model import Branch, Flow, Position, Retry, RetryKind, Task

START = datetime(2026, 1, 1, tzinfo=UTC)
FLOW = "io.kestra.plugin.core.flow."
_HERE = Position(1, 1)
_EXPRESSION = re.compile(r"\{\{\s*(.*?)\s*\}\}")

Answer = Callable[[Task, TaskRun], TaskResult]


def work(name: str, **fields: object) -> Task:
    """A task for a worker; `fields` are those of Task."""
    return _task(name, "work", {}, (), fields)


def inline(name: str, value: object = None, **fields: object) -> Task:
    """A tiny task that yields `value`, rendered; `Fail` as value fails."""
    return _task(name, "inline", {"value": value}, (), fields)


def block(kind: str, name: str, *tasks: Task, **parts: object) -> Task:
    """A flowable; `parts` are further branches (tuples of tasks), fields and properties."""
    names = {part: value for part, value in parts.items() if _is_branch(value)}
    branches = [Branch("tasks", tasks)] if tasks else []
    branches += [Branch(_written(part), value) for part, value in names.items()]  # type: ignore[arg-type]
    known = Task.__dataclass_fields__
    fields = {part: value for part, value in parts.items() if part in known}
    rest = {
        _written(part): value
        for part, value in parts.items()
        if part not in names and part not in fields
    }
    return _task(name, FLOW + kind, rest, tuple(branches), fields)


def flow(*tasks: Task, **fields: object) -> Flow:
    plain = Flow(namespace="tests", id="played", revision=1, source="", tasks=tasks)
    return replace(plain, **fields)  # type: ignore[arg-type]


def constant(attempts: int | None = None, seconds: float = 1.0, **fields: object) -> Retry:
    plain = Retry(RetryKind.CONSTANT, interval=seconds, max_attempts=attempts)
    return replace(plain, **fields)  # type: ignore[arg-type]


def _is_branch(value: object) -> bool:
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], Task)


def _written(part: str) -> str:
    part = part.rstrip("_")
    if part.startswith("case_"):
        return f"cases.{part.removeprefix('case_')}"
    head, *tail = part.split("_")
    return head + "".join(word.capitalize() for word in tail)


def _task(
    name: str,
    kind: str,
    properties: Mapping[str, object],
    branches: tuple[Branch, ...],
    fields: Mapping[str, object],
) -> Task:
    plain = Task(name, kind, ("tasks", name), _HERE, properties, branches)
    return replace(plain, **fields)  # type: ignore[arg-type]


@dataclass(slots=True)
class World:
    """A plain Environment: paths as expressions, a clock that moves a millisecond at each look."""

    played: Flow
    time: datetime = START
    ids: int = 0
    facts: dict[str, object] = field(default_factory=dict)
    """What `fact.<name>` yields; Deferred while it is missing."""
    inline_calls: int = 0
    pages_read: list[int] = field(default_factory=list)
    pages_known: int | None = None
    """How many pages of a file there are answers for; None for all."""

    def now(self) -> datetime:
        self.time += timedelta(milliseconds=1)
        return self.time

    def new_task_run_id(self) -> str:
        self.ids += 1
        return f"tr_{self.ids:06d}"

    def new_execution_id(self) -> str:
        self.ids += 1
        return f"ex_{self.ids:06d}"

    def flow(self) -> Flow:
        return self.played

    def played_type(self, task_id: str) -> str:
        return next((task.type for task in self.played.walk() if task.id == task_id), "")

    def text(
        self, template: str, execution: Execution, task: Task | None, run: TaskRun | None
    ) -> str:
        def put(match: re.Match[str]) -> str:
            found = self._look_up(match[1], execution, run)
            return str(found).lower() if isinstance(found, bool) else str(found)

        return _EXPRESSION.sub(put, template)

    def value(
        self, value: object, execution: Execution, task: Task | None, run: TaskRun | None
    ) -> object:
        if isinstance(value, str):
            whole = _EXPRESSION.fullmatch(value)
            if whole:
                return self._look_up(whole[1], execution, run)
            return self.text(value, execution, task, run)
        if isinstance(value, Mapping):
            return {k: self.value(v, execution, task, run) for k, v in value.items()}
        if isinstance(value, list):
            return [self.value(v, execution, task, run) for v in value]
        return value

    def holds(self, conditions: Iterable[Mapping[str, object]], execution: Execution) -> bool:
        """A condition here names the states in which it holds; `fact` asks for one first."""
        for condition in conditions:
            if "fact" in condition:
                self._look_up(f"fact.{condition['fact']}", execution, None)
            if condition.get("state", execution.state.value) != execution.state.value:
                return False
        return True

    def stored(self, value: Mapping[str, object], execution: Execution) -> str:
        return f"kestra:///stored/{execution.id}"

    def row_pages(self, uri: str, execution: Execution, run: TaskRun) -> RowPages | None:
        """Files hold `fact.rows`, two to a page, unless that is no list."""
        rows = self._look_up("fact.rows", execution, run)
        if not isinstance(rows, list):
            return None
        starts = tuple((number, number) for number in range(0, len(rows), 2))
        return RowPages(len(rows), len(rows), starts)

    def rows(
        self, uri: str, start: int, end: int, execution: Execution, run: TaskRun
    ) -> list[object]:
        if self.pages_known is not None and start >= 2 * self.pages_known:
            raise Deferred
        self.pages_read.append(start)
        rows = self._look_up("fact.rows", execution, run)
        return rows[start:end] if isinstance(rows, list) else []

    def run_inline(self, task: Task, execution: Execution, run: TaskRun) -> TaskResult | None:
        if task.type != "inline":
            return None
        self.inline_calls += 1
        try:
            value = self.value(task.properties["value"], execution, task, run)
        except RenderFailed as failure:
            return TaskResult(TaskRunState.FAILED, message=failure.message)
        if isinstance(value, TaskResult):
            return value
        if value == "Fail":
            return TaskResult(TaskRunState.FAILED, message="as told")
        return TaskResult(TaskRunState.SUCCESS, {"value": value})

    def _look_up(self, path: str, execution: Execution, run: TaskRun | None) -> object:
        trees = indexes.of(execution, self.played).trees
        head, *steps = path.split(".")
        found: object
        if head == "fact":
            if steps[0] not in self.facts:
                raise Deferred
            return self.facts[steps[0]]
        roots: dict[str, object] = {
            "outputs": trees.outputs,
            "tasks": trees.tasks,
            "inputs": execution.inputs,
            "vars": execution.variables,
            "labels": execution.labels,
            "error": execution.error or {},
            "kestra": {"url": None},
            "execution": {"state": execution.state.value},
            "taskrun": {"value": run.value, "iteration": run.iteration} if run else {},
        }
        found = roots.get(head)
        for step in steps:
            if step == "HERE" and run is not None:
                for value in loop_path(execution, run):
                    found = found[value] if isinstance(found, Mapping) else None
            elif isinstance(found, Mapping) and step in found:
                found = found[step]
            else:
                raise RenderFailed(f"`{path}` has no `{step}`.")
        return found


class Play:
    """One execution, and whoever it deals with."""

    def __init__(self, played: Flow, **request: object) -> None:
        self.world = World(played)
        asked = replace(CreateExecution("ex_1", START), **request)  # type: ignore[arg-type]
        self.execution, decision = create(played, asked, None)
        self.events: list[Event] = list(decision.events)
        self.sent: dict[str, int] = {}
        """Attempts at work, by task run id."""
        self.stopping: set[str] = set()
        self.children: dict[str, tuple[str, bool]] = {}
        """Child executions that were started: for which task run, and whether it waits for them."""
        self.doomed: set[str] = set()
        """Children that are to be killed."""
        self.timers: dict[str, datetime] = {}
        self.effects: list[Effect] = []
        self.logs: list[str] = []
        self.awaiting: set[str] = set()
        self.steps = 0

    # Driving

    def send(self, message: Message) -> Decision:
        """Handle a message and whatever the step left unfinished."""
        decision = last = self._handle(message)
        while last.unfinished:
            last = self._handle(Proceed())
        return decision

    def _handle(self, message: Message) -> Decision:
        decision = handle(self.execution, message, self.world)
        self.steps += 1
        self.events += decision.events
        self.logs += [line.message for line in decision.logs]
        self.awaiting = decision.awaiting
        for effect in decision.effects:
            self._do(effect)
        return decision

    def _do(self, effect: Effect) -> None:
        self.effects.append(effect)
        match effect:
            case RunTask(run_id, attempt):
                self.sent[run_id] = attempt
            case StopTask(run_id, _):
                self.stopping.add(run_id)
            case StartChild(task_run_id=run_id, child_id=child_id, wait=waits):
                self.children[child_id] = (run_id, waits)
            case RestartChild(run_id, child_id):
                self.children[child_id] = (run_id, True)
            case KillChildren(run_id):
                self.doomed |= {
                    child for child, (owner, _) in self.children.items() if run_id in (None, owner)
                }
            case SetTimer(key, at):
                self.timers[key] = at
            case CancelTimer(key):
                self.timers.pop(key, None)

    def begin(self) -> "Play":
        self.send(Begin())
        return self

    def start(self, name: str, worker: str = "w1") -> None:
        run = self.run(name)
        self.send(TaskStarted(run.id, self.sent[run.id], worker))

    def finish(self, name: str, result: TaskResult) -> None:
        """A worker ends the attempt of the named task (`id` or `id:value`)."""
        run = self.run(name)
        attempt = self.sent.pop(run.id)
        self.stopping.discard(run.id)
        self.send(TaskFinished(run.id, attempt, result))

    def succeed(self, *names: str, **outputs: object) -> None:
        for name in names:
            self.finish(name, TaskResult(TaskRunState.SUCCESS, outputs or None))

    def fail(self, *names: str) -> None:
        for name in names:
            self.finish(name, TaskResult(TaskRunState.FAILED, message="as told"))

    def answer_stops(self) -> None:
        """Every worker that was told to stop has stopped."""
        for run_id in list(self.stopping):
            self.stopping.discard(run_id)
            attempt = self.sent.pop(run_id)
            self.send(TaskFinished(run_id, attempt, TaskResult(TaskRunState.KILLED)))

    def wait(self, seconds: float) -> None:
        """Let time pass; timers fire in their order."""
        until = self.world.time + timedelta(seconds=seconds)
        while self.timers:
            key = min(self.timers, key=lambda name: self.timers[name])
            if self.timers[key] > until:
                break
            self.world.time = max(self.world.time, self.timers.pop(key))
            self.send(TimerFired(key))
        self.world.time = max(self.world.time, until)

    # Looking

    @property
    def state(self) -> str:
        return self.execution.state.value

    def runs(self, task_id: str) -> list[TaskRun]:
        return [run for run in self.execution.task_runs.values() if run.task_id == task_id]

    def run(self, name: str) -> TaskRun:
        """The last task run of `id`, or the one of `id:value`."""
        task_id, _, value = name.partition(":")
        return next(run for run in reversed(self.runs(task_id)) if not value or run.value == value)

    def states(self) -> dict[str, str]:
        """Task id (with `:value` in loops) to state, in the order of creation."""
        return {
            run.task_id + (f":{run.value}" if run.value is not None else ""): run.state.value
            for run in self.execution.task_runs.values()
        }

    def history(self, name: str | None = None) -> list[str]:
        changes = self.run(name).history if name else self.execution.history
        return [str(change.state) for change in changes]

    def outputs(self, name: str) -> Mapping[str, object] | None:
        return self.execution.task_outputs.get(self.run(name).id)

    def effects_of(self, kind: type[Effect]) -> list[Effect]:
        return [effect for effect in self.effects if isinstance(effect, kind)]
