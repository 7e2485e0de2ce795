"""What two executions have in common and what not: pairs of task runs, and maps of values."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from runtime.executions.states import TaskRunState

Key = tuple[tuple[str, str | None, int], ...]
"""Where a task run stands in its execution: task, loop value and which one of them it is, of itself
and of everything around it."""


class Difference(StrEnum):
    """In what two task runs of the same place differ."""

    ADDED = "ADDED"
    REMOVED = "REMOVED"
    STATE = "STATE"
    ATTEMPTS = "ATTEMPTS"
    OUTPUTS = "OUTPUTS"


@dataclass(frozen=True, slots=True)
class RunFacts:
    """A task run as far as it is compared; `outputs` is the same text for the same outputs."""

    id: str
    parent_id: str | None
    task_id: str
    value: str | None
    state: TaskRunState
    attempts: int
    outputs: str | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """The task runs of one place; None where an execution has none there."""

    base: RunFacts | None
    head: RunFacts | None

    @property
    def differences(self) -> tuple[Difference, ...]:
        if self.base is None:
            return (Difference.ADDED,)
        if self.head is None:
            return (Difference.REMOVED,)
        found = {
            Difference.STATE: self.base.state is not self.head.state,
            Difference.ATTEMPTS: self.base.attempts != self.head.attempts,
            Difference.OUTPUTS: self.base.outputs != self.head.outputs,
        }
        return tuple(each for each, differs in found.items() if differs)


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A name whose value is another one; `in_base` and `in_head` tell where it is there at all."""

    name: str
    base: object
    head: object
    in_base: bool
    in_head: bool


def paired(base: Sequence[RunFacts], head: Sequence[RunFacts]) -> list[Pair]:
    """All task runs of both, each given in the order of creation, those of the same place together.

    In the order of `head`; what only `base` has comes behind what came before it there.
    """
    old, new = _by_place(base), _by_place(head)
    missing: defaultdict[Key | None, list[Pair]] = defaultdict(list)
    before: Key | None = None
    for key, run in old.items():
        if key in new:
            before = key
        else:
            missing[before].append(Pair(run, None))
    pairs = missing[None]
    for key, run in new.items():
        pairs += [Pair(old.get(key), run), *missing[key]]
    return pairs


def changes_of(
    base: Mapping[str, object],
    head: Mapping[str, object],
    told: Callable[[object], object] = lambda value: value,
) -> Iterator[ValueChange]:
    """The names whose values differ, in the order of `base`, then of `head`. Two values are the
    same when `told` gives the same for them."""
    for name in dict.fromkeys((*base, *head)):
        change = ValueChange(name, base.get(name), head.get(name), name in base, name in head)
        if change.in_base is not change.in_head or told(change.base) != told(change.head):
            yield change


def _by_place(runs: Iterable[RunFacts]) -> dict[Key, RunFacts]:
    places: dict[str, Key] = {}
    found: dict[Key, RunFacts] = {}
    seen: Counter[tuple[Key, str, str | None]] = Counter()
    for run in runs:
        around = places.get(run.parent_id or "", ())
        alike = (around, run.task_id, run.value)
        places[run.id] = key = (*around, (run.task_id, run.value, seen[alike]))
        seen[alike] += 1
        found[key] = run
    return found
