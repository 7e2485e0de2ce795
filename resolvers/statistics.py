"""Figures over many executions and metrics, in steps of time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from resolvers.context import Context
from runtime.errors import InvalidInput, LimitExceeded
from runtime.executions.states import ExecutionState
from runtime.store import statistics
from runtime.store.conditions import Condition
from runtime.store.statistics import Aggregate, Grouping, Point, Sums

_MOST_ROWS = 5_000
_SHORTEST = timedelta(seconds=1)
_LONGEST = timedelta(days=3_650)


@dataclass(slots=True)
class Figures:
    """What is known of some executions: how many in which state, and how long they ran."""

    at: datetime | None = None
    namespace: str | None = None
    flow_id: str | None = None
    trigger_id: str | None = None
    states: dict[ExecutionState, int] = field(default_factory=dict)
    ended: int = 0
    lasted: timedelta = timedelta()
    longest: timedelta | None = None

    @property
    def count(self) -> int:
        return sum(self.states.values())

    @property
    def average(self) -> timedelta | None:
        return self.lasted / self.ended if self.ended else None

    def add(self, sums: Sums) -> None:
        self.states[sums.state] = self.states.get(sums.state, 0) + sums.count
        self.ended += sums.ended
        self.lasted += sums.lasted
        longest = [each for each in (self.longest, sums.longest) if each is not None]
        self.longest = max(longest, default=None)


@dataclass(frozen=True, slots=True)
class Statistics:
    """All together, and told apart as it was asked for."""

    whole: Figures
    rows: list[Figures]


async def of_executions(
    context: Context, condition: Condition, step: timedelta | None, grouping: Grouping | None
) -> Statistics:
    """Raises InvalidInput for a step that makes no sense, LimitExceeded for too many rows."""
    if step is not None:
        _check(step)
    limit = _MOST_ROWS * len(ExecutionState)
    found = await statistics.executions(
        context.pool, condition, step, grouping, limit, context.now()
    )
    rows = list(_rows(found).values())
    if len(found) > limit or len(rows) > _MOST_ROWS:
        raise _too_many()
    whole = Figures()
    for sums in found:
        whole.add(sums)
    return Statistics(whole, rows if step or grouping else [])


async def of_metrics(
    context: Context, condition: Condition, step: timedelta, aggregate: Aggregate
) -> list[Point]:
    """Raises InvalidInput for a step that makes no sense, LimitExceeded for too many points."""
    _check(step)
    found = await statistics.metrics(
        context.pool, condition, step, aggregate, _MOST_ROWS, context.now()
    )
    if len(found) > _MOST_ROWS:
        raise _too_many()
    return found


def _rows(found: Iterable[Sums]) -> Mapping[object, Figures]:
    rows: dict[object, Figures] = {}
    for sums in found:
        key = (sums.at, sums.namespace, sums.flow_id, sums.trigger_id)
        if key not in rows:
            rows[key] = Figures(*key)
        rows[key].add(sums)
    return rows


def _check(step: timedelta) -> None:
    if not _SHORTEST <= step <= _LONGEST:
        raise InvalidInput(
            "`interval` can be a second to ten years.",
            hint="Write it as PT1H or P1D, for example.",
            path=("interval",),
        )


def _too_many() -> LimitExceeded:
    return LimitExceeded(
        f"The answer would have more than {_MOST_ROWS:,} rows.",
        hint="Take a longer interval, or narrow the filter.",
        path=("interval",),
    )
