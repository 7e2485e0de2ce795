"""How an execution ends: its blocks, its final state and outputs, then what runs after it."""

from collections.abc import Mapping

from runtime.executions.create import WANTED_OUTPUTS
from runtime.executions.decision import CancelTimer, ChangeKind, Ended
from runtime.executions.environment import Deferred, RenderFailed
from runtime.executions.index import ROOT
from runtime.executions.lanes import in_order, whatever_happens
from runtime.executions.listeners import choose_listeners, tasks_after
from runtime.executions.model import LogLevel
from runtime.executions.plan import LaneKind
from runtime.executions.sla import check_assertions
from runtime.executions.states import ExecutionState, TaskRunState
from runtime.executions.step import Step
from runtime.flows.inputs import cast_output
from runtime.flows.model import InputType, Output, SlaKind, Task

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
        whatever_happens(step, tasks_after(step))
        return
    state = _state(step)
    if state is None:
        return
    if not step.is_halted:
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
    try:
        choose_listeners(step, state, outputs)
    except Deferred:
        step.stall(ROOT)
        return
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
    whatever_happens(step, tasks_after(step))


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
    wanted = execution.memory.get(WANTED_OUTPUTS)
    if isinstance(wanted, Mapping) and not step.flow.outputs:
        return _render_wanted(step, wanted)
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
    yielded = {
        str(entry["id"]): _loop_output(step, entry)
        for entry in declared
        if isinstance(entry, dict) and "id" in entry
    }
    loop = step.execution.memory.get("loop")
    if yielded and isinstance(loop, Mapping) and loop.get("stores"):
        return {"uri": step.env.stored(yielded, step.execution)}
    return yielded


def _render_wanted(step: Step, wanted: Mapping[str, object]) -> dict[str, object] | None:
    """What the Subflow that started this execution asks of it, since its flow declares nothing.

    What cannot be rendered is the starter's failure and not the execution's: nothing is yielded.
    """
    try:
        return {
            name: step.env.value(value, step.execution, None, None)
            for name, value in wanted.items()
        }
    except RenderFailed as failure:
        step.log(LogLevel.ERROR, f"The outputs that were asked for: {failure.message}")
        return None


def _loop_output(step: Step, entry: Mapping[str, object]) -> object:
    value = step.env.value(entry.get("value"), step.execution, None, None)
    kind = str(entry.get("type", ""))
    if kind not in InputType.__members__:
        return value
    required = entry.get("required") is not False
    try:
        return cast_output(Output(str(entry["id"]), InputType(kind), None, required), value)
    except ValueError as error:
        raise RenderFailed(f"{error}.") from error
