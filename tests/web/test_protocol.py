"""Requests that are too long or too slow, written byte by byte to a real server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Message, Scope

from tests.support.server import Server
from tests.support.waiting import until
from web import protocol
from web.middleware import Numbered
from web.protocol import LONGEST_HEAD, MOST_AHEAD, Bounded


async def exchanged(host: str, port: int, *parts: bytes) -> bytes:
    """All that a server answers until it closes; it may close while we still write."""
    reader, writer = await asyncio.open_connection(host, port)
    with suppress(ConnectionError):
        for part in parts:
            writer.write(part)
            await writer.drain()
    answer = b""
    with suppress(ConnectionError):
        while chunk := await asyncio.wait_for(reader.read(4096), 20):
            answer += chunk
    writer.close()
    return answer


@pytest.mark.parametrize(
    "endless",
    [
        b"a" * LONGEST_HEAD,
        b" HTTP/1.1\r\nx: " + b"a" * LONGEST_HEAD,
        b" HTTP/1.1" + b"\r\nx: y" * 12_000,
    ],
    ids=["address", "header", "headers"],
)
async def test_a_head_without_end_is_cut_off(server: Server, endless: bytes) -> None:
    at = urlsplit(server.url)
    assert at.hostname
    assert at.port
    parts = [b"GET /", *[endless] * 64]
    answer = await exchanged(at.hostname, at.port, *parts)
    assert not answer.startswith(b"HTTP/1.1 200")


BIG = b"." * (32 << 20)
"""More than any two kernels buffer."""


@dataclass(slots=True)
class Hosted:
    """A server in this process: POST answers with what it is sent, GET with very much."""

    server: uvicorn.Server
    asked: int = 0
    """How many GETs there were."""

    @property
    def port(self) -> int:
        found: int = self.server.servers[0].sockets[0].getsockname()[1]
        return found

    def is_alone(self) -> bool:
        return not self.server.server_state.connections

    async def answer(self, request: Request) -> Response:
        if request.method == "POST":
            return PlainTextResponse(await request.body())
        self.asked += 1
        return PlainTextResponse(BIG)


@asynccontextmanager
async def hosted() -> AsyncIterator[Hosted]:
    app = Starlette()
    config = uvicorn.Config(app, port=0, http=Bounded, log_level="critical", lifespan="off")
    found = Hosted(uvicorn.Server(config))
    app.router.routes.append(Route("/", found.answer, methods=["POST", "GET"]))
    config.load()
    found.server.lifespan = config.lifespan_class(config)
    await found.server.startup()
    try:
        yield found
    finally:
        found.server.should_exit = True
        await found.server.shutdown()


@asynccontextmanager
async def echo() -> AsyncIterator[int]:
    """Its port."""
    async with hosted() as found:
        yield found.port


HEAD = b"POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 4\r\n"


async def test_a_request_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "PATIENCE", 0.05)
    async with echo() as port:
        assert b" 408 " in await exchanged("127.0.0.1", port, HEAD)
        assert await exchanged("127.0.0.1", port, HEAD + b"\r\nab") != b"abcd"
        assert b" 408 " in await exchanged("127.0.0.1", port)
        again = await exchanged("127.0.0.1", port, HEAD + b"\r\nabcd", b"POST / HT")
        assert again.count(b"HTTP/1.1") == 2
        assert b" 408 " in again


GET = b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n"


async def test_who_does_not_read_an_answer_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "PATIENCE", 0.05)
    async with hosted() as found:
        reader, writer = await asyncio.open_connection("127.0.0.1", found.port)
        writer.write(GET)
        await until(lambda: found.asked == 1 and found.is_alone(), what="the end of the connection")
        with suppress(ConnectionError):
            assert len(await reader.read()) < len(BIG)
        writer.close()


async def test_who_reads_slowly_gets_all_of_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "PATIENCE", 1.0)
    async with hosted() as found:
        reader, writer = await asyncio.open_connection("127.0.0.1", found.port)
        writer.write(GET)
        await reader.readuntil(b"\r\n\r\n")
        assert await reader.readexactly(len(BIG)) == BIG
        writer.close()


async def test_what_was_asked_in_advance_waits_until_the_answers_before_are_read() -> None:
    async with hosted() as found:
        reader, writer = await asyncio.open_connection("127.0.0.1", found.port)
        writer.write(GET * 3)
        await until(lambda: found.asked == 1, what="the first request")
        for _ in range(20):
            close = b"connection: close\r\n\r\nabcd"
            assert (await exchanged("127.0.0.1", found.port, HEAD, close)).endswith(b"abcd")
        assert found.asked == 1
        for _ in range(3):
            await reader.readuntil(b"\r\n\r\n")
            assert await reader.readexactly(len(BIG)) == BIG
        assert found.asked == 3
        writer.close()


async def test_who_asks_for_too_much_in_advance_is_cut_off() -> None:
    one = HEAD + b"\r\nabcd"
    async with echo() as port:
        close = HEAD + b"connection: close\r\n\r\nabcd"
        answer = await exchanged("127.0.0.1", port, one * (MOST_AHEAD - 1) + close)
        assert answer.count(b" 200 ") == MOST_AHEAD
        answer = await exchanged("127.0.0.1", port, one * (MOST_AHEAD * 3))
        assert answer.count(b" 200 ") < MOST_AHEAD


async def test_a_whole_request_is_answered_however_it_is_cut() -> None:
    async with echo() as port:
        close = b"connection: close\r\n\r\n"
        answer = await exchanged("127.0.0.1", port, HEAD, close, b"ab", b"cd")
        assert answer.endswith(b"abcd")
        twice = HEAD + b"\r\nabcd" + HEAD + close + b"efgh"
        answer = await exchanged("127.0.0.1", port, twice)
        assert answer.count(b" 200 ") == 2
        assert answer.endswith(b"efgh")


async def test_who_hangs_up_in_the_middle_is_no_fault_of_the_server(server: Server) -> None:
    at = urlsplit(server.url)
    head = b"POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
    for path in (b"/graphql", b"/api/v1/executions/webhook/a/b/c"):
        _, writer = await asyncio.open_connection(at.hostname, at.port)
        writer.write(head.replace(b"/graphql", path, 1) + b"content-length: 100\r\n\r\n{")
        await writer.drain()
        writer.close()
        await writer.wait_closed()
    async with httpx.AsyncClient(base_url=server.url) as client:
        answers = [await client.get("/health/alive") for _ in range(20)]
    assert all(answer.status_code == 200 for answer in answers)
    assert not [line for line in server.log if "ClientDisconnect" in line]


@pytest.mark.parametrize("said", ["unable to write; the handler is closed", "another fault"])
async def test_a_connection_that_is_cut_while_we_answer_is_no_fault_either(said: str) -> None:
    async def send(message: Message) -> None:
        raise RuntimeError(said)

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    scope: Scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
    answering = Numbered(PlainTextResponse("hello"))(scope, receive, send)
    if "closed" in said:
        await answering
    else:
        with pytest.raises(RuntimeError, match=said):
            await answering
