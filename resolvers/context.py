"""What one request may reach."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from resolvers.cursors import Log
from resolvers.loaders import Loaders
from resolvers.viewer import Viewer
from runtime.engine.lifespan import Runtime
from runtime.store.pool import Pool


@dataclass(frozen=True, slots=True)
class Place:
    """What the newest item of a stream covers: the rows of its log from `first` to `position`.

    Everything before was looked at, and delivered as far as it concerns the stream. An item without
    rows, such as a heartbeat, begins behind its own position. One that is `quiet` tells only how
    far the stream has come; it is not for the subscriber.
    """

    log: Log
    first: int
    position: int
    quiet: bool = False

    @classmethod
    def behind(cls, log: Log, position: int, *, quiet: bool = False) -> Self:
        """The place of an item without rows."""
        return cls(log, position + 1, position, quiet)


class Context:
    """One for each HTTP request, and one for each operation on a socket."""

    def __init__(self, runtime: Runtime, viewer: Viewer, request_id: str) -> None:
        self.runtime = runtime
        self.viewer = viewer
        self.request_id = request_id
        self.loaders = self._fresh()
        self.place: Place | None = None
        """Where the stream of this operation stands; None for everything else."""
        self.resumed: int | None = None
        """Where a stream goes on that was begun before, whatever `after` says."""
        self.tells_progress = False
        """Whether a stream is to bring a quiet item whenever it has looked at more of its log."""
        self.present = 0
        """Where the log ended when the stream began."""
        self.foresight = 0
        """The latest position of which a stream knew something when it left changes out."""

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
