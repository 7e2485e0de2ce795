"""How far a flowable is that starts one execution for each of many iterations.

It is kept small, whatever the number of iterations: counts, and the ended ones as ranges of
numbers such as `0-41,44`, so that a report that comes twice counts once.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

from runtime.executions.states import ExecutionState


class Ranges:
    """A set of small numbers, kept as sorted ranges."""

    def __init__(self, text: str = "") -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for part in filter(None, text.split(",")):
            start, _, end = part.partition("-")
            self._starts.append(int(start))
            self._ends.append(int(end or start))

    def __contains__(self, number: int) -> bool:
        place = bisect_right(self._starts, number) - 1
        return place >= 0 and number <= self._ends[place]

    def add(self, number: int) -> bool:
        """False when it was there already."""
        if number in self:
            return False
        place = bisect_right(self._starts, number)
        joins_left = place > 0 and self._ends[place - 1] == number - 1
        joins_right = place < len(self._starts) and self._starts[place] == number + 1
        if joins_left and joins_right:
            self._ends[place - 1] = self._ends.pop(place)
            del self._starts[place]
        elif joins_left:
            self._ends[place - 1] = number
        elif joins_right:
            self._starts[place] = number
        else:
            self._starts.insert(place, number)
            self._ends.insert(place, number)
        return True

    def numbers(self) -> list[int]:
        return [n for s, e in zip(self._starts, self._ends, strict=True) for n in range(s, e + 1)]

    def without(self, other: "Ranges") -> "Ranges":
        left = Ranges()
        for number in self.numbers():
            if number not in other:
                left.add(number)
        return left

    def __str__(self) -> str:
        pairs = zip(self._starts, self._ends, strict=True)
        return ",".join(str(start) if start == end else f"{start}-{end}" for start, end in pairs)


@dataclass(slots=True)
class Progress:
    """Iterations are numbered from 0. `base` is the id from which those of the children follow."""

    base: str
    count: int
    started: int = 0
    active: int = 0
    ended: Ranges = field(default_factory=Ranges)
    failed: Ranges = field(default_factory=Ranges)
    states: dict[str, int] = field(default_factory=dict)
    """How many ended in each state."""
    heirs: dict[str, str] = field(default_factory=dict)
    """By the numbers of failed iterations: the executions that had taken over, to be restarted."""

    @classmethod
    def of(cls, dynamic: Mapping[str, object]) -> "Progress":
        kept = dynamic.get("progress")
        facts: Mapping[str, object] = kept if isinstance(kept, Mapping) else {}
        states, heirs = facts.get("states"), facts.get("heirs")
        return cls(
            base=str(facts.get("base", "")),
            count=_number(facts.get("count")),
            started=_number(facts.get("started")),
            active=_number(facts.get("active")),
            ended=Ranges(str(facts.get("ended", ""))),
            failed=Ranges(str(facts.get("failed", ""))),
            states=dict(states) if isinstance(states, Mapping) else {},
            heirs=dict(heirs) if isinstance(heirs, Mapping) else {},
        )

    def kept(self) -> dict[str, object]:
        """As JSON, for `TaskRun.dynamic`."""
        return {
            "base": self.base,
            "count": self.count,
            "started": self.started,
            "active": self.active,
            "ended": str(self.ended),
            "failed": str(self.failed),
            "states": dict(self.states),
            "heirs": dict(self.heirs),
        }

    def child_id(self, number: int) -> str:
        return f"{self.base}_{number:06d}"

    def number_of(self, child_id: str) -> int | None:
        """Which iteration an execution is; None for a stranger."""
        head, _, tail = child_id.rpartition("_")
        return int(tail) if head == self.base and tail.isdigit() else None

    def end(
        self, number: int, state: ExecutionState, *, failed: bool, ended_as: str | None = None
    ) -> bool:
        """Note the end of an iteration; False when it was noted before.

        `ended_as` is the execution that ended: another than at the start after retries as new ones.
        """
        if number >= self.started or not self.ended.add(number):
            return False
        self.active -= 1
        self.states[state.value] = self.states.get(state.value, 0) + 1
        if failed:
            self.failed.add(number)
            if ended_as is not None and ended_as != self.child_id(number):
                self.heirs[str(number)] = ended_as
        return True

    def try_failed_again(self) -> list[str]:
        """Count the failed iterations as under way again; answers the executions to restart."""
        numbers = self.failed.numbers()
        again = [self.heirs.get(str(number), self.child_id(number)) for number in numbers]
        self.heirs = {}
        self.ended = self.ended.without(self.failed)
        self.failed = Ranges()
        self.active += len(numbers)
        bad = (ExecutionState.FAILED.value, ExecutionState.KILLED.value)
        self.states = {state: n for state, n in self.states.items() if state not in bad}
        return again

    @property
    def is_over(self) -> bool:
        return self.active == 0 and self.started == self.count


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
