"""`core.templating.TemplatedTask`: a task that an expression writes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, Field

from runtime.executions.messages import TaskResult
from runtime.expressions.printing import to_text
from runtime.flows.model import Task
from runtime.flows.parse import parse_task
from runtime.flows.types import KnownTypes, not_rendered
from runtime.tasks.properties import Text
from runtime.tasks.task import InlineTask, Run, TaskFailed, WorkTask

_DEEPEST = 50


class TemplatedTask(WorkTask):
    """Run a task whose YAML is the result of an expression.

    `spec` holds one task, with `type` and its properties. It is rendered, and the task runs in
    place of this one. Tasks that decide which others run cannot be used here.
    """

    type_name = "io.kestra.plugin.core.templating.TemplatedTask"

    task: Text = Field(alias="spec")

    async def run(self, run: Run) -> BaseModel | Mapping[str, object] | TaskResult | None:
        types = run.services.types
        written = _read(self.task, types)
        found = types.find(written.type)
        kind = found.properties if found else None
        if kind is None or not issubclass(kind, InlineTask | WorkTask):
            raise TaskFailed(f"{written.type} cannot be run inside a TemplatedTask.")
        task = await _rendered(kind, written.properties, run)
        if isinstance(task, WorkTask):
            return await task.run(run)
        return task.run(_step_of(run))


@dataclass(frozen=True, slots=True)
class _Step:
    now: datetime
    execution_id: str
    namespace: str
    flow_id: str
    task_run_id: str
    task_id: str
    attempt: int
    variables: Mapping[str, object]


def _read(spec: str, types: KnownTypes) -> Task:
    has_id = any(line.startswith("id:") for line in spec.splitlines())
    parsed = parse_task(spec if has_id else f"id: templated\n{spec}", types)
    if parsed.task is None:
        reasons = " ".join(f"{each.message} {each.hint}".strip() for each in parsed.problems)
        raise TaskFailed(f"`spec` holds no task that can be run: {reasons}")
    return parsed.task


async def _rendered(
    kind: type[InlineTask] | type[WorkTask], properties: Mapping[str, object], run: Run
) -> InlineTask | WorkTask:
    raw = not_rendered(kind)
    values = {
        name: value if name in raw else await _render(value, run, 0)
        for name, value in properties.items()
    }
    return kind.of(values)


async def _render(value: object, run: Run, depth: int) -> object:
    if depth > _DEEPEST:
        raise TaskFailed("The properties are nested too deeply.")
    match value:
        case str():
            return await run.render(value)
        case Mapping():
            return {
                to_text(await _render(key, run, depth + 1)): await _render(item, run, depth + 1)
                for key, item in value.items()
            }
        case list() | tuple():
            return [await _render(item, run, depth + 1) for item in value]
    return value


def _step_of(run: Run) -> _Step:
    variables = run.variables.get("vars")
    return _Step(
        *(run.now(), run.execution_id, run.namespace, run.flow_id),
        *(run.task_run_id, run.task_id, run.attempt),
        variables if isinstance(variables, Mapping) else {},
    )
