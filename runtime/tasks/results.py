"""Short ways for tiny tasks to say how they ended."""

from collections.abc import Mapping, Sequence

from runtime.executions.messages import ExecutionChange, TaskResult
from runtime.executions.model import LogLevel, LogLine, Metric, MetricKind
from runtime.executions.states import TaskRunState
from runtime.tasks.task import Step


def succeeded(
    outputs: Mapping[str, object] | None = None,
    *,
    changes: Sequence[ExecutionChange] = (),
    logs: Sequence[LogLine] = (),
    metrics: Sequence[Metric] = (),
) -> TaskResult:
    return TaskResult(
        TaskRunState.SUCCESS,
        outputs,
        logs=tuple(logs),
        metrics=tuple(metrics),
        changes=tuple(changes),
    )


def failed(message: str, *, metrics: Sequence[Metric] = ()) -> TaskResult:
    return TaskResult(TaskRunState.FAILED, message=message, metrics=tuple(metrics))


def line(step: Step, level: LogLevel, message: str) -> LogLine:
    """A log line of this task run."""
    return LogLine(step.now, level, message, step.task_run_id, step.task_id, step.attempt)


def metric(
    step: Step, kind: MetricKind, name: str, value: float, tags: Mapping[str, str] | None = None
) -> Metric:
    """A metric of this task run; seconds for a timer."""
    return Metric(step.now, name, kind, value, tags or {}, step.task_run_id, step.task_id)
