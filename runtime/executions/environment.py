"""What the rules may ask of the world above them: the time, expressions, and tiny tasks.

All answers are synchronous. Where an expression needs something from outside that is not there yet
(a stored value, a file), the answer is `Deferred`: the rules leave that part undecided, name it in
`Decision.awaiting`, and the engine asks again when it has come.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from runtime.executions.messages import TaskResult
from runtime.executions.model import Execution, TaskRun
from runtime.flows.model import Flow, Task


class Deferred(Exception):
    """The value depends on a fact that is being fetched."""


class RenderFailed(Exception):
    """An expression could not be rendered; `message` says where and how to mend it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class RowPages:
    """Where the pages of a stored file of rows begin."""

    count: int
    """How many rows there are."""
    size: int
    """Bytes of the whole file."""
    starts: tuple[tuple[int, int], ...]
    """For each page, in order: the number of its first row, and the byte where that begins."""


class Environment(Protocol):
    """Given by the engine for one step of one execution."""

    def now(self) -> datetime: ...

    def new_task_run_id(self) -> str: ...

    def new_execution_id(self) -> str: ...

    def text(
        self, template: str, execution: Execution, task: Task | None, run: TaskRun | None
    ) -> str:
        """Render to text. Raises RenderFailed or Deferred."""
        ...

    def value(
        self, value: object, execution: Execution, task: Task | None, run: TaskRun | None
    ) -> object:
        """Render deeply, typed. Raises RenderFailed or Deferred."""
        ...

    def holds(self, conditions: Iterable[Mapping[str, object]], execution: Execution) -> bool:
        """Whether all conditions hold for an execution. Raises RenderFailed or Deferred."""
        ...

    def stored(self, value: Mapping[str, object], execution: Execution) -> str:
        """Put a value into a stored ION file of the execution, once; its address. Raises Deferred
        or RenderFailed."""
        ...

    def row_pages(self, uri: str, execution: Execution, run: TaskRun) -> RowPages | None:
        """The pages of a stored file; None when it does not hold one row on each line.

        Raises Deferred or RenderFailed.
        """
        ...

    def rows(
        self, uri: str, start: int, end: int, execution: Execution, run: TaskRun
    ) -> list[object]:
        """The rows between two bytes of a stored file. Raises Deferred or RenderFailed."""
        ...

    def run_inline(self, task: Task, execution: Execution, run: TaskRun) -> TaskResult | None:
        """Do a tiny task here and now; None when the task must be sent to a worker.

        Raises Deferred; every other failure is a FAILED result.
        """
        ...

    def flow(self) -> Flow: ...
