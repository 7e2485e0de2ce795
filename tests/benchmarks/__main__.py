"""`make bench`: what Flowdeck reaches on this machine, beside what the machine itself can do.

Everything runs in one go on one database, so that each figure stands beside its limit.
"""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from runtime.config import settings_from
from runtime.engine.lifespan import running
from runtime.store.embedded import embedded_database
from tests.benchmarks import machine, runtime, web
from tests.benchmarks.report import Report


async def main() -> None:
    """Print every figure."""
    report = Report()
    with TemporaryDirectory(dir="/var/tmp") as folder:
        async with embedded_database(Path(folder) / "postgres") as dsn:
            await machine.measure(dsn, report)
            settings = settings_from({}, database_url=dsn, data_dir=Path(folder))
            async with running(settings) as started:
                await runtime.measure(started, report)
            await web.measure(dsn, Path(folder), report)


if __name__ == "__main__":
    asyncio.run(main())
