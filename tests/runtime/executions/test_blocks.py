"""Sequential, Parallel, Dag, If, Switch and AllowFailure, as their documentation tells."""

from dataclasses import replace

import pytest

from runtime.executions.messages import Begin, Proceed, Restart, TaskFinished, TaskResult
from runtime.executions.states import TaskRunState
from runtime.flows.model import InputType, Output
from tests.support.playing import Play, block, flow, inline, work


def test_tasks_run_one_after_another_and_their_history_is_complete() -> None:
    play = Play(flow(inline("a", "one"), inline("b", "{{ outputs.a.value }}"))).begin()

    assert play.state == "SUCCESS"
    assert play.history() == ["CREATED", "RUNNING", "SUCCESS"]
    assert play.history("a") == ["CREATED", "RUNNING", "SUCCESS"]
    assert play.outputs("b") == {"value": "one"}


def test_a_dispatched_task_is_submitted_then_runs_when_its_worker_says_so() -> None:
    play = Play(flow(work("a"))).begin()
    assert play.run("a").state == "SUBMITTED"

    play.start("a")
    play.succeed("a", rows=3)

    assert play.history("a") == ["CREATED", "SUBMITTED", "RUNNING", "SUCCESS"]
    assert play.run("a").attempts[0].worker == "w1"
    assert play.outputs("a") == {"rows": 3}
    assert play.state == "SUCCESS"


def test_a_failed_task_ends_the_list_and_starts_the_errors() -> None:
    play = Play(
        flow(inline("a", "Fail"), inline("b"), errors=(inline("e", "{{ error.taskId }}"),))
    ).begin()

    assert play.states() == {"a": "FAILED", "e": "SUCCESS"}
    assert play.outputs("e") == {"value": "a"}
    assert play.state == "FAILED"


def test_finally_runs_after_success_and_after_failure() -> None:
    for value, end in (("x", "SUCCESS"), ("Fail", "FAILED")):
        play = Play(flow(inline("a", value), finally_=(inline("f"),))).begin()
        assert play.states()["f"] == "SUCCESS"
        assert play.state == end


def test_parallel_waits_for_its_running_children_when_one_fails() -> None:
    play = Play(flow(block("Parallel", "p", work("a"), work("b")), errors=(inline("e"),))).begin()
    play.fail("a")
    assert play.states() == {"p": "RUNNING", "a": "FAILED", "b": "SUBMITTED"}

    play.succeed("b")

    assert play.states() == {"p": "FAILED", "a": "FAILED", "b": "SUCCESS", "e": "SUCCESS"}
    assert play.state == "FAILED"


@pytest.mark.parametrize(
    ("how", "end"),
    [
        ({"failFast": True}, "KILLED"),
        ({"childFailurePolicy": "fail_fast"}, "KILLED"),
        ({"onChildFailure": "CANCELLED"}, "CANCELLED"),
        ({"onChildFailure": "fail"}, "FAILED"),
    ],
)
@pytest.mark.parametrize("kind", ["Parallel", "Dag"])
def test_what_runs_beside_a_failed_child_is_stopped_where_that_is_asked_for(
    kind: str, how: dict[str, object], end: str
) -> None:
    children = (work("a"), work("b"), block("Sequential", "s", work("c")), inline("d"))
    play = Play(flow(block(kind, "all", *children, errors=(inline("e"),), **how))).begin()
    play.fail("a")
    assert (play.run("b").state, play.run("s").state) == ("KILLING", "KILLING")
    play.answer_stops()
    assert (play.run("b").state, play.run("s").state, play.run("c").state) == (end, end, "KILLED")
    assert play.run("e").state == "SUCCESS"
    assert (play.run("all").state, play.state) == ("FAILED", "FAILED")


def test_a_failed_value_stops_those_beside_it_and_a_restart_runs_them_again() -> None:
    inner = block("If", "i", condition=True, then=(work("w"),))
    task = block("ForEach", "each", inner, values=["x", "y"], concurrencyLimit=0, failFast=True)
    play = Play(flow(task)).begin()
    play.fail("w")
    play.answer_stops()
    assert [run.state for run in play.runs("i")] == ["FAILED", "KILLED"]
    assert (play.run("each").state, play.state) == ("FAILED", "FAILED")
    play.send(Restart())
    play.send(Begin())
    for run in play.runs("w"):
        play.send(TaskFinished(run.id, run.attempt, TaskResult(TaskRunState.SUCCESS)))
    assert play.state == "SUCCESS"


def test_with_the_policy_to_continue_all_start_in_spite_of_a_failure() -> None:
    go_on = {"childFailurePolicy": "CONTINUE"}
    tasks = (inline("a", "Fail"), inline("b"), inline("c"))
    play = Play(flow(block("Parallel", "p", *tasks, concurrent=1, **go_on))).begin()
    assert play.states() == {"p": "FAILED", "a": "FAILED", "b": "SUCCESS", "c": "SUCCESS"}
    after = replace(tasks[1], depends_on=("a",))
    play = Play(flow(block("Dag", "d", tasks[0], after, tasks[2], concurrent=1, **go_on))).begin()
    assert play.states() == {"d": "FAILED", "a": "FAILED", "c": "SUCCESS"}


def test_parallel_runs_as_many_at_a_time_as_concurrent_says() -> None:
    tasks = [work(name) for name in "abcd"]
    play = Play(flow(block("Parallel", "p", *tasks, concurrent=2))).begin()
    assert set(play.states()) == {"p", "a", "b"}
    play.succeed("a")
    assert set(play.states()) == {"p", "a", "b", "c"}
    play.succeed("b", "c", "d")
    assert play.state == "SUCCESS"


