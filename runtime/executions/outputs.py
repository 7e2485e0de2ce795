"""The trees that expressions see: `outputs`, `tasks`, `parents`; kept as the execution goes on.

A task run in a loop stands under the values of all loops around it, then its own:
`outputs.task[outer][inner].x`. Adding a result costs the depth of the loops, never their length.
"""

from collections.abc import Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING, cast

from runtime.executions.states import TaskRunState

if TYPE_CHECKING:
    from runtime.executions.model import Execution, TaskRun

_Node = MutableMapping[str, object]


class Trees:
    """The two trees of one execution. Plain nested dicts, to be read and never changed outside."""

    def __init__(self, execution: "Execution") -> None:
        self._execution = execution
        self._outputs: dict[str, object] | None = None
        self._tasks: dict[str, object] | None = None

    @property
    def outputs(self) -> Mapping[str, object]:
        """Task id, then loop values from the outermost in, then the task's outputs."""
        if self._outputs is None:
            self._outputs = _from_outside(self._execution)
            for run_id, outputs in self._execution.task_outputs.items():
                self._put(self._outputs, self._execution.task_runs[run_id], outputs)
        return self._outputs

    @property
    def tasks(self) -> Mapping[str, object]:
        """As `outputs`, with `state` at the leaves."""
        if self._tasks is None:
            self._tasks = {}
            for run in self._execution.task_runs.values():
                self._put(self._tasks, run, {"state": run.state.value})
        return self._tasks

    def note_state(self, run: "TaskRun") -> None:
        if self._tasks is not None:
            self._put(self._tasks, run, {"state": run.state.value})

    def note_outputs(self, run: "TaskRun", outputs: Mapping[str, object] | None) -> None:
        if outputs is None:
            self._outputs = None
        elif self._outputs is not None:
            self._put(self._outputs, run, outputs)

    def _put(self, tree: _Node, run: "TaskRun", leaf: Mapping[str, object]) -> None:
        path = [run.task_id, *loop_path(self._execution, run)]
        last = path.pop()
        node = tree
        for name in path:
            node = cast("_Node", node.setdefault(name, {}))
        node[last] = leaf


def _from_outside(execution: "Execution") -> dict[str, object]:
    """In an iteration of a Loop: the outputs of tasks outside of it that its tasks name."""
    loop = execution.memory.get("loop")
    outside = loop.get("outputs") if isinstance(loop, Mapping) else None
    return dict(outside) if isinstance(outside, Mapping) else {}


def ancestors(execution: "Execution", run: "TaskRun") -> Iterator["TaskRun"]:
    """The task runs around one, the nearest first."""
    parent_id = run.parent_id
    while parent_id is not None:
        parent = execution.task_runs[parent_id]
        yield parent
        parent_id = parent.parent_id


def loop_path(execution: "Execution", run: "TaskRun") -> list[str]:
    """The values of the loops around a task run, from the outermost in, its own last."""
    values = [run.value] if run.value is not None else []
    values += [outer.value for outer in ancestors(execution, run) if outer.value is not None]
    values.reverse()
    return values


def parents(execution: "Execution", run: "TaskRun") -> list[dict[str, object]]:
    """What expressions see as `parents`: nearest first, only those with a value or outputs."""
    chain: list[dict[str, object]] = []
    for outer in ancestors(execution, run):
        entry: dict[str, object] = {}
        if outer.value is not None:
            entry["taskrun"] = {"value": outer.value}
        outputs = execution.task_outputs.get(outer.id)
        if outputs:
            entry["outputs"] = outputs
        if entry:
            chain.append(entry)
    return chain


def current_each_output(
    execution: "Execution", run: "TaskRun", tree: Mapping[str, object]
) -> object:
    """The part of `outputs.<task>` that belongs to the loop values around this task run."""
    node: object = tree
    for value in loop_path(execution, run):
        if not isinstance(node, Mapping) or value not in node:
            return node
        node = node[value]
    return node


def runs_in_state(execution: "Execution", state: TaskRunState) -> list["TaskRun"]:
    """For `tasksWithState`; reads every task run."""
    return [run for run in execution.task_runs.values() if run.state is state]
