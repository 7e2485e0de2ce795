"""Who waits for executions to end: told from this process's live end of the event log."""

import asyncio
from collections.abc import Callable

from runtime.events.event import StoredEvent
from runtime.events.tail import Tail
from runtime.executions.decision import ChangeKind
from runtime.executions.states import ExecutionState
from runtime.store import trigger_state
from runtime.store.pool import Pool

_ENDS = frozenset(state.value for state in ExecutionState if state.is_terminal)


class Ends:
    """Calls back once for each execution that somebody waits for."""

    def __init__(self, pool: Pool, tail: Tail[StoredEvent]) -> None:
        self._pool = pool
        self._tail = tail
        self._waiting: dict[str, list[Callable[[], None]]] = {}

    async def watch(self) -> None:
        """Follow the log for ever. One turn of a Loop."""
        start = self._tail.position
        # Whatever ended while nobody followed is found in the database.
        await self.look(list(self._waiting))
        async for events in self._tail.follow(start):
            for event in events:
                if event.execution_id in self._waiting and _is_end(event):
                    self._tell(event.execution_id)

    def listen(self, execution_id: str, callback: Callable[[], None]) -> None:
        """Call back when the execution ends, in this process's loop; see `look` for the past."""
        self._waiting.setdefault(execution_id, []).append(callback)

    async def look(self, execution_ids: list[str]) -> list[str]:
        """Which of them have not ended; whoever listens for the others is called at once."""
        unfinished = await trigger_state.unfinished(self._pool, execution_ids)
        for execution_id in execution_ids:
            if execution_id not in unfinished:
                self._tell(execution_id)
        return unfinished

    async def ended(self, execution_id: str) -> None:
        """Wait for the end of an execution that is there."""
        done = asyncio.Event()
        self.listen(execution_id, done.set)
        try:
            if await self.look([execution_id]):
                await done.wait()
        finally:
            left = [each for each in self._waiting.pop(execution_id, []) if each != done.set]
            if left:
                self._waiting[execution_id] = left

    def _tell(self, execution_id: str) -> None:
        for callback in self._waiting.pop(execution_id, ()):
            callback()


def _is_end(event: StoredEvent) -> bool:
    if event.kind is ChangeKind.EXECUTION_DELETED:
        return True
    is_whole = event.kind is ChangeKind.EXECUTION_STATE and event.task_run_id is None
    return is_whole and event.state in _ENDS
