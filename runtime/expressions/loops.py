"""Functions that find the outputs of one's own, an earlier or an outer turn of a loop."""

from collections.abc import Mapping, Sequence
from typing import Any

from runtime.expressions.access import describe, item, lookup
from runtime.expressions.names import Table
from runtime.expressions.printing import to_text
from runtime.expressions.problems import ExpressionError, MissingValueError
from runtime.expressions.state import State


def current_each_output(state: State, outputs: Any) -> Any:
    """`currentEachOutput(outputs.sibling)`: what the sibling gave in this very turn."""
    if not isinstance(outputs, Mapping):
        raise ExpressionError(
            f"`currentEachOutput` takes the outputs of a task, not {describe(outputs)}",
            hint="Write `currentEachOutput(outputs.myTask)`.",
        )
    own = item(lookup(state, "taskrun"), "value")
    return item(_of_outer_turns(state, outputs), own)


def iteration_output(state: State, task_id: Any = None, iteration: Any = None) -> Any:
    """The `value` a task (this one) gave in a turn of the loop (the one before)."""
    taskrun = lookup(state, "taskrun")
    if "iteration" not in taskrun:
        raise ExpressionError("`iterationOutput()` is for tasks inside a loop")
    name = item(lookup(state, "task"), "id") if task_id is None else to_text(task_id)
    turn = taskrun["iteration"] - 1 if iteration is None else _index(iteration, "iteration")
    if turn < 0:
        raise MissingValueError("there is no turn of the loop before the first")
    of_task = lookup(state, "outputs").get(name)
    if of_task is None:
        return None
    turns = list(_of_outer_turns(state, of_task).values())
    if turn >= len(turns):
        raise MissingValueError(f"turn {turn} of the loop has no outputs yet")
    return item(turns[turn], "value")


def iteration_outputs(state: State, iteration: Any = None, task_id: Any = None) -> Any:
    """`iterationOutput` by its former name, with its arguments the other way round."""
    return iteration_output(state, task_id, iteration)


def _of_outer_turns(state: State, outputs: Mapping[str, Any]) -> Mapping[str, Any]:
    """From a task's outputs down to those within the outer loops' present turns."""
    for parent in reversed(_parents(state)):
        taskrun = parent.get("taskrun")
        if taskrun is not None and taskrun.get("value") is not None:
            outputs = item(outputs, taskrun["value"])
    return outputs


def _parents(state: State) -> Sequence[Mapping[str, Any]]:
    parents = state.variables.get("parents")
    return parents if isinstance(parents, Sequence) else ()


def parent_output(state: State, index: Any = None) -> Any:
    """The outputs of the task around this one, or of the ancestor at `index`, outermost first."""
    if index is None:
        return _output_of(state, lookup(state, "parent"))
    parents = _parents(state)
    position = _index(index, "index")
    if not 0 <= position < len(parents):
        raise MissingValueError(f"there are {len(parents)} ancestors, none at {position}")
    return _output_of(state, parents[-1 - position])


def _output_of(state: State, parent: Mapping[str, Any]) -> Any:
    task = parent.get("task")
    if task is None:
        return parent.get("outputs")
    outputs = lookup(state, "outputs").get(task["id"])
    value = (parent.get("taskrun") or {}).get("value")
    return outputs if outputs is None or value is None else item(outputs, value)


def loop_outputs(state: State, outputs: Any, name: Any) -> list[Any]:
    """`loopOutputs(outputs.loop.outputs, 'rows')`: one output of every turn of a Loop."""
    if not isinstance(outputs, list | tuple):
        raise ExpressionError(
            f"`loopOutputs` takes the list of a Loop's outputs, not {describe(outputs)}",
            hint="Write `loopOutputs(outputs.myLoop.outputs, 'name')`.",
        )
    if name is None:
        raise ExpressionError("`loopOutputs` needs the name of an output")
    key = to_text(name)
    turns = [turn.get("outputs") if isinstance(turn, Mapping) else None for turn in outputs]
    return [turn.get(key) if isinstance(turn, Mapping) else None for turn in turns]


def _index(value: Any, name: str) -> int:
    if type(value) is int:
        return value
    if isinstance(value, str) and value.isdecimal() and len(value) < 16:
        return int(value)
    raise ExpressionError(f"`{name}` must be a whole number, not {describe(value)}")


FUNCTIONS: Table = {
    "currentEachOutput": current_each_output,
    "iterationOutput": iteration_output,
    "iterationOutputs": iteration_outputs,
    "loopOutputs": loop_outputs,
    "parentOutput": parent_output,
}
