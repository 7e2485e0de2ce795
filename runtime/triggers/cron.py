"""A cron line and its moments: five fields, six with seconds first, or a nickname.

    minute hour day-of-month month day-of-week        0 9 * * MON-FRI
    second minute hour day-of-month month day-of-week */15 * * * * *

Names of months and days, lists, ranges, steps, `L` (last day), `LW` (last weekday), `5L` (last
Friday) and `5#2` (second Friday) are known; `?` is the same as `*`; 0 and 7 are Sunday.

Daylight saving, by Debian cron's rule, which serves both meanings of a line:

- A line with a fixed minute and hour (`30 2 * * *`) means a time of day, once a day. A time that
  does not exist that day fires at the first moment after the gap; one that exists twice fires the
  first time only.
- Any other line (`*/15 * * * *`) means a rhythm of real time: the hour that is left out has no
  moments, the hour that comes twice has them twice.

When both days (of month and of week) are given, either of them suffices, as in every cron.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from cronsim import CronSim, CronSimError

NICKNAMES = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}
_AROUND = timedelta(hours=4)
"""Longer than any gap or overlap that a zone has had."""
_SUNDAY_LAST = re.compile(r"-(?:SUN|0)\b", re.IGNORECASE)
"""A week that ends on Sunday: `SAT-SUN` is 6-7."""
_ANY_DAY = datetime(2024, 1, 1)
_QUARTER = 900
"""Seconds; every zone moves by a multiple of them."""


@dataclass(frozen=True, slots=True)
class Cron:
    """A line that was read; `never` when no date can fit, as 30 February."""

    line: str
    never: bool = False

    @classmethod
    def parse(cls, text: str, *, seconds: bool = False) -> "Cron":
        """Raises ValueError, whose text says what is wrong and how to mend it.

        Six fields need `seconds`; five are taken as well then, at second 0.
        """
        line = text.strip()
        if line.startswith("@"):
            line = NICKNAMES.get(line.lower(), "")
            if not line:
                raise ValueError(f"`{text}` is unknown; write one of {', '.join(NICKNAMES)}")
        fields = line.replace("?", "*").split()
        if len(fields) == 6 and not seconds:
            raise ValueError("it has six fields; write `withSeconds: true` if the first is seconds")
        if len(fields) not in (5, 6):
            raise ValueError("a cron line has five fields; write one such as `0 9 * * MON-FRI`")
        fields[-1] = _SUNDAY_LAST.sub("-7", fields[-1])
        return cls(" ".join(fields), never=_is_never(fields))

    def next(self, after: datetime, zone: tzinfo) -> datetime | None:
        """The first moment later than `after`, in the zone; None when there is none in 50 years."""
        # Compared in UTC: Python compares two times of one zone by their wall clocks.
        if self.never:
            return None
        after = after.astimezone(UTC)
        return next((m for m in self._moments(after, zone, -1) if m > after), None)

    def previous(self, before: datetime, zone: tzinfo) -> datetime | None:
        """The last moment earlier than `before`, in the zone; None when there is none."""
        if self.never:
            return None
        before = before.astimezone(UTC)
        return next((m for m in self._moments(before, zone, 1) if m < before), None)

    def _moments(self, start: datetime, zone: tzinfo, away: int) -> Iterator[datetime]:
        """Moments from a little beside `start`, forwards for -1 and backwards for 1."""
        reverse = away > 0
        local = start.astimezone(zone)
        if not self._is_time_of_day:
            yield from _Walk(self.line, local, reverse=reverse)
            return
        wall = local.replace(tzinfo=None, microsecond=0) + away * _AROUND
        for moment in CronSim(self.line, wall, reverse=reverse):
            yield _resolved(moment, zone)

    @property
    def _is_time_of_day(self) -> bool:
        minute, hour = self.line.split()[-5:-3]
        return not minute.startswith("*") and not hour.startswith("*")


class _Walk(CronSim):
    """Looks at the clock on the wall at every quarter of an hour and at every minute. The library
    leaps by whole hours, and misses moments where a zone moves by half an hour, as Lord Howe does.
    """

    def advance_hour(self) -> bool:
        if self.dt.hour in self.hours:
            return False
        self.dt = self.dt.replace(minute=0, second=0)
        self._tick_to_hour()
        return True

    def reverse_hour(self) -> bool:
        if self.dt.hour in self.hours:
            return False
        self.dt = self.dt.replace(minute=59, second=59)
        self._tick_to_hour()
        return True

    def advance_minute(self) -> bool:
        if self.dt.minute in self.minutes:
            return False
        self.dt = self.dt.replace(second=0)
        self._tick_to_minute()
        return True

    def reverse_minute(self) -> bool:
        if self.dt.minute in self.minutes:
            return False
        self.dt = self.dt.replace(second=59)
        self._tick_to_minute()
        return True

    def _tick_to_hour(self) -> None:
        """To an hour that fits, or into another day, which may not."""
        day = self.dt.date()
        while self.dt.hour not in self.hours and self.dt.date() == day:
            self.tick(_QUARTER)

    def _tick_to_minute(self) -> None:
        """To a minute that fits, or into another hour, which may not."""
        hour = self.dt.hour
        while self.dt.minute not in self.minutes and self.dt.hour == hour:
            self.tick(60)


def _is_never(fields: list[str]) -> bool:
    """Whether the fields can be read but no month has such a day. Raises ValueError."""
    try:
        CronSim(" ".join(fields), _ANY_DAY)
    except CronSimError as error:
        any_month = [*fields[:-2], "*", fields[-1]]
        try:
            CronSim(" ".join(any_month), _ANY_DAY)
            CronSim(" ".join([*fields[:-3], "*", *fields[-2:]]), _ANY_DAY)
        except CronSimError:
            field = str(error).removeprefix("Bad ")
            raise ValueError(
                f"the field {field} of `{' '.join(fields)}` cannot be read; "
                "write numbers or names, joined by `,` or `-`, or `*`, or steps such as `*/5`"
            ) from None
        return True
    return False


def _resolved(wall: datetime, zone: tzinfo) -> datetime:
    """The moment of a wall clock's time: the first of two, or the end of the gap it falls into."""
    moment = wall.replace(tzinfo=zone, fold=0)
    back = moment.astimezone(UTC).astimezone(zone)
    if back.replace(tzinfo=None) == wall:
        return moment
    # In a gap: fold 0 counts with the offset before it, fold 1 with the one after.
    before, after = moment.utcoffset(), wall.replace(tzinfo=zone, fold=1).utcoffset()
    gap = (after or timedelta()) - (before or timedelta())
    return _end_of_gap(back, gap, zone)


def _end_of_gap(inside: datetime, gap: timedelta, zone: tzinfo) -> datetime:
    """The first moment with the new offset, searched by halves to the second."""
    high = inside.astimezone(UTC)
    low = high - gap - timedelta(seconds=1)
    offset = high.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        if middle.astimezone(zone).utcoffset() == offset:
            high = middle
        else:
            low = middle
    return high.replace(microsecond=0).astimezone(zone)
