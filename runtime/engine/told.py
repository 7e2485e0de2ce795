"""What happens after every commit: this process's streams go on, others are told to read."""

from runtime.engine.alarm import Alarm
from runtime.events.bus import Bus, Topic
from runtime.events.event import StoredEvent, StoredLog, StoredMetric
from runtime.events.tail import Tail
from runtime.store.committed import Committed

Tails = tuple[Tail[StoredEvent], Tail[StoredLog], Tail[StoredMetric]]


class Told:
    """Called by the writers with what they committed."""

    def __init__(self, bus: Bus, tails: Tails) -> None:
        self._bus = bus
        self._tails = tails
        self.alarm: Alarm | None = None

    def __call__(self, committed: Committed) -> None:
        events, logs, metrics = self._tails
        if committed.events:
            events.extend(committed.events)
            self._bus.announce(Topic.EVENTS, "")
        if committed.logs:
            logs.extend(committed.logs)
            self._bus.announce(Topic.LOGS, "")
        if committed.metrics:
            metrics.extend(committed.metrics)
            self._bus.announce(Topic.METRICS, "")
        if committed.messages:
            if self.alarm is not None:
                self.alarm.ring()
            self._bus.announce(Topic.MESSAGES, "")
