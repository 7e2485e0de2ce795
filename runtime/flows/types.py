"""What the language knows of a type of task, trigger or condition.

The known types come from above (`runtime.tasks`, `runtime.triggers`); parsing and validation take
them as an argument, so that the language depends on none of them.
"""

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Protocol

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel

AS_WRITTEN = {"as written": True}
"""The validation context of properties as they stand in the YAML, before rendering: a number where
text is wanted is refused then, so that the reader can put the scalar's own text there."""


class TypeKind(StrEnum):
    TASK = "TASK"
    """Does work of its own."""
    FLOWABLE = "FLOWABLE"
    """Decides which of its children run next."""
    TRIGGER = "TRIGGER"
    CONDITION = "CONDITION"
    TASK_RUNNER = "TASK_RUNNER"


class Properties(BaseModel):
    """Base of every type's own properties: camelCase in YAML, unknown keys refused.

    A property may always be written as an expression; it is rendered first and checked then.
    Fields marked by `NotRendered` reach the task as written.
    """

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        alias_generator=to_camel,
        populate_by_name=True,
        arbitrary_types_allowed=True,
    )


def reasons_of(error: ValidationError) -> str:
    """What is wrong with properties: every place once, with all that is said of it."""
    reasons: dict[str, list[str]] = {}
    for each in error.errors(include_url=False, include_context=False, include_input=False):
        place = ".".join(str(step) for step in each["loc"] if not _is_branch(step))
        reasons.setdefault(place, []).append(each["msg"].removeprefix("Value error, "))
    joined = {place: " or ".join(dict.fromkeys(found)) for place, found in reasons.items()}
    return "; ".join(f"`{place}`: {said}" if place else said for place, said in joined.items())


def _is_branch(step: str | int) -> bool:
    """Whether a step of a place names a branch of a union, which means nothing to users."""
    return isinstance(step, str) and ("[" in step or step in {"str", "int", "float", "bool"})


@dataclass(frozen=True, slots=True)
class NotRendered:
    """Marks a field (`Annotated[str, NotRendered()]`) whose text the task renders itself."""


@cache
def not_rendered(cls: type[Properties]) -> frozenset[str]:
    """The YAML names of the properties that are taken as written."""
    return frozenset(
        info.alias or name
        for name, info in cls.model_fields.items()
        if any(isinstance(mark, NotRendered) for mark in info.metadata)
    )


@dataclass(frozen=True, slots=True)
class InputDeclarations:
    """Marks a field that holds declarations of inputs (`onResume` of a Pause), checked as such."""


@dataclass(frozen=True, slots=True)
class MetricSpec:
    """A metric that a type publishes: its name, `counter` or `timer`, and what it counts."""

    name: str
    kind: str
    description: str


@dataclass(frozen=True, slots=True)
class BranchSpec:
    """A property that holds child tasks.

    `shape` is `list` (tasks), `map` (key to tasks, as a Switch's cases), `dag` (`task` and
    `dependsOn`) or `task` (a single one).
    """

    name: str
    shape: str = "list"
    required: bool = False


@dataclass(frozen=True, slots=True)
class Advice:
    """Something about a property that is allowed and hardly meant."""

    name: str
    """The property's name in YAML."""
    message: str
    hint: str


Advise = Callable[[Mapping[str, object]], Iterable[Advice]]
"""Looks at properties as written, expressions included."""


@dataclass(frozen=True, slots=True)
class TypeSpec:
    """One type: its full name, its properties, what it yields, and the prose of its page."""

    name: str
    kind: TypeKind
    properties: type[BaseModel]
    title: str
    description: str = ""
    aliases: tuple[str, ...] = ()
    branches: tuple[BranchSpec, ...] = ()
    outputs: type[BaseModel] | None = None
    metrics: tuple[MetricSpec, ...] = ()
    deprecated: str | None = None
    """Why not to use it any more and what to use instead."""
    runnable_children_only: bool = False
    """True for WorkingDirectory: its children must do work, not decide."""
    advise: Advise | None = None
    """What to warn of when a flow is saved."""


def prose_of(kind: type) -> tuple[str, str]:
    """Title and description of a type: the first line of its docstring, and the rest."""
    title, _, description = inspect.cleandoc(kind.__doc__ or "").partition("\n")
    return title, description.strip()


class KnownTypes(Protocol):
    """The full table of types."""

    def find(self, name: str) -> TypeSpec | None:
        """The type of that name or alias."""
        ...

    def all(self) -> Iterable[TypeSpec]: ...
