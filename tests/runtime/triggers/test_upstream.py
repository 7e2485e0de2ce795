"""Conditions on an execution in memory, as the `listeners` of a flow have them."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from runtime.executions.model import Attempt, Execution, TaskRun
from runtime.executions.states import ExecutionState, TaskRunState
from runtime.expressions.render import Renderer
from runtime.expressions.scope import Scope
from runtime.triggers.upstream import hold_for

AT = datetime(2026, 3, 14, 9, 26, 53, tzinfo=UTC)
CORE = "io.kestra.plugin.core.condition."
TRIED_TWICE = tuple(
    Attempt(number, state, ()) for number, state in enumerate((TaskRunState.FAILED,
                                                               TaskRunState.SUCCESS), 1)
)  # fmt: skip
ENDED = Execution(
    id="ex_1",
    namespace="company.team",
    flow_id="import",
    flow_revision=3,
    state=ExecutionState.WARNING,
    history=(),
    created_at=AT,
    labels={"env": "prod"},
    outputs={"rows": 3},
    task_runs={"tr_1": TaskRun("tr_1", "load", TaskRunState.SUCCESS, (), 0, attempts=TRIED_TWICE)},
)


def render(value: object, more: Mapping[str, object]) -> object:
    return Renderer().deep(value, Scope({"labels": ENDED.labels, **more}))


@pytest.mark.parametrize(
    ("name", "properties", "expected"),
    [
        ("ExecutionStatus", {"in": ["WARNING"]}, True),
        ("ExecutionStatus", {"notIn": ["WARNING"]}, False),
        ("ExecutionFlow", {"namespace": "company.team", "flowId": "import"}, True),
        ("ExecutionLabels", {"labels": {"env": "prod"}}, True),
        ("ExecutionOutputs", {"expression": "{{ trigger.outputs.rows > 3 }}"}, False),
        ("HasRetryAttempt", {"in": ["FAILED"]}, True),
        ("HasRetryAttempt", {"in": ["KILLED"]}, False),
        ("FlowNamespaceCondition", {"namespace": "company", "prefix": True}, True),
        ("DayWeek", {"dayOfWeek": "SATURDAY"}, True),
        ("Weekend", {}, True),
        ("Expression", {"expression": "{{ labels.env == 'prod' }}"}, True),
        ("Not", {"conditions": [{"type": CORE + "Weekend"}]}, False),
    ],
)
def test_a_listener_looks_at_its_own_execution(
    name: str, properties: dict[str, object], expected: bool
) -> None:
    assert hold_for([{"type": CORE + name, **properties}], ENDED, render, AT) is expected
