"""Going on after a pause: one made by hand, a breakpoint, a Pause task or an Approval."""

from runtime.errors import Conflict, ErrorCode, NotFound
from runtime.executions.decision import ChangeKind
from runtime.executions.flowable import flowable_of
from runtime.executions.messages import Action, Resume
from runtime.executions.model import TaskRun
from runtime.executions.states import ExecutionState, TaskRunState
from runtime.executions.step import Step
from runtime.executions.wishes import check_breakpoints

_RESUMABLE = (TaskRunState.PAUSED, TaskRunState.BREAKPOINT)


def resume(step: Step, action: Resume) -> None:
    """Let the execution go on: the named task run, or whatever it is that waits first."""
    target = target_of(step, action)
    if target is None and not step.is_paused_by_hand:
        raise Conflict(
            "Nothing in this execution is paused.",
            hint="Look at its state again.",
            code=ErrorCode.INVALID_STATE,
        )
    flowable = flowable_of(step, target) if target else None
    task = step.task_of(target) if target else None
    if target and task and flowable and target.state is TaskRunState.PAUSED:
        flowable.check_resume(step, target, task, action)
    if action.breakpoints is not None:
        check_breakpoints(step.flow, action.breakpoints)
    _tell(step, action, target)
    if action.breakpoints is not None:
        step.execution.breakpoints = action.breakpoints
        step.decision.execution_changed = True
    if step.is_paused_by_hand and action.task_run_id is None:
        step.remember(pausedByHand=None)
    elif target is not None and target.state is TaskRunState.BREAKPOINT:
        step.index.ready[target.id] = None
    elif target is not None and task is not None and flowable is not None:
        step.enter(ExecutionState.RESTARTED)
        flowable.on_resume(step, target, task, action)
        if not step.index.states.get(TaskRunState.PAUSED):
            step.enter(ExecutionState.RUNNING)
        else:
            step.enter(ExecutionState.PAUSED)


def target_of(step: Step, action: Resume) -> TaskRun | None:
    """The task run that a resume means; None for an execution paused by hand."""
    if action.task_run_id is not None:
        run = step.run(action.task_run_id)
        if run is None:
            raise NotFound(f"The execution has no task run `{action.task_run_id}`.")
        if run.state not in _RESUMABLE:
            raise Conflict(
                f"The task run of `{run.task_id}` is {run.state}, not PAUSED.",
                hint="Choose a task run that waits; `allowedActions` of each says so.",
                code=ErrorCode.INVALID_STATE,
            )
        return run
    if step.is_paused_by_hand:
        return None
    runs = (step.execution.task_runs[run_id] for run_id in step.index.open)
    return next((run for run in runs if run.state in _RESUMABLE), None)


def _tell(step: Step, action: Resume, target: TaskRun | None) -> None:
    now = step.env.now()
    detail: dict[str, object] = {"action": "RESUME", **asked_by(action)}
    if target is not None:
        detail["taskRunId"] = target.id
    step.event(ChangeKind.EXECUTION_ACTION, step.execution.state, now, None, detail)


def asked_by(action: Action) -> dict[str, object]:
    """Who asked, for the history; and by which operation on many executions, if by one."""
    operation = action.bulk_operation_id
    return {"actor": action.actor, **({"bulkOperationId": operation} if operation else {})}
