"""How dates and times are written into files of text."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from runtime.expressions.java_dates import write_date
from runtime.expressions.printing import to_text
from runtime.tasks.rows import to_json_value
from runtime.tasks.task import TaskFailed

_LOCALE = "en"


@dataclass(frozen=True, slots=True)
class Moments:
    """Patterns as Java has them; without one ISO 8601, in UTC."""

    date: str | None = None
    time: str | None = None
    date_time: str | None = None
    zone: str | None = None

    def text(self, value: object) -> str:
        """Any value as text, dates and times by their pattern."""
        match value:
            case datetime():
                return self._moment(value)
            case date() if self.date:
                return write_date(datetime.combine(value, time(), UTC), self.date, _LOCALE)
            case time() if self.time:
                return write_date(datetime.combine(date(1970, 1, 1), value), self.time, _LOCALE)
        return to_text(to_json_value(value))

    def _moment(self, value: datetime) -> str:
        if self.zone and value.tzinfo is not None:
            value = value.astimezone(self._zone())
        if self.date_time:
            return write_date(value, self.date_time, _LOCALE)
        return value.isoformat() if self.zone else to_text(to_json_value(value))

    def _zone(self) -> ZoneInfo:
        try:
            return ZoneInfo(self.zone or "UTC")
        except (ZoneInfoNotFoundError, ValueError):
            raise TaskFailed(f"There is no time zone {self.zone!r}.") from None


ISO = Moments()
