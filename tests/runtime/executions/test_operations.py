"""Kill, restart, force run, unqueue, change of state, labels: when allowed, and what they do."""

import pytest

from runtime.errors import Conflict, ErrorCode, NotFound
from runtime.executions.actions import (
    ExecutionAction,
    Facts,
    TaskRunAction,
    allowed_actions,
    allowed_task_run_actions,
)
from runtime.executions.decision import ChangeKind, Ended, KillChildren, StartChild
from runtime.executions.messages import (
    Begin,
    ChangeExecutionState,
    ChangeTaskRunState,
    ChildChanged,
    ForceRun,
    Kill,
    Restart,
    SetLabels,
    TaskFinished,
    TaskResult,
    TimerFired,
    Unqueue,
)
from runtime.executions.states import ExecutionState, TaskRunState
from tests.support.playing import Play, block, constant, flow, inline, work


def test_a_kill_stops_what_runs_and_ends_what_does_not() -> None:
    play = Play(flow(block("Parallel", "p", work("a"), block("Pause", "w")), work("b"))).begin()
    play.start("a")

    play.send(Kill(actor="ann"))

    assert play.state == "KILLING"
    assert play.states() == {"p": "KILLING", "a": "KILLING", "w": "KILLED"}
    assert play.stopping == {play.run("a").id}

    play.answer_stops()

    assert play.states() == {"p": "KILLED", "a": "KILLED", "w": "KILLED"}
    assert play.history() == ["CREATED", "RUNNING", "PAUSED", "KILLING", "KILLED"]
    assert play.effects_of(Ended) == [Ended(ExecutionState.KILLED)]


def test_a_second_kill_changes_nothing_and_a_kill_of_an_ended_execution_is_refused() -> None:
    play = Play(flow(work("a"))).begin()
    play.send(Kill())
    assert play.send(Kill()).is_empty
    play.answer_stops()
    with pytest.raises(Conflict, match="Cannot kill an execution that is KILLED"):
        play.send(Kill())


def test_a_killed_execution_runs_no_errors_and_no_finally() -> None:
    play = Play(flow(work("a"), errors=(inline("e"),), finally_=(inline("f"),))).begin()
    play.send(Kill())
    play.answer_stops()
    assert play.states() == {"a": "KILLED"}


def test_a_kill_before_the_begin_ends_at_once() -> None:
    play = Play(flow(inline("a")))
    play.send(Kill())
    assert play.state == "KILLED"
    assert play.send(Begin()).is_empty


def test_a_late_retry_does_not_revive_a_killed_run() -> None:
    play = Play(flow(work("a", retry=constant(3)))).begin()
    play.fail("a")
    key = next(iter(play.timers))
    play.send(Kill())
    assert play.state == "KILLED"
    assert play.timers == {}
    assert play.send(TimerFired(key)).is_empty


def test_a_kill_reaches_the_child_and_waits_for_it_unless_children_are_spared() -> None:
    def parent() -> Play:
        return Play(flow(block("Subflow", "s", namespace="n", flow_id="c"))).begin()

    play = parent()
    play.send(Kill())
    assert play.effects_of(KillChildren) == [KillChildren(play.run("s").id)]
    assert play.state == "KILLING"
    child = play.effects_of(StartChild)[0]
    assert isinstance(child, StartChild)
    play.send(ChildChanged(child.task_run_id, child.child_id, ExecutionState.KILLED))
    assert play.state == "KILLED"

    play = parent()
    play.send(Kill(include_children=False))
    assert play.effects_of(KillChildren) == []
    assert play.state == "KILLED"


def test_a_report_of_an_older_attempt_or_after_the_end_changes_nothing() -> None:
    play = Play(flow(work("a", retry=constant(2)))).begin()
    run = play.run("a")
    play.fail("a")
    play.wait(2)
    late = TaskFinished(run.id, 1, TaskResult(TaskRunState.SUCCESS))
    assert play.send(late).is_empty
    play.succeed("a")
    assert play.send(TaskFinished(run.id, 2, TaskResult(TaskRunState.FAILED))).is_empty
    assert play.state == "SUCCESS"


def test_a_stale_version_is_refused_before_anything_changes() -> None:
    play = Play(flow(work("a"))).begin()
    with pytest.raises(Conflict) as refused:
        play.send(Kill(expected_version=1))
    assert refused.value.code is ErrorCode.CONFLICT
    assert play.state == "RUNNING"
    play.send(Kill(expected_version=play.execution.version))
    assert play.state == "KILLING"


