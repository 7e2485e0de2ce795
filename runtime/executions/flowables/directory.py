"""WorkingDirectory: tasks that share one directory."""

from pydantic import BaseModel, Field

from runtime.executions.attempts import closed, opened
from runtime.executions.flowable import Flowable, Opening
from runtime.executions.lanes import in_order, is_stopping
from runtime.executions.messages import TaskResult
from runtime.executions.model import TaskRun
from runtime.executions.starting import send_part
from runtime.executions.states import TaskRunState
from runtime.executions.step import Step
from runtime.flows.model import Task
from runtime.flows.types import Properties

_BEFORE = ("inputFiles", "namespaceFiles", "cache")
_AFTER = ("outputFiles", "cache")


class _Directory(Properties):
    input_files: object = Field(None, description="Files to put there: a map, JSON or an address.")
    output_files: list[str] = Field(
        default_factory=list, description="Patterns of files to keep in the end."
    )
    namespace_files: dict[str, object] | None = Field(
        None, description="Files of the namespace to put there."
    )
    cache: dict[str, object] | None = Field(
        None, description="`patterns` of files to keep for the next execution, and their `ttl`."
    )
    task_runner: dict[str, object] | None = Field(None, description="Accepted; has no effect.")


class _Kept(BaseModel):
    outputFiles: dict[str, str] = Field(description="The kept files by name.")  # noqa: N815


class WorkingDirectory(Flowable):
    """Run tasks one after another in one directory that they share.

    Files that one task writes are there for the next. Children must do work themselves; flow
    control is refused inside. A restart runs all of them again, since the directory is gone.
    """

    name = "WorkingDirectory"
    Properties = _Directory
    Outputs = _Kept
    aliases = ("io.kestra.core.tasks.flows.Worker", "io.kestra.plugin.core.flow.Worker")
    runnable_children_only = True
    restarts_whole = True

    @classmethod
    def open(cls, step: Step, run: TaskRun, task: Task) -> Opening:
        return Opening({"workingDirectory": run.id, "phase": None, "partFailed": None})

    @classmethod
    def main(cls, step: Step, run: TaskRun, task: Task) -> bool:
        phase = run.dynamic.get("phase")
        if run.dynamic.get("partFailed"):
            return True
        if phase is None and any(task.properties.get(name) for name in _BEFORE):
            return _send(step, run, "prepare")
        if phase in ("prepare", "collect"):
            return False
        if not in_order(step, run, step.index.plan.children(task.id, "tasks")):
            return False
        failed = step.index.worst(run.id) is TaskRunState.FAILED
        wanted = any(task.properties.get(name) for name in _AFTER)
        if wanted and not failed and phase != "collected":
            return _send(step, run, "collect")
        return True

    @classmethod
    def is_at_worker(cls, run: TaskRun) -> bool:
        return run.dynamic.get("phase") in ("prepare", "collect")

    @classmethod
    def is_busy(cls, step: Step, run: TaskRun) -> bool:
        return cls.is_at_worker(run)

    @classmethod
    def verdict(cls, run: TaskRun, worst: TaskRunState) -> TaskRunState:
        return TaskRunState.FAILED if run.dynamic.get("partFailed") else worst

    @classmethod
    def on_result(cls, step: Step, run: TaskRun, task: Task, result: TaskResult) -> None:
        step.decision.logs.extend(result.logs)
        step.decision.metrics.extend(result.metrics)
        if result.outputs is not None:
            step.set_outputs(run, result.outputs)
        done = "prepared" if run.dynamic.get("phase") == "prepare" else "collected"
        failed = result.state is not TaskRunState.SUCCESS
        dynamic = {**run.dynamic, "phase": done}
        if failed:
            dynamic |= {"partFailed": True, "message": result.message}
        now = step.env.now()
        run = step.amend(
            run, dynamic=dynamic, attempts=closed(run, result.state, now, result.message)
        )
        if done == "prepared" and not failed:
            step.amend(run, attempts=opened(run, TaskRunState.RUNNING, now))


def _send(step: Step, run: TaskRun, phase: str) -> bool:
    """Have a worker fill the directory or keep files of it: an attempt of this task run."""
    if is_stopping(step, run):
        return True
    attempts = closed(run, TaskRunState.SUCCESS, step.env.now())
    dynamic = {**run.dynamic, "phase": phase}
    send_part(step, step.amend(run, attempts=attempts, dynamic=dynamic))
    return False
