"""The engine alone: how fast task runs go, and what they cost."""

import asyncio
import time
from dataclasses import dataclass

import psutil

from runtime.engine.engine import NewExecution
from runtime.engine.lifespan import Runtime
from runtime.executions.decision import ChangeKind
from tests.benchmarks import flows, machine
from tests.benchmarks.report import Report, median, percentile

_ROUNDS = 5
_MEGABYTE = 1 << 20


@dataclass(slots=True)
class Workload:
    """Runs flows and times them by the events they leave."""

    runtime: Runtime

    async def save(self, source: str) -> tuple[str, str]:
        saved = await self.runtime.engine.save_flow(source)
        return saved.flow.namespace, saved.flow.id

    async def run(self, name: tuple[str, str], count: int = 1) -> float:
        """Seconds from the first request until the last of `count` executions has ended."""
        position = self.runtime.events.position
        begun = time.perf_counter()
        ids = await asyncio.gather(
            *(self.runtime.engine.create_execution(NewExecution(*name)) for _ in range(count))
        )
        await self._ends(position, set(ids))
        return time.perf_counter() - begun

    async def first_task(self, name: tuple[str, str]) -> float:
        """Seconds from the request until a watcher sees the first task run."""
        position = self.runtime.events.position
        begun = time.perf_counter()
        execution_id = await self.runtime.engine.create_execution(NewExecution(*name))
        async for batch in self.runtime.events.follow(position):
            if any(e.execution_id == execution_id and e.task_run_id for e in batch):
                break
        return time.perf_counter() - begun

    async def _ends(self, position: int, left: set[str]) -> None:
        ends = ("SUCCESS", "FAILED", "WARNING", "KILLED", "CANCELLED")
        async for batch in self.runtime.events.follow(position):
            for event in batch:
                if event.kind is ChangeKind.EXECUTION_STATE and event.state in ends:
                    left.discard(event.execution_id)
            if not left:
                return


async def measure(runtime: Runtime, report: Report) -> None:
    """Sequential, parallel, nested and looped tasks, and many executions at once."""
    work = Workload(runtime)
    report.heading("The engine")
    limit = report.value(machine.BATCHED)
    singles = report.value(machine.SINGLE)
    for label, source, tasks, aim in (
        ("100 sequential Return tasks", flows.sequential(100), 100, "0.3 s"),
        ("100 parallel Return tasks", flows.parallel(100), 101, ""),
        ("B2: five nested Ifs", flows.nested_ifs(5), 10, ""),
        ("B3: a loop of 100 values at once", flows.loop(100), 101, "0.2 s"),
    ):
        name = await work.save(source)
        await work.run(name)
        seconds = median([await work.run(name) for _ in range(_ROUNDS)])
        report.add(label, seconds * 1000, "ms", aim=aim)
        rate = tasks / seconds
        report.add("  task runs", rate, "a second", ratio=f"{rate / limit:.2f} of batched rows")
    await _many(work, report, singles)
    await _latency(work, report, singles)
    await _large_loop(work, report)


async def _many(work: Workload, report: Report, singles: float) -> None:
    name = await work.save(flows.sequential(2))
    count = 1_000
    seconds = min([await work.run(name, count) for _ in range(3)])
    rate = count / seconds
    report.add(
        "1,000 executions of two tasks at once",
        rate,
        "executions/s",
        ratio=f"{rate / singles:.2f} of single-row commits",
        aim="300",
    )


async def _latency(work: Workload, report: Report, singles: float) -> None:
    name = await work.save(flows.sequential(1))
    times = [await work.first_task(name) for _ in range(50)]
    commits = singles * median(times)
    ratio = f"{commits:.1f} single-row commits"
    report.add("request to first task, p50", median(times) * 1000, "ms", ratio=ratio, aim="10")
    report.add("request to first task, p95", percentile(times, 0.95) * 1000, "ms")


async def _large_loop(work: Workload, report: Report) -> None:
    name = await work.save(flows.loop(10_000))
    process = psutil.Process()
    before = process.memory_info().rss
    seconds = await work.run(name)
    grown = (process.memory_info().rss - before) / _MEGABYTE
    report.add("a loop of 10,000 values at once", seconds, "s", aim="10 s")
    report.add("  memory grown by", grown, "MB")
