"""Whatever the flow and whatever the order in which its tasks end, the rules hold.

The oracle below knows nothing of the engine: it walks the tree of tasks and says what each block's
state must be, from the outcomes that the tasks were given.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runtime.errors import Conflict
from runtime.executions.messages import Kill, TaskFinished, TaskResult
from runtime.executions.model import TaskRun
from runtime.executions.states import TaskRunState
from runtime.flows.model import Flow, RetryBehavior, Task
from tests.support.playing import FLOW, Play, block, constant, flow, inline, work

SLOW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
RANK = ("SUCCESS", "WARNING", "FAILED", "KILLED")
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
BLOCKS = ("Sequential", "Parallel", "AllowFailure", "ForEach", "If", "Dag")


@dataclass
class Script:
    """How every attempt of every task ends: the outcomes of its attempts, by task id."""

    outcomes: Mapping[str, tuple[bool, ...]]

    def succeeds(self, task: Task) -> bool:
        """Whether one of the tries that the task has is a success."""
        tries = task.retry.max_attempts if task.retry and task.retry.max_attempts else 1
        return any(self.outcomes[task.id][:tries])

    def outcome(self, run: TaskRun) -> bool:
        outcomes = self.outcomes[run.task_id]
        return outcomes[min(run.attempt, len(outcomes)) - 1]


class Names:
    def __init__(self) -> None:
        self.used = 0

    def next(self) -> str:
        self.used += 1
        return f"t{self.used}"


@st.composite
def leaves(draw: st.DrawFn, names: Names) -> Task:
    name = names.next()
    fields: dict[str, object] = {
        "allow_failure": draw(st.booleans()) and draw(st.booleans()),
        "allow_warning": draw(st.booleans()) and draw(st.booleans()),
        "run_if": draw(st.sampled_from([None, None, None, "false"])),
        "retry": constant(2) if draw(st.integers(0, 4)) == 0 else None,
        "disabled": draw(st.integers(0, 9)) == 0,
    }
    if draw(st.integers(0, 2)) == 0:
        fields["retry"] = None
        return inline(name, draw(st.sampled_from(["ok", "ok", "Fail"])), **fields)
    return work(name, **fields)


@st.composite
def trees(draw: st.DrawFn, names: Names, depth: int) -> Task:
    if depth == 0 or draw(st.integers(0, 2)) == 0:
        return draw(leaves(names))
    kind = draw(st.sampled_from(BLOCKS))
    name = names.next()
    children = tuple(draw(trees(names, depth - 1)) for _ in range(draw(st.integers(1, 3))))
    parts: dict[str, object] = {"allow_failure": draw(st.integers(0, 5)) == 0}
    if draw(st.integers(0, 3)) == 0:
        parts["errors"] = (draw(leaves(names)),)
    if draw(st.integers(0, 3)) == 0:
        parts["finally_"] = (draw(leaves(names)),)
    if draw(st.integers(0, 5)) == 0:
        parts["retry"] = ANEW
    if kind in ("Parallel", "Dag", "ForEach"):
        parts |= draw(st.sampled_from(POLICIES))
    if kind == "If":
        return block(kind, name, then=children, condition="true", **parts)
    if kind == "ForEach":
        values = [str(n) for n in range(draw(st.integers(0, 3)))]
        limit = draw(st.integers(0, 2))
        return block(kind, name, *children, values=values, concurrency_limit=limit, **parts)
    if kind == "Parallel":
        parts["concurrent"] = draw(st.integers(0, 2))
    return block(kind, name, *children, **parts)


@st.composite
def plays(draw: st.DrawFn) -> tuple[Flow, Script, list[int]]:
    names = Names()
    tasks = [draw(trees(names, 3)) for _ in range(draw(st.integers(1, 3)))]
    errors = (draw(leaves(names)),) if draw(st.booleans()) else ()
    finally_ = (draw(leaves(names)),) if draw(st.booleans()) else ()
    played = flow(*tasks, errors=errors, finally_=finally_)
    outcomes = {
        task.id: (draw(st.integers(0, 3)) > 0, draw(st.booleans())) for task in played.walk()
    }
    order = draw(st.lists(st.integers(0, 50), min_size=1, max_size=20))
    return played, Script(outcomes), order


def worst(states: list[str]) -> str:
    return max(states, key=RANK.index, default="SUCCESS")


def expected_leaf(task: Task, script: Script) -> str:
    if task.run_if == "false":
        return "SUCCESS"
    good = (
        task.properties.get("value") != "Fail" if task.type == "inline" else script.succeeds(task)
    )
    return tolerated(task, "SUCCESS" if good else "FAILED")


def tolerated(task: Task, state: str) -> str:
    if state == "FAILED" and task.allow_failure:
        state = "WARNING"
    return "SUCCESS" if state == "WARNING" and task.allow_warning else state


def in_order(tasks: tuple[Task, ...], script: Script) -> list[str]:
    states: list[str] = []
    for task in tasks:
        if not task.disabled:
            states.append(expected(task, script))
            if states[-1] == "FAILED":
                break
    return states


def expected(task: Task, script: Script) -> str:
    """The state in which a task run of this task must end."""
    if not task.type.startswith(FLOW):
        return expected_leaf(task, script)
    kind = task.type.removeprefix(FLOW)
    children = task.branch("then") if kind == "If" else task.branch("tasks")
    if kind in ("Parallel", "Dag"):
        main = [expected(child, script) for child in children if not child.disabled]
    elif kind == "ForEach":
        values = task.properties["values"]
        main = in_order(children, script) if values else []
    else:
        main = in_order(children, script)
    state = worst(with_parts(main, task.branch("errors"), task.branch("finally"), script))
    if kind == "AllowFailure" and state == "FAILED":
        state = "WARNING"
    return tolerated(task, state)


def with_parts(
    main: list[str], errors: tuple[Task, ...], after: tuple[Task, ...], script: Script
) -> list[str]:
    states = list(main)
    if "FAILED" in main:
        states += in_order(errors, script)
    return states + in_order(after, script)


def exact(played: Flow) -> bool:
    """False where the order of ends decides whether a failing child starts at all."""
    return not any(
        task.type == FLOW + "Dag" or task.properties.get("concurrent", 0) for task in played.walk()
    )


def step(play: Play, script: Script, choice: int) -> bool:
    """End one attempt at work, chosen by the test, or let time pass; False when nothing is left."""
    if play.stopping:
        play.answer_stops()
        return True
    if play.sent:
        run_id = sorted(play.sent)[choice % len(play.sent)]
        run = play.execution.task_runs[run_id]
        name = run.task_id
        good = script.outcome(run)
        attempt = play.sent.pop(run_id)
        state = TaskRunState.SUCCESS if good else TaskRunState.FAILED
        play.send(TaskFinished(run_id, attempt, TaskResult(state, message=name)))
        return True
    if play.timers:
        play.wait(1000)
        return True
    return False


def play_out(play: Play, script: Script, order: list[int]) -> None:
    for number in range(2_000):
        if not step(play, script, order[number % len(order)]):
            return
    raise AssertionError("the execution does not end")


def assert_lawful(play: Play) -> None:
    """What must hold for every execution at its end."""
    assert [event.sequence for event in play.events] == list(range(1, len(play.events) + 1))
    assert play.execution.state.is_terminal
    for run in play.execution.task_runs.values():
        states = [str(change.state) for change in run.history]
        ended = [state for state in states if TaskRunState(state).is_terminal]
        assert states[0] == "CREATED"
        assert len(ended) == 1, states
        assert states[-1] == ended[0]
        moments = [change.at for change in run.history]
        assert moments == sorted(moments)
    assert all(run.state.is_terminal for run in play.execution.task_runs.values())
    assert not play.timers


@given(plays())
@SLOW
def test_an_execution_ends_as_the_priorities_say_in_whatever_order(
    case: tuple[Flow, Script, list[int]],
) -> None:
    played, script, order = case
    play = Play(played).begin()
    play_out(play, script, order)
    assert_lawful(play)
    main = in_order(played.tasks, script)
    states = with_parts(main, played.errors, played.finally_, script)
    if exact(played):
        assert play.state == worst(states), play.states()
    else:
        assert play.state in ("FAILED", "WARNING", "SUCCESS"), play.states()


@given(plays())
@SLOW
def test_losing_the_index_at_every_step_changes_nothing(
    case: tuple[Flow, Script, list[int]],
) -> None:
    played, script, order = case
    kept, lost = Play(played).begin(), Play(played).begin()
    for number in range(2_000):
        lost.execution.index = None
        choice = order[number % len(order)]
        if not step(kept, script, choice):
            break
        step(lost, script, choice)
    assert_lawful(lost)
    assert lost.states() == kept.states()
    assert lost.state == kept.state


@given(plays(), st.integers(0, 12))
@SLOW
def test_a_kill_at_any_moment_ends_killed(
    case: tuple[Flow, Script, list[int]], moment: int
) -> None:
    played, script, order = case
    play = Play(played).begin()
    for number in range(moment):
        step(play, script, order[number % len(order)])
    if play.execution.state.is_terminal:
        try:
            play.send(Kill())
        except Conflict:
            return
        raise AssertionError("a kill after the end was taken")
    play.send(Kill())
    play_out(play, script, order)
    assert_lawful(play)
    assert play.state == "KILLED"
