"""`core.trigger.Schedule`: by a cron line."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from typing import ClassVar, Literal

from pydantic import BaseModel, Field, ValidationInfo, field_validator

from runtime.errors import FlowdeckError
from runtime.expressions.java_date_parsing import zone_of
from runtime.flows.types import Advice
from runtime.triggers.cron import Cron
from runtime.triggers.trigger import RecoverMissed, ScheduleOutputs, Seconds, TimedTrigger

_ANY_DAY = datetime(2024, 1, 1, tzinfo=UTC)


def checked_zone(name: str | None) -> str | None:
    """The name of a time zone. Raises ValueError."""
    if name is not None:
        try:
            zone_of(name)
        except FlowdeckError as error:
            raise ValueError(str(error)) from None
    return name


class Schedule(TimedTrigger):
    """Start the flow by a cron line.

    `cron` has five fields, six when `withSeconds` is true (seconds first), or is a nickname such as
    `@hourly`. It is meant in `timezone`, by default UTC. A line with a fixed minute and hour means
    a time of day: on the day a clock change leaves it out it fires right after the gap, on the day
    it comes twice it fires the first time. Any other line follows real time.

    `recoverMissedSchedules` says what becomes of moments at which no server was there: `ALL` of
    them are made up for, only the `LAST`, or `NONE`. `lateMaximumDelay` drops those that are older.
    When `conditions` or `when` do not hold at a moment, nothing is started then.

    A moment that comes while the execution of the moment before still runs waits for its end, as
    in Kestra; `allowConcurrent: true` lets them overlap.
    """

    type_name: ClassVar[str] = "io.kestra.plugin.core.trigger.Schedule"
    outputs: ClassVar[type[BaseModel] | None] = ScheduleOutputs

    with_seconds: bool = False
    cron: str
    timezone: str | None = None
    late_maximum_delay: Seconds | None = None
    recover_missed_schedules: RecoverMissed = "ALL"
    schedule_conditions: list[dict[str, object]] = Field(default_factory=list)
    """An older name of `conditions`."""
    backfill: dict[str, object] | None = None
    """Accepted from older flows; a backfill is asked for when it is wanted."""
    _zone_exists = field_validator("timezone")(checked_zone)

    @field_validator("cron")
    @classmethod
    def _can_be_read(cls, cron: str, info: ValidationInfo) -> str:
        Cron.parse(cron, seconds=bool(info.data.get("with_seconds")))
        return cron

    @classmethod
    def advise(cls, written: Mapping[str, object]) -> Iterable[Advice]:
        try:
            cron = Cron.parse(str(written.get("cron")), seconds=bool(written.get("withSeconds")))
        except ValueError:  # an expression; or wrong, which is said elsewhere
            return
        if cron.never or cron.next(_ANY_DAY, UTC) is None:
            message = f"`{cron.line}` never fires: no date fits it."
            yield Advice("cron", message, "Choose a day that exists in that month.")

    @cached_property
    def _cron(self) -> Cron:
        return Cron.parse(self.cron, seconds=self.with_seconds)

    @cached_property
    def zone(self) -> tzinfo:
        return zone_of(self.timezone) if self.timezone else UTC

    @property
    def recover(self) -> Literal["ALL", "LAST", "NONE"]:
        return self.recover_missed_schedules

    @property
    def latest(self) -> float | None:
        return self.late_maximum_delay

    def next(self, after: datetime) -> datetime | None:
        return self._cron.next(after, self.zone)

    def previous(self, before: datetime) -> datetime | None:
        return self._cron.previous(before, self.zone)
