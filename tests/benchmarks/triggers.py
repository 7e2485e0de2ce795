"""Many schedules: what they cost while nothing is due, and how they come back after an outage."""

import asyncio
import time
from pathlib import Path

import asyncpg
import psutil

from runtime.config import settings_from
from runtime.engine.lifespan import Runtime, running
from runtime.store.pool import Pool
from tests.benchmarks.report import Report
from tests.support.waiting import until

_IDLE_SECONDS = 10.0
_AT_ONCE = 20
_LONGEST = 600.0
_FLOW = """
id: flow{number}
namespace: bench.triggers{part}
tasks:
  - id: hello
    type: io.kestra.plugin.core.debug.Return
    format: hello
triggers:
  - id: clock
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "0 * * * *"
"""


async def measure(dsn: str, folder: Path, report: Report, flows: int) -> None:
    """Save flows, declare their schedules, look at the idle server, let an hour pass unserved."""
    report.heading(f"Triggers: {flows:,} flows, each with a schedule of every hour")
    async with running(settings_from({}, database_url=dsn, data_dir=folder, roles=("web",))) as one:
        await _save(one, flows)
    settings = settings_from({}, database_url=dsn, data_dir=folder)
    begun = time.perf_counter()
    async with running(settings) as server:
        await _count(server.pool, "triggers WHERE next_at IS NOT NULL", flows)
        declaring = time.perf_counter() - begun
        report.add(
            "all triggers declared", declaring, "s", ratio=f"{flows / declaring:,.0f} a second"
        )
        process = psutil.Process()
        process.cpu_percent()
        await asyncio.sleep(_IDLE_SECONDS)
        report.add("an idle server, all loops", process.cpu_percent(), "% of a core")
    await _outage(dsn)
    begun = time.perf_counter()
    async with running(settings) as server:
        await _count(server.pool, "executions", 1)
        report.add("restart to the first missed moment", time.perf_counter() - begun, "s")
        await _count(server.pool, "executions WHERE ended_at IS NOT NULL", flows)
        taken = time.perf_counter() - begun
        report.add(
            "every missed moment made up for", taken, "s", ratio=f"{flows / taken:,.0f} a second"
        )


async def _save(server: Runtime, flows: int) -> None:
    turn = asyncio.Semaphore(_AT_ONCE)

    async def save(number: int) -> None:
        async with turn:
            await server.engine.save_flow(_FLOW.format(number=number, part=number % 100))

    await asyncio.gather(*(save(number) for number in range(flows)))


async def _outage(dsn: str) -> None:
    """As if no server had been there for an hour."""
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute("UPDATE triggers SET next_at = next_at - interval '1 hour'")
    finally:
        await connection.close()


async def _count(pool: Pool, rows: str, least: int) -> None:
    async def enough() -> bool:
        found: int = await pool.fetchval(f"SELECT count(*) FROM {rows}")  # noqa: S608 - texts of this module
        return found >= least

    await until(enough, within=_LONGEST, what=f"{least} {rows}")