def test_a_restart_runs_the_failed_parts_again_in_the_same_execution() -> None:
    play = Play(
        flow(
            inline("before"),
            block("Sequential", "s", work("a"), work("b"), errors=(inline("local"),)),
            errors=(inline("e"),),
            after_execution=(inline("after"),),
        )
    ).begin()
    play.succeed("a")
    play.fail("b")
    assert list(play.states()) == ["before", "s", "a", "b", "local", "e", "after"]

    play.send(Restart())

    assert play.state == "RESTARTED"
    assert play.states() == {"before": "SUCCESS", "s": "RUNNING", "a": "SUCCESS", "b": "RESTARTED"}
    assert play.execution.labels["system.restarted"] == "true"
    assert play.execution.attempt == 2

    play.send(Begin())
    play.succeed("b")
    assert play.state == "SUCCESS"
    assert len(play.run("b").attempts) == 2
    assert play.history()[-4:] == ["FAILED", "RESTARTED", "RUNNING", "SUCCESS"]


def test_a_killed_execution_can_be_restarted() -> None:
    play = Play(flow(work("a"), work("b"))).begin()
    play.succeed("a")
    play.send(Kill())
    play.answer_stops()
    play.send(Restart())
    play.send(Begin())
    play.succeed("b")
    assert play.states() == {"a": "SUCCESS", "b": "SUCCESS"}
    assert play.state == "SUCCESS"


def test_a_restart_gives_a_task_all_of_its_tries_again() -> None:
    play = Play(flow(work("a", retry=constant(2)))).begin()
    play.fail("a")
    play.wait(2)
    play.fail("a")
    assert play.state == "FAILED"
    play.send(Restart())
    play.send(Begin())
    play.fail("a")
    assert play.state == "RETRYING"


def test_a_success_cannot_be_restarted() -> None:
    play = Play(flow(inline("a"))).begin()
    with pytest.raises(Conflict, match="Cannot restart an execution that is SUCCESS"):
        play.send(Restart())


def test_a_restarted_loop_goes_on_where_it_failed() -> None:
    play = Play(flow(block("ForEach", "each", work("a"), values=list("xyz")))).begin()
    play.succeed("a:x")
    play.fail("a:y")
    play.send(Restart())
    play.send(Begin())
    play.succeed("a:y")
    play.succeed("a:z")
    assert play.states() == {
        "each": "SUCCESS",
        "a:x": "SUCCESS",
        "a:y": "SUCCESS",
        "a:z": "SUCCESS",
    }
    assert play.state == "SUCCESS"


def test_queued_executions_are_unqueued_or_forced() -> None:
    for action in (Unqueue(), ForceRun()):
        play = Play(flow(inline("a")))
        play.send(Begin(ExecutionState.QUEUED))
        assert play.history() == ["CREATED", "QUEUED"]
        play.send(action)
        assert play.history() == ["CREATED", "QUEUED", "RUNNING", "SUCCESS"]


def test_an_execution_over_its_limit_may_end_without_having_run() -> None:
    for state in (ExecutionState.CANCELLED, ExecutionState.FAILED):
        play = Play(flow(inline("a")))
        play.send(Begin(state))
        assert play.state == state
        assert play.states() == {}
        assert play.effects_of(Ended) == [Ended(state)]


def test_the_state_of_an_ended_execution_can_be_changed_to_another_end() -> None:
    play = Play(flow(inline("a", "Fail"))).begin()
    play.send(ChangeExecutionState(state=ExecutionState.SUCCESS, actor="ann"))
    assert play.state == "SUCCESS"
    assert play.states() == {"a": "FAILED"}
    with pytest.raises(Conflict):
        play.send(ChangeExecutionState(state=ExecutionState.RUNNING))


def test_a_task_run_marked_as_good_lets_everything_after_it_run_again() -> None:
    play = Play(
        flow(
            block("Sequential", "s", work("a"), inline("b"), errors=(inline("e"),)),
            inline("c"),
            errors=(inline("flow_error"),),
        )
    ).begin()
    play.fail("a")
    assert play.state == "FAILED"

    play.send(ChangeTaskRunState(task_run_id=play.run("a").id, state=TaskRunState.SUCCESS))
    assert play.state == "RESTARTED"
    play.send(Begin())

    assert play.states() == {"s": "SUCCESS", "a": "SUCCESS", "b": "SUCCESS", "c": "SUCCESS"}
    assert play.state == "SUCCESS"


def test_a_task_run_marked_as_failed_fails_its_execution() -> None:
    play = Play(flow(inline("a"), inline("b"), errors=(inline("e"),))).begin()
    play.send(ChangeTaskRunState(task_run_id=play.run("a").id, state=TaskRunState.FAILED))
    play.send(Begin())
    assert play.states() == {"a": "FAILED", "e": "SUCCESS"}
    assert play.state == "FAILED"


def test_a_paused_task_run_can_be_given_its_end() -> None:
    play = Play(flow(block("Pause", "p"), inline("a"))).begin()
    play.send(ChangeTaskRunState(task_run_id=play.run("p").id, state=TaskRunState.WARNING))
    assert play.states() == {"p": "WARNING", "a": "SUCCESS"}
    assert play.state == "WARNING"


