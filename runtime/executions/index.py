"""What is derived from an execution's task runs so that no rule ever scans them all.

The index is rebuilt from the rows when an execution is loaded (`of`) and kept up to date by every
change a step makes. Nothing in it is stored.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from runtime.executions.model import Execution, TaskRun
from runtime.executions.outputs import Trees
from runtime.executions.plan import LaneKind, Plan, plan
from runtime.executions.states import TaskRunState
from runtime.flows.model import Flow

RANK = {
    TaskRunState.SUCCESS: 0,
    TaskRunState.SKIPPED: 0,
    TaskRunState.RESUBMITTED: 0,
    TaskRunState.WARNING: 1,
    TaskRunState.CANCELLED: 2,
    TaskRunState.FAILED: 3,
    TaskRunState.RETRIED: 4,
    TaskRunState.KILLED: 5,
}
"""Which state of a child wins for its block: KILLED before FAILED before WARNING before SUCCESS.
CANCELLED and RETRIED, which Kestra's rule leaves open, are weaker than FAILED and KILLED."""
BY_RANK = (
    TaskRunState.SUCCESS,
    TaskRunState.WARNING,
    TaskRunState.CANCELLED,
    TaskRunState.FAILED,
    TaskRunState.RETRIED,
    TaskRunState.KILLED,
)
HALTING = RANK[TaskRunState.CANCELLED]
"""From this rank on, nothing comes after a child in its lane."""

LaneKey = tuple[str | None, int | None, LaneKind]
Owner = tuple[str | None, int | None]
"""A block that may have something to do: a flowable's task run, or one iteration of a loop;
`(None, None)` is the execution itself."""
ROOT: Owner = (None, None)


@dataclass(slots=True)
class Lane:
    """The children of one block, in one of its parts (and one iteration, in a loop)."""

    runs: dict[str, str] = field(default_factory=dict)
    """The task run of each task, by task id."""
    active: int = 0
    failed: int = 0
    worst: int = 0
    """The highest rank among those that ended."""
    next: int = 0
    """How many tasks of the list need no look any more."""

    @property
    def is_halted(self) -> bool:
        return self.worst >= HALTING


@dataclass(slots=True)
class Tally:
    """How far a loop is, over all of its iterations."""

    started: int = 0
    active: int = 0
    failed: int = 0
    worst: int = 0

    @property
    def is_halted(self) -> bool:
        return self.worst >= HALTING


