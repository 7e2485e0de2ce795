"""What all live streams share: where they start, the heartbeat and the reset."""

from datetime import datetime, timedelta
from typing import Annotated, Self

import strawberry
from strawberry import argument, field

from resolvers import live

StreamAfter = Annotated[
    str | None,
    argument(
        description=(
            "Where to go on: the cursor of any item, of an execution, or a connection's "
            '`streamCursor`; "0" is the beginning of what is kept; absent is now.'
        )
    ),
]


@strawberry.type(
    description=(
        "The stream lives. The first item of every stream is one: it says that the subscription "
        "stands, and from where."
    )
)
class StreamHeartbeat:
    cursor: str = field(description="Everything up to here was delivered.")
    at: datetime = field(description="The server's time.")
    lag: timedelta = field(description="How far this stream is behind what is happening.")

    @classmethod
    def of(cls, beat: live.Heartbeat) -> Self:
        return cls(cursor=beat.cursor, at=beat.at, lag=beat.lag)


@strawberry.type(
    description="Something may have been missed: query again, then subscribe from this cursor."
)
class StreamReset:
    cursor: str = field(description="Where the stream goes on.")
    reason: str = field(description="Why it could not go on where it was asked to.")

    @classmethod
    def of(cls, reset: live.Reset) -> Self:
        return cls(cursor=reset.cursor, reason=reset.reason)


def signal(item: live.Heartbeat | live.Reset) -> StreamHeartbeat | StreamReset:
    """The item that every stream may bring beside its own."""
    if isinstance(item, live.Heartbeat):
        return StreamHeartbeat.of(item)
    return StreamReset.of(item)
