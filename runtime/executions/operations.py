"""What people ask for. Each is refused before anything changes when the state does not allow it."""

from runtime.errors import Conflict, ErrorCode, NotFound
from runtime.executions import sla
from runtime.executions.actions import (
    ExecutionAction,
    Facts,
    TaskRunAction,
    allowed_actions,
    allowed_task_run_actions,
    how_to_mend,
    why_not,
)
from runtime.executions.decision import ChangeKind, Ended
from runtime.executions.marking import mark_task_run
from runtime.executions.messages import (
    Action,
    Begin,
    ChangeExecutionState,
    ChangeTaskRunState,
    ForceRun,
    Kill,
    NoteReplay,
    Pause,
    Restart,
    Resume,
    SetLabels,
    Unqueue,
)
from runtime.executions.model import Execution, LogLevel
from runtime.executions.restarting import AGAIN, restart_all
from runtime.executions.resuming import asked_by, resume
from runtime.executions.starting import limit_time
from runtime.executions.states import ExecutionState, TaskRunState
from runtime.executions.step import Step
from runtime.executions.stopping import stop_all
from runtime.executions.wishes import REPLAYED, check_labels


def begin(step: Step, message: Begin) -> None:
    """Start an execution that is CREATED, QUEUED or RESTARTED, as its flow's concurrency says."""
    state = step.execution.state
    if not state.is_to_begin or state is message.admission:
        return
    if message.admission is not ExecutionState.RUNNING:
        if message.why is not None:
            step.log(LogLevel.WARN, message.why)
        step.enter(message.admission)
        if message.admission.is_terminal:
            step.effect(Ended(message.admission))
        return
    _run(step)


def _run(step: Step) -> None:
    step.enter(ExecutionState.RUNNING)
    for run_id in step.index.open:
        run = step.execution.task_runs[run_id]
        if run.state is TaskRunState.RUNNING:
            limit_time(step, run)
    sla.set_timers(step)
    sla.check_assertions(step)


def check_version(execution: Execution, expected: int | None) -> None:
    """Raises Conflict when the execution is no longer what somebody saw who decided."""
    if expected is not None and expected != execution.version:
        raise Conflict(
            f"The execution changed meanwhile: it is at version {execution.version}, "
            f"not {expected}.",
            hint="Look at it again, then decide.",
        )


def act(step: Step, action: Action) -> None:
    """Do what was asked. Raises Conflict (INVALID_STATE, or CONFLICT for a stale version)."""
    check_version(step.execution, action.expected_version)
    match action:
        case Kill(include_children=children):
            _kill(step, action, children=children)
        case Pause():
            _allow(step, ExecutionAction.PAUSE)
            _tell(step, action, "PAUSE")
            step.remember(pausedByHand=True)
        case Resume():
            _allow(step, ExecutionAction.RESUME)
            resume(step, action)
        case Restart():
            _allow(step, ExecutionAction.RESTART)
            _restart(step, action)
        case ForceRun():
            _allow(step, ExecutionAction.FORCE_RUN)
            _force(step, action)
        case Unqueue():
            _allow(step, ExecutionAction.UNQUEUE)
            _tell(step, action, "UNQUEUE")
            _run(step)
        case ChangeExecutionState(state=state):
            _change_state(step, action, state)
        case ChangeTaskRunState():
            _change_task_run_state(step, action)
        case SetLabels(labels=labels):
            check_labels(labels)
            _tell(step, action, "SET_LABELS")
            step.merge_labels(labels)
        case NoteReplay():
            step.merge_labels({REPLAYED: "true"})
        case _:
            raise TypeError(f"{type(action).__name__} is no action on an execution")


def facts(step: Step) -> Facts:
    """What the rules need to know of this execution."""
    runs = step.execution.task_runs.values()
    failed = any(run.state in AGAIN for run in runs)
    return Facts(step.execution.state, has_failed_task_runs=failed)


def _allow(step: Step, action: ExecutionAction) -> None:
    known = facts(step)
    if action not in allowed_actions(known):
        hint = how_to_mend(action, known)
        raise Conflict(why_not(action, known), hint=hint, code=ErrorCode.INVALID_STATE)


def _tell(step: Step, action: Action, name: str, **detail: object) -> None:
    """Put into the history who asked for what."""
    now = step.env.now()
    state = step.execution.state
    what: dict[str, object] = {"action": name, **asked_by(action), **detail}
    step.event(ChangeKind.EXECUTION_ACTION, state, now, None, what)


def _kill(step: Step, action: Kill, *, children: bool) -> None:
    if step.execution.state is ExecutionState.KILLING:
        return
    _allow(step, ExecutionAction.KILL)
    _tell(step, action, "KILL", includeChildren=children)
    step.enter(ExecutionState.KILLING)
    stop_all(step, ExecutionState.KILLED, children=children)


def _restart(step: Step, action: Restart) -> None:
    _tell(step, action, "RESTART")
    execution = step.execution
    execution.attempt += 1
    step.forget_end()
    for run in execution.task_runs.values():
        if run.state is TaskRunState.PAUSED:
            step.cancel_timer(f"pause:{run.id}")
    restart_all(step)
    step.merge_labels({"system.restarted": "true"})
    step.enter(ExecutionState.RESTARTED)


def _force(step: Step, action: ForceRun) -> None:
    _tell(step, action, "FORCE_RUN")
    match step.execution.state:
        case ExecutionState.CREATED | ExecutionState.QUEUED | ExecutionState.RESTARTED:
            _run(step)
        case ExecutionState.PAUSED | ExecutionState.BREAKPOINT:
            resume(step, Resume(actor=action.actor))
        case _:
            for run_id in step.index.open:
                step.mark((run_id, None))
            step.mark((None, None))


def _change_state(step: Step, action: ChangeExecutionState, state: ExecutionState) -> None:
    _allow(step, ExecutionAction.CHANGE_STATE)
    if not state.is_terminal or state is step.execution.state:
        raise Conflict(
            f"An execution that is {step.execution.state} cannot be changed to {state}.",
            hint="Choose another final state: SUCCESS, WARNING, FAILED, CANCELLED or KILLED.",
            code=ErrorCode.INVALID_STATE,
        )
    _tell(step, action, "CHANGE_STATE", state=state.value)
    step.enter(state)


def _change_task_run_state(step: Step, action: ChangeTaskRunState) -> None:
    run = step.run(action.task_run_id)
    if run is None:
        raise NotFound(f"The execution has no task run `{action.task_run_id}`.")
    allowed = allowed_task_run_actions(step.execution.state, run.state)
    if TaskRunAction.CHANGE_STATE not in allowed:
        raise Conflict(
            f"The task run of `{run.task_id}` is {run.state} and its execution "
            f"{step.execution.state}: its state cannot be changed now.",
            hint="Wait for the execution to end, or kill it first.",
            code=ErrorCode.INVALID_STATE,
        )
    if run.state is TaskRunState.PAUSED and action.state is TaskRunState.RUNNING:
        resume(step, Resume(actor=action.actor, task_run_id=run.id))
        return
    if not action.state.is_terminal or action.state is run.state:
        raise Conflict(
            f"The task run of `{run.task_id}` cannot be changed from {run.state} "
            f"to {action.state}.",
            hint="Choose another final state: SUCCESS, WARNING, FAILED, SKIPPED or CANCELLED.",
            code=ErrorCode.INVALID_STATE,
        )
    _tell(step, action, "CHANGE_TASK_RUN_STATE", taskRunId=run.id, state=action.state.value)
    mark_task_run(step, run, action.state)
