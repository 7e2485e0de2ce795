"""Conditions on a date: that of the schedule, or the present when there is none."""

import calendar
import datetime as dt
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator

from runtime.errors import FlowdeckError
from runtime.expressions.calendars import holidays_of
from runtime.expressions.dates import to_moment
from runtime.triggers.condition import ConditionType, Occasion
from runtime.triggers.trigger import upper

_DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
_PLACES = {"FIRST": 0, "SECOND": 1, "THIRD": 2, "FOURTH": 3, "LAST": -1}


def _moment(value: object) -> object:
    if value is None or value == "":
        return None
    try:
        return to_moment(value)
    except FlowdeckError as error:
        raise ValueError(error.message) from None


def _time(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return dt.time.fromisoformat(value.strip())
    except ValueError:
        raise ValueError(f"`{value[:40]}` is not a time; write 09:00:00 or 09:00:00Z") from None


Moment = Annotated[dt.datetime | None, BeforeValidator(_moment)]
TimeOfDay = Annotated[dt.time | None, BeforeValidator(_time)]
DayName = Annotated[
    Literal["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"],
    BeforeValidator(upper),
]
Place = Annotated[
    Literal["FIRST", "SECOND", "THIRD", "FOURTH", "LAST"],
    BeforeValidator(upper),
]


class DateCondition(ConditionType):
    """Base of conditions on a date."""

    date: Moment = None
    """Which date is looked at; by default that of the schedule, else the present."""

    def moment(self, occasion: Occasion) -> dt.datetime:
        return self.date or occasion.at


class DayCondition(DateCondition):
    """Base of conditions that look at the day and not at the time."""

    def day(self, occasion: Occasion) -> dt.date:
        return self.moment(occasion).date()


class DateTimeBetween(DateCondition):
    """The date is later than `after` and earlier than `before`; either may be left out."""

    type_name: ClassVar[str] = "io.kestra.plugin.core.condition.DateTimeBetween"

    after: Moment = None
    before: Moment = None

    def evaluate(self, occasion: Occasion) -> bool:
        moment = self.moment(occasion)
        late = self.after is None or moment > self.after
        return late and (self.before is None or moment < self.before)


class DayWeek(DayCondition):
    """The date is a given day of the week."""

    type_name: ClassVar[str] = "io.kestra.plugin.core.condition.DayWeek"

    day_of_week: DayName

    def evaluate(self, occasion: Occasion) -> bool:
        return _DAYS[self.day(occasion).weekday()] == self.day_of_week


class DayWeekInMonth(DayCondition):
    """The date is, say, the `SECOND` `TUESDAY` of its month."""

    type_name: ClassVar[str] = "io.kestra.plugin.core.condition.DayWeekInMonth"

    day_of_week: DayName
    day_in_month: Place

    def evaluate(self, occasion: Occasion) -> bool:
        day = self.day(occasion)
        if _DAYS[day.weekday()] != self.day_of_week:
            return False
        if self.day_in_month == "LAST":
            return day.day + 7 > calendar.monthrange(day.year, day.month)[1]
        return (day.day - 1) // 7 == _PLACES[self.day_in_month]


class TimeBetween(DateCondition):
    """The time of day is later than `after` and earlier than `before`.

    A time with an offset is compared in that offset, one without in the zone of the date. When
    `after` is later than `before` the span goes over midnight.
    """

    type_name: ClassVar[str] = "io.kestra.plugin.core.condition.TimeBetween"

    after: TimeOfDay = None
    before: TimeOfDay = None

    def evaluate(self, occasion: Occasion) -> bool:
        moment = self.moment(occasion)
        is_late = self.after is None or _clock(moment, self.after) > self.after.replace(tzinfo=None)
        is_early = self.before is None or (
            _clock(moment, self.before) < self.before.replace(tzinfo=None)
        )
        if self.after and self.before and self._goes_over_midnight:
            return is_late or is_early
        return is_late and is_early

    @property
    def _goes_over_midnight(self) -> bool:
        if self.after is None or self.before is None:
            return False
        return self.after.replace(tzinfo=None) > self.before.replace(tzinfo=None)


class Weekend(DayCondition):
    """The date is a Saturday or a Sunday."""

    type_name: ClassVar[str] = "io.kestra.plugin.core.condition.Weekend"

    def evaluate(self, occasion: Occasion) -> bool:
        return self.day(occasion).weekday() >= 5


class PublicHoliday(DayCondition):
    """The date is a public holiday of a `country` (`FR`), perhaps of a `subDivision` (`57`).

    The codes are those of ISO 3166; a subdivision without holidays of its own has the country's.
    """

    type_name: ClassVar[str] = "io.kestra.plugin.core.condition.PublicHoliday"

    country: str = "US"
    sub_division: str | None = None

    def evaluate(self, occasion: Occasion) -> bool:
        day = self.day(occasion)
        return day in holidays_of(self.country.upper(), self.sub_division, day.year)


def _clock(moment: dt.datetime, bound: dt.time) -> dt.time:
    """The time of day in the offset of the bound."""
    return (moment.astimezone(bound.tzinfo) if bound.tzinfo else moment).time()
