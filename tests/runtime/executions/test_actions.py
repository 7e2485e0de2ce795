"""Every operation in every state: done, or refused with a reason, a code and a way out. What is
offered (`allowedActions`) is exactly what is done."""

from collections.abc import Callable, Mapping
from typing import cast

import pytest

from runtime.errors import Conflict, ErrorCode
from runtime.executions.actions import (
    ExecutionAction,
    Facts,
    TaskRunAction,
    allowed_actions,
    allowed_task_run_actions,
    how_to_mend,
    why_not,
)
from runtime.executions.messages import (
    Action,
    Begin,
    ChangeExecutionState,
    ChangeTaskRunState,
    ForceRun,
    Kill,
    Message,
    Pause,
    Restart,
    Resume,
    SetLabels,
    TaskFinished,
    TaskResult,
    Unqueue,
)
from runtime.executions.operations import facts
from runtime.executions.replay import replay, restart_as_new
from runtime.executions.states import ExecutionState, TaskRunState
from runtime.executions.step import Step
from runtime.flows.model import RetryBehavior
from tests.support.playing import START, Play, block, constant, flow, inline, work

E = ExecutionState
TWO = flow(work("a"), work("b"))


def begun() -> Play:
    return Play(TWO).begin()


def ended(state: TaskRunState) -> Play:
    play = Play(flow(work("a"))).begin()
    play.finish("a", TaskResult(state))
    return play


def failed() -> Play:
    return ended(TaskRunState.FAILED)


def restarted() -> Play:
    play = failed()
    play.send(Restart())
    return play


def killing() -> Play:
    play = begun()
    play.start("a")
    play.send(Kill())
    return play


def killed() -> Play:
    play = killing()
    play.answer_stops()
    return play


def retrying() -> Play:
    play = Play(flow(work("a", retry=constant(3)))).begin()
    play.fail("a")
    return play


def retried() -> Play:
    again = constant(3, behavior=RetryBehavior.CREATE_NEW_EXECUTION)
    play = Play(flow(work("a", retry=again))).begin()
    play.fail("a")
    return play


def admitted(state: ExecutionState) -> Play:
    play = Play(TWO)
    play.send(Begin(state))
    return play


def by_hand() -> Play:
    play = begun()
    play.send(Pause())
    play.succeed("a")
    return play


PLACES: Mapping[str, Callable[[], Play]] = {
    "CREATED": lambda: Play(TWO),
    "QUEUED": lambda: admitted(E.QUEUED),
    "RUNNING": begun,
    "PAUSED": lambda: Play(flow(block("Pause", "a"), work("b"))).begin(),
    "PAUSED by hand": by_hand,
    "BREAKPOINT": lambda: Play(TWO, breakpoints=("a",)).begin(),
    "RESTARTED": restarted,
    "RETRYING": retrying,
    "KILLING": killing,
    "KILLED": killed,
    "SUCCESS": lambda: ended(TaskRunState.SUCCESS),
    "WARNING": lambda: ended(TaskRunState.WARNING),
    "FAILED": failed,
    "CANCELLED": lambda: admitted(E.CANCELLED),
    "RETRIED": retried,
}
ASKED: Mapping[ExecutionAction, Callable[[Play], Action]] = {
    ExecutionAction.RESTART: lambda _: Restart(actor="ada"),
    ExecutionAction.PAUSE: lambda _: Pause(actor="ada"),
    ExecutionAction.RESUME: lambda _: Resume(actor="ada"),
    ExecutionAction.KILL: lambda _: Kill(actor="ada"),
    ExecutionAction.FORCE_RUN: lambda _: ForceRun(actor="ada"),
    ExecutionAction.UNQUEUE: lambda _: Unqueue(actor="ada"),
    ExecutionAction.CHANGE_STATE: lambda play: ChangeExecutionState(
        actor="ada", state=E.WARNING if play.state == "FAILED" else E.FAILED
    ),
    ExecutionAction.SET_LABELS: lambda _: SetLabels(actor="ada", labels={"a": "b"}),
}
IS_NO_OP = ("KILLING", ExecutionAction.KILL)
"""A second kill is not refused: whoever wants it dead gets what he wants."""


def known(play: Play) -> Facts:
    return facts(Step(play.execution, play.world, {}))


@pytest.mark.parametrize("place", PLACES)
def test_every_state_is_the_one_that_its_name_says(place: str) -> None:
    assert PLACES[place]().state == place.split()[0]


def test_no_state_is_left_out() -> None:
    assert {place.split()[0] for place in PLACES} == {state.value for state in E}
    assert {*ASKED, ExecutionAction.REPLAY, ExecutionAction.DELETE} == {*ExecutionAction}


