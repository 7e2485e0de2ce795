"""What becomes of one moment of a schedule: an execution, or nothing when conditions forbid it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from runtime.engine.launch import Launch, Launcher
from runtime.engine.occasions import Occasions
from runtime.engine.trigger_book import Known
from runtime.engine.trigger_log import TriggerLog
from runtime.engine.variables import iso
from runtime.errors import FlowdeckError, Unavailable
from runtime.executions.model import LogLevel
from runtime.triggers.conditions import looks_at_day_only
from runtime.triggers.trigger import TimedTrigger

_FURTHEST = 400
"""Moments that are looked at for the one before and the one after. A day that does not fit counts
as one, so that a year is seen whatever the rhythm."""
_DAY = timedelta(days=1)
_JUST = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Moments:
    """Starts flows at moments, whether they have just come or are made up for."""

    occasions: Occasions
    launcher: Launcher
    log: TriggerLog

    async def start(
        self,
        known: Known,
        kind: TimedTrigger,
        slot: datetime,
        key: str,
        *,
        inputs: Mapping[str, object] | None = None,
        labels: Mapping[str, str] | None = None,
    ) -> str | None:
        """The execution; None when the conditions do not hold, or a check forbids to start.

        What cannot be evaluated ends as an execution that FAILED. `trigger` is the moment as
        `date`, with `next` and `previous`: the nearest for which the conditions hold, too.
        """
        launch = Launch(
            flow=known.flow,
            trigger=known.trigger,
            variables=_variables(kind, slot, kind.next(slot), kind.previous(slot)),
            key=key,
            inputs=inputs or {},
            labels=labels or {},
            scheduled_at=slot,
        )
        try:
            if not await self._fits(known, kind, slot, launch.variables):
                message = f"The conditions do not hold at {iso(slot, kind.zone)}."
                self.log.say(known.flow, known.trigger, LogLevel.DEBUG, message)
                return None
            after = await self._nearest(known, kind, slot, kind.next)
            before = await self._nearest(known, kind, slot, kind.previous)
        except Unavailable:
            raise
        except FlowdeckError as error:
            return await self.launcher.fail(launch, error)
        variables = _variables(kind, slot, after, before)
        return await self.launcher.launch(replace(launch, variables=variables))

    async def _fits(
        self, known: Known, kind: TimedTrigger, moment: datetime, seen: Mapping[str, object]
    ) -> bool:
        at = moment.astimezone(kind.zone)
        return await self.occasions.hold(known.flow, known.trigger, at, {"trigger": seen})

    async def _nearest(
        self,
        known: Known,
        kind: TimedTrigger,
        slot: datetime,
        step: Callable[[datetime], datetime | None],
    ) -> datetime | None:
        moment = step(slot)
        trigger = known.trigger
        if not trigger.when and not trigger.conditions:
            return moment
        by_day = tuple(filter(looks_at_day_only, trigger.conditions))
        judged_by_day = replace(known, trigger=replace(trigger, when=None, conditions=by_day))
        for _ in range(_FURTHEST):
            if moment is None:
                return None
            seen = {"date": iso(moment, kind.zone)}
            if await self._fits(known, kind, moment, seen):
                return moment
            if not await self._fits(judged_by_day, kind, moment, seen):
                moment = _beyond_day(moment.astimezone(kind.zone), forward=moment > slot)
            moment = step(moment)
        return None


def _beyond_day(moment: datetime, *, forward: bool) -> datetime:
    """Where to look on when nothing of the moment's day fits."""
    midnight = datetime.combine(moment.date(), time(), moment.tzinfo)
    return midnight + _DAY - _JUST if forward else midnight


def _variables(
    kind: TimedTrigger, slot: datetime, after: datetime | None, before: datetime | None
) -> dict[str, object]:
    """In the trigger's zone; null where there is none."""
    return {
        "date": iso(slot, kind.zone),
        "next": iso(after, kind.zone) if after else None,
        "previous": iso(before, kind.zone) if before else None,
    }
