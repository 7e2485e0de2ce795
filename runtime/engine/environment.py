"""What the rules may ask, answered: time, expressions and tiny tasks, for one held execution."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from pydantic import ValidationError

from runtime.clock import Clock
from runtime.engine.output_limit import too_large, weight
from runtime.engine.properties import Prepared, explained, prepare
from runtime.engine.variables import Shared, Variables
from runtime.errors import InvalidInput
from runtime.executions.environment import Deferred, RenderFailed, RowPages
from runtime.executions.messages import TaskResult
from runtime.executions.model import Execution, LogLevel, LogLine, TaskRun
from runtime.executions.states import TaskRunState
from runtime.expressions.ion import to_ion
from runtime.expressions.limits import TakesLong, hurried
from runtime.expressions.problems import ExpressionError
from runtime.expressions.render import Renderer
from runtime.expressions.scope import Carried, Fact, FactNeeded, Facts, Scope
from runtime.expressions.secrets import Secrets
from runtime.flows.model import Flow, Task
from runtime.ids import EXECUTION, TASK_RUN, new_id
from runtime.tasks.task import InlineTask, Run
from runtime.triggers.upstream import hold_for

T = TypeVar("T")
_PAGES = 2
"""Pages of a stored file that a loop has in memory: the one it starts from, the one it ends in."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A fact that an expression waits for, and where it goes."""

    fact: Fact
    facts: Facts
    task_run_id: str | None


@dataclass(frozen=True, slots=True)
class InlineStep:
    """Implements `runtime.tasks.task.Step`."""

    now: datetime
    execution_id: str
    namespace: str
    flow_id: str
    task_run_id: str
    task_id: str
    attempt: int
    variables: Mapping[str, object]

    @classmethod
    def of(cls, run: Run) -> "InlineStep":
        """The same facts for a tiny task that a worker runs."""
        known = run.variables["vars"]
        return cls(
            now=run.now(),
            execution_id=run.execution_id,
            namespace=run.namespace,
            flow_id=run.flow_id,
            task_run_id=run.task_run_id,
            task_id=run.task_id,
            attempt=run.attempt,
            variables=known if isinstance(known, Mapping) else {},
        )


class HeldEnvironment:
    """Implements Environment for the execution that an actor holds."""

    def __init__(self, known: Shared, renderer: Renderer, clock: Clock) -> None:
        self.known = known
        self._renderer = renderer
        self._clock = clock
        self._prepared: dict[str, Prepared | None] = {}
        self._facts: dict[str, Facts] = {}
        self._rendered_for: set[str] = set()
        """The task run ids ("" for the execution) for which the present step rendered anything."""
        self._wanted: list[Wanted] = []
        self._pages: dict[str, dict[Fact, Facts]] = {}

    def now(self) -> datetime:
        return self._clock.now()

    def new_task_run_id(self) -> str:
        return new_id(TASK_RUN)

    def new_execution_id(self) -> str:
        return new_id(EXECUTION)

    def flow(self) -> Flow:
        return self.known.flow

    def text(
        self, template: str, execution: Execution, task: Task | None, run: TaskRun | None
    ) -> str:
        if "{" not in template:
            return template
        scope = self.scope(execution, task, run)
        return self._rendered(lambda: self._renderer.text(template, scope), scope, run)

    def value(
        self, value: object, execution: Execution, task: Task | None, run: TaskRun | None
    ) -> object:
        scope = self.scope(execution, task, run)
        return self._rendered(lambda: self._renderer.deep(value, scope), scope, run)

    def holds(self, conditions: Iterable[Mapping[str, object]], execution: Execution) -> bool:
        scope = self.scope(execution, None, None)

        def render(value: object, more: Mapping[str, object]) -> object:
            seen = Variables(self.known, execution, None, None, more)
            return self._renderer.deep(value, replace(scope, variables=seen))

        def judge() -> bool:
            return hold_for(conditions, execution, render, self._clock.now())

        try:
            return self._rendered(judge, scope, None)
        except InvalidInput as error:
            raise RenderFailed(str(error)) from None

    def stored(self, value: Mapping[str, object], execution: Execution) -> str:
        scope = self.scope(execution, None, None)

        def store() -> str:
            text = scope.secrets.mask(to_ion(value))
            fact = Fact("store", {"name": "outputs.ion", "text": Carried(text)})
            return str(scope.facts.get(fact))

        return self._rendered(store, scope, None)

    def row_pages(self, uri: str, execution: Execution, run: TaskRun) -> RowPages | None:
        scope = self.scope(execution, None, run)
        fact = Fact("rowPages", {"path": uri})
        found = self._rendered(lambda: scope.facts.get(fact), scope, run)
        return found if isinstance(found, RowPages) else None

    def rows(
        self, uri: str, start: int, end: int, execution: Execution, run: TaskRun
    ) -> list[object]:
        fact = Fact("rows", {"path": uri, "start": start, "end": end})
        pages = self._pages.setdefault(run.id, {})
        if fact not in pages and len(pages) >= _PAGES:
            del pages[next(iter(pages))]
        facts = pages.setdefault(fact, Facts())
        try:
            return list(facts.get(fact))
        except FactNeeded:
            self._wanted.append(Wanted(fact, facts, run.id))
            raise Deferred from None
        except ExpressionError as error:
            raise RenderFailed(str(error)) from None

    def run_inline(self, task: Task, execution: Execution, run: TaskRun) -> TaskResult | None:
        try:
            prepared = self._inline(task)
            if prepared is None:
                return None
            scope = self.scope(execution, task, run)
            with hurried():
                inline = prepared.task(
                    lambda v: self._rendered(lambda: self._renderer.deep(v, scope), scope, run)
                )
        except TakesLong:
            self._prepared[task.id] = None  # a worker does it, in a thread
            return None
        except (ValidationError, RenderFailed, LookupError) as error:
            told = explained(error) if isinstance(error, ValidationError) else str(error)
            return self._failed(told, task, run, self.known.secrets)
        return self._result(inline, task, execution, run, scope.secrets)

    def take_wanted(self) -> list[Wanted]:
        """The facts that the last step found missing.

        Those of what was rendered to its end are forgotten: who renders it again, in the next
        iteration or try, asks anew.
        """
        wanted, self._wanted = self._wanted, []
        for key in self._rendered_for - {each.task_run_id or "" for each in wanted}:
            self._facts.pop(key, None)
        self._rendered_for = set()
        return wanted

    def scope(self, execution: Execution, task: Task | None, run: TaskRun | None) -> Scope:
        """What a rendering of this task run (or of the execution) sees."""
        facts = self._facts.get(run.id if run else "") or Facts()
        variables = Variables(self.known, execution, task, run)
        return Scope(variables, facts, self._clock.now, self.known.secrets)

    def _rendered(self, render: Callable[[], T], scope: Scope, run: TaskRun | None) -> T:
        key = run.id if run else ""
        self._rendered_for.add(key)
        try:
            return render()
        except FactNeeded as needed:
            self._facts[key] = scope.facts
            self._wanted.append(Wanted(needed.fact, scope.facts, run.id if run else None))
            raise Deferred from None
        except ExpressionError as error:
            raise RenderFailed(str(error)) from None

    def _inline(self, task: Task) -> Prepared | None:
        if task.id not in self._prepared:
            prepared = prepare(task.type, task.properties)
            # What is looked up in the task cache needs the database, and a log file its storage: a
            # worker does it.
            is_kept = task.cache is not None and task.cache.enabled
            outside = is_kept or task.log_to_file
            inline = issubclass(prepared.kind, InlineTask) and not outside
            self._prepared[task.id] = prepared if inline else None
        return self._prepared[task.id]

    def _result(
        self, inline: object, task: Task, execution: Execution, run: TaskRun, secrets: Secrets
    ) -> TaskResult:
        if not isinstance(inline, InlineTask):
            raise TypeError(f"{task.type} does not run inside the engine")
        step = InlineStep(
            now=self._clock.now(),
            execution_id=execution.id,
            namespace=execution.namespace,
            flow_id=execution.flow_id,
            task_run_id=run.id,
            task_id=task.id,
            attempt=run.attempt or 1,
            variables=execution.variables,
        )
        try:
            result = inline.run(step)
        except Exception as error:
            return self._failed(f"{type(error).__name__}: {error}", task, run, secrets)
        if result.outputs and weight(result.outputs) > self.known.output_limit:
            return self._failed(too_large(self.known.output_limit), task, run, secrets)
        if secrets and result.logs:
            logs = tuple(replace(line, message=secrets.mask(line.message)) for line in result.logs)
            result = replace(result, logs=logs)
        if result.state is TaskRunState.FAILED and result.message:
            return self._told(result, task, run, secrets)
        return result

    def _failed(self, message: str, task: Task, run: TaskRun, secrets: Secrets) -> TaskResult:
        result = TaskResult(TaskRunState.FAILED, message=message)
        return self._told(result, task, run, secrets)

    def _told(self, result: TaskResult, task: Task, run: TaskRun, secrets: Secrets) -> TaskResult:
        """The same result, with its message in the log."""
        message = secrets.mask(result.message or "")
        line = LogLine(
            self._clock.now(), LogLevel.ERROR, message, run.id, task.id, run.attempt or 1
        )
        return replace(result, message=message, logs=(*result.logs, line))
