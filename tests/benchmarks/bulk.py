"""Actions on very many executions at once: how fast they go, and what others feel of it."""

import asyncio
import time
from pathlib import Path

import psutil

from runtime.engine.bulk_door import ByCondition
from runtime.executions.actions import ExecutionAction
from runtime.executions.bulk import BulkWork
from runtime.store import bulk_operations
from runtime.store.conditions import ANYTHING
from tests.benchmarks.report import Report, percentile
from tests.support.bulk import fill_paused
from tests.support.engine import Driver, driven

_MEGABYTE = 1 << 20
_LOOK = 0.005
_WORKS = {
    "labelled": BulkWork(ExecutionAction.SET_LABELS, labels={"seen": "yes"}),
    "refused": BulkWork(ExecutionAction.UNQUEUE),
    "killed": BulkWork(ExecutionAction.KILL),
    "deleted": BulkWork(ExecutionAction.DELETE),
}


async def measure(dsn: str, folder: Path, report: Report, executions: int) -> None:
    """The same executions, paused, are acted on in turn, by a server that does nothing else."""
    report.heading(f"One action on {executions:,} executions")
    async with driven(dsn, folder, bulk_limit=executions) as driver:
        await fill_paused(driver, executions)
        await driver.runtime.pool.execute("ANALYZE")
        for name, work in _WORKS.items():
            await _timed(driver, report, name, work, executions)


async def _timed(
    driver: Driver, report: Report, name: str, work: BulkWork, executions: int
) -> None:
    bulk, process = driver.runtime.engine.bulk, psutil.Process()
    everything = ByCondition(ANYTHING)
    begun = time.perf_counter()
    await bulk.preview(work, everything)
    previewed = time.perf_counter() - begun
    memory = peak = process.memory_info().rss
    begun = time.perf_counter()
    operation_id = await bulk.start(work, everything, actor=None)
    answered = time.perf_counter() - begun
    lags: list[float] = []
    while True:
        asked = time.perf_counter()
        await asyncio.sleep(_LOOK)
        lags.append(time.perf_counter() - asked - _LOOK)
        peak = max(peak, process.memory_info().rss)
        found = await bulk_operations.by_ids(driver.runtime.pool, [operation_id])
        if found[operation_id].ended_at is not None:
            break
    seconds = time.perf_counter() - begun
    report.add(f"{name}", executions / seconds, "a second", aim="1,000")
    report.add("  preview", previewed * 1000, "ms")
    report.add("  answered after", answered * 1000, "ms")
    report.add("  others wait, p99", percentile(lags, 0.99) * 1000, "ms")
    report.add("  memory it adds", (peak - memory) / _MEGABYTE, "MB")
