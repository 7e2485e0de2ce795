"""Loop: deliver stored messages when they are due: timers, ends of children, actions of others."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from runtime.clock import Clock
from runtime.loop import first_of
from runtime.store import messages
from runtime.store.messages import StoredMessage
from runtime.store.pool import Pool

_MOST = 500
_LONGEST_WAIT = 5.0


class Alarm:
    """Hands due messages to `deliver` and forgets each when `answered` is called with its id."""

    def __init__(
        self, pool: Pool, owner: str, clock: Clock, deliver: Callable[[StoredMessage], None]
    ) -> None:
        self._pool = pool
        self._owner = owner
        self._clock = clock
        self._deliver = deliver
        self._under_way: set[str] = set()
        self._wake = asyncio.Event()

    def ring(self, _text: str = "") -> None:
        """There may be something new."""
        self._wake.set()

    def answered(self, message_id: str) -> None:
        """The message is gone from the store, or somebody else will answer it."""
        self._under_way.discard(message_id)

    async def deliver_due(self) -> None:
        """Deliver what is due, then wait for the next moment or a ring. One turn of a Loop."""
        self._wake.clear()
        now = self._clock.now()
        due = await messages.due(self._pool, now, self._owner, self._under_way, _MOST)
        for message in due:
            self._under_way.add(message.id)
            self._deliver(message)
        if len(due) < _MOST:
            await self._wait(now, await messages.next_at(self._pool, now))

    async def _wait(self, now: datetime, until: datetime | None) -> None:
        seconds = _LONGEST_WAIT
        if until is not None:
            seconds = min(seconds, (until - now).total_seconds())
        await first_of(self._clock.sleep(seconds), self._wake.wait())
