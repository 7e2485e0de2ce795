"""ForEach and its elders, LoopUntil, Loop, ForEachItem."""

import time

import pytest

from runtime.executions import index as indexes
from runtime.executions.decision import RestartChild, StartChild
from runtime.executions.messages import Begin, ChildChanged, ChildStarted, Proceed, Recover, Restart
from runtime.executions.states import ExecutionState
from tests.support.playing import Play, block, flow, inline, work


def test_for_each_runs_its_tasks_for_each_value_in_order() -> None:
    task = block("ForEach", "each", inline("a", "{{ taskrun.value }}"), values=["x", "y", "x"])
    play = Play(flow(task, inline("after", "{{ outputs.a.y.value }}"))).begin()
    assert play.states() == {
        "each": "SUCCESS",
        "a:x": "SUCCESS",
        "a:y": "SUCCESS",
        "after": "SUCCESS",
    }
    assert play.outputs("after") == {"value": "y"}


def test_the_tasks_of_a_value_see_each_other_s_outputs() -> None:
    inner = (inline("a", "{{ taskrun.value }}"), inline("b", "{{ outputs.a.HERE.value }}"))
    play = Play(flow(block("ForEach", "each", *inner, values='["x", "y"]'))).begin()
    assert play.outputs("b:y") == {"value": "y"}


def test_nested_loops_stand_under_the_values_of_both() -> None:
    inner = block("ForEach", "in", inline("leaf", "{{ taskrun.value }}"), values=["1", "2"])
    play = Play(flow(block("ForEach", "out", inner, values=["a", "b"]))).begin()
    trees = indexes.of(play.execution, play.world.played).trees
    assert trees.outputs["leaf"] == {
        "a": {"1": {"value": "1"}, "2": {"value": "2"}},
        "b": {"1": {"value": "1"}, "2": {"value": "2"}},
    }


def test_concurrency_limit_says_how_many_values_run_at_a_time() -> None:
    for limit, first in ((1, 1), (2, 2), (0, 4)):
        task = block("ForEach", "each", work("a"), values=list("wxyz"), concurrency_limit=limit)
        play = Play(flow(task)).begin()
        assert len(play.runs("a")) == first
        for value in "wxyz":
            play.succeed(f"a:{value}")
        assert play.state == "SUCCESS"


def test_after_a_failure_no_further_value_starts_and_errors_runs() -> None:
    task = block("ForEach", "each", work("a"), values=list("xyz"), errors=(inline("e"),))
    play = Play(flow(task)).begin()
    play.fail("a:x")
    assert play.states() == {"each": "FAILED", "a:x": "FAILED", "e": "SUCCESS"}


def test_a_loop_over_too_many_values_fails_and_says_what_to_do() -> None:
    values = ["x"] * 100_001
    play = Play(flow(block("ForEach", "each", inline("a"), values=values))).begin()
    assert play.states() == {"each": "FAILED"}
    assert "at most 100,000 values" in play.logs[0]
    assert "ForEachItem" in play.logs[0]


def test_a_null_value_fails_the_loop() -> None:
    play = Play(flow(block("ForEach", "each", inline("a"), values=["x", None]))).begin()
    assert play.states() == {"each": "FAILED"}
    assert play.logs == ["""Found '1' null values on Each, with values=["x", null]"""]


def test_a_loop_over_nothing_succeeds() -> None:
    assert Play(flow(block("ForEach", "each", inline("a"), values=[]))).begin().state == "SUCCESS"


def test_each_sequential_and_each_parallel_are_for_each_by_elder_names() -> None:
    play = Play(flow(block("EachSequential", "s", work("a"), value='["x", "y"]'))).begin()
    assert len(play.runs("a")) == 1
    play = Play(flow(block("EachParallel", "p", work("a"), value=["x", "y"]))).begin()
    assert len(play.runs("a")) == 2


def test_loop_until_keeps_the_task_runs_of_every_iteration() -> None:
    task = block(
        "LoopUntil",
        "until",
        inline("a", "{{ taskrun.iteration }}"),
        condition="{{ fact.done }}",
        check_frequency={"interval": "PT10S"},
    )
    play = Play(flow(task))
    play.world.facts["done"] = False
    play.begin()
    assert play.state == "RUNNING"
    play.wait(21)
    play.world.facts["done"] = True
    play.wait(10)
    assert [run.iteration for run in play.runs("a")] == [0, 1, 2, 3]
    assert play.outputs("until") == {"iterationCount": 4}
    assert play.state == "SUCCESS"


