"""What triggers say when they are evaluated, for people to read beside the trigger.

Lines at least as grave as the trigger's `logLevel` (by default INFO) are kept, the last of each
trigger; they are written in the background, many at a time, and nobody waits for them.
"""

from collections import deque

from runtime.clock import Clock
from runtime.executions.model import LogLevel
from runtime.flows.model import Flow, Trigger
from runtime.loop import Tasks
from runtime.store import trigger_logs
from runtime.store.pool import Pool
from runtime.store.trigger_logs import TriggerLine

_MOST_WAITING = 10_000
_AT_ONCE = 500
_OFF = "OFF"


class TriggerLog:
    """One buffer for the whole process. When it overflows the oldest lines go."""

    def __init__(self, pool: Pool, clock: Clock, tasks: Tasks) -> None:
        self._pool = pool
        self._clock = clock
        self._tasks = tasks
        self._lines: deque[TriggerLine] = deque(maxlen=_MOST_WAITING)
        self._is_writing = False

    def say(
        self,
        flow: Flow,
        trigger: Trigger,
        level: LogLevel,
        message: str,
        execution_id: str | None = None,
    ) -> None:
        """Take a line; it is written soon."""
        if not is_wanted(trigger, level):
            return
        key = (flow.namespace, flow.id, trigger.id)
        self._lines.append(TriggerLine(key, self._clock.now(), level, message, execution_id))
        if not self._is_writing:
            self._is_writing = True
            self._tasks.start(self._write(), "trigger-log")

    async def _write(self) -> None:
        try:
            while self._lines:
                some = [self._lines.popleft() for _ in range(min(_AT_ONCE, len(self._lines)))]
                await trigger_logs.write(self._pool, some)
        finally:
            self._is_writing = False


def is_wanted(trigger: Trigger, level: LogLevel) -> bool:
    """Whether a line is grave enough for the `logLevel` of the trigger."""
    return trigger.log_level != _OFF and level >= LogLevel[trigger.log_level or "INFO"]