@dataclass(slots=True)
class Index:
    plan: Plan
    trees: Trees
    lanes: dict[LaneKey, Lane] = field(default_factory=dict)
    tallies: dict[str, Tally] = field(default_factory=dict)
    states: dict[TaskRunState, int] = field(default_factory=dict)
    """How many task runs that do work of their own are in each state that is not an end."""
    open: dict[str, None] = field(default_factory=dict)
    """The task runs that have not ended, in the order of creation."""
    dirty: dict[Owner, None] = field(default_factory=dict)
    """Blocks to look at again; the newest first."""
    ready: dict[str, None] = field(default_factory=dict)
    """Task runs to start, the oldest first."""
    waiting: dict[str, None] = field(default_factory=dict)
    """Task runs that could not start because their expressions wait for a fact."""
    stalled: dict[Owner, None] = field(default_factory=dict)
    """Blocks that could not go on, for the same reason."""
    next_ordinal: int = 0

    def lane(self, run_id: str | None, iteration: int | None, kind: LaneKind) -> Lane:
        key = (run_id, iteration, kind)
        lane = self.lanes.get(key)
        if lane is None:
            lane = self.lanes[key] = Lane()
        return lane

    def lane_of(self, run: TaskRun) -> Lane:
        return self.lane(run.parent_id, run.iteration, self.plan.lane(run.task_id))

    def tally(self, run_id: str) -> Tally:
        tally = self.tallies.get(run_id)
        if tally is None:
            tally = self.tallies[run_id] = Tally()
        return tally

    def is_quiet(self, run_id: str | None) -> bool:
        """Whether nothing that a block started is still under way."""
        tally = self.tallies.get(run_id) if run_id else None
        if tally is not None and tally.active:
            return False
        return not any(lane.active for lane in self._lanes_of(run_id))

    def worst(self, run_id: str | None) -> TaskRunState:
        """The state that the children give their block."""
        rank = max((lane.worst for lane in self._lanes_of(run_id)), default=0)
        tally = self.tallies.get(run_id) if run_id else None
        return BY_RANK[max(rank, tally.worst if tally else 0)]

    def _lanes_of(self, run_id: str | None) -> Iterator[Lane]:
        """The lanes that a block's end waits for and is judged by, its iterations apart."""
        for kind in (LaneKind.MAIN, LaneKind.ERRORS, LaneKind.FINALLY):
            lane = self.lanes.get((run_id, None, kind))
            if lane is not None:
                yield lane

    def note_new(self, run: TaskRun) -> None:
        lane = self.lane_of(run)
        lane.runs[run.task_id] = run.id
        self.next_ordinal = max(self.next_ordinal, run.ordinal + 1)
        if run.state.is_terminal:
            self._note_end(run, lane)
            return
        lane.active += 1
        self.open[run.id] = None
        self.states[run.state] = self.states.get(run.state, 0) + 1

    def note_move(self, before: TaskRun, after: TaskRun) -> None:
        """A task run that had not ended changed its state."""
        self.states[before.state] -= 1
        if not after.state.is_terminal:
            self.states[after.state] = self.states.get(after.state, 0) + 1
            return
        lane = self.lane_of(after)
        lane.active -= 1
        self._note_end(after, lane)
        self.open.pop(after.id, None)
        self.ready.pop(after.id, None)
        self.waiting.pop(after.id, None)

    def close_iteration(self, run_id: str, iteration: int) -> None:
        """Fold an iteration that has ended into the tally of its loop."""
        lane = self.lanes.pop((run_id, iteration, LaneKind.MAIN), None)
        tally = self.tally(run_id)
        tally.active -= 1
        if lane is not None:
            tally.worst = max(tally.worst, lane.worst)
            tally.failed += lane.failed

    @staticmethod
    def _note_end(run: TaskRun, lane: Lane) -> None:
        if run.state is TaskRunState.FAILED:
            lane.failed += 1
        lane.worst = max(lane.worst, RANK[run.state])


def of(execution: Execution, flow: Flow) -> Index:
    """The execution's index, built from its task runs when it is not there yet."""
    index = execution.index
    if not isinstance(index, Index):
        index = execution.index = _build(execution, flow)
    return index


def rebuild(execution: Execution, flow: Flow) -> Index:
    """Forget what was derived: the task runs were rearranged.

    Ordinals of task runs taken away are not given again: their rows may go in the same write that
    brings new ones.
    """
    before, execution.index = execution.index, None
    index = of(execution, flow)
    if before is not None:
        index.next_ordinal = max(index.next_ordinal, before.next_ordinal)
    return index


def _build(execution: Execution, flow: Flow) -> Index:
    loop = execution.memory.get("loop")
    index = Index(plan(flow, loop if isinstance(loop, dict) else None), Trees(execution))
    for run in execution.task_runs.values():
        index.note_new(run)
        if not run.state.is_terminal:
            index.dirty[run.id, None] = None
        if run.iteration is not None and run.parent_id is not None:
            tally = index.tally(run.parent_id)
            tally.started = max(tally.started, run.iteration + 1)
    for run_id, iteration, _ in list(index.lanes):
        if run_id is not None and iteration is not None:
            _note_iteration(index, execution.task_runs[run_id], iteration)
    index.dirty[ROOT] = None
    _start_again(execution, index)
    return index


def _note_iteration(index: Index, loop: TaskRun, iteration: int) -> None:
    """Fold an iteration that is over into its loop's tally; have any other one looked at."""
    index.tally(loop.id).active += 1
    lane = index.lanes[loop.id, iteration, LaneKind.MAIN]
    tasks = index.plan.children(loop.task_id, "tasks")
    if not lane.active and (lane.is_halted or all(task.id in lane.runs for task in tasks)):
        index.close_iteration(loop.id, iteration)
    else:
        index.dirty[loop.id, iteration] = None


def _start_again(execution: Execution, index: Index) -> None:
    ready = (TaskRunState.CREATED, TaskRunState.RESTARTED)
    for run_id in index.open:
        if execution.task_runs[run_id].state in ready:
            index.ready[run_id] = None
