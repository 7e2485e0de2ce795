"""What this machine's PostgreSQL can do at most, with nothing of Flowdeck in between."""

import asyncio
import time

import asyncpg

from tests.benchmarks.report import Report

SINGLE = "single-row commits, 1 connection"
SINGLE_8 = "single-row commits, 8 connections"
BATCHED = "rows in commits of 100, 1 connection"
_SECONDS = 2.0


async def measure(dsn: str, report: Report) -> None:
    """Commits a second of one row, and rows a second in batches; durable, as Flowdeck's are."""
    connections = [await asyncpg.connect(dsn) for _ in range(8)]
    try:
        await connections[0].execute("CREATE TABLE IF NOT EXISTS bench (id bigint, state text)")
        report.heading("The machine: PostgreSQL through asyncpg, durable")
        report.add(SINGLE, await _singles(connections[:1]), "a second")
        report.add(SINGLE_8, await _singles(connections), "a second")
        report.add(BATCHED, await _batches(connections[0]), "a second")
        await connections[0].execute("DROP TABLE bench")
    finally:
        for connection in connections:
            await connection.close()


async def _singles(connections: "list[asyncpg.Connection[asyncpg.Record]]") -> float:
    end = time.perf_counter() + _SECONDS

    async def loop(connection: "asyncpg.Connection[asyncpg.Record]") -> int:
        done = 0
        while time.perf_counter() < end:
            await connection.execute("INSERT INTO bench VALUES ($1, $2)", done, "RUNNING")
            done += 1
        return done

    counts = await asyncio.gather(*(loop(connection) for connection in connections))
    return sum(counts) / _SECONDS


async def _batches(connection: "asyncpg.Connection[asyncpg.Record]") -> float:
    ids, states = list(range(100)), ["RUNNING"] * 100
    end, done = time.perf_counter() + _SECONDS, 0
    while time.perf_counter() < end:
        await connection.execute(
            "INSERT INTO bench SELECT * FROM unnest($1::bigint[], $2::text[])", ids, states
        )
        done += 100
    return done / _SECONDS
