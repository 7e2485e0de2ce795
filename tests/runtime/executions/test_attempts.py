"""Retries, timeouts, lost workers, limits promised, early ends."""

import itertools

from runtime.executions.decision import ReplayAsNew, RestartChild, RunTask, StartChild
from runtime.executions.messages import (
    Begin,
    ChildChanged,
    ChildRefused,
    ChildStarted,
    ExitExecution,
    MergeLabels,
    MergeVariables,
    Proceed,
    Recover,
    Restart,
    TaskResult,
    TimerFired,
)
from runtime.executions.plan import COLLECT, PREPARE, plan
from runtime.executions.replay import replay
from runtime.executions.states import ExecutionState, TaskRunState
from runtime.flows.model import Retry, RetryBehavior, RetryKind, Sla, SlaBehavior, SlaKind
from tests.support.playing import Play, block, constant, flow, inline, work


def test_a_failed_task_is_tried_again_after_its_interval() -> None:
    play = Play(flow(work("a", retry=constant(3, 10)))).begin()
    play.fail("a")
    assert play.state == "RETRYING"
    assert play.run("a").state == "RETRYING"
    play.wait(11)
    assert play.state == "RUNNING"
    play.succeed("a")
    assert [a.state.value for a in play.run("a").attempts] == ["FAILED", "SUCCESS"]
    assert play.history() == ["CREATED", "RUNNING", "RETRYING", "RUNNING", "SUCCESS"]


def test_max_attempts_counts_the_first_try() -> None:
    play = Play(flow(inline("a", "Fail", retry=constant(3)))).begin()
    play.wait(60)
    assert len(play.run("a").attempts) == 3
    assert play.state == "FAILED"


def test_an_exponential_interval_grows_up_to_its_maximum() -> None:
    retry = Retry(RetryKind.EXPONENTIAL, interval=1, max_interval=5, max_attempts=6)
    play = Play(flow(inline("a", "Fail", retry=retry))).begin()
    play.wait(60)
    starts = [attempt.history[0].at for attempt in play.run("a").attempts]
    gaps = [round((b - a).total_seconds()) for a, b in itertools.pairwise(starts)]
    assert gaps == [1, 2, 4, 5, 5]


def test_a_random_interval_lies_between_its_bounds() -> None:
    retry = Retry(RetryKind.RANDOM, min_interval=5, max_interval=10, max_attempts=4)
    play = Play(flow(inline("a", "Fail", retry=retry))).begin()
    play.wait(60)
    starts = [attempt.history[0].at for attempt in play.run("a").attempts]
    gaps = [(b - a).total_seconds() for a, b in itertools.pairwise(starts)]
    assert all(5 <= gap < 10.1 for gap in gaps)
    assert len(set(gaps)) == 3


def test_no_retry_starts_after_the_maximum_duration() -> None:
    play = Play(flow(inline("a", "Fail", retry=constant(None, 2, max_duration=7)))).begin()
    play.wait(60)
    assert len(play.run("a").attempts) == 4


def test_a_success_after_a_retry_may_be_a_warning() -> None:
    play = Play(flow(work("a", retry=constant(3, warning_on_retry=True)))).begin()
    play.fail("a")
    play.wait(2)
    play.succeed("a")
    assert play.state == "WARNING"


def test_the_task_s_own_retry_comes_before_the_flow_s() -> None:
    tasks = (inline("a", "Fail", retry=constant(2), allow_failure=True), inline("b", "Fail"))
    play = Play(flow(*tasks, retry=constant(4))).begin()
    play.wait(60)
    assert (len(play.run("a").attempts), len(play.run("b").attempts)) == (2, 4)


def test_the_retry_of_a_block_runs_its_failed_parts_again_after_its_errors() -> None:
    task = block(
        "AllowFailure", "s", inline("ok"), work("a"), errors=(inline("e"),), retry=constant(3)
    )
    play = Play(flow(task)).begin()
    play.fail("a")
    assert play.states() == {"s": "RETRYING", "ok": "SUCCESS", "a": "FAILED", "e": "SUCCESS"}
    play.wait(2)
    assert play.states() == {"s": "RUNNING", "ok": "SUCCESS", "a": "SUBMITTED"}
    play.succeed("a")
    assert play.state == "SUCCESS"
    assert len(play.run("a").attempts) == 2


