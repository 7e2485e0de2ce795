"""What people do to triggers: switch them, backfill them, call them."""

from contextlib import suppress
from dataclasses import dataclass

from runtime.clock import Clock
from runtime.engine.backfill import BackfillRequest, Backfills, no_trigger
from runtime.engine.trigger_book import TriggerBook
from runtime.engine.webhooks import Webhooks
from runtime.errors import Conflict, ErrorCode, Unavailable
from runtime.events.bus import Bus, Topic
from runtime.store import trigger_state
from runtime.store.pool import Pool
from runtime.store.triggers import TriggerKey
from runtime.triggers.trigger import TimedTrigger


@dataclass(frozen=True, slots=True)
class TriggerDoor:
    """Each method returns when its effect is durable."""

    pool: Pool
    book: TriggerBook
    clock: Clock
    bus: Bus
    backfills: Backfills
    webhooks: Webhooks

    async def declare(self) -> None:
        """Have the triggers be what the flows say now. While the database does not answer it is
        left to the scheduler, which does the same."""
        with suppress(Unavailable):
            await self.book.refresh()

    async def set_disabled(self, key: TriggerKey, disabled: bool, *, actor: str | None) -> None:
        """Moments that pass while a trigger is off are not made up for.

        Raises NotFound; Conflict for switching on what the flow itself disables.
        """
        found = await trigger_state.switches(self.pool, key)
        if found is None:
            raise no_trigger(key)
        if found.source_disabled and not disabled:
            raise Conflict(
                f"The flow itself says that its trigger {key[2]} is disabled.",
                hint="Take `disabled: true` out of the flow and save it.",
                code=ErrorCode.INVALID_STATE,
            )
        await trigger_state.switch(self.pool, key, disabled, self.clock.now(), actor)
        self.bus.announce(Topic.TRIGGERS, "/".join(key))

    async def backfill(
        self, key: TriggerKey, request: BackfillRequest, *, actor: str | None
    ) -> None:
        """Raises NotFound, Conflict, InvalidInput."""
        await self.backfills.request(key, request, actor)
        self.bus.announce(Topic.TRIGGERS, "/".join(key))

    async def timed(self, key: TriggerKey, revision: int) -> TimedTrigger | None:
        """What fires at known moments, as that revision says it; None for what waits for something
        else, is off by the flow itself, or cannot be read. Raises Unavailable."""
        known = await self.book.find(key, revision)
        return known.kind if known and isinstance(known.kind, TimedTrigger) else None
