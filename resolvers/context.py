"""What one request may reach."""

from datetime import datetime

from resolvers.cursors import Log
from resolvers.loaders import Loaders
from resolvers.viewer import Viewer
from runtime.engine.lifespan import Runtime
from runtime.store.pool import Pool


class Context:
    """One for each HTTP request, and one for each operation on a socket."""

    def __init__(self, runtime: Runtime, viewer: Viewer, request_id: str) -> None:
        self.runtime = runtime
        self.viewer = viewer
        self.request_id = request_id
        self.loaders = self._fresh()

    @property
    def pool(self) -> Pool:
        return self.runtime.pool

    def now(self) -> datetime:
        return self.runtime.clock.now()

    def forget(self) -> None:
        """Read everything anew from here on: something was changed, or a stream has moved on."""
        self.loaders = self._fresh()

    def mark(self, log: Log) -> int:
        """The last committed position of a log that is known here."""
        match log:
            case Log.EVENTS:
                return self.runtime.events.position
            case Log.LOGS:
                return self.runtime.logs.position
            case Log.METRICS:
                return self.runtime.metrics.position

    def _fresh(self) -> Loaders:
        return Loaders(self.runtime.pool, self.runtime.clock.now)
