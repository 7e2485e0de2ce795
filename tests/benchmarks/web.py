"""The whole server from outside: webhooks that arrive whatever the server does, and watchers."""

import asyncio
import json
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import asyncpg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from tests.benchmarks import flows, machine
from tests.benchmarks.report import Report, median, percentile
from tests.support.server import Server, serving

_RATES = (100, 200, 300)
_SECONDS = 5.0
_CONNECTIONS = 16
_WATCH = (
    "subscription { executions { __typename ... on ExecutionChanged { at state } "
    "... on TaskRunChanged { at } } }"
)
_LATENCIES = """
SELECT
    extract(epoch FROM ended_at - created_at)::float8 AS seconds
FROM executions
WHERE flow_id = 'webhook' AND created_at >= $1 AND ended_at IS NOT NULL
"""


async def measure(dsn: str, folder: Path, report: Report) -> None:
    """B1 at rising rates, then what a watcher sees."""
    with serving(dsn, folder) as server:
        server.save(flows.WEBHOOK)
        server.save(flows.sequential(1))
        database = await asyncpg.connect(dsn)
        try:
            await _webhooks(server, database, report)
            await _watcher(server, report)
        finally:
            await database.close()


async def _webhooks(
    server: Server, database: "asyncpg.Connection[asyncpg.Record]", report: Report
) -> None:
    report.heading("B1: webhooks at a fixed rate, each OutputValues and Log")
    for rate in (20, *_RATES):
        begun = datetime.now().astimezone()
        answers = await Arrivals(server, rate).send()
        await asyncio.sleep(0.5)
        rows = await database.fetch(_LATENCIES, begun)
        seconds = [row["seconds"] for row in rows]
        if rate not in _RATES:
            continue  # the first is a warm-up
        label = f"{rate} a second"
        share = len(seconds) / len(answers)
        report.add(f"{label}: ended", share * 100, "% of the calls")
        report.add(f"{label}: answered, p50", median(answers) * 1000, "ms")
        report.add(f"{label}: answered, p95", percentile(answers, 0.95) * 1000, "ms")
        singles = report.value(machine.SINGLE)
        report.add(
            f"{label}: from creation to end, p95",
            percentile(seconds, 0.95) * 1000,
            "ms",
            ratio=f"{percentile(seconds, 0.95) * singles:.0f} single-row commits",
        )


@dataclass(slots=True)
class Arrivals:
    """Calls that are due at fixed moments; a late answer does not delay the next call."""

    server: Server
    rate: int

    async def send(self) -> list[float]:
        """Seconds from when each call was due until its answer."""
        host, _, port = self.server.url.removeprefix("http://").partition(":")
        pool: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
        for _ in range(_CONNECTIONS):
            pool.put_nowait(await asyncio.open_connection(host, int(port)))
        start = time.perf_counter() + 0.1
        dues = [start + n / self.rate for n in range(int(self.rate * _SECONDS))]
        answers = await asyncio.gather(*(self._call(pool, due) for due in dues))
        while not pool.empty():
            pool.get_nowait()[1].close()
        return answers

    async def _call(
        self,
        pool: "asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]]",
        due: float,
    ) -> float:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        reader, writer = await pool.get()
        body = b'{"hello": "world"}'
        writer.write(
            b"POST /api/v1/executions/webhook/bench/webhook/benchmark HTTP/1.1\r\n"
            b"Host: %s\r\nContent-Type: application/json\r\n"
            b"Content-Length: %d\r\n\r\n%s"
            % (self.server.url.removeprefix("http://").encode(), len(body), body)
        )
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            int(line.split(b":")[1])
            for line in head.lower().split(b"\r\n")
            if line.startswith(b"content-length")
        )
        await reader.readexactly(length)
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(head.decode())
        pool.put_nowait((reader, writer))
        return time.perf_counter() - due


async def _watcher(server: Server, report: Report) -> None:
    """Milliseconds from the moment a change happened until a subscriber has it."""
    report.heading("Live: one watcher of all executions")
    delays: list[float] = []
    async with connect(
        server.socket_url, subprotocols=[Subprotocol("graphql-transport-ws")]
    ) as socket:
        await socket.send(json.dumps({"type": "connection_init"}))
        await socket.recv()
        subscribe = {"type": "subscribe", "id": "1", "payload": {"query": _WATCH}}
        await socket.send(json.dumps(subscribe))
        await socket.recv()
        for _ in range(50):
            await asyncio.to_thread(server.start, flows.NAMESPACE, "sequential1")
            delays += await _received(socket)
    report.add("change to watcher, p50", median(delays) * 1000, "ms")
    report.add("change to watcher, p99", percentile(delays, 0.99) * 1000, "ms", aim="15")


async def _received(socket: ClientConnection) -> list[float]:
    """The delays of one execution's changes, up to its end."""
    delays: list[float] = []
    while True:
        message = json.loads(await socket.recv())
        now = datetime.now().astimezone()
        if message["type"] == "ping":
            continue
        item = message["payload"]["data"]["executions"]
        if "at" not in item:
            continue
        delays.append((now - datetime.fromisoformat(item["at"])).total_seconds())
        if item["__typename"] == "ExecutionChanged" and item["state"] == "SUCCESS":
            return delays
