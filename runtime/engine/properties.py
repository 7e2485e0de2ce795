"""From a task as written to a task that can run: its properties rendered, then checked."""

import json
from collections.abc import Callable, Mapping

from pydantic import ValidationError

from runtime.flows.types import not_rendered
from runtime.tasks.registry import find_task
from runtime.tasks.task import TaskType


class Prepared:
    """A task's type and properties; what needs no rendering is checked once and kept."""

    __slots__ = ("_fixed", "_given", "_rendered", "kind")

    def __init__(self, kind: type[TaskType], properties: Mapping[str, object]) -> None:
        self.kind = kind
        raw = not_rendered(kind)
        self._given = {key: value for key, value in properties.items() if key in raw}
        self._rendered = {key: value for key, value in properties.items() if key not in raw}
        self._fixed: TaskType | None = None
        if not has_expression(self._rendered):
            self._fixed = kind.model_validate({**self._given, **self._rendered})

    def task(self, render: Callable[[object], object]) -> TaskType:
        """The task with rendered properties. Raises pydantic's ValidationError."""
        if self._fixed is not None:
            return self._fixed
        rendered = render(self._rendered)
        if not isinstance(rendered, Mapping):
            raise TypeError("rendering a map gives a map")
        return self.kind.model_validate({**self._given, **rendered})


def prepare(type_name: str, properties: Mapping[str, object]) -> Prepared:
    """Raises LookupError for a type that is not installed, ValidationError for wrong properties."""
    kind = find_task(type_name)
    if kind is None:
        raise LookupError(
            f"There is no task type {type_name} on this server. Install the package that has it."
        )
    return Prepared(kind, properties)


def has_expression(value: object) -> bool:
    """Whether some text in a value may be an expression."""
    if isinstance(value, str):
        return "{{" in value or "{%" in value
    if isinstance(value, Mapping):
        return any(has_expression(each) for pair in value.items() for each in pair)
    if isinstance(value, list | tuple):
        return any(has_expression(each) for each in value)
    return False


def _written(value: object) -> str:
    try:
        return json.dumps(value, ensure_ascii=False, default=str)
    except (RecursionError, ValueError):
        return "a value that is nested too deeply"


def explained(error: ValidationError) -> str:
    """What is wrong with rendered properties, in one line for each of them."""
    lines = []
    for problem in error.errors(include_url=False):
        place = ".".join(str(part) for part in problem["loc"])
        given = _written(problem["input"])
        shown = given if len(given) <= 80 else f"{given[:77]}…"
        lines.append(f"Property `{place}`: {problem['msg']}, but it is {shown}.")
    return "\n".join(lines)
