"""Why something waits or failed: told from the recorded facts alone, the same answer every time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from resolvers.context import Context
from runtime.executions.states import ExecutionState, TaskRunState
from runtime.store.executions import ExecutionRecord
from runtime.store.task_runs import TaskRunRecord


class ExplanationKind(StrEnum):
    """What an explanation is about."""

    WAITING = "WAITING"
    FAILURE = "FAILURE"
    ENDED = "ENDED"


@dataclass(frozen=True, slots=True)
class Explanation:
    """The task run is the reason, where one is."""

    kind: ExplanationKind
    summary: str
    hint: str | None = None
    task_run_id: str | None = None
    task_id: str | None = None


_WAITS = {
    ExecutionState.QUEUED: Explanation(
        ExplanationKind.WAITING,
        "The flow's concurrency limit is reached: it waits until another execution ends.",
        "Wait, or take it out of the queue.",
    ),
    ExecutionState.BREAKPOINT: Explanation(
        ExplanationKind.WAITING,
        "It stopped before a task that is marked as a breakpoint.",
        "Resume it when it may go on.",
    ),
    ExecutionState.PAUSED: Explanation(
        ExplanationKind.WAITING, "Somebody paused it.", "Resume it when it may go on."
    ),
    ExecutionState.KILLING: Explanation(
        ExplanationKind.WAITING, "It was killed, and its running tasks are being stopped."
    ),
    ExecutionState.KILLED: Explanation(
        ExplanationKind.ENDED, "It was killed.", "Run it anew with a replay."
    ),
    ExecutionState.CANCELLED: Explanation(
        ExplanationKind.ENDED,
        "It was cancelled: by the flow's concurrency limit, an SLA or a task.",
    ),
    ExecutionState.RETRIED: Explanation(
        ExplanationKind.FAILURE,
        "It failed, and the flow's retry created a new execution in its place.",
    ),
}


async def of_execution(context: Context, execution: ExecutionRecord) -> Explanation | None:
    match execution.state:
        case ExecutionState.SUCCESS | ExecutionState.RUNNING | ExecutionState.RESTARTED:
            return None
        case ExecutionState.CREATED:
            return _not_begun(context, execution)
        case ExecutionState.FAILED | ExecutionState.WARNING | ExecutionState.RETRYING:
            return await _failed(context, execution)
        case ExecutionState.PAUSED | ExecutionState.BREAKPOINT:
            waiting = await context.loaders.waiting.load(execution.id) or []
            return _paused(execution.state, waiting)
        case _:
            return _WAITS.get(execution.state)


async def of_task_run(context: Context, task_run: TaskRunRecord) -> Explanation | None:
    found = _of_state(task_run)
    return found and replace(found, task_run_id=task_run.id, task_id=task_run.task_id)


def _not_begun(context: Context, execution: ExecutionRecord) -> Explanation | None:
    if execution.scheduled_at is None or execution.scheduled_at <= context.now():
        return None
    return Explanation(
        ExplanationKind.WAITING,
        "It waits for the moment that it is scheduled for.",
        "Run it now if it need not wait.",
    )


async def _failed(context: Context, execution: ExecutionRecord) -> Explanation | None:
    failures = await context.loaders.failures.load(execution.id) or []
    # The deepest failure is the cause: a flowable fails because of what it holds.
    parents = {run.parent_id for run in failures}
    cause = next((run for run in failures if run.id not in parents), None)
    if cause is not None:
        return await of_task_run(context, cause)
    message = (execution.error or {}).get("message")
    if not message:
        return None
    task_id = (execution.error or {}).get("taskId")
    return Explanation(
        ExplanationKind.FAILURE, str(message), task_id=str(task_id) if task_id else None
    )


def _paused(state: ExecutionState, waiting: Sequence[TaskRunRecord]) -> Explanation:
    found = _WAITS[state]
    run = next((run for run in waiting if run.state.value == state.value), None)
    if run is None:
        return found
    summary = found.summary
    if run.state is TaskRunState.PAUSED:
        summary = f"The task {run.task_id} paused it."
    return replace(found, summary=summary, task_run_id=run.id, task_id=run.task_id)


def _of_state(run: TaskRunRecord) -> Explanation | None:
    message = next((a.message for a in reversed(run.attempts) if a.message), None)
    tries = f" after {len(run.attempts)} attempts" if len(run.attempts) > 1 else ""
    match run.state:
        case TaskRunState.FAILED:
            said = f": {message}" if message else "; its log says why."
            return Explanation(
                ExplanationKind.FAILURE,
                f"The task {run.task_id} failed{tries}{said}",
                "Look at its log, mend the cause, then restart the execution.",
            )
        case TaskRunState.WARNING if message:
            return Explanation(
                ExplanationKind.FAILURE, f"The task {run.task_id} ended with a warning: {message}"
            )
        case TaskRunState.RETRYING:
            said = f": {message}" if message else "."
            return Explanation(
                ExplanationKind.WAITING, f"An attempt failed and will be tried again{said}"
            )
        case TaskRunState.PAUSED:
            return Explanation(
                ExplanationKind.WAITING,
                f"The task {run.task_id} waits to be resumed, or for its time to pass.",
                "Resume it when it may go on.",
            )
        case TaskRunState.BREAKPOINT:
            return Explanation(
                ExplanationKind.WAITING,
                f"The task {run.task_id} is a breakpoint.",
                "Resume it when it may go on.",
            )
        case TaskRunState.SKIPPED:
            return Explanation(
                ExplanationKind.ENDED, "Its condition did not hold, or it is disabled."
            )
        case TaskRunState.KILLED:
            return Explanation(ExplanationKind.ENDED, "It was killed.")
        case _:
            return None
