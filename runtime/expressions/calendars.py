"""Functions for conditions on dates: weekends, holidays, the last working day.

A date counts by its own calendar day, in the zone it is written in.
"""

import calendar
import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from runtime.expressions.dates import to_moment
from runtime.expressions.names import Table
from runtime.expressions.printing import to_text
from runtime.expressions.problems import ExpressionError, nearest
from runtime.expressions.state import State

DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
_POSITIONS = {"FIRST": 0, "SECOND": 1, "THIRD": 2, "FOURTH": 3, "LAST": -1}
_YEARS = (1900, 2200)
_offset_re = re.compile(r"(?:Z|[+-]\d\d(?::?\d\d){0,2})(?:\[[\w/+-]+\])?\s*$", re.IGNORECASE)


def _day(value: Any) -> date:
    if value is None:
        raise ExpressionError("the date is null", hint="Use `?? now()` for the present.")
    return to_moment(value).date()


def _weekday(name: Any) -> int:
    text = to_text(name).strip().upper()
    if text not in DAYS:
        raise ExpressionError(f"there is no day `{text}`", hint=nearest(text, DAYS))
    return DAYS.index(text)


def day_of_week(state: State, date: Any) -> str:
    """`MONDAY` to `SUNDAY`."""
    return DAYS[_day(date).weekday()]


def day_of_month(state: State, date: Any) -> int:
    """1 to 31."""
    return _day(date).day


def month_of_year(state: State, date: Any) -> int:
    """1 to 12."""
    return _day(date).month


def hour_of_day(state: State, date: Any) -> int:
    """0 to 23, in the zone the date is written in."""
    return to_moment(date).hour


def is_weekend(state: State, date: Any) -> bool:
    return _day(date).weekday() >= 5


def is_public_holiday(state: State, date: Any, country_code: Any, sub_division: Any = None) -> bool:
    """By the country's ISO code (`FR`), perhaps with a subdivision (`57`)."""
    day = _day(date)
    if not _YEARS[0] <= day.year <= _YEARS[1]:
        raise ExpressionError(f"holidays are known from {_YEARS[0]} to {_YEARS[1]}")
    division = to_text(sub_division).strip() or None
    return day in holidays_of(to_text(country_code).upper(), division, day.year)


@lru_cache(maxsize=256)
def holidays_of(country: str, division: str | None, year: int) -> frozenset[date]:
    """The public holidays of a year, by codes of ISO 3166. A subdivision without any of its own
    has those of the country, as Kestra has it. Raises ExpressionError for an unknown country."""
    import holidays  # slow to load, and most processes never ask

    try:
        known = holidays.country_holidays(country).subdivisions
    except NotImplementedError:
        raise ExpressionError(
            f"the holidays of `{country}` are not known",
            hint="Write the country's ISO code, such as `FR`.",
        ) from None
    own = division if division in known else None
    return frozenset(holidays.country_holidays(country, subdiv=own, years=year))


def is_day_week_in_month(state: State, date: Any, day_of_week: Any, position: Any) -> bool:
    """Whether it is, say, the SECOND TUESDAY of its month."""
    day, weekday = _day(date), _weekday(day_of_week)
    where = to_text(position).upper()
    if where not in _POSITIONS:
        raise ExpressionError(f"there is no position `{where}`", hint=nearest(where, _POSITIONS))
    length = calendar.monthrange(day.year, day.month)[1]
    days = [n for n in range(1, length + 1) if day.replace(day=n).weekday() == weekday]
    return days[_POSITIONS[where]] == day.day


def is_last_working_day(state: State, date: Any, working_days: Any = None) -> bool:
    """Whether no working day of its month comes after it; Monday to Friday unless told."""
    names = [n for n in re.split(r"[,\s]+", to_text(working_days)) if n]
    working = {_weekday(name) for name in names} or set(range(5))
    day = _day(date)
    last = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    while last.weekday() not in working:
        last -= timedelta(days=1)
    return day == last


def is_date_before(state: State, date: Any, before: Any) -> bool:
    return _instant(date) < _instant(before)


def is_date_after(state: State, date: Any, after: Any) -> bool:
    return _instant(date) > _instant(after)


def is_date_between(state: State, date: Any, after: Any, before: Any) -> bool:
    """Later than `after` and earlier than `before`, neither included."""
    return _instant(after) < _instant(date) < _instant(before)


def _instant(value: Any) -> datetime:
    """A moment that does not depend on where one is: a time needs its offset."""
    moment = to_moment(value)
    if isinstance(value, str) and "T" in value and _offset_re.search(value) is None:
        raise ExpressionError(
            f"`{value[:40]}` has no offset, so it may be any of several moments",
            hint="Write it with one: 2026-03-01T00:00:00Z.",
        )
    return moment


FUNCTIONS: Table = {
    "dayOfMonth": day_of_month,
    "dayOfWeek": day_of_week,
    "hourOfDay": hour_of_day,
    "isDateAfter": is_date_after,
    "isDateBefore": is_date_before,
    "isDateBetween": is_date_between,
    "isDayWeekInMonth": is_day_week_in_month,
    "isLastWorkingDay": is_last_working_day,
    "isPublicHoliday": is_public_holiday,
    "isWeekend": is_weekend,
    "monthOfYear": month_of_year,
}
