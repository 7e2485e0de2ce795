"""The `listeners` of a flow, which `afterExecution` replaces: tasks after its end."""

from collections.abc import Mapping
from dataclasses import replace

from runtime.executions.environment import RenderFailed
from runtime.executions.model import LogLevel
from runtime.executions.states import ExecutionState
from runtime.executions.step import Step
from runtime.flows.model import Task


def choose_listeners(
    step: Step, state: ExecutionState, outputs: Mapping[str, object] | None
) -> None:
    """Remember which listeners hear of this end, before it is entered.

    One whose conditions cannot be judged hears nothing, and the log says so. Raises Deferred.
    """
    if not step.flow.listeners or step.index.plan.root is not None:
        return
    ended = replace(step.execution, state=state, outputs=outputs)
    chosen: list[int] = []
    for number, listener in enumerate(step.flow.listeners):
        try:
            if step.env.holds(listener.conditions, ended):
                chosen.append(number)
        except RenderFailed as failure:
            why = f"Listener {number} hears nothing of the end: {failure.message}"
            step.log(LogLevel.WARN, why)
    step.remember(listeners=chosen)


def tasks_after(step: Step) -> list[Task]:
    """The tasks of the listeners that were chosen, then those of `afterExecution`."""
    if step.index.plan.root is not None:
        return []
    chosen = step.execution.memory.get("listeners")
    children = step.index.plan.children
    tasks: list[Task] = []
    for number in chosen if isinstance(chosen, list) else []:
        tasks += children(None, f"listeners.{number}")
    return [*tasks, *children(None, "afterExecution")]