@pytest.mark.parametrize("action", ASKED)
@pytest.mark.parametrize("place", PLACES)
def test_what_is_offered_is_done_and_the_rest_is_refused_with_a_way_out(
    place: str, action: ExecutionAction
) -> None:
    play = PLACES[place]()
    message = cast("Message", ASKED[action](play))
    before = (play.execution.version, play.execution.sequence, play.state)
    if (place, action) == IS_NO_OP:
        assert play.send(message).is_empty
    elif action in allowed_actions(known(play)):
        decision = play.send(message)
        asked = [event.detail for event in decision.events if "action" in event.detail]
        assert {each["actor"] for each in asked} == {"ada"}
        assert play.execution.version == before[0] + 1
    else:
        with pytest.raises(Conflict) as refused:
            play.send(message)
        error = refused.value
        assert error.code is ErrorCode.INVALID_STATE
        assert error.hint
        assert (play.execution.version, play.execution.sequence, play.state) == before


@pytest.mark.parametrize("action", ExecutionAction)
@pytest.mark.parametrize("state", E)
def test_every_refusal_names_the_state_and_where_it_would_be_allowed(
    state: ExecutionState, action: ExecutionAction
) -> None:
    facts = Facts(state)
    if action in allowed_actions(facts):
        return
    assert action.value.lower().split("_")[0] in why_not(action, facts)
    assert how_to_mend(action, facts)


@pytest.mark.parametrize("place", PLACES)
def test_every_execution_can_be_replayed_from_the_start(place: str) -> None:
    play = PLACES[place]()
    again, _ = replay(
        TWO, play.execution, id="ex_2", at=START, from_task_run_id=None, inputs=None, revision=None
    )
    assert (again.state, again.task_runs, again.replay_of) == (E.CREATED, {}, "ex_1")


@pytest.mark.parametrize("place", PLACES)
def test_a_restart_on_another_revision_is_allowed_where_a_restart_is(place: str) -> None:
    play = PLACES[place]()
    if ExecutionAction.RESTART in allowed_actions(known(play)):
        again, _ = restart_as_new(TWO, play.execution, id="ex_2", at=START, revision=2)
        assert again.state is E.RESTARTED
        return
    with pytest.raises(Conflict) as refused:
        restart_as_new(TWO, play.execution, id="ex_2", at=START, revision=2)
    assert (refused.value.code, bool(refused.value.hint)) == (ErrorCode.INVALID_STATE, True)


@pytest.mark.parametrize("wanted", TaskRunState)
@pytest.mark.parametrize("place", PLACES)
def test_a_task_runs_state_is_changed_where_that_is_offered_and_otherwise_refused(
    place: str, wanted: TaskRunState
) -> None:
    play = PLACES[place]()
    if not play.execution.task_runs:
        return
    run = play.run("a")
    offered = allowed_task_run_actions(play.execution.state, run.state)
    resumes = run.state is TaskRunState.PAUSED and wanted is TaskRunState.RUNNING
    fits = resumes or (wanted.is_terminal and wanted is not run.state)
    message = ChangeTaskRunState(task_run_id=run.id, state=wanted)
    if TaskRunAction.CHANGE_STATE in offered and fits:
        assert not play.send(message).is_empty
        return
    with pytest.raises(Conflict) as refused:
        play.send(message)
    assert (refused.value.code, bool(refused.value.hint)) == (ErrorCode.INVALID_STATE, True)


@pytest.mark.parametrize("place", PLACES)
def test_a_report_that_comes_late_changes_nothing_once_it_has_ended(place: str) -> None:
    play = PLACES[place]()
    if not play.execution.state.is_terminal or not play.execution.task_runs:
        return
    run = play.run("a")
    late = TaskFinished(run.id, 1, TaskResult(TaskRunState.SUCCESS, {"value": 1}))
    before = play.execution.version
    assert play.send(late).is_empty
    assert (play.execution.version, play.state) == (before, place)


def test_what_succeeded_although_a_task_run_failed_can_be_restarted() -> None:
    play = failed()
    play.send(ChangeExecutionState(state=E.SUCCESS))
    play.send(Restart())
    assert play.state == "RESTARTED"


def test_a_resume_goes_to_the_next_breakpoint_and_may_set_others() -> None:
    loop = block("ForEach", "each", inline("a"), values=["x", "y"])
    play = Play(flow(loop, work("b"), work("c")), breakpoints=("a.y", "b")).begin()
    assert play.states() == {"each": "RUNNING", "a:x": "SUCCESS", "a:y": "BREAKPOINT"}
    play.send(Resume())
    assert (play.state, play.states()["b"]) == ("BREAKPOINT", "BREAKPOINT")
    with pytest.raises(Exception, match="no task `z`"):
        play.send(Resume(breakpoints=("z",)))
    play.send(Resume(breakpoints=("c",)))
    play.succeed("b")
    assert (play.state, play.states()["c"]) == ("BREAKPOINT", "BREAKPOINT")
