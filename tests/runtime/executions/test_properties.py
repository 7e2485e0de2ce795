"""Whatever the flow and whatever the order in which things happen, the rules hold."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from runtime.errors import Conflict
from runtime.executions.actions import ExecutionAction, Facts, allowed_actions
from runtime.executions.decision import Decision
from runtime.executions.messages import (
    Begin,
    ChildChanged,
    ChildRefused,
    ChildStarted,
    Kill,
    Message,
    Pause,
    Recover,
    Restart,
    Resume,
    TaskFinished,
    TaskResult,
    TaskStarted,
    TimerFired,
)
from runtime.executions.model import Execution, TaskRun
from runtime.executions.outputs import ancestors
from runtime.executions.plan import LaneKind, plan
from runtime.executions.replay import replay, restart_as_new
from runtime.executions.restarting import AGAIN
from runtime.executions.states import ExecutionState, TaskRunState
from tests.support.chance import Case, Script, cases, with_time_limits
from tests.support.oracle import is_settled, needed, state_of
from tests.support.playing import FLOW, START, Play

SLOW = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
)
"""The same cases each time. Whoever changes a rule looks further with `derandomize=False` and a few
thousand examples. The phase that explains a failure is left out: it takes minutes, and a case is
shown in few lines anyway."""
TIMERS = ("retry", "timeout", "pause", "loop", "sleep")
GOOD = ("SUCCESS", "WARNING", "SKIPPED")


def assert_lawful(play: Play) -> None:
    """What must hold for every execution at its end."""
    assert [event.sequence for event in play.events] == list(range(1, len(play.events) + 1))
    assert play.execution.state.is_terminal, play.states()
    assert not play.timers
    assert not play.sent
    for run in play.execution.task_runs.values():
        assert run.state.is_terminal, play.states()
        assert run.state == run.history[-1].state
        assert all(attempt.state.is_terminal for attempt in run.attempts)
        moments = [change.at for change in run.history]
        assert moments == sorted(moments)


def assert_ended_once(play: Play) -> None:
    """Nothing that has ended went on."""
    for run in play.execution.task_runs.values():
        ends = [change.state for change in run.history if TaskRunState(change.state).is_terminal]
        assert ends == [run.state]
    told = [event.state for event in play.events if event.kind == "EXECUTION_STATE"]
    assert told.count(play.execution.state) == 1


def ended(case: Case) -> Play:
    play = case.play().begin()
    case.play_out(play)
    return play


@given(cases())
@SLOW
def test_an_execution_ends_as_the_priorities_say_in_whatever_order(case: Case) -> None:
    play = ended(case)
    assert_lawful(play)
    assert_ended_once(play)
    assert play.timers == {}
    if is_settled(case.flow, case.script):
        assert play.state == state_of(case.flow, case.script), play.states()
    else:
        assert play.state in ("FAILED", "WARNING", "SUCCESS"), play.states()


@given(cases())
@SLOW
def test_losing_the_index_at_every_step_changes_nothing(case: Case) -> None:
    kept, lost = case.play().begin(), case.play().begin()
    again = Case(case.flow, case.script, case.order)
    for _ in range(5_000):
        lost.execution.index = None
        if not case.move(kept):
            break
        again.move(lost)
    assert_lawful(lost)
    assert lost.states() == kept.states()
    assert lost.state == kept.state


@given(cases(), st.integers(0, 12))
@SLOW
def test_a_kill_at_any_moment_ends_killed(case: Case, moment: int) -> None:
    play = case.play().begin()
    for _ in range(moment):
        case.move(play)
    if play.execution.state.is_terminal:
        with pytest.raises(Conflict):
            play.send(Kill())
        return
    play.send(Kill())
    case.play_out(play)
    assert_lawful(play)
    assert_ended_once(play)
    assert play.state == "KILLED"
    assert play.timers == {}


def continued(case: Case, execution: Execution, decision: Decision) -> Play:
    """A new execution in which all goes well."""
    play = case.play()
    play.execution, play.events = execution, list(decision.events)
    play.world.ids = 100_000
    play.world.time = START + timedelta(days=1)
    case.mend(play)
    return play.begin()


def assert_whole(case: Case, play: Play) -> None:
    """All has gone well in the end, and everything has run as often as it must."""
    case.play_out(play)
    assert_lawful(play)
    assert play.state in ("SUCCESS", "WARNING"), play.states()
    counts = Counter(run.task_id for run in play.execution.task_runs.values() if run.state in GOOD)
    wanted = needed(case.flow)
    assert {name: counts[name] for name in wanted} == dict(wanted)


@given(cases())
@SLOW
def test_a_restart_runs_all_that_is_missing_and_nothing_twice(case: Case) -> None:
    play = ended(case)
    if ExecutionAction.RESTART not in allowed_actions(facts_of(play)) or was_denied(play):
        return
    case.mend(play)
    play.send(Restart())
    play.send(Begin())
    assert_whole(case, play)


@given(cases())
@SLOW
def test_a_restart_as_a_new_execution_does_the_same(case: Case) -> None:
    play = ended(case)
    if ExecutionAction.RESTART not in allowed_actions(facts_of(play)) or was_denied(play):
        return
    at = START + timedelta(days=1)
    new = restart_as_new(case.flow, play.execution, id="ex_2", at=at, revision=2)
    assert_whole(case, continued(case, *new))


@given(cases(), st.integers(0, 1_000))
@SLOW
def test_a_replay_from_any_task_run_comes_to_the_same_end(case: Case, choice: int) -> None:
    play = ended(case)
    runs = [run for run in play.execution.task_runs.values() if may_go_well(play, run)]
    if not runs or was_denied(play):
        return
    new = replay(
        case.flow,
        play.execution,
        id="ex_2",
        at=START + timedelta(days=1),
        from_task_run_id=runs[choice % len(runs)].id,
        inputs=None,
        revision=None,
    )
    assert_whole(case, continued(case, *new))


def was_denied(play: Play) -> bool:
    """Whether an Approval was denied so that it fails: a decision stays when parts run again."""
    runs = [run.dynamic for run in play.execution.task_runs.values()]
    return any((known.get("decision"), known.get("deny")) == ("DENIED", "FAIL") for known in runs)


def may_go_well(play: Play, run: TaskRun) -> bool:
    """Not in `errors`, where a failure is taken for granted, nor behind a decision that stays."""
    around = list(ancestors(play.execution, run))
    lanes = (plan(play.world.played).lane(each.task_id) for each in (run, *around))
    decided = any(play.world.played_type(each.task_id) == FLOW + "Approval" for each in around)
    return not decided and all(lane in (LaneKind.MAIN, LaneKind.FINALLY) for lane in lanes)


@given(cases())
@SLOW
def test_reports_that_come_late_or_twice_change_nothing(case: Case) -> None:
    play = case.play().begin()
    is_on = True
    while is_on:
        for run in list(play.execution.task_runs.values()):
            if run.state.is_terminal:
                assert_deaf(play, run)
        is_on = case.move(play)
    assert_lawful(play)


def assert_deaf(play: Play, run: TaskRun) -> None:
    """A task run that has ended hears nothing any more."""
    child = run.child_execution_id or "ex_0"
    late: list[Message] = [
        TaskStarted(run.id, run.attempt, "w"),
        TaskFinished(run.id, run.attempt, TaskResult(TaskRunState.FAILED)),
        ChildStarted(run.id, child),
        ChildRefused(run.id, child, "too late"),
        ChildChanged(run.id, child, ExecutionState.FAILED),
        *(TimerFired(f"{kind}:{run.id}") for kind in TIMERS),
    ]
    for message in late:
        assert play.send(message).is_empty, message


def assert_ends_as_ruled(case: Case, play: Play) -> None:
    """Played to its end it leaves nothing behind, in the state that the priorities say."""
    case.play_out(play)
    assert_lawful(play)
    assert_ended_once(play)
    assert play.timers == {}
    if is_settled(case.flow, case.script):
        assert play.state == state_of(case.flow, case.script), play.states()


@given(cases(), st.lists(st.integers(0, 12), max_size=3))
@SLOW
def test_crashes_change_nothing_of_the_end(case: Case, moments: list[int]) -> None:
    case.script = Script({name: ends[:1] for name, ends in case.script.ends.items()})
    play = case.play().begin()
    for number in range(max(moments, default=0) + 1):
        if number in moments:
            play.execution.index = None
            play.send(Recover())
        case.move(play)
    assert_ends_as_ruled(case, play)


@given(cases(), st.integers(0, 12))
@SLOW
def test_a_pause_by_hand_changes_nothing_of_the_end(case: Case, moment: int) -> None:
    play = case.play().begin()
    for _ in range(moment):
        case.move(play)
    if play.state in ("RUNNING", "RETRYING"):
        play.send(Pause())
        assert play.state == "PAUSED"
        known = set(play.execution.task_runs)
        case.play_out(play)
        assert play.state == "PAUSED"
        assert set(play.execution.task_runs) <= known, "nothing new has begun"
        play.send(Resume())
    assert_ends_as_ruled(case, play)


@given(cases(), st.integers(1, 4))
@SLOW
def test_an_execution_ends_however_its_time_limits_fall(case: Case, often: int) -> None:
    case.flow = with_time_limits(case.flow, "PT20S")
    play = case.play().begin()
    for number in range(200):
        if number % often == 0:
            play.wait(7)
        case.move(play)
    case.play_out(play)
    assert_lawful(play)
    assert_ended_once(play)


def facts_of(play: Play) -> Facts:
    failed = any(run.state in AGAIN for run in play.execution.task_runs.values())
    return Facts(play.execution.state, has_failed_task_runs=failed)
