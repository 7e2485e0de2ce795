"""What expressions see as `trigger` at a moment of a schedule."""

from datetime import datetime

from runtime.triggers.trigger import TimedTrigger


def slot_variables(kind: TimedTrigger, slot: datetime) -> dict[str, object]:
    """`date`, `next` and `previous`, in the trigger's zone; null where there is none."""
    return {
        "date": _shown(slot, kind),
        "next": _shown(kind.next(slot), kind),
        "previous": _shown(kind.previous(slot), kind),
    }


def _shown(moment: datetime | None, kind: TimedTrigger) -> str | None:
    if moment is None:
        return None
    return moment.astimezone(kind.zone).isoformat(timespec="milliseconds").replace("+00:00", "Z")
