"""How long preconditions are remembered: what executions met, within a window of time.

- `DURATION_WINDOW`: spans of `window` (by default a day) one after the other, counted from midnight
  of 1 January 1970 and moved by `windowAdvance`; each begins anew.
- `SLIDING_WINDOW`: everything met within the last `window`.
- `DAILY_TIME_DEADLINE`: each day from midnight to `deadline`; what comes later does not count.
- `DAILY_TIME_WINDOW`: each day from `startTime` to `endTime`.

Days and times of day without an offset are of the window's `timezone`, UTC without one.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from runtime.triggers.flow import TimeWindow

_DAY = 86_400.0
_EPOCH = datetime(1970, 1, 1)
"""On the clock of the window's zone."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What was met so far; JSON by `stored` and `read`."""

    start: datetime | None = None
    """When the present window began; None for a sliding one."""
    met: Mapping[str, datetime] = field(default_factory=dict)
    outputs: Mapping[str, object] = field(default_factory=dict)
    fired: datetime | None = None
    """When everything was met last."""

    def emptied(self) -> "Memory":
        """The same window, with nothing met in it."""
        return Memory(self.start, fired=self.fired)

    def complete(self, at: datetime) -> "Memory":
        """The same, once it has led to a start."""
        return replace(self, fired=at)

    def stored(self) -> dict[str, object]:
        return {
            "start": self.start.isoformat() if self.start else None,
            "met": {part: at.isoformat() for part, at in self.met.items()},
            "outputs": dict(self.outputs),
            "fired": self.fired.isoformat() if self.fired else None,
        }

    @classmethod
    def read(cls, stored: object) -> "Memory":
        if not isinstance(stored, Mapping):
            return cls()
        start, met, outputs = stored.get("start"), stored.get("met"), stored.get("outputs")
        fired = stored.get("fired")
        return cls(
            datetime.fromisoformat(start) if start else None,
            {part: datetime.fromisoformat(at) for part, at in (met or {}).items()},
            outputs or {},
            datetime.fromisoformat(fired) if fired else None,
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether everything is met now, what is remembered, and the outputs of all who met it."""

    is_complete: bool
    memory: Memory
    outputs: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What has to be met within a window: all parts, or as many as `needed`."""

    window: TimeWindow
    parts: Set[str]
    needed: int | None = None
    fire_once: bool = False
    """Complete at most once in a window."""


def judge(
    wanted: Wanted, memory: Memory, met: Set[str], at: datetime, outputs: Mapping[str, object]
) -> Verdict:
    """An execution met some of the parts at a moment.

    What was met stays met until the window ends, so that each further execution that meets a part
    completes it again; unless the caller goes on from `Memory.emptied`.
    """
    span = span_of(wanted.window, at)
    if not met or span is None:
        return Verdict(False, memory)
    start, oldest = span
    is_same = start is None or memory.start == start
    fresh = memory if is_same else Memory(start, fired=memory.fired)
    kept = {part: when for part, when in fresh.met.items() if when >= oldest}
    now_met = {**kept, **dict.fromkeys(met, at)}
    gathered = {**fresh.outputs, **outputs}
    needed = len(wanted.parts) if wanted.needed is None else wanted.needed
    has_fired = wanted.fire_once and memory.fired is not None and memory.fired >= oldest
    is_complete = len(wanted.parts & now_met.keys()) >= needed and not has_fired
    return Verdict(is_complete, Memory(start, now_met, gathered, fresh.fired), gathered)


def span_of(window: TimeWindow, at: datetime) -> tuple[datetime | None, datetime] | None:
    """The start of the window that holds `at`, and the oldest moment that counts in it.

    None when no window holds it; a sliding window has no start.
    """
    length = timedelta(seconds=window.window or _DAY)
    zone = ZoneInfo(window.timezone) if window.timezone else UTC
    match window.type:
        case "SLIDING_WINDOW":
            return None, at - length
        case "DURATION_WINDOW":
            shift = timedelta(seconds=window.window_advance or 0.0)
            clock = at.astimezone(zone).replace(tzinfo=None)
            start = (clock - (clock - _EPOCH - shift) % length).replace(tzinfo=zone)
            return start, start
        case "DAILY_TIME_DEADLINE":
            return _daily(at, time(tzinfo=_zone(window.deadline, zone)), window.deadline, zone)
        case "DAILY_TIME_WINDOW":
            return _daily(at, window.start_time or time(tzinfo=zone), window.end_time, zone)


def _daily(
    at: datetime, first: time, last: time | None, zone: tzinfo
) -> tuple[datetime, datetime] | None:
    start = _on_day(at, first, zone)
    end = _on_day(at, last, zone) if last is not None else start + timedelta(days=1)
    return (start, start) if start <= at <= end else None


def _on_day(at: datetime, moment: time, default: tzinfo) -> datetime:
    zone = _zone(moment, default)
    return datetime.combine(at.astimezone(zone).date(), moment.replace(tzinfo=zone))


def _zone(moment: time | None, default: tzinfo) -> tzinfo:
    return (moment.tzinfo if moment else None) or default