def test_a_block_may_begin_anew_without_the_task_runs_of_the_round_before() -> None:
    retry = constant(2, behavior=RetryBehavior.RETRY_FLOWABLE)
    task = block("Sequential", "s", inline("ok"), work("a"), retry=retry, timeout="PT30S")
    play = Play(flow(task)).begin()
    first = {play.run("ok").id, play.run("a").id}
    ordinals = {play.run("ok").ordinal, play.run("a").ordinal}
    play.fail("a")
    play.wait(2)
    assert not ordinals & {play.run("ok").ordinal, play.run("a").ordinal}
    assert play.states() == {"s": "RUNNING", "ok": "SUCCESS", "a": "SUBMITTED"}
    assert not first & set(play.execution.task_runs)
    assert (len(play.run("s").attempts), len(play.run("a").attempts)) == (2, 1)
    play.wait(31)
    play.answer_stops()
    assert play.states() == {"s": "FAILED", "ok": "SUCCESS", "a": "KILLED"}


def test_the_time_limit_of_a_block_counts_anew_with_each_of_its_tries() -> None:
    task = block("Sequential", "s", work("a"), retry=constant(2), timeout="PT30S")
    play = Play(flow(task)).begin()
    play.wait(20)
    play.fail("a")
    play.wait(20)
    assert play.states() == {"s": "RUNNING", "a": "SUBMITTED"}
    play.wait(15)
    play.answer_stops()
    assert play.state == "FAILED"


def test_a_retry_by_a_new_execution_ends_this_one_as_retried() -> None:
    retry = constant(3, behavior=RetryBehavior.CREATE_NEW_EXECUTION)
    play = Play(flow(block("Sequential", "s", inline("a", "Fail")), retry=retry)).begin()
    ends = [play.state]
    while effects := play.effects_of(ReplayAsNew):
        effect = effects[0]
        assert isinstance(effect, ReplayAsNew)
        execution, _ = replay(
            play.world.played,
            play.execution,
            id=effect.execution_id,
            at=effect.at,
            from_task_run_id=None,
            inputs=None,
            revision=None,
        )
        assert play.states() == {"s": "RETRIED", "a": "RETRIED"}
        play = Play(play.world.played)
        play.execution = execution
        play.begin()
        ends.append(play.state)
    assert ends == ["RETRIED", "RETRIED", "FAILED"]


def test_a_block_fails_at_its_timeout_once_what_it_ran_has_stopped() -> None:
    task = block("Sequential", "s", work("a"), timeout="PT5S")
    play = Play(flow(task, errors=(inline("e"),))).begin()
    play.wait(6)
    assert play.states() == {"s": "KILLING", "a": "KILLING"}
    play.answer_stops()
    assert play.states() == {"s": "FAILED", "a": "KILLED", "e": "SUCCESS"}
    assert play.state == "FAILED"


def test_a_lost_attempt_is_sent_again_and_not_counted() -> None:
    play = Play(flow(work("a", retry=constant(2)))).begin()
    play.start("a")
    play.send(Recover())
    run = play.run("a")
    assert [a.state.value for a in run.attempts] == ["RESUBMITTED", "SUBMITTED"]
    assert play.effects[-1] == RunTask(run.id, 2)
    play.fail("a")
    assert play.state == "RETRYING"
    play.wait(2)
    play.fail("a")
    assert play.state == "FAILED"


def test_after_a_crash_what_is_not_alive_is_sent_again() -> None:
    play = Play(flow(block("Parallel", "p", work("a"), work("b")))).begin()
    play.start("a")
    play.start("b")
    play.execution.index = None
    play.send(Recover(frozenset({(play.run("a").id, 1)})))
    assert (play.run("a").attempt, play.run("b").attempt) == (1, 2)
    assert [a.state.value for a in play.run("b").attempts] == ["RESUBMITTED", "SUBMITTED"]
    play.succeed("a", "b")
    assert play.state == "SUCCESS"


