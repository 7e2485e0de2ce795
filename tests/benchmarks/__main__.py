"""`make bench`: what Flowdeck reaches on this machine, beside what the machine itself can do.

`make bench ARGS=--large` reads from a million executions instead of a hundred thousand; a name, as
in `ARGS=reads` or `ARGS=live`, measures that alone. Everything runs in one go on one database, so
that each figure stands beside its limit.
"""

import argparse
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import uvloop

from runtime.config import settings_from
from runtime.engine.lifespan import running
from runtime.store.embedded import embedded_database
from runtime.store.migrate import migrate
from tests.benchmarks import bulk, live, machine, reads, runtime, triggers, web
from tests.benchmarks.report import Report
from web.server import spare_the_collector

_ROOMS = ("runtime", "web", "live", "bulk", "triggers", "reads")


async def main(rooms: list[str], executions: int) -> None:
    """Print every figure of these rooms."""
    report = Report()
    with TemporaryDirectory(dir="/var/tmp") as name:
        folder = Path(name)
        async with embedded_database(folder / "postgres") as dsn:
            await migrate(dsn)
            if "runtime" in rooms or "web" in rooms:
                await machine.measure(dsn, report)
            if "runtime" in rooms:
                settings = settings_from({}, database_url=dsn, data_dir=folder)
                async with running(settings) as started:
                    spare_the_collector()
                    await runtime.measure(started, report)
            if "web" in rooms:
                await web.measure(dsn, folder, report)
            if "live" in rooms:
                await live.measure(dsn, folder, report)
            if "bulk" in rooms:
                async with _another_database(dsn, "bench_bulk") as empty:
                    await bulk.measure(empty, folder / "bulk", report, executions // 10)
            if "triggers" in rooms:
                async with _another_database(dsn, "bench_triggers") as empty:
                    await triggers.measure(empty, folder, report, executions // 100)
            if "reads" in rooms:
                async with _another_database(dsn, "bench_reads") as empty:
                    await reads.measure(empty, folder, report, executions)


@asynccontextmanager
async def _another_database(dsn: str, name: str) -> AsyncIterator[str]:
    """A database without what was run before, so that it holds only what it was filled with."""
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(f"CREATE DATABASE {name}")
    finally:
        await connection.close()
    parts = urlsplit(dsn)
    empty = urlunsplit(parts._replace(path=f"/{name}"))
    await migrate(empty)
    yield empty


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="make bench ARGS=")
    parser.add_argument("rooms", nargs="*", metavar="|".join(_ROOMS))
    parser.add_argument("--large", action="store_true", help="read from 1,000,000 executions")
    asked = parser.parse_args()
    uvloop.run(main(asked.rooms or list(_ROOMS), 1_000_000 if asked.large else 100_000))
