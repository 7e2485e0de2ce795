"""Running an execution again as a new one: from the start, from a task run, or its failed parts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from runtime.errors import Conflict, ErrorCode, NotFound
from runtime.executions.actions import (
    ExecutionAction,
    Facts,
    allowed_actions,
    how_to_mend,
    why_not,
)
from runtime.executions.attempts import opened
from runtime.executions.create import WANTED_OUTPUTS, pinned
from runtime.executions.decision import ChangeKind, Decision, Event
from runtime.executions.flowables.table import FLOWABLES
from runtime.executions.model import Execution, StateChange, TaskRun
from runtime.executions.order import predecessors
from runtime.executions.outputs import ancestors
from runtime.executions.plan import LaneKind, Plan, plan
from runtime.executions.restarting import AGAIN, carried_over
from runtime.executions.retries import counted
from runtime.executions.states import ExecutionState, TaskRunState
from runtime.flows.model import Flow
from runtime.ids import TASK_RUN, new_id

MakeId = Callable[[], str]


def _fresh_id() -> str:
    return new_id(TASK_RUN)


def replay(
    flow: Flow,
    original: Execution,
    *,
    id: str,
    at: datetime,
    from_task_run_id: str | None,
    inputs: Mapping[str, object] | None,
    revision: int | None,
    make_id: MakeId = _fresh_id,
) -> tuple[Execution, Decision]:
    """A new execution of `flow` with the same inputs (or `inputs`), labels and trigger.

    From the start it is CREATED and has no task runs. From a task run it is RESTARTED: what had to
    end before that task run is copied with its outputs, the task run itself is to run again, and
    everything after or beside it is left out. `Begin` starts either. `id` may be the one that a
    ReplayAsNew named: then the new execution counts as the next attempt and stays a child of the
    same parent. An iteration of a Loop has the variables of its original, which had them from the
    execution around it. Raises NotFound when there is no such task run.
    """
    execution = _new(flow, original, id, at, inputs, revision)
    if from_task_run_id is None:
        return execution, _told(execution, at)
    target = original.task_runs.get(from_task_run_id)
    chart = plan(flow, _loop(original))
    if target is None or target.task_id not in chart.places:
        raise NotFound(
            f"There is no task run `{from_task_run_id}` to replay from.",
            hint="Choose a task run of this execution whose task is still in the flow.",
        )
    target = _whole(original, target, chart)
    kept = _before(original, target, chart)
    _copy(_Copy(original, execution, chart, kept, make_id, target.id))
    _restarted(execution, original, at)
    return execution, _told(execution, at)


def restart_as_new(
    flow: Flow,
    original: Execution,
    *,
    id: str,
    at: datetime,
    revision: int,
    make_id: MakeId = _fresh_id,
) -> tuple[Execution, Decision]:
    """Restart the failed parts with another revision of the flow, which takes a new execution.

    Raises Conflict (INVALID_STATE) when nothing failed.
    """
    chart = plan(flow, _loop(original))
    runs = original.task_runs.values()
    facts = Facts(original.state, any(run.state in AGAIN for run in runs))
    if ExecutionAction.RESTART not in allowed_actions(facts):
        raise Conflict(
            why_not(ExecutionAction.RESTART, facts),
            hint=how_to_mend(ExecutionAction.RESTART, facts),
            code=ErrorCode.INVALID_STATE,
        )
    execution = _new(flow, original, id, at, None, revision)
    execution.attempt = original.attempt + 1
    execution.labels = {**original.labels, "system.restarted": "true"}
    kept = {run.id for run in runs if run.task_id in chart.places}
    _copy(_Copy(original, execution, chart, kept, make_id, None))
    _restarted(execution, original, at)
    return execution, _told(execution, at)


def _loop(execution: Execution) -> Mapping[str, object] | None:
    loop = execution.memory.get("loop")
    return loop if isinstance(loop, Mapping) else None


def _new(
    flow: Flow,
    original: Execution,
    id: str,
    at: datetime,
    inputs: Mapping[str, object] | None,
    revision: int | None,
) -> Execution:
    is_retry = original.memory.get("retriedAs") == id
    loop = _loop(original)
    memory = pinned(flow)
    if loop is not None:
        memory["loop"] = loop
    if is_retry and WANTED_OUTPUTS in original.memory:
        memory[WANTED_OUTPUTS] = original.memory[WANTED_OUTPUTS]
    if is_retry:
        first = original.memory.get("firstCreatedAt", original.created_at.isoformat())
        memory["firstCreatedAt"] = first
    labels = {k: v for k, v in original.labels.items() if k != "system.restarted"}
    if not is_retry:
        labels["system.replay"] = "true"
    return Execution(
        id=id,
        namespace=original.namespace,
        flow_id=original.flow_id,
        flow_revision=flow.revision if revision is None else revision,
        state=ExecutionState.CREATED,
        history=(StateChange(ExecutionState.CREATED, at),),
        created_at=at,
        inputs=original.inputs if inputs is None else inputs,
        variables=flow.variables if loop is None else original.variables,
        labels=labels,
        trigger=original.trigger,
        kind=original.kind,
        attempt=original.attempt + 1 if is_retry else 1,
        parent_id=original.parent_id if is_retry else None,
        parent_task_run_id=original.parent_task_run_id if is_retry else None,
        parent_waits=original.parent_waits and is_retry,
        original_id=original.original_id or original.id,
        replay_of=original.id,
        version=1,
        memory=memory,
    )


def _restarted(execution: Execution, original: Execution, at: datetime) -> None:
    execution.variables = original.variables
    execution.state = ExecutionState.RESTARTED
    execution.history = (*execution.history, StateChange(ExecutionState.RESTARTED, at))


def _told(execution: Execution, at: datetime) -> Decision:
    """The first write of a new execution, with an event for all that it begins with."""
    created = ExecutionState.CREATED
    events = [Event(1, at, ChangeKind.EXECUTION_CREATED, created)]
    for run in execution.task_runs.values():
        kind = ChangeKind.TASK_RUN_CREATED
        events.append(Event(len(events) + 1, at, kind, run.state, run.id))
    if execution.state is not created:
        kind = ChangeKind.EXECUTION_STATE
        events.append(Event(len(events) + 1, at, kind, execution.state))
    execution.sequence = len(events)
    return Decision(
        task_runs=dict(execution.task_runs),
        outputs=dict(execution.task_outputs),
        execution_changed=True,
        events=events,
    )


def _whole(original: Execution, target: TaskRun, chart: Plan) -> TaskRun:
    """The target, or the outermost block around it that can only run as a whole."""
    for outer in ancestors(original, target):
        if _restarts_whole(chart, outer):
            target = outer
    return target


def _restarts_whole(chart: Plan, run: TaskRun) -> bool:
    task = chart.task(run.task_id)
    flowable = FLOWABLES.get(task.type) if task else None
    return flowable is not None and flowable.restarts_whole


def _before(original: Execution, target: TaskRun, chart: Plan) -> set[str]:
    """The target, what is around it, and all that had to end before it."""
    chain = [target, *ancestors(original, target)]
    by_parent: dict[str | None, list[TaskRun]] = {}
    for run in original.task_runs.values():
        by_parent.setdefault(run.parent_id, []).append(run)
    kept: set[str] = set()
    left: list[TaskRun] = []
    for node in chain:
        kept.add(node.id)
        lane, names = chart.lane(node.task_id), predecessors(chart, node.task_id)
        for run in by_parent.get(node.parent_id, []):
            if run.task_id not in chart.places or run.id == node.id:
                continue
            other = chart.lane(run.task_id)
            if run.iteration == node.iteration:
                comes_first = other < lane or (other is lane and run.task_id in names)
            else:
                comes_first = (run.iteration or 0) < (node.iteration or 0) or other < lane
            if comes_first:
                left.append(run)
    while left:
        run = left.pop()
        kept.add(run.id)
        left += by_parent.get(run.id, [])
    return kept


@dataclass(slots=True)
class _Copy:
    original: Execution
    execution: Execution
    chart: Plan
    kept: set[str]
    make_id: MakeId
    target: str | None
    again: set[str] = field(default_factory=set)
    """Those that run again from their beginning."""
    open: set[str] = field(default_factory=set)
    """Blocks that go on, since something in them runs again."""


def _copy(copy: _Copy) -> None:
    _sort(copy)
    ids: dict[str, str] = {}
    for run in copy.original.task_runs.values():
        if run.id not in copy.kept or _is_dropped(copy, run, ids):
            continue
        ids[run.id] = copy.make_id()
        after = _copied(copy, run, ids)
        copy.execution.task_runs[after.id] = after
        outputs = copy.original.task_outputs.get(run.id)
        if outputs is not None and run.id not in copy.again:
            copy.execution.task_outputs[after.id] = outputs


def _sort(copy: _Copy) -> None:
    """Find what runs again, from the innermost task runs out."""
    for run in reversed(copy.original.task_runs.values()):
        if run.id not in copy.kept:
            continue
        if run.id == copy.target or (run.id in copy.open and _restarts_whole(copy.chart, run)):
            copy.again.add(run.id)
        elif run.id not in copy.open:
            if run.state.is_terminal and run.state not in AGAIN:
                continue
            main = copy.chart.lane(run.task_id) is LaneKind.MAIN
            if main or copy.target is not None:
                copy.again.add(run.id)
        if run.parent_id is not None:
            copy.open.add(run.parent_id)


def _is_dropped(copy: _Copy, run: TaskRun, ids: Mapping[str, str]) -> bool:
    parent = run.parent_id
    if parent is not None and (parent not in ids or parent in copy.again):
        return True
    if copy.target is not None or copy.chart.lane(run.task_id) is LaneKind.MAIN:
        return False
    return parent is None or parent in copy.open


def _copied(copy: _Copy, run: TaskRun, ids: Mapping[str, str]) -> TaskRun:
    now = copy.execution.created_at
    after = replace(
        run,
        id=ids[run.id],
        parent_id=ids[run.parent_id] if run.parent_id else None,
        ordinal=len(copy.execution.task_runs),
        dynamic=_remembered(run, ids),
    )
    if run.id in copy.again:
        state = TaskRunState.RESTARTED
        history = (*run.history, StateChange(state, now))
        return replace(
            after, state=state, history=history, attempts=(), child_execution_id=None, dynamic={}
        )
    if run.id in copy.open:
        state = TaskRunState.RUNNING
        history = (*run.history, StateChange(state, now))
        dynamic = {**after.dynamic, "forgiven": counted(run)}
        attempts = opened(run, state, now)
        return replace(after, state=state, history=history, attempts=attempts, dynamic=dynamic)
    return after


def _remembered(run: TaskRun, ids: Mapping[str, str]) -> dict[str, object]:
    """What a copy remembers of its original; the directory that tasks share has a new name."""
    dynamic = carried_over(run)
    shared = dynamic.get("workingDirectory")
    if isinstance(shared, str):
        dynamic["workingDirectory"] = ids.get(shared, shared)
    return dynamic
