"""Backfills: run a schedule's moments of a span of time, whether they ran before or not.

A backfill is kept on its trigger's row and done by the scheduler beside the trigger's own moments,
a few executions at a time. Each moment has a key of its own, so none runs twice.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from runtime.clock import Clock
from runtime.engine.moments import Moments
from runtime.engine.trigger_book import Known, TriggerBook
from runtime.errors import Conflict, ErrorCode, InvalidInput, NotFound
from runtime.store import trigger_state
from runtime.store.pool import Pool
from runtime.store.trigger_state import Due
from runtime.store.triggers import TriggerKey
from runtime.triggers.trigger import TimedTrigger

_AT_ONCE = 10
"""Executions of one backfill that may be unfinished at a time."""
_MOST_SLOTS = 50
_JUST = timedelta(microseconds=1)
BACKFILL_LABEL = "system.backfill"


class BackfillAction(StrEnum):
    """What may be done to a backfill."""

    START = "START"
    PAUSE = "PAUSE"
    RESUME = "RESUME"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class BackfillRequest:
    """What somebody wants of a backfill; only START looks at anything but the action."""

    action: BackfillAction = BackfillAction.START
    start: datetime | None = None
    end: datetime | None = None
    """Included; the present when it is not given."""
    inputs: Mapping[str, object] = field(default_factory=dict)
    """Over those of the trigger."""
    labels: Mapping[str, str] = field(default_factory=dict)


class Backfills:
    """Begins, pauses, resumes, cancels and carries on backfills."""

    def __init__(
        self,
        pool: Pool,
        book: TriggerBook,
        moments: Moments,
        clock: Clock,
    ) -> None:
        self._pool = pool
        self._book = book
        self._moments = moments
        self._clock = clock

    async def request(self, key: TriggerKey, request: BackfillRequest, actor: str | None) -> None:
        """Raises NotFound, Conflict (one is under way, or none is), InvalidInput."""
        if request.action is BackfillAction.START:
            await self._start(key, request, actor)
        elif not await self._change(key, request.action, actor):
            await self._find(key)
            raise Conflict(
                f"The trigger {key[2]} has no backfill.",
                hint="It may have ended; start another one.",
                code=ErrorCode.INVALID_STATE,
            )

    async def _change(self, key: TriggerKey, action: BackfillAction, actor: str | None) -> bool:
        """False when there is no backfill to change."""
        now = self._clock.now()
        if action is BackfillAction.CANCEL:
            found = await trigger_state.switches(self._pool, key)
            await trigger_state.set_backfill(self._pool, key, None, now, actor)
            return found is not None and found.backfill is not None
        paused = action is BackfillAction.PAUSE
        return await trigger_state.pause_backfill(self._pool, key, paused, now, actor)

    async def _start(self, key: TriggerKey, request: BackfillRequest, actor: str | None) -> None:
        now = self._clock.now()
        known = await self._find(key)
        if known is None or not isinstance(known.kind, TimedTrigger):
            raise InvalidInput(
                f"The trigger {key[2]} has no moments that could be made up for.",
                hint="Only an enabled Schedule or ScheduleOnDates can be backfilled.",
            )
        if request.start is None:
            raise InvalidInput("A backfill needs a `start`.", path=("start",))
        end = request.end or now
        first = known.kind.next(request.start - _JUST)
        if first is None or first > end:
            raise InvalidInput(
                f"The trigger {key[2]} has no moment from {request.start.isoformat()} "
                f"to {end.isoformat()}.",
                hint="Choose a longer span.",
                path=("end",),
            )
        backfill = {
            "id": secrets.token_hex(6),
            "start": request.start.isoformat(),
            "end": end.isoformat(),
            "currentDate": first.isoformat(),
            "inputs": dict(request.inputs),
            "labels": dict(request.labels),
            "paused": False,
            "running": [],
        }
        if not await trigger_state.set_backfill(self._pool, key, backfill, now, actor):
            raise Conflict(
                f"The trigger {key[2]} has a backfill under way.",
                hint="Wait for its end, or cancel it first.",
                code=ErrorCode.INVALID_STATE,
            )

    async def _find(self, key: TriggerKey) -> Known | None:
        """The trigger, if it is enabled. Raises NotFound."""
        await self._book.refresh()
        found = await trigger_state.switches(self._pool, key)
        if found is None:
            raise no_trigger(key)
        return None if found.flow_disabled else await self._book.find(key, found.flow_revision)

    async def go_on(self, due: Due, known: Known, kind: TimedTrigger) -> list[str]:
        """Run the next moments; the executions one of which has to end before more are started."""
        backfill = dict(due.backfill or {})
        id_, end = str(backfill["id"]), _moment(backfill["end"])
        at_once = _AT_ONCE if known.trigger.allow_concurrent else 1
        running = await trigger_state.unfinished(self._pool, _texts(backfill["running"]))
        slot: datetime | None = _moment(backfill["currentDate"])
        for _ in range(_MOST_SLOTS):
            if slot is None or slot > end:
                await trigger_state.end_backfill(self._pool, due.key, id_, self._clock.now())
                return []
            if len(running) >= at_once:
                running = await trigger_state.unfinished(self._pool, running)
                if len(running) >= at_once:
                    return running
            started = await self._run(known, kind, slot, backfill)
            slot = kind.next(slot)
            running = [*running, *([started] if started else [])]
            news = {"running": running, "currentDate": (slot or end + _JUST).isoformat()}
            if not await trigger_state.change_backfill(
                self._pool, due.key, id_, news, self._clock.now()
            ):
                return []
            if await self._is_paused(due.key):
                return []
        return []

    async def _is_paused(self, key: TriggerKey) -> bool:
        found = await trigger_state.switches(self._pool, key)
        return found is None or found.backfill is None or bool(found.backfill["paused"])

    async def _run(
        self, known: Known, kind: TimedTrigger, slot: datetime, backfill: Mapping[str, object]
    ) -> str | None:
        inputs, labels = backfill["inputs"], backfill["labels"]
        return await self._moments.start(
            known,
            kind,
            slot,
            f"backfill:{backfill['id']}:{known.trigger.id}:{slot.isoformat()}",
            inputs=inputs if isinstance(inputs, Mapping) else {},
            labels={**(labels if isinstance(labels, Mapping) else {}), BACKFILL_LABEL: "true"},
        )


def no_trigger(key: TriggerKey) -> NotFound:
    return NotFound(
        f"Flow {key[0]}.{key[1]} has no trigger {key[2]}.",
        hint="Ask for `triggers` to see which there are.",
    )


def _moment(value: object) -> datetime:
    return datetime.fromisoformat(str(value))


def _texts(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []
