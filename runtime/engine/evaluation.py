"""Expressions tried out on an execution as it is stored: nothing changes, and nobody is called.

Secrets stay sealed: where an expression would meet one it meets the mask, so that not even a
comparison tells anything about it.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import orjson

from runtime.clock import Clock
from runtime.config import Settings
from runtime.engine.facts import Asking, FactFinder
from runtime.engine.library import Library
from runtime.engine.secrecy import Secrecy
from runtime.engine.variables import Shared, Variables, installation_facts, known_secrets
from runtime.errors import NotFound
from runtime.executions.model import Execution, TaskRun
from runtime.expressions.printing import to_text
from runtime.expressions.problems import ExpressionError, TemplateProblemError
from runtime.expressions.render import Renderer
from runtime.expressions.scope import Fact, FactNeeded, Facts, Opened, Scope
from runtime.expressions.secrets import MASK
from runtime.files.vault import SEALED_TYPE, Vault
from runtime.flows.model import Flow
from runtime.store import holding
from runtime.store.pool import Pool

_LONGEST = 100_000
"""Characters of an expression, and of a result as text."""
_MOST_FACTS = 100
_AT_ONCE = 2
"""How many are evaluated at the same time; each may work for seconds."""
_CALLS = ("http", "subflow")


@dataclass(frozen=True, slots=True)
class Mistake:
    """Why there is no result. `line` and `column` count from 1; None where they are not known."""

    message: str
    hint: str
    line: int | None
    column: int | None


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A result: the value as it is, and as it is printed inside a text."""

    value: object
    text: str


class Evaluator:
    """Tries expressions out."""

    def __init__(
        self,
        pool: Pool,
        library: Library,
        renderer: Renderer,
        finder: FactFinder,
        vault: Vault,
        settings: Settings,
        clock: Clock,
    ) -> None:
        self._pool = pool
        self._library = library
        self._renderer = renderer
        self._finder = finder
        self._secrecy = Secrecy(vault, known_secrets(settings))
        self._settings = settings
        self._clock = clock
        self._turns = asyncio.Semaphore(_AT_ONCE)

    async def evaluate(
        self, execution_id: str, task_run_id: str | None, expression: str
    ) -> Evaluated | Mistake:
        """What the expression gives in the execution, or in one of its task runs.

        Raises NotFound for an unknown execution, task run or flow.
        """
        if len(expression) > _LONGEST:
            return Mistake(f"The expression is longer than {_LONGEST:,} characters.", "", 1, None)
        async with self._turns:
            execution = await holding.load(self._pool, execution_id)
            if execution is None:
                raise NotFound(f"There is no execution {execution_id}.")
            run = _run(execution, task_run_id)
            flow = await self._library.of_held(execution)
            return await self._tried(expression, self._scope(execution, flow, run), execution)

    def _scope(self, execution: Execution, flow: Flow, run: TaskRun | None) -> Scope:
        covered = _covered_execution(execution)
        task = next((each for each in flow.walk() if run and each.id == run.task_id), None)
        known = Shared(
            flow,
            installation_facts(self._settings),
            covered.inputs,
            self._secrecy,
            self._settings.output_limit,
        )
        seen = run and covered.task_runs[run.id]
        return Scope(Variables(known, covered, task, seen), clock=self._clock.now)

    async def _tried(
        self, expression: str, scope: Scope, execution: Execution
    ) -> Evaluated | Mistake:
        asking = Asking(execution.namespace, execution.flow_id, execution.id)
        for _ in range(_MOST_FACTS):
            try:
                value = await asyncio.to_thread(self._renderer.value, expression, scope)
                return self._shown(value)
            except FactNeeded as needed:
                await self._answer(needed.fact, scope.facts, asking)
            except ExpressionError as error:
                return self._mistake(expression, error)
        return Mistake(
            f"The expression asks for more than {_MOST_FACTS} things from outside.", "", 1, None
        )

    async def _answer(self, fact: Fact, facts: Facts, asking: Asking) -> None:
        if fact.kind == "secret":
            facts.put(fact, MASK)
            return
        if fact.kind in _CALLS:
            hint = f"Put a value in its place to try the rest: {fact.kind}(…) ?? 'value'."
            facts.fail(fact, f"`{fact.kind}()` is not called while an expression is tried", hint)
            return
        await self._finder.fetch(fact, facts, asking)
        try:
            answer = facts.get(fact)
        except ExpressionError:
            return  # told when the expression is rendered again
        facts.put(fact, MASK if isinstance(answer, Opened) else _covered(answer))

    def _shown(self, value: object) -> Evaluated | Mistake:
        text = self._secrecy.mask(to_text(value))
        if len(text) > _LONGEST:
            return Mistake(
                f"The result has {len(text):,} characters, too many to show.",
                "Look at a part of it, for example with slice or first.",
                1,
                None,
            )
        try:
            option = orjson.OPT_NON_STR_KEYS
            plain = orjson.loads(orjson.dumps(value, default=to_text, option=option))
        except (TypeError, ValueError):
            plain = text  # JSON cannot hold it
        return Evaluated(_covered(self._secrecy.seal(plain)), text)

    def _mistake(self, expression: str, error: ExpressionError) -> Mistake:
        column = error.column if isinstance(error, TemplateProblemError) else None
        for problem in self._renderer.check(expression)[:1]:
            column = problem.column
        reason = error.reason.rstrip(".") + "."
        return Mistake(self._secrecy.mask(reason), error.hint, error.line or 1, column)


def _run(execution: Execution, task_run_id: str | None) -> TaskRun | None:
    if task_run_id is None:
        return None
    if task_run_id not in execution.task_runs:
        raise NotFound(f"The execution {execution.id} has no task run {task_run_id}.")
    return execution.task_runs[task_run_id]


def _covered_execution(execution: Execution) -> Execution:
    """The execution with the mask in the place of everything that is sealed in it."""
    trigger = execution.trigger
    return replace(
        execution,
        inputs=_covered(execution.inputs),
        variables=_covered(execution.variables),
        outputs=_covered(execution.outputs),
        memory=_covered(execution.memory),
        error=_covered(execution.error),
        trigger=trigger and replace(trigger, variables=_covered(trigger.variables)),
        task_outputs={key: _covered(value) for key, value in execution.task_outputs.items()},
        task_runs={
            key: replace(run, dynamic=_covered(run.dynamic))
            for key, run in execution.task_runs.items()
        },
        index=None,
    )


def _covered(value: object) -> Any:
    match value:
        case Mapping() if value.get("type") == SEALED_TYPE:
            return MASK
        case Mapping():
            return {key: _covered(each) for key, each in value.items()}
        case list() | tuple():
            return [_covered(each) for each in value]
    return value
