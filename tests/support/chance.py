"""Flows of any shape, what becomes of all in them, and a player who lets it happen in any order.

A `Case` is drawn by hypothesis. Its `Script` says how each try of each task ends, its `order` which
of several possible next moves is made.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from hypothesis import strategies as st

from runtime.executions.messages import ChildChanged, ChildStarted, Resume, TaskFinished, TaskResult
from runtime.executions.model import TaskRun
from runtime.executions.states import ExecutionState, TaskRunState
from runtime.flows.model import Branch, Flow, Retry, RetryBehavior, TakenIn, Task
from tests.support.playing import FLOW, Play, block, constant, flow, inline, work

ANEW = constant(2, behavior=RetryBehavior.RETRY_FLOWABLE)
"""A block that begins anew fails again: its tasks do each time what the script says."""
POLICIES: tuple[dict[str, object], ...] = (
    {},
    {},
    {"fail_fast": True},
    {"on_child_failure": "CANCEL"},
    {"on_child_failure": "FAIL"},
    {"child_failure_policy": "CONTINUE"},
)
"""What becomes of the others never changes that a block with a failed child has failed."""
LISTS = ("Sequential", "AllowFailure", "Template", "If", "Switch")
AT_ONCE = ("Parallel", "Dag")
LOOPS = ("ForEach", "EachSequential", "EachParallel", "LoopUntil")
WAITS = ("Sleep", "Pause", "Approval")
CHILDREN = ("Subflow", "Loop", "ForEachItem")
KINDS = (*LISTS, *AT_ONCE, *LOOPS, *WAITS, *CHILDREN, "WorkingDirectory")
ENDS = ("SUCCESS", "SUCCESS", "SUCCESS", "WARNING", "FAILED")


@dataclass
class Script:
    """How the tries of the tasks end, by task id; the last one of each stands for all that follow.

    A Loop or ForEachItem has the ends of its iterations there.
    """

    ends: Mapping[str, tuple[str, ...]]
    mended: bool = False
    """True once everything goes well, whatever `ends` says."""

    def end(self, task_id: str, attempt: int) -> str:
        """How a try ends, counted from 1."""
        ends = self.ends[task_id]
        return "SUCCESS" if self.mended else ends[min(attempt, len(ends)) - 1]

    def iteration(self, task_id: str, number: int) -> str:
        ends = self.ends[task_id]
        return "SUCCESS" if self.mended else ends[number % len(ends)]


@dataclass(repr=False)
class Case:
    flow: Flow
    script: Script
    order: list[int]
    moves: int = field(default=0, init=False)

    def _repr_pretty_(self, printer: object, cycle: bool) -> None:
        """How hypothesis shows a case that fails."""
        printer.text(repr(self))  # type: ignore[attr-defined]

    def __repr__(self) -> str:
        parts = ("tasks", "errors", "finally_", "after_execution")
        lines = [f"{name}: {outline(getattr(self.flow, name))}" for name in parts]
        return "\n".join([*lines, f"{self.flow.retry}", f"{self.script}", f"order: {self.order}"])

    def play(self) -> Play:
        """A new play of the flow; what ends inline has its end as a fact."""
        play = Play(self.flow)
        self.tell(play)
        return play

    def tell(self, play: Play) -> None:
        for task in self.flow.walk():
            bad = self.script.end(task.id, 1) == "FAILED"
            play.world.facts[task.id] = "Fail" if bad else "ok"

    def mend(self, play: Play) -> None:
        """From now on everything goes well."""
        self.script.mended = True
        self.tell(play)

    def move(self, play: Play) -> bool:
        """Let one thing happen; False when there is nothing left that could."""
        moves = possible(play, self.script)
        if not moves:
            return False
        moves[self.order[self.moves % len(self.order)] % len(moves)]()
        self.moves += 1
        return True

    def play_out(self, play: Play) -> None:
        for _ in range(5_000):
            if not self.move(play):
                return
        raise AssertionError(f"the execution does not end: {play.states()}")


def outline(tasks: Iterable[Task]) -> str:
    """A part of a flow in one line, with what decides in it."""
    return "[" + ", ".join(_one(task) for task in tasks) + "]"


def _one(task: Task) -> str:
    said = {"allowFailure": task.allow_failure, "disabled": task.disabled, "retry": task.retry}
    marks = [name for name, is_said in said.items() if is_said]
    marks += [f"{name}={value}" for name, value in task.properties.items()]
    parts = [f"{part.name}: {outline(part.tasks)}" for part in task.branches]
    return " ".join([task.id, task.type.removeprefix(FLOW), *marks, *parts])


def with_time_limits(played: Flow, limit: str) -> Flow:
    """The same flow, in which every flowable that may have one has a `timeout`."""

    def limited(task: Task) -> Task:
        if not task.type.startswith(FLOW):
            return task
        branches = tuple(Branch(part.name, all_limited(part.tasks)) for part in task.branches)
        return replace(task, timeout=limit, branches=branches)

    def all_limited(tasks: tuple[Task, ...]) -> tuple[Task, ...]:
        return tuple(limited(task) for task in tasks)

    return replace(
        played,
        tasks=all_limited(played.tasks),
        errors=all_limited(played.errors),
        finally_=all_limited(played.finally_),
        after_execution=all_limited(played.after_execution),
    )


def possible(play: Play, script: Script) -> list[Callable[[], object]]:
    """What may happen next; time passes when nothing else can."""
    moves: list[Callable[[], object]] = []
    for run_id in sorted(play.sent):
        moves.append(partial(finish, play, script, run_id))
    for child_id in sorted(play.children):
        moves.append(partial(answer, play, script, child_id))
    for run in play.execution.task_runs.values():
        timed = f"pause:{run.id}" in play.timers and not script.mended
        if run.state is TaskRunState.PAUSED and not timed:
            moves.append(partial(resume, play, script, run))
    if not moves and play.timers:
        moves.append(partial(play.wait, 1000))
    return moves


def finish(play: Play, script: Script, run_id: str) -> None:
    """A worker ends an attempt, as it was told to stop or as the script says."""
    run, attempt = play.execution.task_runs[run_id], play.sent.pop(run_id)
    if run_id in play.stopping:
        play.stopping.discard(run_id)
        play.send(TaskFinished(run_id, attempt, TaskResult(TaskRunState.KILLED)))
        return
    if run.task_id not in script.ends or play.world.played_type(run.task_id).startswith(FLOW):
        # a part of a ForEachItem or of a WorkingDirectory
        parts = TaskResult(TaskRunState.SUCCESS, {"uris": ["a", "b"]})
        play.send(TaskFinished(run_id, attempt, parts))
        return
    state = TaskRunState(script.end(run.task_id, attempt))
    play.send(TaskFinished(run_id, attempt, TaskResult(state, message=run.task_id)))


def answer(play: Play, script: Script, child_id: str) -> None:
    """A child execution has started and ends at once."""
    run_id, waits = play.children.pop(child_id)
    is_killed = child_id in play.doomed
    play.doomed.discard(child_id)
    run = play.execution.task_runs.get(run_id)
    if run is None:
        return
    play.send(ChildStarted(run_id, child_id))
    if not waits:
        return
    name = run.task_id.removesuffix("_items")
    _, _, number = child_id.rpartition("_")
    if play.world.played_type(name) == FLOW + "Subflow":
        end = script.end(name, run.attempt)
    else:
        end = script.iteration(name, int(number))
    state = ExecutionState.KILLED if is_killed else ExecutionState(end)
    play.send(ChildChanged(run_id, child_id, state))


def resume(play: Play, script: Script, run: TaskRun) -> None:
    denies = play.world.played_type(run.task_id) == FLOW + "Approval" and script.end(
        run.task_id, 1
    ) not in ("SUCCESS", "WARNING")
    decision = "deny" if denies else "approve"
    play.send(Resume(task_run_id=run.id, decision=decision))


class Names:
    def __init__(self) -> None:
        self.used = 0

    def next(self) -> str:
        self.used += 1
        return f"t{self.used}"


def rarely(draw: st.DrawFn, one_in: int) -> bool:
    return draw(st.integers(1, one_in)) == one_in


def tries(draw: st.DrawFn) -> Retry | None:
    if not rarely(draw, 5):
        return None
    return constant(2, warning_on_retry=draw(st.booleans()))


@st.composite
def leaves(draw: st.DrawFn, names: Names, *, at_worker: bool = False) -> Task:
    name = names.next()
    fields: dict[str, object] = {
        "allow_failure": rarely(draw, 4),
        "allow_warning": rarely(draw, 4),
        "run_if": draw(st.sampled_from([None, None, None, "false"])),
        "disabled": rarely(draw, 10),
    }
    if not at_worker and rarely(draw, 3):
        return inline(name, f"{{{{ fact.{name} }}}}", **fields)
    return work(name, retry=tries(draw), **fields)


@st.composite
def trees(draw: st.DrawFn, names: Names, depth: int) -> Task:
    if depth == 0 or rarely(draw, 3):
        return draw(leaves(names))
    kind = draw(st.sampled_from(KINDS))
    name = names.next()
    parts: dict[str, object] = {"allow_failure": rarely(draw, 6)}
    if kind in ("Sleep", *CHILDREN):
        return without_tasks(draw, kind, name, parts)
    if rarely(draw, 4):
        parts["errors"] = (draw(leaves(names)),)
    if rarely(draw, 4):
        parts["finally_"] = (draw(leaves(names)),)
    if kind in ("Pause", "Approval"):
        return waiting(draw, names, kind, name, parts)
    if rarely(draw, 6):
        parts["retry"] = ANEW
    if kind == "WorkingDirectory":
        inner = [draw(leaves(names, at_worker=True)) for _ in range(draw(st.integers(1, 2)))]
        files = {"input_files": {"f": "x"}} if rarely(draw, 2) else {}
        return block(kind, name, *inner, **files, **parts)
    children = tuple(draw(trees(names, depth - 1)) for _ in range(draw(st.integers(1, 3))))
    return arranged(draw, kind, name, children, parts)


def arranged(
    draw: st.DrawFn, kind: str, name: str, children: tuple[Task, ...], parts: dict[str, object]
) -> Task:
    """A flowable that arranges child tasks, by its kind."""
    if kind in ("Parallel", "Dag", "ForEach"):
        parts |= draw(st.sampled_from(POLICIES))
    values = [str(n) for n in range(draw(st.integers(0, 3)))] if kind in LOOPS else []
    match kind:
        case "If":
            return block(kind, name, then=children, condition="true", **parts)
        case "Switch":
            return block(kind, name, case_x=children, value="x", **parts)
        case "Parallel":
            return block(kind, name, *children, concurrent=draw(st.integers(0, 2)), **parts)
        case "ForEach":
            limit = draw(st.integers(0, 2))
            return block(kind, name, *children, values=values, concurrency_limit=limit, **parts)
        case "EachSequential" | "EachParallel":
            return block(kind, name, *children, value=values, **parts)
        case "LoopUntil":
            often = {"interval": "PT1S", "maxIterations": draw(st.integers(1, 3))}
            return block(kind, name, *children, condition="false", check_frequency=often, **parts)
        case _:
            return block(kind, name, *children, **parts)


def waiting(draw: st.DrawFn, names: Names, kind: str, name: str, parts: dict[str, object]) -> Task:
    if kind == "Approval":
        asked = {"on_wait": (draw(leaves(names)),)} if rarely(draw, 3) else {}
        behavior = draw(st.sampled_from(["CONTINUE", "WARN", "FAIL"]))
        branches = {"on_approve": (draw(leaves(names)),), "on_deny": (draw(leaves(names)),)}
        return block(kind, name, **asked, **branches, deny_behavior=behavior, **parts)
    if rarely(draw, 3):
        parts["on_pause"] = (draw(leaves(names)),)
    if rarely(draw, 2):
        behavior = draw(st.sampled_from(["RESUME", "WARN"]))
        parts |= {"pause_duration": "PT5S", "behavior": behavior}
    return block(kind, name, draw(leaves(names)), **parts)


def without_tasks(draw: st.DrawFn, kind: str, name: str, parts: dict[str, object]) -> Task:
    if kind == "Sleep":
        return block(kind, name, duration="PT5S", **parts)
    parts["transmit_failed"] = not rarely(draw, 4)
    if kind == "Loop":
        values = list("abc")[: draw(st.integers(0, 3))]
        limit = draw(st.integers(0, 1))
        inner = work(f"{name}_inner")
        return block(kind, name, inner, values=values, concurrency_limit=limit, **parts)
    if kind == "ForEachItem":
        return block(kind, name, items="u", namespace="n", flow_id="f", **parts)
    waits = not rarely(draw, 4)
    return block(kind, name, namespace="n", flow_id="f", wait=waits, retry=tries(draw), **parts)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    names = Names()
    tasks = [draw(trees(names, 3)) for _ in range(draw(st.integers(1, 3)))]
    played = flow(
        *tasks,
        errors=(draw(leaves(names)),) if draw(st.booleans()) else (),
        finally_=(draw(leaves(names)),) if draw(st.booleans()) else (),
        after_execution=(draw(leaves(names)),) if rarely(draw, 4) else (),
        retry=constant(2) if rarely(draw, 5) else None,
    )
    templates = (task.id for task in played.walk() if task.type == FLOW + "Template")
    played = replace(
        played, taken_in={name: TakenIn(("tests", name), played) for name in templates}
    )
    ends = {task.id: tuple(draw(st.sampled_from(ENDS)) for _ in range(3)) for task in played.walk()}
    order = draw(st.lists(st.integers(0, 50), min_size=1, max_size=20))
    return Case(played, Script(ends), order)