@pytest.mark.parametrize("is_disabled", [False, True])
def test_loop_until_looks_again_when_it_was_let_go_meanwhile(is_disabled: bool) -> None:
    often = {"interval": "PT1S", "maxIterations": 3}
    inner = inline("a", disabled=is_disabled)
    play = Play(flow(block("LoopUntil", "l", inner, condition="false", check_frequency=often)))
    play.begin()
    for _ in range(2):
        play.execution.index = None
        play.wait(2)
    assert play.state == "SUCCESS"
    assert play.outputs("l") == {"iterationCount": 3}


def test_loop_until_fails_at_its_limit_only_when_told_to() -> None:
    for fails, end in ((True, "FAILED"), (False, "SUCCESS")):
        task = block(
            "LoopUntil",
            "until",
            inline("a"),
            condition="false",
            fail_on_max_reached=fails,
            check_frequency={"interval": "PT1S", "maxIterations": 3},
        )
        play = Play(flow(task)).begin()
        play.wait(60)
        assert len(play.runs("a")) == 3
        assert play.state == end


def children(play: Play) -> list[StartChild]:
    return [effect for effect in play.effects if isinstance(effect, StartChild)]


def end_child(play: Play, child: StartChild, state: str, **outputs: object) -> None:
    play.send(ChildStarted(child.task_run_id, child.child_id))
    play.send(
        ChildChanged(child.task_run_id, child.child_id, ExecutionState(state), outputs or None)
    )


def test_loop_starts_an_execution_for_each_value_and_gathers_their_outputs() -> None:
    declared = [{"id": "o", "value": "x"}]
    task = block("Loop", "loop", inline("a"), values=["x", "y"], outputs=declared)
    play = Play(flow(task)).begin()
    first = children(play)[0]
    assert first.loop is not None
    assert first.loop["item"] == {"index": 0, "value": "x"}
    assert len(children(play)) == 1

    end_child(play, first, "SUCCESS", o=1)
    end_child(play, children(play)[1], "SUCCESS", o=2)

    assert play.states() == {"loop": "SUCCESS"}
    assert play.outputs("loop") == {
        "iterationCount": 2,
        "runningIterations": 0,
        "terminatedIterations": {"SUCCESS": 2},
        "outputs": [
            {"item": {"iteration": 0, "value": "x"}, "outputs": {"o": 1}},
            {"item": {"iteration": 1, "value": "y"}, "outputs": {"o": 2}},
        ],
    }
    assert play.execution.memory == {}


def test_a_failed_iteration_stops_the_loop_unless_it_is_not_transmitted() -> None:
    for transmit, started, end in ((True, 1, "FAILED"), (False, 2, "SUCCESS")):
        task = block("Loop", "loop", inline("a"), values=["x", "y"], transmit_failed=transmit)
        play = Play(flow(task)).begin()
        end_child(play, children(play)[0], "FAILED")
        assert len(children(play)) == started
        if started == 2:
            end_child(play, children(play)[1], "SUCCESS")
        assert play.state == end


def test_what_a_long_loop_yields_is_written_in_proportion_to_its_length() -> None:
    values = list(range(1000))
    declared = [{"id": "o", "value": "x"}]
    task = block("Loop", "loop", inline("a"), values=values, outputs=declared, concurrency_limit=0)
    play = Play(flow(task)).begin()
    run = play.run("loop").id
    assert len(children(play)) == 1000
    whole = 0
    for number, child in enumerate(children(play)):
        message = _success(child, {"o": number})
        whole += run in play.send(message).outputs
    assert whole < 250
    found = (play.outputs("loop") or {})["outputs"]
    assert isinstance(found, list)
    assert [entry["outputs"]["o"] for entry in found] == values
    assert found[7]["item"] == {"iteration": 7, "value": 7}
    assert play.state == "SUCCESS"


def _success(child: StartChild, outputs: dict[str, object]) -> ChildChanged:
    return ChildChanged(child.task_run_id, child.child_id, ExecutionState.SUCCESS, outputs)


