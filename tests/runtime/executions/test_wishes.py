"""What people may wish for an execution, and what they are told about the rest."""

from collections.abc import Mapping

import pytest

from runtime.errors import FlowdeckError
from runtime.executions.messages import SetLabels
from runtime.executions.wishes import check_breakpoints, check_labels
from tests.support.playing import Play, block, flow, inline, work


@pytest.mark.parametrize(
    ("labels", "says"),
    [
        ({"system.mine": "1"}, "set by Flowdeck: system.mine"),
        ({" ": "1"}, "empty key"),
        ({"k" * 257: "1"}, "256 characters"),
        ({"k": "v" * 4_097}, "4,096"),
    ],
)
def test_labels_that_cannot_be_are_refused_with_the_reason(
    labels: Mapping[str, str], says: str
) -> None:
    with pytest.raises(FlowdeckError, match=says):
        check_labels(labels)


def test_labels_are_checked_when_they_are_put_on_an_execution_later() -> None:
    play = Play(flow(inline("a"))).begin()
    before = dict(play.execution.labels)
    with pytest.raises(FlowdeckError, match=r"set by Flowdeck"):
        play.send(SetLabels(labels={"system.mine": "1"}))
    assert play.execution.labels == before


def test_breakpoints_name_tasks_of_the_flow_or_runs_of_them() -> None:
    nested = flow(block("Parallel", "p", work("a")), work("b"))
    check_breakpoints(nested, ["p", "a", "b", "a.7"])
    with pytest.raises(FlowdeckError, match="no task `c`, `d`"):
        check_breakpoints(nested, ["a", "c", "d"])
