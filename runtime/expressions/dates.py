"""Filters and functions on dates: `date`, `dateAdd`, `timestamp…`, `now()`.

A date is an ISO text, a moment, or seconds since 1970. Text without a zone is taken in
`timeZone`, and every result is shown in `timeZone`; the default is UTC. Moments are exact to the
microsecond.
"""

import calendar
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from runtime.expressions.access import describe
from runtime.expressions.date_formats import DAY_UNITS, EXACT_UNITS, MONTH_UNITS
from runtime.expressions.java_date_parsing import read_date, read_iso, zone_of
from runtime.expressions.java_dates import write_date
from runtime.expressions.names import Table
from runtime.expressions.operators import is_number
from runtime.expressions.printing import to_text
from runtime.expressions.problems import ExpressionError, nearest
from runtime.expressions.state import State
from runtime.expressions.text_filters import whole

_LOCALE = "en_US"
_UTC = zone_of("UTC")


def to_moment(value: Any, zone: tzinfo = _UTC, form: Any = None, locale: str = _LOCALE) -> datetime:
    """Any of the three ways to write a date, as a moment with its zone."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=zone)
    if isinstance(value, date):
        return datetime.combine(value, time(12), zone)
    if is_number(value):
        try:
            return datetime.fromtimestamp(float(value), UTC).astimezone(zone)
        except (ValueError, OverflowError, OSError):
            raise ExpressionError(f"`{to_text(value)}` is not a number of seconds") from None
    if isinstance(value, str):
        return (
            read_iso(value, zone) if form is None else read_date(value, to_text(form), zone, locale)
        )
    raise ExpressionError(f"{describe(value)} is not a date")


def _shown(moment: datetime, form: Any, zone: tzinfo, locale: Any) -> str:
    shown_form = "iso" if form is None else to_text(form)
    try:
        return write_date(moment.astimezone(zone), shown_form, to_text(locale) or _LOCALE)
    except OverflowError:
        raise ExpressionError("the date is out of range") from None


def _zone(name: Any) -> tzinfo:
    return _UTC if name is None else zone_of(to_text(name))


def date_(
    value: Any,
    format: Any = None,
    time_zone: Any = None,
    existing_format: Any = None,
    locale: Any = None,
) -> str | None:
    """`date('yyyy-MM-dd', timeZone='Europe/Paris')`; a named format, a style or a pattern."""
    if value is None:
        return None
    zone = _zone(time_zone)
    moment = to_moment(value, zone, existing_format, to_text(locale) or _LOCALE)
    return _shown(moment, format, zone, locale)


def date_add(
    value: Any,
    amount: Any,
    unit: Any,
    format: Any = None,
    time_zone: Any = None,
    existing_format: Any = None,
    locale: Any = None,
) -> str | None:
    """A date moved: `dateAdd(-1, 'DAYS')`; days and longer by the calendar, the rest exactly."""
    if value is None:
        return None
    zone = _zone(time_zone)
    moment = to_moment(value, zone, existing_format, to_text(locale) or _LOCALE)
    moved = _moved(moment, whole(amount, "amount"), to_text(unit).upper())
    return _shown(moved, format, zone, locale)


def _moved(moment: datetime, amount: int, unit: str) -> datetime:
    try:
        if unit in EXACT_UNITS:
            exact = moment.astimezone(UTC) + timedelta(microseconds=amount * EXACT_UNITS[unit])
            return exact.astimezone(moment.tzinfo)
        if unit in DAY_UNITS:
            return moment + timedelta(days=amount * DAY_UNITS[unit])
        if unit in MONTH_UNITS:
            months = moment.year * 12 + moment.month - 1 + amount * MONTH_UNITS[unit]
            year, month = months // 12, months % 12 + 1
            day = min(moment.day, calendar.monthrange(year, month)[1])
            return moment.replace(year=year, month=month, day=day)
    except (ValueError, OverflowError, IndexError):
        raise ExpressionError("the date is out of range") from None
    known = [*EXACT_UNITS, *DAY_UNITS, *MONTH_UNITS]
    raise ExpressionError(f"there is no unit of time `{unit}`", hint=nearest(unit, known))


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _micros(value: Any, time_zone: Any, existing_format: Any) -> int:
    moment = to_moment(value, _zone(time_zone), existing_format)
    return (moment - _EPOCH) // timedelta(microseconds=1)


def timestamp(value: Any, time_zone: Any = None, existing_format: Any = None) -> int | None:
    """Seconds since 1970."""
    return None if value is None else _micros(value, time_zone, existing_format) // 1_000_000


def timestamp_milli(value: Any, time_zone: Any = None, existing_format: Any = None) -> int | None:
    """Milliseconds since 1970."""
    return None if value is None else _micros(value, time_zone, existing_format) // 1_000


def timestamp_micro(value: Any, time_zone: Any = None, existing_format: Any = None) -> int | None:
    """Microseconds since 1970."""
    return None if value is None else _micros(value, time_zone, existing_format)


def timestamp_nano(value: Any, time_zone: Any = None, existing_format: Any = None) -> int | None:
    """Nanoseconds since 1970, exact to a thousand."""
    return None if value is None else _micros(value, time_zone, existing_format) * 1_000


def now(
    state: State,
    format: Any = None,
    time_zone: Any = None,
    existing_format: Any = None,
    locale: Any = None,
) -> str:
    """The present, as text; filters read it again."""
    return _shown(state.scope.clock(), format, _zone(time_zone), locale)


FILTERS: Table = {
    "date": date_,
    "dateAdd": date_add,
    "timestamp": timestamp,
    "timestampMicro": timestamp_micro,
    "timestampMilli": timestamp_milli,
    "timestampNano": timestamp_nano,
}

FUNCTIONS: Table = {"now": now}