def test_a_report_of_a_child_that_comes_twice_counts_once() -> None:
    task = block("Loop", "loop", inline("a"), values=["x", "y"], concurrency_limit=0)
    play = Play(flow(task)).begin()
    for _ in range(2):
        end_child(play, children(play)[0], "SUCCESS")
    assert play.state == "RUNNING"


def retried(play: Play, child: StartChild, heir: str, state: str, **outputs: object) -> None:
    """An iteration was tried again as a new execution, and this is how that one ended."""
    end_child(play, child, "RETRIED")
    assert play.state == "RUNNING"
    end = ExecutionState(state)
    took_over = ChildChanged(child.task_run_id, heir, end, outputs, child.child_id)
    for _ in range(2):
        play.send(took_over)


def test_a_loop_follows_the_execution_that_takes_over_from_an_iteration() -> None:
    declared = [{"id": "o", "value": "x"}]
    task = block("Loop", "loop", inline("a"), values=["x", "y"], outputs=declared)
    play = Play(flow(task)).begin()
    retried(play, children(play)[0], "ex_heir", "SUCCESS", o=1)
    assert len(children(play)) == 2
    end_child(play, children(play)[1], "SUCCESS", o=2)
    found = play.outputs("loop") or {}
    assert found["terminatedIterations"] == {"SUCCESS": 2}
    assert found["outputs"] == [
        {"item": {"iteration": 0, "value": "x"}, "outputs": {"o": 1}},
        {"item": {"iteration": 1, "value": "y"}, "outputs": {"o": 2}},
    ]


def test_a_restart_of_a_loop_restarts_the_execution_that_took_over() -> None:
    play = Play(flow(block("Loop", "loop", inline("a"), values=["x"]))).begin()
    first = children(play)[0]
    retried(play, first, "ex_heir", "FAILED")
    assert play.state == "FAILED"
    play.send(Restart())
    play.send(Begin())
    assert play.effects_of(RestartChild) == [RestartChild(first.task_run_id, "ex_heir")]
    again = ExecutionState.SUCCESS
    play.send(ChildChanged(first.task_run_id, "ex_heir", again, None, first.child_id))
    assert play.state == "SUCCESS"


def test_for_each_item_follows_the_execution_that_takes_over_from_a_batch() -> None:
    play = for_each_item()
    first, second = children(play)
    retried(play, first, "ex_heir", "SUCCESS")
    end_child(play, second, "SUCCESS")
    assert (play.outputs("each_items") or {})["iterations"] == {
        "CREATED": 0,
        "RUNNING": 0,
        "SUCCESS": 2,
    }


def test_an_iteration_runs_the_loop_s_tasks_with_its_errors_and_outputs() -> None:
    task = block(
        "Loop",
        "loop",
        inline("a", "Fail"),
        values=["x"],
        errors=(inline("e"),),
        finally_=(inline("f"),),
    )
    item = {"task": "loop", "index": 0, "item": {"value": "x", "index": 0}}
    play = Play(flow(task, inline("not_in_it")), loop=item).begin()
    assert play.states() == {"a": "FAILED", "e": "SUCCESS", "f": "SUCCESS"}
    assert play.state == "FAILED"


def over_a_file(rows: object, **more: object) -> Play:
    play = Play(flow(block("Loop", "loop", inline("a"), values="kestra:///rows", **more)))
    play.world.facts["rows"] = rows
    return play.begin()


def test_a_loop_over_a_file_has_one_page_of_it_at_a_time() -> None:
    play = over_a_file(list("vwxyz"))
    for state in ("SUCCESS", "WARNING", "SUCCESS", "SUCCESS", "SUCCESS"):
        end_child(play, children(play)[-1], state)
    items = [child.loop["item"] for child in children(play) if child.loop]
    assert items == [{"index": number, "value": value} for number, value in enumerate("vwxyz")]
    assert play.world.pages_read == [0, 0, 2, 2, 4]
    assert (play.state, play.execution.memory) == ("WARNING", {})


def test_a_loop_over_a_file_starts_what_it_can_before_it_waits_for_a_page() -> None:
    play = Play(flow(block("Loop", "loop", inline("a"), values="file:///f", concurrency_limit=0)))
    assert play.begin().states() == {"loop": "CREATED"}
    play.world.facts["rows"] = list("xyz")
    play.world.pages_known = 1
    play.send(Proceed())
    assert len(children(play)) == 2
    play.world.pages_known = 2
    play.send(Proceed())
    assert len(children(play)) == 3


