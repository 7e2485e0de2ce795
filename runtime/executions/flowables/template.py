"""Template: the tasks of another flow, run as if they stood here."""

from collections.abc import Mapping
from typing import ClassVar

from pydantic import BaseModel, Field

from runtime.executions.environment import RenderFailed
from runtime.executions.flowable import ERRORS, FINALLY, Opening, text_of
from runtime.executions.flowables.blocks import Sequential
from runtime.executions.model import TaskRun
from runtime.executions.step import Step
from runtime.flows.model import Task
from runtime.flows.types import BranchSpec, Properties


class _Template(Properties):
    namespace: str = Field(description="The namespace of the template; no expression.")
    template_id: str = Field(description="The id of the template; no expression.")
    args: dict[str, str | list[object] | dict[str, object]] = Field(
        default_factory=dict,
        description="What the template's tasks see as `parent.outputs.args`, rendered to text; "
        "lists and maps stay what they are.",
    )


class _Arguments(BaseModel):
    args: dict[str, object] = Field(description="The arguments, rendered.")


class Template(Sequential):
    """Run the tasks of a template in this execution.

    A template is a flow: its `tasks` run here one after another, its `errors` when one of them
    fails, its `finally` in the end; what else it has stays behind. Their ids must be free in this
    flow, and expressions in them see this flow's inputs, variables and outputs. The newest
    revision at the execution's beginning stays for all of it; a restart or replay on a named
    revision of the flow takes the newest again. Templates may take in templates. Whether the
    template is disabled does not matter: that keeps it from being started by itself.
    """

    name = "Template"
    Properties = _Template
    Outputs = _Arguments
    branches: ClassVar[tuple[BranchSpec, ...]] = (ERRORS, FINALLY)
    deprecated = "Kestra has retired templates. Put the tasks into a flow and use Subflow."

    @classmethod
    def open(cls, step: Step, run: TaskRun, task: Task) -> Opening:
        taken = step.flow.taken_in.get(task.id)
        if taken is None:
            raise RenderFailed(
                f"`{task.id}` names its template by an expression. Write namespace and templateId "
                "as they are."
            )
        if taken.problem is not None:
            raise RenderFailed(taken.problem)
        args = _args(step, run, task)
        return Opening(outputs=None if args is None else {"args": args})


def _args(step: Step, run: TaskRun, task: Task) -> dict[str, object] | None:
    """Texts, as Kestra has them. Raises RenderFailed or Deferred."""
    given = task.properties.get("args")
    if given is None:
        return None
    if isinstance(given, Mapping):
        return {str(name): _arg(step, run, task, value) for name, value in given.items()}
    given = step.env.value(given, step.execution, task, run)
    if not isinstance(given, Mapping):
        raise RenderFailed(f"`args` of `{task.id}` must be a map.")
    return {str(name): _plain(value) for name, value in given.items()}


def _arg(step: Step, run: TaskRun, task: Task, value: object) -> object:
    if isinstance(value, str):
        return step.env.text(value, step.execution, task, run)
    if isinstance(value, Mapping | list):
        return step.env.value(value, step.execution, task, run)
    return text_of(value)


def _plain(value: object) -> object:
    return value if isinstance(value, Mapping | list) else text_of(value)
