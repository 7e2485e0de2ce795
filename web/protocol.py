"""HTTP as uvicorn reads it, with bounds on how much and how slowly a request may come.

uvicorn takes heads of any length and waits for the rest of a request for ever.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LONGEST_HEAD = 64 * 1024
"""Bytes of the first line and the headers together."""
PATIENCE = 20.0
"""Seconds within which a head must have come, and after which a silent body is given up."""


class Bounded(HttpToolsProtocol):
    """One connection."""

    _head: int | None = 0
    """Bytes of the head so far; None behind it."""
    _begun = False
    """Whether a head has begun and not ended."""
    _alarm: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._rest()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._head is not None:
            if self._head > LONGEST_HEAD:
                self._refuse(b"431 Request Header Fields Too Large")
                return
            self._head += len(data)
        super().data_received(data)
        if self._head is None:
            if self._is_coming():
                self._wait()
        elif self._begun and self._alarm is None:
            self._wait()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._begun = True

    def on_headers_complete(self) -> None:
        self._head, self._begun = None, False
        self._rest()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._head = 0
        self._rest()

    def handle_websocket_upgrade(self) -> None:
        self._rest()
        super().handle_websocket_upgrade()

    def _is_coming(self) -> bool:
        """Whether a body is on its way that somebody is waiting for."""
        cycle: Any = self.cycle  # None before the first request
        return cycle is not None and cycle.more_body and not self.flow.read_paused

    def _wait(self) -> None:
        self._rest()
        self._alarm = asyncio.get_running_loop().call_later(
            PATIENCE, self._refuse, b"408 Request Timeout"
        )

    def _rest(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def _refuse(self, status: bytes) -> None:
        self._rest()
        cycle: Any = self.cycle
        transport = self.transport
        if transport.is_closing():
            return
        if cycle is None or cycle.response_complete:
            transport.write(b"HTTP/1.1 " + status + b"\r\nconnection: close\r\n\r\n")
        transport.close()