def test_a_loop_that_waited_for_a_page_goes_on_after_a_crash() -> None:
    play = over_a_file(list("xyz"), concurrency_limit=2)
    play.world.pages_known = 1
    for child in children(play):
        end_child(play, child, "SUCCESS")
    assert (play.state, len(children(play))) == ("RUNNING", 2)
    play.world.pages_known = None
    play.send(Recover())
    assert len(children(play)) == 3


def test_a_loop_takes_more_values_from_a_file_than_from_a_list() -> None:
    play = over_a_file(["x"] * 100_001)
    assert (play.outputs("loop") or {})["iterationCount"] == 100_001
    assert len(children(play)) == 1


def test_a_loop_over_far_too_many_values_fails_and_says_what_to_do() -> None:
    for rows, more in ((1_000_001, {}), (100_001, {"outputs": [{"id": "o", "value": "x"}]})):
        play = over_a_file(["x"] * rows, **more)
        assert play.states() == {"loop": "FAILED"}
        assert f"{rows:,}" in play.logs[0]
        assert "ForEachItem" in play.logs[0]


def test_a_null_in_a_file_fails_the_loop_once_the_values_before_it_have_ended() -> None:
    play = over_a_file(["x", "y", None], concurrency_limit=2)
    first, second = children(play)
    end_child(play, first, "SUCCESS")
    assert play.state == "RUNNING"
    end_child(play, second, "SUCCESS")
    assert play.states() == {"loop": "FAILED"}
    assert "The value 2 of kestra:///rows is null" in play.logs[0]
    assert len(children(play)) == 2


def for_each_item(**more: object) -> Play:
    task = block(
        "ForEachItem",
        "each",
        items="kestra:///file",
        namespace="other",
        flow_id="child",
        inputs={"n": "{{ taskrun.iteration }}"},
        **more,
    )
    play = Play(flow(task)).begin()
    play.succeed("each_split", uris=["u0", "u1"])
    return play


def test_for_each_item_shows_as_four_task_runs() -> None:
    play = for_each_item()
    assert [child.inputs for child in children(play)] == [{"n": 0}, {"n": 1}]
    for child in children(play):
        end_child(play, child, "SUCCESS")
    play.succeed("each_merge", subflowOutputs="m")
    assert play.states() == {
        "each": "SUCCESS",
        "each_split": "SUCCESS",
        "each_items": "SUCCESS",
        "each_merge": "SUCCESS",
    }
    assert play.outputs("each_items") == {
        "iterations": {"CREATED": 0, "RUNNING": 0, "SUCCESS": 2},
        "numberOfBatches": 2,
    }


def test_for_each_item_over_an_empty_file_yields_nothing_and_succeeds() -> None:
    task = block("ForEachItem", "each", items="f", namespace="n", flow_id="c")
    play = Play(flow(task)).begin()
    play.succeed("each_split", uris=[])
    play.succeed("each_merge")
    assert play.outputs("each_items") is None
    assert play.state == "SUCCESS"


def test_for_each_item_does_not_merge_when_a_child_failed_and_restarts_that_child() -> None:
    play = for_each_item()
    end_child(play, children(play)[0], "SUCCESS")
    end_child(play, children(play)[1], "FAILED")
    assert list(play.states()) == ["each", "each_split", "each_items"]
    assert play.state == "FAILED"

    play.send(Restart())
    play.send(Begin())

    failed = children(play)[1]
    assert [e for e in play.effects if isinstance(e, RestartChild)] == [
        RestartChild(play.run("each_items").id, failed.child_id)
    ]
    end_child(play, failed, "SUCCESS")
    play.succeed("each_merge")
    assert play.state == "SUCCESS"


def test_ten_thousand_iterations_take_a_step_s_time_each_and_not_more_towards_the_end() -> None:
    for limit in (0, 1):
        values = [str(number) for number in range(10_000)]
        task = block("ForEach", "each", inline("a"), values=values, concurrency_limit=limit)
        play = Play(flow(task))
        started = time.perf_counter()
        play.begin()
        seconds = time.perf_counter() - started
        assert play.state == "SUCCESS"
        assert len(play.runs("a")) == 10_000
        assert play.steps > 50
        assert seconds < 10, f"{seconds:.2f} s with limit {limit}"
