"""The bus inside one process."""

import logging
from collections import defaultdict
from collections.abc import Callable

from runtime.events.bus import Listener, Topic

_log = logging.getLogger(__name__)


class MemoryBus:
    """Calls the listeners directly, in the order in which they came."""

    def __init__(self) -> None:
        self._listeners: dict[Topic, list[Listener]] = defaultdict(list)

    def announce(self, topic: Topic, text: str) -> None:
        for listener in list(self._listeners[topic]):
            try:
                listener(text)
            except Exception:
                _log.exception("a listener of %s failed", topic)

    def listen(self, topic: Topic, listener: Listener) -> Callable[[], None]:
        self._listeners[topic].append(listener)
        return lambda: self._forget(topic, listener)

    def _forget(self, topic: Topic, listener: Listener) -> None:
        if listener in self._listeners[topic]:
            self._listeners[topic].remove(listener)
