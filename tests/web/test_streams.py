"""Who shares a stream sees the same bytes as who has one alone, over every transport."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from tests.support.flows import HELLO
from tests.support.server import Server
from tests.support.socket import Peer, socket
from tests.support.waiting import until

WATCH = """subscription ($after: String) { executions(filter: {namespace: {prefix: "company.team"}},
  after: $after) { __typename
  ... on ExecutionChanged { cursor sequence at change state execution { id flowId labels { key } } }
  ... on StreamHeartbeat { cursor } } }"""
ALONE = WATCH + " "
"""Another text, and so another stream."""
_CHANGES = 4
"""Of each execution: created, running, outputs, succeeded."""


class Seen(list[str]):
    """The payloads of the changes that one subscriber got, as they came."""

    def take(self, payload: str) -> None:
        if '"ExecutionChanged"' in payload:
            self.append(payload)

    def ends(self) -> int:
        return sum('"state":"SUCCESS"' in payload for payload in self)

    def cursor(self) -> str:
        found: str = json.loads(self[-1])["data"]["executions"]["cursor"]
        return found


@asynccontextmanager
async def watching(
    server: Server, query: str = WATCH, after: str | None = None
) -> AsyncIterator[Seen]:
    """A subscriber by socket, when its stream stands."""
    seen = Seen()
    async with socket(server.socket_url) as peer:
        await peer.begin()
        await peer.subscribe(query, after=after)
        assert "StreamHeartbeat" in await _raw(peer)
        reading = asyncio.create_task(_read(peer, seen))
        try:
            yield seen
        finally:
            reading.cancel()


async def _read(peer: Peer, seen: Seen) -> None:
    while True:
        seen.take(await _raw(peer))


async def _raw(peer: Peer) -> str:
    while True:
        text = await peer.connection.recv(decode=True)
        assert '"type":"error"' not in text, text
        if '"type":"next"' in text:
            return text.split('"payload":', 1)[1][:-1]


@asynccontextmanager
async def listening(server: Server, after: str | None = None) -> AsyncIterator[Seen]:
    """A subscriber by server-sent events, when its stream stands."""
    seen = Seen()
    body = {"query": WATCH, "variables": {"after": after}}
    headers = {"accept": "text/event-stream"}
    url = f"{server.url}/graphql"
    async with (
        httpx.AsyncClient(timeout=20) as client,
        client.stream("POST", url, json=body, headers=headers) as stream,
    ):
        lines = stream.aiter_lines()
        assert "StreamHeartbeat" in [await anext(lines), await anext(lines)][1]
        reading = asyncio.create_task(_listen(lines, seen))
        try:
            yield seen
        finally:
            reading.cancel()


async def _listen(lines: AsyncIterator[str], seen: Seen) -> None:
    async for line in lines:
        seen.take(line.removeprefix("data: "))


async def _run(server: Server, count: int) -> None:
    for _ in range(count):
        await asyncio.to_thread(server.start, "company.team", "hello")


async def test_members_of_a_cohort_see_the_bytes_of_a_lone_subscriber(server: Server) -> None:
    server.save(HELLO)
    async with (
        watching(server, ALONE) as alone,
        watching(server) as one,
        watching(server) as other,
        listening(server) as events,
    ):
        async with watching(server) as leaver, listening(server) as hangs_up:
            await _run(server, 3)
            await until(lambda: leaver.ends() == hangs_up.ends() == 3)
            begun = [leaver[-1], hangs_up[-1]]
        await _run(server, 3)
        await until(lambda: all(each.ends() == 6 for each in (alone, one, other, events)))
        assert len(alone) == 6 * _CHANGES
        assert one == other == events == alone
        assert begun == [alone[3 * _CHANGES - 1]] * 2


async def test_whoever_joins_or_comes_back_in_the_middle_gets_the_rest_exactly(
    server: Server,
) -> None:
    server.save(HELLO)
    async with watching(server, ALONE) as alone, watching(server) as first:
        await _run(server, 2)
        await until(lambda: alone.ends() == first.ends() == 2)
        places = [json.loads(payload)["data"]["executions"]["cursor"] for payload in alone]
        async with (
            watching(server, after=places[0]) as behind,
            listening(server, after=places[3]) as later,
            watching(server, after=first.cursor()) as level,
        ):
            await _run(server, 3)
            await until(lambda: all(each.ends() >= 3 for each in (behind, later, level)))
            await until(lambda: all(e[-1:] == alone[-1:] for e in (behind, later, level, first)))
            await until(lambda: alone.ends() == 5)
            assert first == alone
            assert [behind, later, level] == [alone[1:], alone[4:], alone[2 * _CHANGES :]]
