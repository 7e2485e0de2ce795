"""What expressions see as `trigger` at a moment of a schedule."""

from collections.abc import Callable
from datetime import datetime

from runtime.engine.occasions import Occasions
from runtime.engine.trigger_book import Known
from runtime.engine.variables import iso
from runtime.errors import FlowdeckError
from runtime.triggers.trigger import TimedTrigger

_FURTHEST = 400
"""Moments that are looked at for the one before and the one after: a day's schedule for a year."""


async def slot_variables(
    occasions: Occasions, known: Known, kind: TimedTrigger, slot: datetime
) -> dict[str, object]:
    """`date`, `next` and `previous`, in the trigger's zone; null where there is none.

    With conditions, `next` and `previous` are the nearest moments for which they hold.
    """
    return {
        "date": _shown(slot, kind),
        "next": _shown(await _nearest(occasions, known, kind, slot, kind.next), kind),
        "previous": _shown(await _nearest(occasions, known, kind, slot, kind.previous), kind),
    }


async def _nearest(
    occasions: Occasions,
    known: Known,
    kind: TimedTrigger,
    slot: datetime,
    step: Callable[[datetime], datetime | None],
) -> datetime | None:
    moment = first = step(slot)
    for _ in range(_FURTHEST):
        if moment is None:
            return None
        seen = {"trigger": {"date": _shown(moment, kind)}}
        at = moment.astimezone(kind.zone)
        try:
            if await occasions.hold(known.flow, known.trigger, at, seen):
                return moment
        except FlowdeckError:
            return first  # what is wrong with the conditions is said where they decide
        moment = step(moment)
    return None


def _shown(moment: datetime | None, kind: TimedTrigger) -> str | None:
    if moment is None:
        return None
    return iso(moment, kind.zone)
