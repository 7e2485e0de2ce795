"""What a condition is, and what it looks at."""

from abc import abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from runtime.flows.types import TypeKind, not_rendered
from runtime.triggers.trigger import Declared

Render = Callable[[object, Mapping[str, object]], object]
"""Renders a value deeply, typed; further variables go on top of those of the occasion."""


@dataclass(frozen=True, slots=True)
class Upstream:
    """An execution that conditions look at."""

    id: str
    namespace: str
    flow_id: str
    flow_revision: int
    state: str
    labels: Mapping[str, str] = field(default_factory=dict)
    outputs: Mapping[str, object] | None = None
    attempt_states: frozenset[str] = frozenset()
    """The states in which attempts of its task runs ended."""
    was_retried: bool = False
    """Whether a task run had more than one attempt."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """What might start a flow: its moment, the flow it would start, and an execution if any."""

    at: datetime
    """In the trigger's zone."""
    namespace: str
    flow_id: str
    render: Render
    execution: Upstream | None = None


class ConditionType(Declared):
    """Base of every condition."""

    kind: ClassVar[TypeKind] = TypeKind.CONDITION

    @abstractmethod
    def evaluate(self, occasion: Occasion) -> bool:
        """Whether it holds; the properties of `self` are rendered and checked."""

    @classmethod
    def rendered(cls, written: Mapping[str, object], render: Render) -> dict[str, object]:
        """The properties as written, those that are not taken as written rendered."""
        kept = not_rendered(cls)
        return {
            name: value if name in kept else render(value, {})
            for name, value in written.items()
            if name not in ("type", "id") or name in _names(cls)
        }


def _names(cls: type[ConditionType]) -> set[str]:
    return {info.alias or name for name, info in cls.model_fields.items()}
