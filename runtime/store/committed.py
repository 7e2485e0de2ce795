"""What one transaction wrote, for those who follow the streams."""

from dataclasses import dataclass, field

from runtime.events.event import StoredEvent, StoredLog, StoredMetric


@dataclass(slots=True)
class Committed:
    """The new rows of each log, with positions."""

    events: list[StoredEvent] = field(default_factory=list)
    logs: list[StoredLog] = field(default_factory=list)
    metrics: list[StoredMetric] = field(default_factory=list)
    messages: bool = False
    """Whether there is something to deliver, now or later."""
