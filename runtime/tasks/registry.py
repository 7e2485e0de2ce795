"""Every task type by name: adding one is a line here, or an entry point of another package.

Flowable types (Parallel, If …) decide rather than work and are listed in
`runtime.executions.flowables`; the engine joins both, and the triggers, in one `TypeTable`.
"""

import inspect
import logging
from importlib.metadata import EntryPoint, entry_points

from runtime.tasks.core import debug, execution, http, log, metric, output
from runtime.tasks.scripts import shell
from runtime.tasks.table import TypeTable
from runtime.tasks.task import InlineTask, TaskType, WorkTask

ENTRY_POINTS = "flowdeck.tasks"
_log = logging.getLogger(__name__)

BUILT_IN: tuple[type[TaskType], ...] = (
    debug.Echo,
    debug.Return,
    execution.Assert,
    execution.Exit,
    execution.Fail,
    execution.Labels,
    execution.Resume,
    execution.SetVariables,
    execution.UnsetVariables,
    http.Request,
    log.Log,
    metric.Publish,
    output.OutputValues,
    shell.Commands,
    shell.Script,
)


def _load(point: EntryPoint) -> list[type[TaskType]]:
    """The types that an entry point offers: one class, or a module full of them."""
    try:
        found = point.load()
    except Exception:
        _log.exception("The task types of %s cannot be loaded and are left out", point.value)
        return []
    offered = vars(found).values() if inspect.ismodule(found) else [found]
    return [kind for kind in offered if _is_task_type(kind)]


def _is_task_type(kind: object) -> bool:
    return (
        inspect.isclass(kind)
        and issubclass(kind, InlineTask | WorkTask)
        and hasattr(kind, "type_name")
    )


TASK_TYPES: dict[str, type[TaskType]] = {
    kind.type_name: kind
    for kind in (
        *BUILT_IN,
        *(kind for point in entry_points(group=ENTRY_POINTS) for kind in _load(point)),
    )
}
"""Every task type by its full name; one of an installed package replaces a built-in one."""

REGISTRY = TypeTable(kind.spec() for kind in TASK_TYPES.values())
"""Their table, by name and alias."""


def find_task(name: str) -> type[TaskType] | None:
    """The class behind a type name or alias; None when it is unknown."""
    spec = REGISTRY.find(name)
    return TASK_TYPES.get(spec.name) if spec else None
