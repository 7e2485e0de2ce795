"""How much work one rendering may do: an expression is an untrusted program.

Every loop, macro call, range and growing text is charged here, so that a hostile template ends
in a `LimitError` after a bounded time and never in an exhausted process.
"""

import time
from dataclasses import dataclass

from runtime.expressions.problems import LimitError


@dataclass(frozen=True, slots=True)
class Limits:
    """Ceilings of one rendering; characters, items, levels and seconds."""

    source: int = 1_000_000
    output: int = 32_000_000
    text: int = 32_000_000
    items: int = 1_000_000
    steps: int = 200_000
    range_items: int = 100_000
    macro_depth: int = 50
    render_depth: int = 100
    expression_depth: int = 60
    digits: int = 1_000
    seconds: float = 5.0


LIMITS = Limits()


class Budget:
    """What is left to one rendering, nested renderings included."""

    __slots__ = ("deadline", "depth", "levels", "steps")

    def __init__(self) -> None:
        self.steps = LIMITS.steps
        self.depth = 0
        self.levels = 0
        self.deadline = 0.0

    def spend(self, steps: int = 1) -> None:
        """Charge loop turns, macro calls and renderings."""
        self.steps -= steps
        if self.steps < 0:
            raise LimitError(
                f"the expression runs more than {LIMITS.steps:,} loop turns and calls",
                hint="Loop over less, or do the work in a script task.",
            )
        now = time.monotonic()
        if not self.deadline:
            self.deadline = now + LIMITS.seconds
        elif now > self.deadline:
            raise LimitError(
                f"the expression takes longer than {LIMITS.seconds:g} seconds",
                hint="Do less in one expression, or do the work in a script task.",
            )


def check_text(length: int) -> None:
    """Refuse a text that would be longer than allowed, before it is built."""
    if length > LIMITS.text:
        raise LimitError(
            f"the expression builds a text of {length:,} characters, {LIMITS.text:,} are allowed",
            hint="Write it to a file in a script task instead.",
        )


def check_items(count: int) -> None:
    """Refuse a list or map that would hold more items than allowed, before it is built."""
    if count > LIMITS.items:
        raise LimitError(
            f"the expression builds a collection of {count:,} items, {LIMITS.items:,} are allowed",
            hint="Work on less at once, or use a script task.",
        )
