"""A new execution from an old one: what is taken over, and what runs again."""

from datetime import timedelta

from runtime.executions.decision import Decision
from runtime.executions.messages import ChangeTaskRunState, Restart
from runtime.executions.model import Execution
from runtime.executions.replay import replay, restart_as_new
from runtime.executions.states import TaskRunState
from runtime.flows.model import Flow
from tests.support.playing import START, Play, block, constant, flow, inline, work


def replayed(play: Play, name: str) -> Play:
    run_id = name if name in play.execution.task_runs else play.run(name).id
    execution, decision = replay(
        play.world.played,
        play.execution,
        id="ex_2",
        at=START + timedelta(hours=1),
        from_task_run_id=run_id,
        inputs=None,
        revision=None,
    )
    return continued(play.world.played, execution, decision)


def restarted_anew(play: Play, mended: Flow | None = None) -> Play:
    played = mended or play.world.played
    execution, decision = restart_as_new(
        played, play.execution, id="ex_2", at=START + timedelta(hours=1), revision=2
    )
    return continued(played, execution, decision)


def continued(played: Flow, execution: Execution, decision: Decision) -> Play:
    again = Play(played)
    again.execution = execution
    again.events = list(decision.events)
    return again


def test_a_replay_from_the_start_has_the_same_inputs_and_no_task_runs() -> None:
    play = Play(flow(inline("a")), inputs={"x": 1}).begin()
    execution, _ = replay(
        play.world.played,
        play.execution,
        id="ex_2",
        at=START,
        from_task_run_id=None,
        inputs=None,
        revision=None,
    )
    assert (execution.state, execution.inputs, execution.task_runs) == ("CREATED", {"x": 1}, {})
    assert (execution.replay_of, execution.original_id) == ("ex_1", "ex_1")


def test_a_replay_from_a_task_run_keeps_what_came_before_with_its_outputs() -> None:
    play = Play(flow(inline("a", "1"), inline("b", "{{ outputs.a.value }}"), inline("c"))).begin()
    again = replayed(play, "b")
    assert again.state == "RESTARTED"
    assert again.states() == {"a": "SUCCESS", "b": "RESTARTED"}
    assert again.run("a").id != play.run("a").id
    again.begin()
    assert again.states() == {"a": "SUCCESS", "b": "SUCCESS", "c": "SUCCESS"}
    assert again.outputs("b") == {"value": "1"}
    assert [event.sequence for event in again.events] == list(range(1, len(again.events) + 1))


def test_a_replay_inside_a_parallel_runs_its_siblings_again() -> None:
    play = Play(flow(block("Parallel", "p", inline("a"), inline("b")), inline("c"))).begin()
    again = replayed(play, "b")
    assert again.states() == {"p": "RUNNING", "b": "RESTARTED"}
    again.begin()
    assert again.states() == {"p": "SUCCESS", "b": "SUCCESS", "a": "SUCCESS", "c": "SUCCESS"}


def test_a_replay_inside_a_loop_keeps_the_values_before() -> None:
    inner = (inline("a", "{{ taskrun.value }}"), inline("b"))
    play = Play(flow(block("ForEach", "each", *inner, values=list("xyz")))).begin()
    again = replayed(play, "b:y")
    assert list(again.states()) == ["each", "a:x", "b:x", "a:y", "b:y"]
    again.begin()
    assert again.state == "SUCCESS"
    assert len(again.execution.task_runs) == 7


def test_a_restart_with_another_revision_is_a_new_execution() -> None:
    play = Play(flow(inline("ok"), inline("a", "Fail"), errors=(inline("e"),))).begin()
    mended = flow(inline("ok"), inline("a"), errors=(inline("e"),), revision=2)
    again = restarted_anew(play, mended)
    assert again.states() == {"ok": "SUCCESS", "a": "RESTARTED"}
    again.begin()
    assert again.state == "SUCCESS"
    assert again.execution.flow_revision == 2


def test_a_restart_with_another_revision_fills_a_working_directory_anew() -> None:
    directory = block("WorkingDirectory", "wd", work("a"), work("b"), input_files={"f": "x"})
    play = Play(flow(work("before"), directory)).begin()
    play.succeed("before", "wd", "a")
    play.fail("b")
    again = restarted_anew(play)
    assert again.states() == {"before": "SUCCESS", "wd": "RESTARTED"}
    again.begin()
    assert again.run("wd").dynamic["phase"] == "prepare"
    again.succeed("wd", "a", "b")
    assert again.state == "SUCCESS"


