"""HTTP as uvicorn speaks it, with bounds on what one connection may ask for and leave unread.

uvicorn takes heads of any length, waits for the rest of a request for ever, and works on what was
asked in advance (pipelined) whether or not anybody reads the answers.
"""

import asyncio
from typing import Any
from weakref import WeakKeyDictionary

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

LONGEST_HEAD = 64 * 1024
"""Bytes of the first line and the headers together."""
PATIENCE = 20.0
"""Seconds within which a head must have come, after which a silent body is given up, and within
which some of an answer must be read."""
MOST_AHEAD = 64
"""Requests that a connection may send before the first of them is answered."""
_AT_ONCE = 4
"""How many requests sent ahead are worked on at a time, so that nobody waits for all of them."""
_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


class Bounded(HttpToolsProtocol):
    """One connection."""

    _head: int | None = 0
    """Bytes of the head so far; None behind it."""
    _begun = False
    """Whether a head has begun and not ended."""
    _alarm: asyncio.TimerHandle | None = None
    _stall: asyncio.TimerHandle | None = None
    """Looks whether the peer reads."""
    _was_ahead = False
    """Whether the request that starts now was sent before the answer to the one before."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._rest()
        self._unwatch()
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
        if len(self.pipeline) >= MOST_AHEAD:
            self.transport.close()
        if not self.transport.is_closing():
            super().on_headers_complete()

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._head = 0
        self._rest()

    def on_response_complete(self) -> None:
        self._was_ahead = True
        super().on_response_complete()
        self._was_ahead = False

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGIApp) -> None:  # type: ignore[override]  # the same callable
        started = self._in_turn(cycle, app) if self._was_ahead else app
        super()._start_asgi_task(cycle, started)  # type: ignore[arg-type]  # the same callable

    def _in_turn(self, cycle: RequestResponseCycle, app: ASGIApp) -> ASGIApp:
        """The application, once all before is read, until it begins to answer."""

        async def turn(scope: Scope, receive: Receive, send: Send) -> None:
            await self.flow.drain()
            turns = _turns.setdefault(self.loop, asyncio.Semaphore(_AT_ONCE))
            await turns.acquire()
            holds = True

            async def begun(message: Message) -> None:
                nonlocal holds
                if holds:
                    holds = False
                    turns.release()
                await send(message)

            try:
                if self.transport.is_closing():
                    cycle.disconnected = True
                else:
                    await app(scope, receive, begun)
            finally:
                if holds:
                    turns.release()

        return turn

    def pause_writing(self) -> None:
        super().pause_writing()
        self._watch()

    def resume_writing(self) -> None:
        self._unwatch()
        super().resume_writing()

    def timeout_keep_alive_handler(self) -> None:
        super().timeout_keep_alive_handler()
        if self._stall is None and self.transport.get_write_buffer_size():
            self._watch()

    def _watch(self) -> None:
        """Cut the connection unless some of what waits in it is read in time."""
        self._unwatch()
        waiting = self.transport.get_write_buffer_size()

        def look() -> None:
            if self.transport.get_write_buffer_size() < waiting:
                self._watch()
            else:
                self.transport.abort()

        self._stall = asyncio.get_running_loop().call_later(PATIENCE, look)

    def _unwatch(self) -> None:
        if self._stall is not None:
            self._stall.cancel()
            self._stall = None

    def handle_websocket_upgrade(self) -> None:
        self._rest()
        self._unwatch()
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
