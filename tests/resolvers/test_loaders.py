"""Batches: many who ask for the same are answered by one statement, and do not hurt each other."""

import asyncio
from contextlib import suppress

from resolvers.loaders import Batch


async def test_who_gives_up_takes_nothing_from_others_who_wait_for_the_same() -> None:
    answer: asyncio.Future[list[str]] = asyncio.get_running_loop().create_future()
    asked: list[list[int]] = []
    begun = asyncio.Event()

    async def read(keys: list[int]) -> list[str]:
        asked.append(keys)
        begun.set()
        return await answer

    batch = Batch(load_fn=read)

    async def wait() -> list[str]:
        return await batch.load_many([1, 2])

    patient, hasty = asyncio.create_task(wait()), asyncio.create_task(wait())
    await begun.wait()
    hasty.cancel()
    with suppress(asyncio.CancelledError):
        await hasty
    answer.set_result(["one", "two"])
    assert await patient == ["one", "two"]
    assert asked == [[1, 2]]
