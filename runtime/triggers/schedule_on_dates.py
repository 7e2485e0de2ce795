"""`core.trigger.ScheduleOnDates`: at given moments."""

from datetime import UTC, datetime, tzinfo
from typing import ClassVar, Literal

from pydantic import BaseModel, field_validator

from runtime.expressions.java_date_parsing import zone_of
from runtime.triggers.schedule import checked_zone
from runtime.triggers.trigger import RecoverMissed, ScheduleOutputs, TimedTrigger


class ScheduleOnDates(TimedTrigger):
    """Start the flow at each of the given dates.

    A date without an offset is meant in `timezone`, by default UTC. Dates that are past when the
    flow is saved start nothing.
    """

    type_name: ClassVar[str] = "io.kestra.plugin.core.trigger.ScheduleOnDates"
    outputs: ClassVar[type[BaseModel] | None] = ScheduleOutputs

    dates: list[datetime]
    timezone: str | None = None
    recover_missed_schedules: RecoverMissed = "ALL"

    _zone_exists = field_validator("timezone")(checked_zone)

    @property
    def zone(self) -> tzinfo:
        return zone_of(self.timezone) if self.timezone else UTC

    @property
    def recover(self) -> Literal["ALL", "LAST", "NONE"]:
        return self.recover_missed_schedules

    def next(self, after: datetime) -> datetime | None:
        return min((date for date in self._moments() if date > after), default=None)

    def previous(self, before: datetime) -> datetime | None:
        return max((date for date in self._moments() if date < before), default=None)

    def _moments(self) -> list[datetime]:
        return [
            (date if date.tzinfo else date.replace(tzinfo=self.zone)).astimezone(UTC)
            for date in self.dates
        ]