def test_an_execution_loaded_from_its_rows_goes_on() -> None:
    inner = (work("a"), inline("b"))
    play = Play(flow(block("ForEach", "each", *inner, values=list("xy")))).begin()
    play.execution.index = None
    play.succeed("a:x")
    play.execution.index = None
    play.send(Proceed())
    play.succeed("a:y")
    assert play.state == "SUCCESS"
    assert len(play.runs("b")) == 2


def sla(behavior: SlaBehavior, **more: object) -> Sla:
    labels = {"sla": "broken"}
    if "assertion" in more:
        kind = SlaKind.EXECUTION_ASSERTION
        return Sla("s", kind, behavior, assertion=str(more["assertion"]), labels=labels)
    return Sla("s", SlaKind.MAX_DURATION, behavior, duration=10, labels=labels)


def test_an_execution_that_takes_too_long_breaks_its_promise() -> None:
    ends = {
        SlaBehavior.FAIL: "FAILED",
        SlaBehavior.CANCEL: "CANCELLED",
        SlaBehavior.NONE: "RUNNING",
    }
    for behavior, end in ends.items():
        play = Play(flow(work("a"), sla=(sla(behavior),))).begin()
        play.wait(11)
        play.answer_stops()
        assert play.state == end
        assert play.execution.labels["sla"] == "broken"


def test_an_execution_in_time_has_no_timer_left() -> None:
    play = Play(flow(work("a"), sla=(sla(SlaBehavior.FAIL),))).begin()
    play.succeed("a")
    assert play.timers == {}


def test_an_assertion_is_looked_at_after_every_change() -> None:
    promise = sla(SlaBehavior.FAIL, assertion="{{ vars.good }}")
    bad = TaskResult(TaskRunState.SUCCESS, changes=(MergeVariables({"good": "false"}, True),))
    play = Play(flow(work("a"), work("b"), sla=(promise,)))
    play.execution.variables = {"good": "true"}
    play.begin()
    play.finish("a", bad)
    play.answer_stops()
    assert play.states() == {"a": "SUCCESS", "b": "KILLED"}
    assert play.state == "FAILED"


def test_exit_ends_the_execution_in_its_state_when_running_siblings_have_ended() -> None:
    for state in ("SUCCESS", "WARNING", "FAILED", "CANCELLED"):
        result = TaskResult(TaskRunState.SUCCESS, changes=(ExitExecution(ExecutionState(state)),))
        play = Play(flow(block("Parallel", "p", work("a"), work("x")), inline("b"))).begin()
        play.finish("x", result)
        assert play.state == "RUNNING"
        play.succeed("a")
        assert play.state == state
        assert "b" not in play.states()


def test_exit_as_killed_stops_running_siblings() -> None:
    result = TaskResult(TaskRunState.SUCCESS, changes=(ExitExecution(ExecutionState.KILLED),))
    play = Play(flow(block("Parallel", "p", work("a"), work("x")))).begin()
    play.finish("x", result)
    play.answer_stops()
    assert play.state == "KILLED"
    assert play.run("a").state == "KILLED"


def test_a_task_changes_labels_and_variables_of_its_execution() -> None:
    changes = (MergeLabels({"l": "1"}), MergeVariables({"v": 2}))
    play = Play(flow(work("a"))).begin()
    play.finish("a", TaskResult(TaskRunState.SUCCESS, changes=changes))
    assert play.execution.labels["l"] == "1"
    assert play.execution.variables == {"v": 2}


def subflow(**more: object) -> tuple[Play, StartChild]:
    task = block("Subflow", "s", namespace="n", flow_id="c", inputs={"x": "1"}, **more)
    play = Play(flow(task)).begin()
    child = play.effects_of(StartChild)[0]
    assert isinstance(child, StartChild)
    return play, child


def test_a_subflow_starts_an_execution_and_yields_its_outputs() -> None:
    play, child = subflow()
    assert (child.namespace, child.flow_id, child.inputs) == ("n", "c", {"x": "1"})
    assert child.labels == {"system.correlationId": "ex_1"}
    assert child.trigger_variables["executionId"] == "ex_1"
    play.send(ChildStarted(child.task_run_id, child.child_id))
    play.send(ChildChanged(child.task_run_id, child.child_id, ExecutionState.SUCCESS, {"o": 1}))
    assert play.outputs("s") == {
        "executionId": child.child_id,
        "state": "SUCCESS",
        "outputs": {"o": 1},
    }
    assert play.state == "SUCCESS"


