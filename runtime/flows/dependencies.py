"""Which flows a flow starts by its tasks, and how such ties are written down. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from runtime.flows.model import Flow, Task

_FLOW = "io.kestra.plugin.core.flow"


class DependencyKind(StrEnum):
    """Why executions of one flow come from those of another."""

    SUBFLOW = "SUBFLOW"
    FOR_EACH_ITEM = "FOR_EACH_ITEM"
    FLOW_TRIGGER = "FLOW_TRIGGER"


class Naming(StrEnum):
    """How the other flow is named."""

    EXACT = "EXACT"
    DYNAMIC = "DYNAMIC"
    """By an expression: only a run tells."""
    PATTERN = "PATTERN"
    """Every flow whose names are like two patterns of SQL."""
    ANY = "ANY"
    """Every flow there is; both names are `%`."""


_CALLS = {
    f"{_FLOW}.Subflow": DependencyKind.SUBFLOW,
    f"{_FLOW}.ForEachItem": DependencyKind.FOR_EACH_ITEM,
}


@dataclass(frozen=True, slots=True)
class Dependency:
    """What a flow says of another one. A task names the flow that comes after its own, a trigger
    the flow that comes before."""

    kind: DependencyKind
    via: str
    """The id of the task or trigger that says it."""
    namespace: str
    flow_id: str
    naming: Naming = Naming.EXACT
    disabled: bool = False


def kind_of_type(type_name: str) -> DependencyKind | None:
    """What a task type or the Flow trigger makes of two flows; None for other types."""
    if type_name.endswith(".trigger.Flow"):
        return DependencyKind.FLOW_TRIGGER
    return _CALLS.get(type_name)


def of_tasks(flow: Flow) -> Iterator[Dependency]:
    """The flows that tasks start, in the order of the source."""
    for task in flow.walk():
        if (kind := _CALLS.get(task.type)) is not None:
            yield _called(task, kind)


def _called(task: Task, kind: DependencyKind) -> Dependency:
    namespace = str(task.properties.get("namespace", ""))
    flow_id = str(task.properties.get("flowId", ""))
    naming = Naming.DYNAMIC if "{{" in namespace + flow_id else Naming.EXACT
    return Dependency(kind, task.id, namespace, flow_id, naming, task.disabled)
