"""A server process that can be killed: it starts executions of a flow and says which were accepted.

    python -m tests.support.crashing <database url> <folder> <flow file> <how many>

Prints one execution id a line as soon as its creation is acknowledged, then keeps running.
"""

import asyncio
import sys
from pathlib import Path

from runtime.engine.engine import NewExecution
from tests.support.engine import Driver, driven

_AT_ONCE = 20


async def serve(database_url: str, folder: Path, flow: Path, count: int) -> None:
    async with driven(database_url, folder) as driver:
        namespace, flow_id = await driver.save(flow.read_text())
        print("ready", flush=True)
        turn = asyncio.Semaphore(_AT_ONCE)
        await asyncio.gather(
            *(_create(driver, turn, namespace, flow_id) for _ in range(count)),
        )
        await asyncio.Event().wait()


async def _create(driver: Driver, turn: asyncio.Semaphore, namespace: str, flow_id: str) -> None:
    async with turn:
        request = NewExecution(namespace, flow_id)
        execution_id = await driver.runtime.engine.create_execution(request)
        print(execution_id, flush=True)


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])))
