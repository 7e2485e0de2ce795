"""Which task runs made an execution last as long as it did."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Span:
    """One task run over time; `ended_at` is now for one that still runs."""

    id: str
    parent_id: str | None
    started_at: datetime
    ended_at: datetime


def critical_path_of(spans: Iterable[Span]) -> list[Span]:
    """The chain that ends with the last task run to end, in order of time.

    Each step is followed back to the one that ended last before it began. Only task runs without
    children count: a flowable lasts as long as what it holds.
    """
    known = list(spans)
    parents = {span.parent_id for span in known}
    leaves = sorted(
        (span for span in known if span.id not in parents),
        key=lambda span: (span.ended_at, span.started_at),
    )
    ends = [span.ended_at for span in leaves]
    path: list[Span] = []
    place = len(leaves) - 1
    while place >= 0:
        path.append(leaves[place])
        place = min(bisect_right(ends, leaves[place].started_at), place) - 1
    return path[::-1]
