"""Pause, Approval, Sleep, breakpoints and pauses made by hand."""

import pytest

from runtime.errors import Conflict, InvalidInput
from runtime.executions.messages import Kill, Pause, Resume, TimerFired
from runtime.flows.model import Task
from tests.support.playing import Play, block, flow, inline, work


def test_a_pause_holds_the_execution_until_it_is_resumed() -> None:
    play = Play(flow(block("Pause", "p"), inline("a", "{{ outputs.p.onResume.why }}"))).begin()
    assert play.state == "PAUSED"
    assert play.states() == {"p": "PAUSED"}

    play.send(Resume(actor="ann", inputs={"why": "fine"}))

    assert play.state == "SUCCESS"
    assert play.outputs("a") == {"value": "fine"}
    assert play.history("p") == ["CREATED", "RUNNING", "PAUSED", "RUNNING", "SUCCESS"]
    assert play.history() == ["CREATED", "RUNNING", "PAUSED", "RESTARTED", "RUNNING", "SUCCESS"]


def test_a_pause_with_a_duration_goes_on_by_itself() -> None:
    for name in ("delay", "pause_duration"):
        play = Play(flow(block("Pause", "p", **{name: "PT10S"}))).begin()
        play.wait(9)
        assert play.state == "PAUSED"
        play.wait(2)
        assert play.state == "SUCCESS"


def test_what_the_end_of_a_pause_means_is_its_behavior() -> None:
    ends = {"RESUME": "SUCCESS", "WARN": "WARNING", "FAIL": "FAILED", "CANCEL": "CANCELLED"}
    for behavior, end in ends.items():
        task = block("Pause", "p", pause_duration="PT1S", behavior=behavior)
        play = Play(flow(task, inline("a"))).begin()
        play.wait(2)
        assert play.state == end, behavior
        assert ("a" in play.states()) == (behavior in ("RESUME", "WARN"))


def test_a_resumed_pause_has_no_timer_left_and_a_late_one_changes_nothing() -> None:
    task = block("Pause", "p", pause_duration="PT1M", behavior="FAIL")
    play = Play(flow(task, work("a"))).begin()
    key = next(iter(play.timers))
    play.send(Resume(inputs={"x": 1}))
    assert play.timers == {}
    assert play.send(TimerFired(key)).is_empty
    assert play.outputs("p") is not None
    assert play.outputs("p")["onResume"] == {"x": 1}  # type: ignore[index]


def test_a_pause_fails_at_its_timeout() -> None:
    play = Play(flow(block("Pause", "p", timeout="PT5S"))).begin()
    play.wait(6)
    assert play.states() == {"p": "FAILED"}
    assert "Timeout" in play.logs[0]


def test_the_timeout_of_a_pause_is_over_once_it_is_resumed() -> None:
    play = Play(flow(block("Pause", "p", work("a"), timeout="PT5S"))).begin()
    play.send(Resume())
    assert play.timers == {}
    play.succeed("a")
    assert play.state == "SUCCESS"


def test_on_pause_runs_before_and_the_deprecated_tasks_after() -> None:
    play = Play(flow(block("Pause", "p", inline("then"), on_pause=(work("first"),)))).begin()
    assert play.state == "RUNNING"
    play.succeed("first")
    assert play.state == "PAUSED"
    play.send(Resume())
    assert play.states() == {"p": "SUCCESS", "first": "SUCCESS", "then": "SUCCESS"}


def test_what_runs_beside_a_pause_goes_on() -> None:
    play = Play(flow(block("Parallel", "both", block("Pause", "p"), work("a")))).begin()
    assert play.state == "PAUSED"
    play.succeed("a")
    play.send(Resume())
    assert play.state == "SUCCESS"


def test_a_pause_by_hand_lets_running_tasks_end_and_starts_nothing() -> None:
    play = Play(flow(work("a"), inline("b"))).begin()
    play.send(Pause())
    assert play.state == "PAUSED"
    play.succeed("a")
    assert play.states() == {"a": "SUCCESS"}
    assert play.state == "PAUSED"
    play.send(Resume())
    assert play.state == "SUCCESS"


def test_nothing_is_resumed_that_is_not_paused() -> None:
    play = Play(flow(work("a"))).begin()
    before = play.execution.version
    with pytest.raises(Conflict, match="Cannot resume an execution that is RUNNING"):
        play.send(Resume())
    assert play.execution.version == before


