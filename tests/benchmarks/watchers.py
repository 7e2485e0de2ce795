"""Many subscribers that cost next to nothing: they count frames and read only some of them."""

import asyncio
import base64
import json
import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import cast
from urllib.parse import urlsplit

import psutil

_NEXT = b'"type":"next"'


class Watcher(asyncio.Protocol):
    """One socket. It says `hello`, and `said` when that was answered; `mark` is what every counted
    frame contains."""

    def __init__(
        self, mark: bytes, hello: bytes, said: bytes, came: Callable[[bytes], None] | None
    ) -> None:
        self._mark = mark
        self._hello = hello
        self._said = said
        self._came = came
        self._rest = b""
        self.count = 0
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.transport.write(self._hello)

    def data_received(self, data: bytes) -> None:
        if self._said and self.transport is not None:
            self.transport.write(self._said)
            self._said = b""
        if self._came is not None:
            self._came(data)
        data = self._rest + data
        self.count += data.count(self._mark)
        self._rest = data[-len(self._mark) + 1 :]
        if self._rest.endswith(self._mark):
            self._rest = b""


@dataclass(slots=True)
class Crowd:
    """Some watchers of one server."""

    watchers: list[Watcher] = field(default_factory=list)

    @property
    def frames(self) -> int:
        return sum(watcher.count for watcher in self.watchers)

    async def each_has(self, count: int, within: float = 120.0) -> None:
        """Wait until every watcher has so many frames."""
        end = time.monotonic() + within
        while any(watcher.count < count for watcher in self.watchers):
            if time.monotonic() > end:
                least = min(watcher.count for watcher in self.watchers)
                raise TimeoutError(f"a watcher has {least} of {count} frames")
            await asyncio.sleep(0.01)


@asynccontextmanager
async def crowd(
    url: str,
    count: int,
    subscribe: dict[str, object] | None,
    mark: bytes = _NEXT,
    came: Callable[[bytes], None] | None = None,
) -> AsyncIterator[Crowd]:
    """So many watchers. With a payload of `subscribe` they speak graphql-transport-ws. `came` gets
    the bytes of the first ten."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or 80
    loop, made = asyncio.get_running_loop(), Crowd()
    try:
        for number in range(count):
            hello = _handshake(parts.path, f"{host}:{port}", subscribe is not None)
            watcher = Watcher(mark, hello, _subscription(subscribe), came if number < 10 else None)
            await loop.create_connection(partial(_itself, watcher), host, port)
            made.watchers.append(watcher)
        yield made
    finally:
        for watcher in made.watchers:
            if watcher.transport is not None:
                watcher.transport.abort()


def _itself(watcher: Watcher) -> Watcher:
    return watcher


def _handshake(path: str, host: str, speaks: bool) -> bytes:
    key = base64.b64encode(os.urandom(16)).decode()
    protocol = "Sec-WebSocket-Protocol: graphql-transport-ws\r\n" if speaks else ""
    return (
        f"GET {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n{protocol}\r\n"
    ).encode()


def _subscription(payload: dict[str, object] | None) -> bytes:
    if payload is None:
        return b""
    messages = ({"type": "connection_init"}, {"type": "subscribe", "id": "1", "payload": payload})
    return b"".join(_frame(json.dumps(message).encode()) for message in messages)


def _frame(text: bytes) -> bytes:
    """A masked text frame; a mask of zeros leaves the text as it is."""
    size = len(text)
    length = bytes([0x80 | size]) if size < 126 else b"\xfe" + size.to_bytes(2, "big")
    return b"\x81" + length + b"\0\0\0\0" + text


def delays(data: bytes) -> list[float]:
    """Seconds since the moments (`"at":`) that some bytes tell of."""
    now = datetime.now().astimezone()
    found = []
    for part in data.split(b'"at":"')[1:]:
        moment, end, _ = part.partition(b'"')
        if end:
            found.append((now - datetime.fromisoformat(moment.decode())).total_seconds())
    return found


@dataclass(slots=True)
class Meter:
    """Processor time and memory of a process."""

    process: psutil.Process

    def seconds(self) -> float:
        times = self.process.cpu_times()
        return float(times.user + times.system)

    def megabytes(self) -> float:
        return float(self.process.memory_info().rss) / (1 << 20)