def test_the_end_of_a_child_is_transmitted_or_not() -> None:
    for state in ("FAILED", "KILLED", "WARNING"):
        for transmit, end in ((True, state), (False, "SUCCESS")):
            play, child = subflow(transmit_failed=transmit)
            play.send(ChildChanged(child.task_run_id, child.child_id, ExecutionState(state)))
            assert play.state == end


def test_a_subflow_that_is_not_waited_for_ends_when_it_has_started() -> None:
    play, child = subflow(wait=False)
    assert play.state == "RUNNING"
    play.send(ChildStarted(child.task_run_id, child.child_id))
    assert play.state == "SUCCESS"


def test_a_start_whose_report_was_lost_in_a_crash_counts_after_the_recovery() -> None:
    play, _ = subflow(wait=False)
    play.send(Recover())
    assert play.state == "SUCCESS"


def test_a_child_that_cannot_be_created_fails_its_task() -> None:
    play, child = subflow()
    play.send(ChildRefused(child.task_run_id, child.child_id, "There is no flow n.c."))
    assert play.state == "FAILED"
    assert play.run("s").attempts[0].message == "There is no flow n.c."


def test_a_retry_starts_a_new_child_and_a_restart_restarts_the_failed_one() -> None:
    play, child = subflow(retry=constant(2))
    play.send(ChildChanged(child.task_run_id, child.child_id, ExecutionState.FAILED))
    play.wait(2)
    second = play.effects_of(StartChild)[1]
    assert isinstance(second, StartChild)
    assert second.child_id != child.child_id
    play.send(ChildChanged(second.task_run_id, second.child_id, ExecutionState.FAILED))
    assert play.state == "FAILED"

    play.send(Restart())
    play.send(Begin())
    assert play.effects_of(RestartChild) == [RestartChild(second.task_run_id, second.child_id)]
    play.send(ChildChanged(second.task_run_id, second.child_id, ExecutionState.SUCCESS))
    assert play.state == "SUCCESS"


def test_a_working_directory_is_shared_and_runs_whole_again() -> None:
    play = Play(flow(block("WorkingDirectory", "wd", work("a"), work("b")))).begin()
    assert play.run("a").dynamic["workingDirectory"] == play.run("wd").id
    play.succeed("a")
    play.fail("b")
    play.send(Restart())
    play.send(Begin())
    assert play.states() == {"wd": "RUNNING", "a": "SUBMITTED"}


def test_a_working_directory_with_files_is_filled_first_and_collected_last() -> None:
    task = block(
        "WorkingDirectory", "wd", work("a"), input_files={"f": "x"}, output_files=["*.txt"]
    )
    play = Play(flow(task)).begin()
    assert play.states() == {"wd": "RUNNING"}
    chart = plan(play.world.played)
    assert chart.work_of(play.run("wd")).type == PREPARE
    play.succeed("wd")
    play.succeed("a")
    assert chart.work_of(play.run("wd")).type == COLLECT
    play.succeed("wd", outputFiles={"o": "u"})
    assert play.state == "SUCCESS"
    assert play.outputs("wd") == {"outputFiles": {"o": "u"}}


def test_a_working_directory_with_files_is_tried_again_when_a_task_in_it_failed() -> None:
    files = {"input_files": {"f": "x"}}
    anew = constant(2, behavior=RetryBehavior.RETRY_FLOWABLE)
    play = Play(flow(block("WorkingDirectory", "wd", work("a"), retry=anew, **files))).begin()
    play.succeed("wd")
    play.fail("a")
    assert play.states() == {"wd": "RETRYING", "a": "FAILED"}
    play.wait(2)
    play.succeed("wd", "a")
    assert play.state == "SUCCESS"
    ends = [attempt.state.value for attempt in play.run("wd").attempts]
    assert ends.count("FAILED") == 1


def test_the_timer_of_a_retry_that_comes_twice_starts_one_attempt() -> None:
    play = Play(flow(work("a", retry=constant(3)))).begin()
    play.fail("a")
    play.wait(2)
    late = play.send(TimerFired(f"retry:{play.run('a').id}"))
    assert late.is_empty
    assert len(play.run("a").attempts) == 2
