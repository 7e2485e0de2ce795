"""Executions as conditions look at them, for whoever judges conditions outside a Flow trigger."""

from collections.abc import Iterable
from datetime import datetime

from runtime.executions.model import Execution
from runtime.triggers.condition import Occasion, Render, Upstream
from runtime.triggers.conditions import Written, all_hold


def upstream_of(execution: Execution) -> Upstream:
    """What conditions may ask of an execution that is held in memory."""
    runs = execution.task_runs.values()
    return Upstream(
        id=execution.id,
        namespace=execution.namespace,
        flow_id=execution.flow_id,
        flow_revision=execution.flow_revision,
        state=execution.state.value,
        labels=execution.labels,
        outputs=execution.outputs,
        attempt_states=frozenset(each.state.value for run in runs for each in run.attempts),
        was_retried=any(len(run.attempts) > 1 for run in runs),
    )


def hold_for(
    conditions: Iterable[Written], execution: Execution, render: Render, at: datetime
) -> bool:
    """Whether all conditions hold for an execution of the very flow that names them (`listeners`).

    Raises InvalidInput for a property that cannot be used, and whatever `render` raises.
    """
    occasion = Occasion(at, execution.namespace, execution.flow_id, render, upstream_of(execution))
    return all_hold(conditions, occasion)
