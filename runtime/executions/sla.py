"""What an execution has promised: how long it takes at most, and what stays true meanwhile.

MAX_DURATION counts from the moment the execution starts and is watched by a timer;
EXECUTION_ASSERTION is looked at when it starts, after every step that changed something and
before it ends. Each is broken once.
"""

from datetime import timedelta

from runtime.executions.environment import Deferred, RenderFailed
from runtime.executions.model import LogLevel
from runtime.executions.states import ExecutionState
from runtime.executions.step import Step
from runtime.executions.stopping import stop_all
from runtime.flows.model import Sla, SlaBehavior, SlaKind
from runtime.flows.truth import is_true


def set_timers(step: Step) -> None:
    """Watch the flow's MAX_DURATION limits from now on."""
    for sla in step.flow.sla:
        if sla.kind is SlaKind.MAX_DURATION and sla.duration is not None:
            step.set_timer(f"sla:{sla.id}", step.env.now() + timedelta(seconds=sla.duration))


def check_assertions(step: Step, *, at_the_end: bool = False) -> None:
    """Break those promises whose assertion does not hold any more.

    One that cannot be rendered holds, since what it speaks of may come later; at the end the log
    says so.
    """
    for sla in step.flow.sla:
        if sla.kind is not SlaKind.EXECUTION_ASSERTION or _is_broken(step, sla):
            continue
        if not _holds(step, sla, at_the_end):
            break_sla(step, sla.id)


def break_sla(step: Step, sla_id: str) -> None:
    """Add the promise's labels and do what it asks for; nothing the second time."""
    sla = next((sla for sla in step.flow.sla if sla.id == sla_id), None)
    if sla is None or step.execution.state.is_terminal or _is_broken(step, sla):
        return
    broken = step.execution.memory.get("brokenSlas")
    step.remember(brokenSlas=[*(broken if isinstance(broken, list) else []), sla.id])
    step.log(LogLevel.WARN, f"The SLA `{sla.id}` is broken: {_reason(sla)}.")
    step.merge_labels(sla.labels)
    if sla.behavior is SlaBehavior.FAIL:
        stop_all(step, ExecutionState.FAILED)
    elif sla.behavior is SlaBehavior.CANCEL:
        stop_all(step, ExecutionState.CANCELLED)


def _reason(sla: Sla) -> str:
    if sla.kind is SlaKind.MAX_DURATION:
        return f"the execution takes longer than {sla.duration:g} seconds"
    return f"`{sla.assertion}` does not hold"


def _is_broken(step: Step, sla: Sla) -> bool:
    broken = step.execution.memory.get("brokenSlas")
    return isinstance(broken, list) and sla.id in broken


def _holds(step: Step, sla: Sla, at_the_end: bool) -> bool:
    try:
        return is_true(step.env.text(sla.assertion or "", step.execution, None, None))
    except Deferred:
        return True
    except RenderFailed as failure:
        if at_the_end:
            step.log(LogLevel.WARN, f"The SLA `{sla.id}` cannot be checked: {failure.message}")
        return True
