"""What all tasks share that purge something of namespaces."""

from collections.abc import Sequence
from typing import Annotated

from runtime.store.tables import escaped
from runtime.tasks.properties import Structured, Text, Texts
from runtime.tasks.task import Outputs, TaskFailed, WorkTask


class PurgeOutputs(Outputs):
    size: int
    """How many are gone."""


class PurgeTask(WorkTask):
    """Purges something of all namespaces or of some."""

    outputs = PurgeOutputs

    namespaces: Annotated[Texts, Structured] | None = None
    namespace_pattern: Text | None = None
    include_child_namespaces: bool = True

    def namespaces_like(self, instead: Sequence[str] = ()) -> list[str] | None:
        """The namespaces that are meant, as patterns for LIKE; None for all of them.

        `instead` holds when `namespaces` is not written. Raises TaskFailed when both names and
        a pattern are.
        """
        names = self.namespaces or instead
        if names and self.namespace_pattern:
            raise TaskFailed("Write `namespaces` or `namespacePattern`, not both.")
        if self.namespace_pattern:
            return [like(self.namespace_pattern)]
        exact = [escaped(name) for name in names]
        below = [f"{name}.%" for name in exact] if self.include_child_namespaces else []
        return exact + below or None


def like(glob: str) -> str:
    """A pattern with `*` and `?` as LIKE wants it."""
    return escaped(glob).replace("*", "%").replace("?", "_")
