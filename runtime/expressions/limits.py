"""How much work one rendering may do: an expression is an untrusted program.

Every loop, macro call, range and growing text is charged here, so that a hostile template ends
in a `LimitError` after a bounded time and never in an exhausted process.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from runtime.expressions.problems import LimitError


@dataclass(frozen=True, slots=True)
class Limits:
    """Ceilings of one rendering; characters, items, levels and seconds."""

    source: int = 1_000_000
    expressions: int = 2_000
    output: int = 32_000_000
    text: int = 32_000_000
    text_total: int = 64_000_000
    items: int = 1_000_000
    items_total: int = 5_000_000
    yaml: int = 1_000_000
    steps: int = 500_000
    range_items: int = 100_000
    macro_depth: int = 50
    render_depth: int = 100
    expression_depth: int = 60
    digits: int = 1_000
    seconds: float = 3.0
    hurry: float = 0.05


LIMITS = Limits()

_SMALL = 256


class Budget:
    """What is left to one rendering, nested renderings included."""

    __slots__ = ("deadline", "depth", "items", "levels", "steps", "text")

    def __init__(self) -> None:
        self.steps = LIMITS.steps
        self.text = LIMITS.text_total
        self.items = LIMITS.items_total
        self.depth = 0
        self.levels = 0
        self.deadline = 0.0

    def spend(self, steps: int = 1) -> None:
        """Charge loop turns, calls and renderings, and look at the clock."""
        self.steps -= steps
        if self.steps < 0:
            raise LimitError(
                f"the expression runs more than {LIMITS.steps:,} loop turns and calls",
                hint="Loop over less, or do the work in a script task.",
            )
        now = time.monotonic()
        if not self.deadline:
            self.deadline = now + LIMITS.seconds
        elif current.is_hurried and now > self.deadline - LIMITS.seconds + LIMITS.hurry:
            raise TakesLong
        elif now > self.deadline:
            raise LimitError(
                f"the expression takes longer than {LIMITS.seconds:g} seconds",
                hint="Do less in one expression, or do the work in a script task.",
            )


class TakesLong(BaseException):
    """A rendering that holds up others takes longer than it may: do it again in a thread.

    No error of the expression, so that nothing on the way takes it for one.
    """


class _Current(threading.local):
    """The budget of the rendering that this thread is in the middle of. When `is_hurried`, others
    wait for this thread, and what takes long raises TakesLong."""

    budget: Budget | None = None
    is_hurried: bool = False


current = _Current()


@contextmanager
def hurried() -> Iterator[None]:
    """Renderings in here are quick or raise TakesLong."""
    outer, current.is_hurried = current.is_hurried, True
    try:
        yield
    finally:
        current.is_hurried = outer


def check_text(length: int) -> None:
    """Charge a text before it is built; refuse one, or a sum of them, that is too long."""
    if length < _SMALL:
        return
    budget = current.budget
    if budget is not None:
        budget.text -= length
        budget.spend(0)
    if length > LIMITS.text or (budget is not None and budget.text < 0):
        raise LimitError(
            f"the expression builds texts of more than {LIMITS.text:,} characters",
            hint="Write them to a file in a script task instead.",
        )


def check_items(count: int) -> None:
    """Charge a list or map before it is built; refuse one, or a sum of them, too large."""
    if count < _SMALL:
        return
    budget = current.budget
    if budget is not None:
        budget.items -= count
        budget.spend(0)
    if count > LIMITS.items or (budget is not None and budget.items < 0):
        raise LimitError(
            f"the expression builds collections of more than {LIMITS.items:,} items",
            hint="Work on less at once, or use a script task.",
        )
