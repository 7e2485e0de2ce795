"""How work that has begun is stopped: of a whole execution, or of one block in it.

Whatever does not run yet ends at once; whatever runs is asked to stop and ends when it answers; a
block ends when its children have. Nothing new starts meanwhile.
"""

from runtime.executions import outputs
from runtime.executions.attempts import closed
from runtime.executions.decision import KillChildren, StopTask
from runtime.executions.index import ROOT
from runtime.executions.model import TaskRun
from runtime.executions.states import ExecutionState, TaskRunState
from runtime.executions.step import Step

_AT_ONCE = frozenset(
    {
        TaskRunState.CREATED,
        TaskRunState.RESTARTED,
        TaskRunState.PAUSED,
        TaskRunState.BREAKPOINT,
        TaskRunState.RETRYING,
    }
)


def stop_all(step: Step, end_as: ExecutionState, *, children: bool = True) -> None:
    """Stop the execution; it ends in `end_as` once everything has answered."""
    step.remember(endAs=end_as.value, pausedByHand=None)
    for run_id in reversed(list(step.index.open)):
        run = step.run(run_id)
        if run is not None and not run.state.is_terminal:
            stop(step, run, children=children)
    step.mark(ROOT)


def stop_block(step: Step, block: TaskRun, end_as: TaskRunState, message: str) -> None:
    """Stop one task run and everything below it; it ends in `end_as`."""
    dynamic = {**block.dynamic, "endAs": end_as.value, "message": message}
    stop(step, step.amend(block, dynamic=dynamic))
    for run_id in reversed(list(step.index.open)):
        run = step.run(run_id)
        if run is None or run.state.is_terminal or run.id == block.id:
            continue
        if any(outer.id == block.id for outer in outputs.ancestors(step.execution, run)):
            stop(step, run)


def stop(step: Step, run: TaskRun, *, children: bool = True) -> None:
    """Stop one task run, not those below it."""
    if run.state in _AT_ONCE:
        _drop(step, run)
        return
    if run.state is TaskRunState.KILLING:
        return
    waits_for_child = step.waits_for_child(run)
    is_block = step.is_block(run)
    if waits_for_child and not children:
        _drop(step, run)
        return
    run = step.move(run, TaskRunState.KILLING)
    if waits_for_child:
        step.effect(KillChildren(run.id))
    if is_block:
        step.cancel_timer(f"loop:{run.id}")  # a LoopUntil's next look
        step.cancel_timer(f"sleep:{run.id}")
        step.mark((run.id, None))
    else:
        step.effect(StopTask(run.id, run.attempt))


def _drop(step: Step, run: TaskRun) -> None:
    """End a task run that has nothing running, and whatever would have woken it."""
    if run.state is TaskRunState.RETRYING:
        step.cancel_timer(f"retry:{run.id}")
    if run.state is TaskRunState.PAUSED:
        step.cancel_timer(f"pause:{run.id}")
    if step.has_timeout(run):
        step.cancel_timer(f"timeout:{run.id}")
    end = ended_by_stop(run)
    now = step.env.now()
    step.move(run, end, attempts=closed(run, end, now), at=now)


def ended_by_stop(run: TaskRun) -> TaskRunState:
    """The state in which a task run ends that was asked to stop."""
    return TaskRunState(str(run.dynamic.get("endAs") or TaskRunState.KILLED))
