"""The loop inside one step: start what is ready, settle what changed, until nothing is left to do.

Depth first: a block that a task run just opened is looked at before the blocks around it.
"""

from runtime.executions.ending import settle_root
from runtime.executions.finishing import fail
from runtime.executions.flowable import flowable_of
from runtime.executions.index import ROOT
from runtime.executions.settling import settle
from runtime.executions.sla import check_assertions
from runtime.executions.starting import start
from runtime.executions.states import ExecutionState, TaskRunState
from runtime.executions.step import Step


def run_on(step: Step) -> None:
    """Do all that can be done now, or a batch of it, and name the state it leaves."""
    if step.execution.state.is_to_begin:
        return
    index = step.index
    while (index.ready or index.dirty) and not step.is_paused_by_hand:
        if step.budget <= 0 and not _only_root_left(step):
            step.decision.unfinished = True
            break
        if index.ready:
            _start_next(step)
            continue
        owner = index.dirty.popitem()[0]
        if owner != ROOT:
            settle(step, owner)
        else:
            settle_root(step)
        index = step.index
    _name_state(step)
    if step.decision.events and not step.execution.state.is_terminal:
        check_assertions(step)


def resume_waiting(step: Step) -> None:
    """Have whatever waited for a fact try again."""
    for run_id in step.index.waiting:
        step.index.ready[run_id] = None
    step.index.waiting.clear()
    for owner in step.index.stalled:
        step.mark(owner)
    step.index.stalled.clear()


def _only_root_left(step: Step) -> bool:
    return not step.index.ready and step.index.dirty.keys() == {ROOT}


def _start_next(step: Step) -> None:
    run_id = next(iter(step.index.ready))
    del step.index.ready[run_id]
    run = step.execution.task_runs[run_id]
    task = step.task_of(run)
    if task is None:
        fail(step, run, None, f"The flow has no enabled task `{run.task_id}` any more.")
    else:
        start(step, run, task)


def _name_state(step: Step) -> None:
    """The state of an execution under way, from those of its task runs."""
    execution = step.execution
    if execution.state.is_terminal or execution.state is ExecutionState.KILLING:
        return
    state = _state_under_way(step)
    if state is not execution.state:
        step.enter(state)


def _state_under_way(step: Step) -> ExecutionState:
    count = step.index.states.get
    if step.is_halted:
        return ExecutionState.RUNNING
    if count(TaskRunState.BREAKPOINT):
        return ExecutionState.BREAKPOINT
    if step.is_paused_by_hand or count(TaskRunState.PAUSED):
        return ExecutionState.PAUSED
    if count(TaskRunState.RETRYING) and not _is_working(step):
        return ExecutionState.RETRYING
    return ExecutionState.RUNNING


def _is_working(step: Step) -> bool:
    """Whether any task run does work of its own at this moment."""
    at_work = (TaskRunState.SUBMITTED, TaskRunState.RUNNING)
    runs = (step.execution.task_runs[run_id] for run_id in step.index.open)
    return any(
        run.state in at_work and (flowable_of(step, run) is None or step.waits_for_child(run))
        for run in runs
    )