def stopped_by_the_first() -> Play:
    """`a` failed, so that `b` was killed beside it and `c` never started."""
    tasks = (work("a"), work("b"), work("c"))
    play = Play(flow(block("Parallel", "p", *tasks, concurrent=2, fail_fast=True))).begin()
    play.fail("a")
    play.answer_stops()
    assert play.states() == {"p": "FAILED", "a": "FAILED", "b": "KILLED"}
    return play


def test_what_was_stopped_beside_a_failure_runs_to_its_end_in_a_new_execution() -> None:
    play = stopped_by_the_first()
    for again in (restarted_anew(play), replayed(play, "a")):
        again.begin()
        again.succeed("a", "b", "c")
        assert again.state == "SUCCESS"
        assert again.states() == {"p": "SUCCESS", "a": "SUCCESS", "b": "SUCCESS", "c": "SUCCESS"}


def test_a_failure_in_the_new_execution_stops_those_beside_it_once_more() -> None:
    again = restarted_anew(stopped_by_the_first()).begin()
    again.fail("a")
    assert again.stopping == {again.run("b").id}


def looked_for_three_times() -> Play:
    often = {"interval": "PT1S"}
    tasks = block("LoopUntil", "u", work("a"), condition="{{ fact.done }}", check_frequency=often)
    play = Play(flow(tasks))
    play.world.facts["done"] = "false"
    play.begin()
    for done in ("false", "false", "true"):
        play.world.facts["done"] = done
        play.succeed("a")
        play.wait(2)
    assert (play.state, len(play.runs("a"))) == ("SUCCESS", 3)
    return play


def test_a_replay_inside_a_loop_until_looks_at_the_condition_again() -> None:
    play = looked_for_three_times()
    again = replayed(play, play.runs("a")[1].id)
    again.world.facts["done"] = "false"
    again.begin()
    again.succeed("a")
    again.wait(2)
    again.world.facts["done"] = "true"
    again.succeed("a")
    assert (again.state, len(again.runs("a"))) == ("SUCCESS", 3)


def test_a_loop_until_goes_on_behind_an_iteration_that_was_given_another_state() -> None:
    play = looked_for_three_times()
    play.world.facts["done"] = "false"
    play.send(ChangeTaskRunState(task_run_id=play.runs("a")[1].id, state=TaskRunState.WARNING))
    play.begin()
    play.wait(2)
    play.world.facts["done"] = "true"
    play.succeed("a")
    assert (play.state, len(play.runs("a"))) == ("WARNING", 3)


def test_the_time_limit_of_a_block_is_watched_in_a_new_execution_too() -> None:
    limited = block("Sequential", "s", work("a"), work("b"), timeout="PT10S")
    play = Play(flow(limited)).begin()
    play.succeed("a")
    play.fail("b")
    for again in (restarted_anew(play), replayed(play, "b")):
        again.begin()
        again.wait(11)
        again.answer_stops()
        assert (again.state, again.states()["s"]) == ("FAILED", "FAILED")


def test_what_a_task_was_forgiven_is_not_taken_over() -> None:
    play = Play(flow(work("a", retry=constant(2)))).begin()
    for _ in range(2):
        play.fail("a")
        play.wait(2)
    play.send(Restart())
    play.begin()
    for _ in range(2):
        play.fail("a")
        play.wait(2)
    again = restarted_anew(play).begin()
    for _ in range(2):
        again.fail("a")
        again.wait(2)
    assert (again.state, len(again.run("a").attempts)) == ("FAILED", 2)


def test_a_finally_that_failed_runs_again_alone_in_the_new_execution() -> None:
    play = Play(flow(block("Sequential", "s", work("a"), finally_=(work("f"),)))).begin()
    play.succeed("a")
    play.fail("f")
    again = restarted_anew(play)
    assert again.states() == {"s": "RUNNING", "a": "SUCCESS"}
    again.begin()
    again.succeed("f")
    assert again.state == "SUCCESS"


def test_a_block_that_goes_on_in_the_new_execution_has_all_of_its_tries() -> None:
    play = Play(flow(block("Sequential", "s", work("a"), retry=constant(2)))).begin()
    for _ in range(2):
        play.fail("a")
        play.wait(2)
    again = restarted_anew(play).begin()
    again.fail("a")
    assert again.state == "RETRYING"