def test_task_runs_of_a_running_execution_cannot_be_changed() -> None:
    play = Play(flow(work("a"))).begin()
    with pytest.raises(Conflict):
        play.send(ChangeTaskRunState(task_run_id=play.run("a").id, state=TaskRunState.SUCCESS))
    with pytest.raises(NotFound):
        play.send(ChangeTaskRunState(task_run_id="nobody", state=TaskRunState.SUCCESS))


def test_labels_are_merged_and_the_new_value_wins() -> None:
    play = Play(flow(inline("a"), labels={"env": "dev", "team": "x"})).begin()
    play.send(SetLabels(labels={"env": "prod"}))
    assert play.execution.labels == {
        "env": "prod",
        "team": "x",
        "system.correlationId": "ex_1",
    }


def test_who_asked_for_what_is_in_the_history() -> None:
    play = Play(flow(work("a"))).begin()
    play.send(Kill(actor="ann"))
    told = [e for e in play.events if e.kind is ChangeKind.EXECUTION_ACTION]
    assert [(e.detail["action"], e.detail["actor"]) for e in told] == [("KILL", "ann")]


@pytest.mark.parametrize(
    ("state", "failed", "expected"),
    [
        ("CREATED", False, {"KILL", "FORCE_RUN"}),
        ("QUEUED", False, {"KILL", "FORCE_RUN", "UNQUEUE"}),
        ("RUNNING", False, {"KILL", "FORCE_RUN", "PAUSE"}),
        ("PAUSED", False, {"KILL", "FORCE_RUN", "RESUME"}),
        ("PAUSED", True, {"KILL", "FORCE_RUN", "RESUME", "RESTART"}),
        ("BREAKPOINT", False, {"KILL", "FORCE_RUN", "RESUME"}),
        ("RETRYING", False, {"KILL", "FORCE_RUN", "PAUSE"}),
        ("KILLING", True, set()),
        ("SUCCESS", False, {"CHANGE_STATE"}),
        ("WARNING", False, {"CHANGE_STATE"}),
        ("WARNING", True, {"CHANGE_STATE", "RESTART"}),
        ("FAILED", False, {"CHANGE_STATE", "RESTART"}),
        ("KILLED", True, {"CHANGE_STATE", "RESTART"}),
    ],
)
def test_what_may_be_done_in_which_state(state: str, failed: bool, expected: set[str]) -> None:
    allowed = allowed_actions(Facts(ExecutionState(state), failed))
    always = {ExecutionAction.REPLAY, ExecutionAction.SET_LABELS, ExecutionAction.DELETE}
    assert allowed == {ExecutionAction(name) for name in expected} | always


def test_what_may_be_done_to_a_task_run() -> None:
    def may(execution: ExecutionState, run: TaskRunState) -> set[str]:
        return {action.value for action in allowed_task_run_actions(execution, run)}

    assert may(ExecutionState.FAILED, TaskRunState.FAILED) == {"REPLAY", "CHANGE_STATE"}
    assert may(ExecutionState.RUNNING, TaskRunState.RUNNING) == {"REPLAY"}
    assert may(ExecutionState.PAUSED, TaskRunState.PAUSED) == {"REPLAY", "CHANGE_STATE", "RESUME"}
    assert TaskRunAction.RESUME in allowed_task_run_actions(
        ExecutionState.BREAKPOINT, TaskRunState.BREAKPOINT
    )


def test_the_time_limit_of_a_block_is_watched_after_a_restart() -> None:
    play = Play(flow(block("Sequential", "s", work("a"), timeout="PT10S"))).begin()
    play.fail("a")
    play.send(Restart())
    play.begin()
    play.wait(11)
    play.answer_stops()
    assert play.states() == {"s": "FAILED", "a": "KILLED"}


def test_a_restart_gives_a_block_all_of_its_tries_again() -> None:
    play = Play(flow(block("Sequential", "s", work("a"), retry=constant(2)))).begin()
    for _ in range(2):
        play.fail("a")
        play.wait(2)
    assert play.state == "FAILED"
    play.send(Restart())
    play.begin()
    play.fail("a")
    assert play.state == "RETRYING"
    play.wait(2)
    play.fail("a")
    assert play.state == "FAILED"


def test_a_restart_runs_a_working_directory_again_although_its_failure_was_allowed() -> None:
    directory = block("WorkingDirectory", "wd", work("a"), work("b"), allow_failure=True)
    play = Play(flow(directory)).begin()
    play.succeed("a")
    play.fail("b")
    assert play.state == "WARNING"
    play.send(Restart())
    play.begin()
    assert play.states() == {"wd": "RUNNING", "a": "SUBMITTED"}
