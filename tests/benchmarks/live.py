"""Live streams: how many frames a second reach 1, 100 and 1,000 subscribers, and how late."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import psutil

from runtime.ids import EXECUTION, new_id
from tests.benchmarks import flows
from tests.benchmarks.bare import bare_server
from tests.benchmarks.report import Report, median, percentile
from tests.benchmarks.watchers import Meter, crowd, delays
from tests.support.server import Server, serving

_CROWDS = ((1, 4_000), (100, 1_000), (1_000, 100))
"""Subscribers, and the changes that each is told."""
_PADDING = 345
_ONE = """subscription ($id: ID!) { execution(id: $id) { __typename
  ... on ExecutionChanged { cursor sequence at state execution { id state flowId namespace } }
  ... on StreamHeartbeat { cursor } } }"""
_LIST = """subscription { executions(filter: {namespace: {prefix: "bench"}}) { __typename
  ... on ExecutionChanged { cursor sequence at state execution { id state flowId namespace } }
  ... on StreamHeartbeat { cursor } } }"""
_MADE = """
INSERT INTO executions (id, namespace, flow_id, flow_revision, state, history, created_at)
VALUES ($1, 'bench', 'watched', 1, 'RUNNING', '[]', $2)
"""
_CHANGED = """
WITH place AS (
    UPDATE counters SET value = value + $3 WHERE name = 'events' RETURNING value - $3 AS start
), changed AS (
    UPDATE executions SET sequence = sequence + $3, position = (SELECT start FROM place) + $3
    WHERE id = $1
    RETURNING sequence - $3 AS start
)
INSERT INTO events (position, execution_id, sequence, at, kind, state, namespace, flow_id)
SELECT place.start + n, $1, changed.start + n, $2, 'EXECUTION_LABELS', 'RUNNING', 'bench', 'watched'
FROM place, changed, generate_series(1, $3::bigint) AS n
"""
"""Changes that are there at once, so that nothing but their delivery is measured."""
_LOGS = """subscription ($id: ID!) { logs(filter: {executionId: $id}) { __typename
  ... on LogsAppended { cursor entries { at level taskId message } } } }"""
_WRITTEN = """
WITH place AS (
    UPDATE counters SET value = value + $3 WHERE name = 'logs' RETURNING value - $3 AS start
)
INSERT INTO logs (position, execution_id, namespace, flow_id, at, level, message)
SELECT place.start + n, $1, 'bench', 'watched', $2, 20, 'line ' || n || ' of a flood of many lines'
FROM place, generate_series(1, $3::bigint) AS n
"""
_FLOOD = 200_000


async def measure(dsn: str, folder: Path, report: Report) -> None:
    """One execution and the list of all, watched by few and many, beside bare sockets."""
    limits = {count: await _bare(count, changes, report) for count, changes in _CROWDS}
    with serving(dsn, folder) as server:
        database = await asyncpg.connect(dsn)
        try:
            for label, operation in (("one execution", _ONE), ("a list", _LIST)):
                report.heading(f"Live: subscribers of {label}")
                for count, changes in _CROWDS:
                    work = _Delivery(server, database, operation, count, changes)
                    await work.measure(report, limits[count])
            await _flood(server, database, report)
            await _lateness(server, report)
        finally:
            await database.close()


async def _bare(count: int, changes: int, report: Report) -> float:
    with bare_server(changes, _PADDING) as (url, process):
        async with crowd(url, count, None, mark=b"x" * _PADDING) as everybody:
            await asyncio.sleep(0.5 + count / 1_000)
            assert process.stdin is not None
            begun = time.perf_counter()
            process.stdin.write("go\n")
            process.stdin.flush()
            await everybody.each_has(changes)
            rate = count * changes / (time.perf_counter() - begun)
    report.add(f"bare sockets, {count:,}", rate, "frames/s")
    return rate


class _Delivery:
    """Changes of one execution, delivered to some subscribers."""

    def __init__(
        self,
        server: Server,
        database: "asyncpg.Connection[asyncpg.Record]",
        operation: str,
        count: int,
        changes: int,
    ) -> None:
        self._server = server
        self._database = database
        self._operation = operation
        self._count = count
        self._changes = changes

    async def measure(self, report: Report, limit: float) -> None:
        execution = new_id(EXECUTION)
        await self._database.execute(_MADE, execution, datetime.now(UTC))
        meter = Meter(psutil.Process(self._server.process.pid))
        subscribe: dict[str, object] = {
            "query": self._operation,
            "variables": {"id": execution} if "$id" in self._operation else {},
        }
        first: list[float] = []
        async with crowd(
            self._server.socket_url, self._count, subscribe, came=lambda _: first.append(_now())
        ) as everybody:
            await everybody.each_has(1)  # the heartbeat that says "subscribed"
            await self._change(execution, 1)
            await everybody.each_has(2)
            first.clear()
            spent = meter.seconds()
            await self._change(execution, self._changes)
            await everybody.each_has(2 + self._changes)
            seconds, frames = _now() - first[0], self._count * self._changes
            spent = meter.seconds() - spent
            rate = frames / seconds
            label = f"{self._count:,}"
            report.add(label, rate, "frames/s", ratio=f"{rate / limit:.2f} of bare sockets")
            report.add("  processor", spent / frames * 1e6, "µs a frame")
            report.add("  memory of the server", meter.megabytes(), "MB")

    async def _change(self, execution: str, count: int) -> None:
        await self._database.execute(_CHANGED, execution, datetime.now(UTC), count)


async def _flood(
    server: Server, database: "asyncpg.Connection[asyncpg.Record]", report: Report
) -> None:
    """Lines that others stored, as fast as they can be told; not one may be missing."""
    report.heading("Live: a watcher of a flood of log lines")
    execution = new_id(EXECUTION)
    await database.execute(_MADE, execution, datetime.now(UTC))
    meter = Meter(psutil.Process(server.process.pid))
    subscribe: dict[str, object] = {"query": _LOGS, "variables": {"id": execution}}
    async with crowd(server.socket_url, 1, subscribe, mark=b'"message":"line') as watcher:
        await database.execute(_WRITTEN, execution, datetime.now(UTC), 1)
        await watcher.each_has(1)
        before, begun = meter.megabytes(), _now()
        for _ in range(_FLOOD // 5_000):
            await database.execute(_WRITTEN, execution, datetime.now(UTC), 5_000)
        await watcher.each_has(1 + _FLOOD)
        seconds = _now() - begun
    report.add(f"{_FLOOD:,} lines of another server", _FLOOD / seconds, "lines/s", aim="50,000")
    report.add("  memory grown by", meter.megabytes() - before, "MB")


async def _lateness(server: Server, report: Report) -> None:
    report.heading("Live: from the change to its subscribers, while flows run")
    server.save(flows.sequential(1))
    for count in (1, 100, 1_000):
        found: list[float] = []
        payload: dict[str, object] = {"query": _LIST}
        async with crowd(server.socket_url, count, payload, came=_taking(found)) as everybody:
            await everybody.each_has(1)
            await asyncio.to_thread(server.start, flows.NAMESPACE, "sequential1")
            await everybody.each_has(4)
            found.clear()
            for _ in range(30):
                await asyncio.to_thread(server.start, flows.NAMESPACE, "sequential1")
                await asyncio.sleep(0.05)
            await asyncio.sleep(0.5)
        report.add(f"{count:,}: p50", median(found) * 1000, "ms")
        report.add(f"{count:,}: p99", percentile(found, 0.99) * 1000, "ms", aim="15")


def _taking(found: list[float]) -> Callable[[bytes], None]:
    return lambda data: found.extend(delays(data))


def _now() -> float:
    return time.perf_counter()
