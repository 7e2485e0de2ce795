"""Tasks that run inside the engine: debug, log, output, metric and execution."""

from typing import Any

import pytest

from runtime.executions.messages import (
    DropVariables,
    ExitExecution,
    MergeLabels,
    MergeVariables,
)
from runtime.executions.model import LogLevel, MetricKind
from runtime.executions.states import ExecutionState, TaskRunState
from runtime.tasks.task import TaskFailed
from tests.support.running import tiny

CORE = "io.kestra.plugin.core."
SUCCESS, FAILED = TaskRunState.SUCCESS, TaskRunState.FAILED


@pytest.mark.parametrize(
    ("given", "value"),
    [
        ("Hello", "Hello"),
        (2, "2"),
        (1.0, "1.0"),
        (True, "true"),
        ([1, "a"], '[1,"a"]'),
        ({"a": None}, '{"a":null}'),
        ("", ""),
    ],
)
def test_return_yields_any_value_as_text(given: object, value: str) -> None:
    result = tiny(f"{CORE}debug.Return", format=given)
    assert (result.state, result.outputs) == (SUCCESS, {"value": value})
    assert [(m.name, m.kind) for m in result.metrics] == [
        ("length", MetricKind.COUNTER),
        ("duration", MetricKind.TIMER),
    ]
    assert result.metrics[0].value == len(value)


def test_return_without_a_format_yields_null() -> None:
    assert tiny(f"{CORE}debug.Return").outputs == {"value": None}


@pytest.mark.parametrize(
    ("message", "lines"),
    [
        ("one", ["one"]),
        (["one", 2], ["one", "2"]),
        (5, ["5"]),
        ("{oops", ["{oops"]),
        ('["one"]', ['["one"]']),
        ({"a": 1}, ['{"a":1}']),
        ([{"a": 1}, {"a": 2}], ['[{"a":1},{"a":2}]']),
    ],
)
def test_log_writes_a_line_for_each_message(message: object, lines: list[str]) -> None:
    result = tiny(f"{CORE}log.Log", message=message, level="warn")
    assert [(line.level, line.message) for line in result.logs] == [
        (LogLevel.WARN, line) for line in lines
    ]
    assert {line.task_run_id for line in result.logs} == {"tr_1"}


def test_echo_logs_its_text() -> None:
    assert tiny(f"{CORE}debug.Echo", format="x").logs[0].message == "x"


def test_an_unknown_level_is_named() -> None:
    with pytest.raises(TaskFailed, match="`level`"):
        tiny(f"{CORE}log.Log", message="x", level="LOUD")


def test_output_values_keep_their_types() -> None:
    values = {"a": 1, "b": [True, None], "c": {"d": "e"}}
    assert tiny(f"{CORE}output.OutputValues", values=values).outputs == {"values": values}


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ({}, FAILED),
        ({"condition": True}, FAILED),
        ({"condition": "yes"}, FAILED),
        ({"condition": False}, SUCCESS),
        ({"condition": "false"}, SUCCESS),
        ({"condition": ""}, SUCCESS),
        ({"condition": "0"}, SUCCESS),
    ],
)
def test_fail_fails_always_or_when_its_condition_holds(
    given: dict[str, Any], state: TaskRunState
) -> None:
    assert tiny(f"{CORE}execution.Fail", **given).state is state


def test_fail_says_what_the_flow_wrote() -> None:
    assert tiny(f"{CORE}execution.Fail").message == "Task failure"
    assert tiny(f"{CORE}execution.Fail", errorMessage="No rows").message == "No rows"


@pytest.mark.parametrize(
    ("written", "state"),
    [
        (None, ExecutionState.SUCCESS),
        ("warning", ExecutionState.WARNING),
        ("KILLED", ExecutionState.KILLED),
        ("CANCELED", ExecutionState.CANCELLED),
        ("CANCELLED", ExecutionState.CANCELLED),
    ],
)
def test_exit_ends_the_execution_in_the_chosen_state(
    written: str | None, state: ExecutionState
) -> None:
    given: dict[str, Any] = {"state": written} if written else {}
    assert tiny(f"{CORE}execution.Exit", **given).changes == (ExitExecution(state),)


def test_exit_refuses_other_states() -> None:
    with pytest.raises(TaskFailed, match="`state`"):
        tiny(f"{CORE}execution.Exit", state="RUNNING")


def test_assert_counts_the_conditions_and_names_those_that_do_not_hold() -> None:
    good = tiny(f"{CORE}execution.Assert", conditions=[True, "true"])
    assert good.state is SUCCESS
    bad = tiny(f"{CORE}execution.Assert", conditions=[True, False, "false"])
    assert (bad.state, bad.message) == (FAILED, "Condition 2, 3 does not hold.")
    assert {m.name: m.value for m in bad.metrics} == {"success": 1, "failed": 2}
    own = tiny(f"{CORE}execution.Assert", conditions=[False], errorMessage="Bad data")
    assert own.message == "Bad data"


@pytest.mark.parametrize(
    "labels",
    [
        {"team": "data", "year": 2026},
        [{"key": "team", "value": "data"}, {"key": "year", "value": 2026}],
        '{"team": "data", "year": "2026"}',
    ],
)
def test_labels_come_in_three_forms(labels: object) -> None:
    result = tiny(f"{CORE}execution.Labels", labels=labels)
    assert result.changes == (MergeLabels({"team": "data", "year": "2026"}),)


@pytest.mark.parametrize("labels", [{"system.username": "me"}, {"a": ""}, {"": "a"}])
def test_reserved_and_empty_labels_are_refused(labels: object) -> None:
    result = tiny(f"{CORE}execution.Labels", labels=labels)
    assert (result.state, result.changes) == (FAILED, ())


def test_labels_without_key_and_value_are_refused() -> None:
    with pytest.raises(TaskFailed, match="`key` and `value`"):
        tiny(f"{CORE}execution.Labels", labels=[{"name": "x"}])


def test_variables_are_set_and_doubled_ones_refused_unless_overwritten() -> None:
    name = f"{CORE}execution.SetVariables"
    assert tiny(name, variables={"a": 1}).changes == (MergeVariables({"a": 1}, False),)
    doubled = tiny(name, there={"a": 0}, variables={"a": 1})
    assert doubled.state is FAILED
    assert "overwrite: true" in str(doubled.message)
    replaced = tiny(name, there={"a": 0}, variables={"a": 1}, overwrite=True)
    assert replaced.changes == (MergeVariables({"a": 1}, True),)


def test_variables_are_unset_and_missing_ones_refused_unless_ignored() -> None:
    name = f"{CORE}execution.UnsetVariables"
    assert tiny(name, there={"a": 0}, variables=["a"]).changes == (DropVariables(("a",)),)
    assert tiny(name, variables=["a"]).state is FAILED
    assert tiny(name, variables=["a"], ignoreMissing=True).state is SUCCESS


def test_metrics_are_published_as_counters_and_timers() -> None:
    result = tiny(
        f"{CORE}metric.Publish",
        metrics=[
            {"name": "rows", "type": "counter", "value": "3", "tags": {"t": 1}},
            {"name": "load", "type": "TIMER", "value": "PT1M30S"},
        ],
    )
    assert [(m.name, m.kind, m.value) for m in result.metrics] == [
        ("rows", MetricKind.COUNTER, 3.0),
        ("load", MetricKind.TIMER, 90.0),
    ]
    assert result.metrics[0].tags == {"t": "1"}