def test_a_breakpoint_stops_before_its_task_and_resume_goes_to_the_next() -> None:
    tasks = (inline("a"), inline("b"), inline("c"))
    play = Play(flow(*tasks), breakpoints=("b", "c")).begin()
    assert play.state == "BREAKPOINT"
    assert play.states() == {"a": "SUCCESS", "b": "BREAKPOINT"}
    play.send(Resume())
    assert play.states() == {"a": "SUCCESS", "b": "SUCCESS", "c": "BREAKPOINT"}
    play.send(Resume())
    assert play.state == "SUCCESS"


def test_a_breakpoint_may_name_one_value_of_a_loop() -> None:
    task = block("ForEach", "each", inline("a"), values=["x", "y"])
    play = Play(flow(task), breakpoints=("a.y",)).begin()
    assert play.states() == {"each": "RUNNING", "a:x": "SUCCESS", "a:y": "BREAKPOINT"}
    play.send(Resume(breakpoints=()))
    assert play.state == "SUCCESS"


def test_sleep_waits_by_a_timer() -> None:
    play = Play(flow(block("Sleep", "s", duration="PT1H"))).begin()
    assert play.state == "RUNNING"
    assert play.sent == {}
    play.wait(3601)
    assert play.state == "SUCCESS"


def approval(**more: object) -> Play:
    parts = {"on_approve": (inline("yes"),), "on_deny": (inline("no"),), **more}
    return Play(flow(block("Approval", "ap", **parts), inline("after"))).begin()


def test_an_approval_runs_the_branch_of_the_decision() -> None:
    play = approval()
    assert play.state == "PAUSED"
    play.send(Resume(decision="Approve", actor="ann", comment="good"))
    assert play.states() == {"ap": "SUCCESS", "yes": "SUCCESS", "after": "SUCCESS"}
    outputs = play.outputs("ap")
    assert outputs is not None
    assert (outputs["decision"], outputs["by"], outputs["comment"]) == ("APPROVED", "ann", "good")


def test_a_denial_cancels_the_execution_after_its_branch() -> None:
    play = approval()
    play.send(Resume(decision="deny"))
    assert play.states() == {"ap": "CANCELLED", "no": "SUCCESS"}
    assert play.state == "CANCELLED"


def test_the_behavior_of_a_decision_says_how_the_execution_goes_on() -> None:
    expected = {
        "CONTINUE": ("SUCCESS", True),
        "WARN": ("WARNING", True),
        "FAIL": ("FAILED", False),
        "SUCCEED": ("SUCCESS", False),
        "CANCEL": ("CANCELLED", False),
        "KILL": ("KILLED", False),
    }
    for behavior, (end, goes_on) in expected.items():
        play = approval(approve_behavior=behavior)
        play.send(Resume(decision="Approve"))
        assert play.state == end, behavior
        assert ("after" in play.states()) is goes_on


def test_an_approval_expires_at_its_timeout() -> None:
    play = approval(timeout="PT1H", expire_behavior="WARN")
    play.wait(3601)
    assert play.state == "WARNING"
    assert play.outputs("ap")["decision"] == "EXPIRED"  # type: ignore[index]


def test_a_decision_that_needs_a_comment_is_refused_without() -> None:
    play = approval(comment_required="ON_DENY")
    with pytest.raises(InvalidInput, match="wants a comment"):
        play.send(Resume(decision="Deny"))
    with pytest.raises(InvalidInput, match="no decision here"):
        play.send(Resume(decision="Perhaps"))
    assert play.state == "PAUSED"


def test_an_automatic_approval_asks_nobody() -> None:
    play = approval(auto_approve=True)
    assert play.state == "SUCCESS"
    assert play.outputs("ap")["auto"] is True  # type: ignore[index]


@pytest.mark.parametrize(
    "waiting",
    [
        block("Sleep", "w", duration="P365D"),
        block("Sleep", "w", duration="P365D", timeout="P30D"),
        block("Pause", "w", timeout="P30D"),
        block("Pause", "w", pause_duration="P7D", timeout="P30D"),
        block("LoopUntil", "w", inline("x"), condition=False, check_frequency={"interval": "P1D"}),
        block("Sequential", "w", block("Sleep", "inner", duration="P365D"), timeout="P30D"),
    ],
)
def test_what_would_have_woken_a_stopped_task_is_taken_away(waiting: Task) -> None:
    killed = Play(flow(waiting)).begin()
    assert killed.timers
    killed.send(Kill())
    assert killed.state == "KILLED"
    assert killed.timers == {}

    beside = block("Parallel", "all", waiting, work("bad"), fail_fast=True)
    play = Play(flow(beside)).begin()
    play.fail("bad")
    assert play.state == "FAILED"
    assert play.timers == {}
