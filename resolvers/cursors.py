"""Cursors of live streams: a position, marked with the log that it belongs to."""


def event_cursor(position: int) -> str:
    """The place behind an event."""
    return f"e{position}"
