"""Functions on the rendering itself: `render()`, the whole context, tasks by state."""

from collections.abc import Mapping
from typing import Any

from runtime.expressions.limits import LIMITS
from runtime.expressions.names import Table
from runtime.expressions.printing import to_json, to_text
from runtime.expressions.problems import LimitError
from runtime.expressions.state import State


def render(state: State, to_render: Any, recursive: Any = True) -> Any:
    """A text, or all texts in a list or map, rendered until nothing is left to render."""
    return _rendered(state, to_render, recursive is not False, 0)


def render_once(state: State, to_render: Any) -> Any:
    """The same, one level."""
    return _rendered(state, to_render, False, 0)


def _rendered(state: State, value: Any, recursive: bool, depth: int) -> Any:
    if isinstance(value, str):
        return state.renderer.again(value, state, recursive=recursive)
    if depth > LIMITS.render_depth:
        raise LimitError("the value is nested too deeply to be rendered")
    if isinstance(value, Mapping):
        return {
            to_text(_rendered(state, k, recursive, depth + 1)): _rendered(
                state, v, recursive, depth + 1
            )
            for k, v in value.items()
        }
    if isinstance(value, list | tuple):
        return [_rendered(state, v, recursive, depth + 1) for v in value]
    return value


def print_context(state: State) -> str:
    """All variables as JSON, secrets masked."""
    variables = {name: state.variables[name] for name in state.variables}
    return state.scope.secrets.mask(to_json({**variables, **_plain_variables(state)}))


def _plain_variables(state: State) -> dict[str, Any]:
    return {name: value for name, value in state.vars.items() if not callable(value)}


def env(state: State, name: Any, default: Any = None) -> Any:
    """`env('HOST', 'localhost')`: one of `envs`, or the default where it is missing or empty."""
    found = state.variables.get("envs")
    value = found.get(to_text(name)) if isinstance(found, Mapping) else None
    return default if value in (None, "") else value


def tasks_with_state(rendering: State, state: Any) -> list[dict[str, str]]:
    """`tasksWithState('FAILED')`: `taskId`, `state` and, inside loops, `value`."""
    wanted = to_text(state).upper()
    found: list[dict[str, str]] = []
    tasks = rendering.variables.get("tasks")
    for task_id, details in tasks.items() if isinstance(tasks, Mapping) else ():
        _collect(found, wanted, task_id, details)
    return found


def _collect(found: list[dict[str, str]], wanted: str, task_id: str, details: Any) -> None:
    if not isinstance(details, Mapping):
        return
    own = details.get("state")
    if isinstance(own, str) and own.upper() == wanted:
        found.append({"taskId": task_id, "state": wanted})
    for value, inner in details.items():
        if isinstance(inner, Mapping) and to_text(inner.get("state")).upper() == wanted:
            found.append({"taskId": task_id, "state": wanted, "value": value})


FUNCTIONS: Table = {
    "env": env,
    "fetchContext": print_context,
    "printContext": print_context,
    "render": render,
    "renderOnce": render_once,
    "tasksWithState": tasks_with_state,
}
