"""Runs one attempt of a task: render, check, do the work within its time, keep what it yields."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import orjson
from pydantic import BaseModel, ValidationError

from runtime.engine.actor import Actor
from runtime.engine.attempt import Attempt
from runtime.engine.environment import InlineStep
from runtime.engine.facts import Asking, FactFinder
from runtime.engine.log_file import address_of_log
from runtime.engine.output_limit import too_large
from runtime.engine.properties import explained, prepare
from runtime.engine.scribe import Scribe
from runtime.engine.task_cache import cached, keep
from runtime.engine.variables import Variables
from runtime.errors import FlowdeckError
from runtime.executions import index as indexes
from runtime.executions.decision import RunTask
from runtime.executions.messages import TaskResult
from runtime.executions.model import Execution, LogLevel, TaskRun
from runtime.executions.states import TaskRunState
from runtime.expressions.problems import ExpressionError
from runtime.expressions.render import Renderer
from runtime.expressions.scope import Facts, Scope
from runtime.flows.durations import parse_duration
from runtime.flows.model import Task
from runtime.store.encoding import to_json
from runtime.store.scribe import Origin
from runtime.tasks.registry import find_task
from runtime.tasks.services import Services
from runtime.tasks.task import InlineTask, TaskFailed, TaskType, WorkTask

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class TaskRunner:
    """What any attempt in this process needs."""

    services: Services
    renderer: Renderer
    finder: FactFinder
    scribe: Scribe

    async def run(self, actor: Actor, run: TaskRun) -> TaskResult:
        """The attempt's outcome; only being cancelled gets out as an exception."""
        execution = actor.execution
        task = indexes.of(execution, actor.flow).plan.work_of(run)
        attempt, scope = self._attempt(actor, execution, task, run)
        try:
            result = await self._outcome(task, attempt, scope)
            return replace(result, outputs=actor.environment.known.secrecy.open(result.outputs))
        except (TaskFailed, FlowdeckError) as failure:
            outputs = failure.outputs if isinstance(failure, TaskFailed) else None
            return _failed(attempt, str(failure), outputs)
        except ValidationError as error:
            return _failed(attempt, explained(error))
        except (LookupError, ExpressionError) as error:
            return _failed(attempt, str(error))
        except TimeoutError:
            return _failed(attempt, f"Timeout: the task ran longer than {task.timeout}.")
        except Exception as error:
            return _failed(attempt, f"{type(error).__name__}: {error}")
        finally:
            await attempt.close()

    def log_file(self, actor: Actor, work: RunTask) -> str | None:
        """Where the lines of an attempt go, when its task wants them in a file."""
        execution = actor.execution
        run = execution.task_runs.get(work.task_run_id)
        if run is None:
            return None
        task = indexes.of(execution, actor.flow).plan.work_of(run)
        if not task.log_to_file:
            return None
        origin = Origin(execution.id, execution.namespace, execution.flow_id)
        return address_of_log(origin, task.id, run.id, work.attempt)

    async def _outcome(self, task: Task, attempt: Attempt, scope: Scope) -> TaskResult:
        prepared = prepare(task.type, task.properties)
        model = await self._resolved(
            scope, attempt, lambda: prepared.task(lambda v: self.renderer.deep(v, scope))
        )
        if (kept := await cached(task, model, attempt)) is not None:
            return kept
        limit = await self._time_limit(task, scope, attempt)
        async with asyncio.timeout(limit):
            answer = await _perform(model, attempt)
        result = self._checked(_result(answer))
        await keep(task, model, attempt, result)
        return result

    def _attempt(
        self, actor: Actor, execution: Execution, task: Task, run: TaskRun
    ) -> tuple[Attempt, Scope]:
        more: dict[str, object] = {}
        known = actor.environment.known
        variables = Variables(known, execution, task, run, more)
        scope = Scope(variables, Facts(), self.services.clock.now, known.secrets)
        asking = Asking(execution.namespace, execution.flow_id, execution.id)
        files = replace(self.finder.file_scope(asking), folder=f"tasks/{task.id}/{run.id}")

        async def render(template: str, extra: Mapping[str, object] | None) -> object:
            inner = Variables(known, execution, task, run, {**more, **(extra or {})})
            deeper = replace(scope, variables=inner)
            try:
                return await self._resolved(
                    deeper, attempt, lambda: self.renderer.value(template, deeper)
                )
            except ExpressionError as error:
                raise TaskFailed(str(error)) from error

        attempt = Attempt(
            execution, task, run, scope, known.secrecy, files, self.services, self.scribe, render
        )
        more |= _places(task, attempt.place)
        return attempt, scope

    async def _resolved(self, scope: Scope, attempt: Attempt, render: Callable[[], R]) -> R:
        """Render, fetching what expressions ask for on the way."""
        asking = Asking(attempt.namespace, attempt.flow_id, attempt.execution_id)
        return await self.finder.settle(render, scope.facts, asking)

    async def _time_limit(self, task: Task, scope: Scope, attempt: Attempt) -> float | None:
        if task.timeout is None:
            return None
        text = await self._resolved(
            scope, attempt, lambda: self.renderer.text(task.timeout or "", scope)
        )
        return parse_duration(text)

    def _checked(self, result: TaskResult) -> TaskResult:
        """The result, refused when its outputs are too large to be kept as rows."""
        if result.outputs is None:
            return result
        text = to_json(result.outputs)
        limit = self.services.settings.output_limit
        if len(text) > limit:
            raise TaskFailed(too_large(limit))
        return replace(result, outputs=orjson.loads(text))


def _places(task: Task, directory: Path) -> dict[str, object]:
    kind = find_task(task.type)
    if kind is None or not issubclass(kind, WorkTask):
        return {}
    return kind.places(directory, task.properties)


async def _perform(model: TaskType, attempt: Attempt) -> object:
    """Let the task do its work; a tiny task comes here only when its outputs are to be kept."""
    match model:
        case WorkTask():
            return await model.run(attempt)
        case InlineTask():
            result = model.run(InlineStep.of(attempt))
            return attempt.take_lines(result)
    raise TaskFailed(f"{model.type_name} decides which tasks run and cannot be run itself.")


def _result(answer: object) -> TaskResult:
    match answer:
        case TaskResult():
            return answer
        case BaseModel():
            outputs = answer.model_dump(mode="python", by_alias=True, exclude_none=True)
            return TaskResult(TaskRunState.SUCCESS, outputs)
        case Mapping():
            return TaskResult(TaskRunState.SUCCESS, dict(answer))
    return TaskResult(TaskRunState.SUCCESS)


def _failed(
    attempt: Attempt, message: str, outputs: Mapping[str, object] | None = None
) -> TaskResult:
    attempt.log(LogLevel.ERROR, message)
    return TaskResult(TaskRunState.FAILED, outputs, attempt.mask(message))
