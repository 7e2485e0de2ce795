"""Batches: many who ask for the same are answered by one statement, and do not hurt each other."""

import asyncio
import gc
from contextlib import suppress

import pytest

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


async def test_a_failure_for_which_nobody_waits_any_more_is_not_logged_as_never_seen() -> None:
    loud: list[str] = []
    asyncio.get_running_loop().set_exception_handler(
        lambda _, context: loud.append(context["message"])
    )
    await _failed()
    gc.collect()
    assert loud == []


async def _failed() -> None:
    """A batch that fails for one who has given up and one who never waited."""
    answer: asyncio.Future[list[str]] = asyncio.get_running_loop().create_future()
    begun = asyncio.Event()

    async def read(keys: list[int]) -> list[str]:
        begun.set()
        return await answer

    batch = Batch(load_fn=read)

    async def wait() -> str:
        return await batch.load(1)

    hasty = asyncio.create_task(wait())
    batch.load(2)
    await begun.wait()
    hasty.cancel()
    with suppress(asyncio.CancelledError):
        await hasty
    answer.set_exception(ValueError("nothing can be read"))
    with pytest.raises(ValueError, match="nothing can be read"):
        await batch.load(2)
