"""How an execution ends: its blocks, its final state and outputs, then what runs after it."""

from runtime.executions.decision import CancelTimer, ChangeKind, Ended
from runtime.executions.environment import Deferred, RenderFailed
from runtime.executions.index import ROOT
from runtime.executions.lanes import in_order, whatever_happens
from runtime.executions.model import LogLevel
from runtime.executions.plan import LaneKind
from runtime.executions.sla import check_assertions
from runtime.executions.states import ExecutionState, TaskRunState
from runtime.executions.step import Step
from runtime.flows.inputs import cast_output
from runtime.flows.model import SlaKind, Task
from runtime.flows.truth import is_true

_FROM_TASKS = {
    TaskRunState.SUCCESS: ExecutionState.SUCCESS,
    TaskRunState.WARNING: ExecutionState.WARNING,
    TaskRunState.CANCELLED: ExecutionState.CANCELLED,
    TaskRunState.FAILED: ExecutionState.FAILED,
    TaskRunState.RETRIED: ExecutionState.RETRIED,
    TaskRunState.KILLED: ExecutionState.KILLED,
}
_WAITING = (ExecutionState.PAUSED, ExecutionState.RETRYING)
"""States that are left through RUNNING, however quickly the rest is done."""
_WITH_OUTPUTS = (ExecutionState.SUCCESS, ExecutionState.WARNING, ExecutionState.FAILED)


def settle_root(step: Step) -> None:
    """Let the execution go on at its outermost level; end it when it is through."""
    execution = step.execution
    if execution.state.is_terminal:
        whatever_happens(step, _tasks_after(step))
        return
    state = _state(step)
    if state is None:
        return
    if "endAs" not in execution.memory:
        check_assertions(step, at_the_end=True)
        state = ExecutionState(str(execution.memory.get("endAs", state)))
    outputs: dict[str, object] | None = None
    try:
        if state in _WITH_OUTPUTS:
            outputs = _render_outputs(step)
    except Deferred:
        step.stall(ROOT)
        return
    except RenderFailed as failure:
        if state is ExecutionState.FAILED:
            step.log(LogLevel.WARN, f"The outputs of the failed execution: {failure.message}")
        else:
            step.log(LogLevel.ERROR, failure.message)
            execution.error = {"taskId": None, "message": failure.message}
            state = ExecutionState.FAILED
    _finish(step, state, outputs)


def _finish(step: Step, state: ExecutionState, outputs: dict[str, object] | None) -> None:
    if outputs:
        step.execution.outputs = outputs
        now = step.env.now()
        step.event(ChangeKind.EXECUTION_OUTPUTS, step.execution.state, now)
    if step.execution.state in _WAITING and not step.is_halted:
        step.enter(ExecutionState.RUNNING)
    step.remember(endAs=None, pausedByHand=None)
    step.enter(state)
    for sla in step.flow.sla:
        if sla.kind is SlaKind.MAX_DURATION:
            step.effect(CancelTimer(f"sla:{sla.id}"))
    step.effect(Ended(state))
    whatever_happens(step, _tasks_after(step))


def _state(step: Step) -> ExecutionState | None:
    """The final state; None while something is under way."""
    index = step.index
    wanted = step.execution.memory.get("endAs")
    if wanted is not None:
        return ExecutionState(str(wanted)) if index.is_quiet(None) else None
    children = index.plan.children
    if not in_order(step, None, children(None, "tasks")):
        return None
    failed = index.lane(None, None, LaneKind.MAIN).failed > 0
    errors = children(None, "errors")
    if failed and errors and not in_order(step, None, errors, LaneKind.ERRORS):
        return None
    if not in_order(step, None, children(None, "finally"), LaneKind.FINALLY):
        return None
    return _FROM_TASKS[index.worst(None)]


def _render_outputs(step: Step) -> dict[str, object] | None:
    """The flow's declared outputs, or those of the Loop whose iteration this is."""
    execution, env = step.execution, step.env
    root = step.index.plan.root
    if root is not None:
        return _render_loop_outputs(step, root)
    rendered: dict[str, object] = {}
    for output in step.flow.outputs:
        try:
            value = env.value(output.value, execution, None, None)
        except RenderFailed as failure:
            if output.required:
                raise
            step.log(LogLevel.WARN, f"The output `{output.id}` is left out: {failure.message}")
            value = None
        try:
            rendered[output.id] = cast_output(output, value)
        except ValueError as error:
            raise RenderFailed(f"{error}.") from error
    return rendered or None


def _render_loop_outputs(step: Step, root: Task) -> dict[str, object] | None:
    declared = root.properties.get("outputs")
    if not isinstance(declared, list):
        return None
    return {
        str(entry["id"]): step.env.value(entry.get("value"), step.execution, None, None)
        for entry in declared
        if isinstance(entry, dict) and "id" in entry
    }


def _tasks_after(step: Step) -> list[Task]:
    """The tasks of the listeners whose conditions hold, then those of `afterExecution`."""
    if step.index.plan.root is not None:
        return []
    chosen = step.execution.memory.get("listeners")
    if not isinstance(chosen, list):
        chosen = [
            number
            for number, listener in enumerate(step.flow.listeners)
            if all(_holds(step, condition) for condition in listener.conditions)
        ]
        if step.flow.listeners:
            step.remember(listeners=chosen)
    tasks: list[Task] = []
    for number in chosen:
        tasks += step.index.plan.children(None, f"listeners.{number}")
    return tasks + list(step.index.plan.children(None, "afterExecution"))


def _holds(step: Step, condition: object) -> bool:
    """Whether a listener's condition holds; those on the state and on an expression are known."""
    if not isinstance(condition, dict):
        return True
    state = step.execution.state.value
    kind = str(condition.get("type", ""))
    if kind.endswith(("ExecutionStatus", "ExecutionStatusCondition")):
        allowed, refused = condition.get("in") or [state], condition.get("notIn") or []
        return state in allowed and state not in refused
    expression = condition.get("expression")
    if isinstance(expression, str):
        try:
            return is_true(step.env.text(expression, step.execution, None, None))
        except (RenderFailed, Deferred):
            return False
    return True
