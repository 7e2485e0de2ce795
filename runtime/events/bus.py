"""The bus: short announcements between the parts of a process and between servers.

An announcement says that something is to be read, never what: losing one costs time, not truth.
A listener is a plain function and must not block; it is called in the event loop.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol


class Topic(StrEnum):
    """What can be announced. The text of an announcement is a position or a name."""

    EVENTS = "events"
    LOGS = "logs"
    METRICS = "metrics"
    MESSAGES = "messages"
    FLOWS = "flows"
    TRIGGERS = "triggers"
    BULK_OPERATIONS = "bulk_operations"


Listener = Callable[[str], None]


class Bus(Protocol):
    def announce(self, topic: Topic, text: str) -> None:
        """Tell every listener of every process, this one included. Returns at once."""
        ...

    def listen(self, topic: Topic, listener: Listener) -> Callable[[], None]:
        """Call `listener` for every announcement until the returned function is called."""
        ...