def test_if_takes_one_branch_and_says_which() -> None:
    for condition, taken in (("true", "t"), ("false", "e"), ("0", "e"), ("", "e")):
        task = block("If", "i", then=(inline("t"),), else_=(inline("e"),), condition=condition)
        play = Play(flow(task)).begin()
        assert taken in play.states()
        assert play.outputs("i") == {"evaluationResult": taken == "t"}
        assert play.state == "SUCCESS"


def test_switch_takes_the_case_of_its_value_then_the_defaults_else_fails() -> None:
    def switched(value: str, **parts: object) -> Play:
        task = block("Switch", "s", value=value, case_one=(inline("c1"),), **parts)
        return Play(flow(task)).begin()

    assert "c1" in switched("one").states()
    other = switched("two", defaults=(inline("d"),))
    assert other.states() == {"s": "SUCCESS", "d": "SUCCESS"}
    assert other.outputs("s") == {"value": "two", "defaults": True}
    assert switched("two").states() == {"s": "FAILED"}
    assert "its cases are: one" in switched("two").logs[0]


def test_dag_starts_each_task_when_those_before_it_have_ended() -> None:
    tasks = (work("a"), work("b"), work("c", depends_on=("a", "b")), work("d", depends_on=("a",)))
    play = Play(flow(block("Dag", "dag", *tasks))).begin()
    assert set(play.states()) == {"dag", "a", "b"}
    play.succeed("a")
    assert set(play.states()) == {"dag", "a", "b", "d"}
    play.succeed("b", "d", "c")
    assert play.state == "SUCCESS"


def test_allow_failure_turns_the_failure_of_a_child_into_a_warning() -> None:
    task = block("AllowFailure", "af", inline("a", "Fail"), inline("b"), errors=(inline("e"),))
    play = Play(flow(task, inline("after"))).begin()
    assert play.states() == {"af": "WARNING", "a": "FAILED", "e": "SUCCESS", "after": "SUCCESS"}
    assert play.state == "WARNING"


def test_allow_failure_and_allow_warning_of_a_task() -> None:
    play = Play(flow(inline("a", "Fail", allow_failure=True), inline("b"))).begin()
    assert play.states() == {"a": "WARNING", "b": "SUCCESS"}
    assert play.state == "WARNING"

    both = inline("a", "Fail", allow_failure=True, allow_warning=True)
    assert Play(flow(both)).begin().state == "SUCCESS"


def test_a_task_whose_run_if_is_false_is_skipped_and_counts_as_success() -> None:
    play = Play(flow(inline("a", run_if="false"), inline("b", run_if="False"))).begin()
    assert play.states() == {"a": "SKIPPED", "b": "SUCCESS"}
    assert play.history("a") == ["CREATED", "SKIPPED"]
    assert play.state == "SUCCESS"


def test_a_disabled_task_has_no_task_run() -> None:
    play = Play(flow(block("Sequential", "s", inline("a", disabled=True)), inline("b"))).begin()
    assert play.states() == {"s": "SUCCESS", "b": "SUCCESS"}


def test_a_run_if_that_cannot_be_rendered_fails_the_task() -> None:
    play = Play(flow(inline("a", run_if="{{ outputs.nothing }}"))).begin()
    assert play.states() == {"a": "FAILED"}
    assert "nothing" in play.logs[0]


def test_flow_outputs_are_rendered_at_the_end() -> None:
    output = Output("x", InputType.STRING, "{{ outputs.a.value }}")
    play = Play(flow(inline("a", "hello"), outputs=(output,))).begin()
    assert play.execution.outputs == {"x": "hello"}


def test_a_flow_output_that_cannot_be_rendered_fails_the_execution() -> None:
    output = Output("x", InputType.STRING, "{{ outputs.nobody.value }}")
    play = Play(flow(inline("a"), outputs=(output,))).begin()
    assert play.state == "FAILED"
    assert play.execution.outputs is None


def test_tasks_after_the_execution_see_its_state_and_cannot_change_it() -> None:
    after = (inline("n", "{{ execution.state }}"), inline("f", "Fail"), inline("last"))
    play = Play(flow(inline("a"), after_execution=after)).begin()
    assert play.outputs("n") == {"value": "SUCCESS"}
    assert play.states() == {"a": "SUCCESS", "n": "SUCCESS", "f": "FAILED", "last": "SUCCESS"}
    assert play.state == "SUCCESS"


def test_an_expression_that_waits_for_a_fact_is_tried_again() -> None:
    play = Play(flow(inline("a", "{{ fact.x }}"))).begin()
    assert play.run("a").state == "CREATED"
    assert play.awaiting == {play.run("a").id}

    play.world.facts["x"] = "here"
    play.send(Proceed())

    assert play.outputs("a") == {"value": "here"}
    assert play.state == "SUCCESS"


@pytest.mark.parametrize("state", [TaskRunState.CANCELLED, TaskRunState.KILLED])
def test_nothing_comes_after_a_task_that_was_cancelled_or_killed(state: TaskRunState) -> None:
    tasks = (work("a"), inline("b"))
    block_of_them = block("Sequential", "s", *tasks, errors=(inline("e"),), finally_=(inline("f"),))
    play = Play(flow(block_of_them, inline("c"))).begin()
    play.finish("a", TaskResult(state))
    assert play.states() == {"s": state.value, "a": state.value, "f": "SUCCESS"}
    assert play.state == state.value
