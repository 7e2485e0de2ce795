import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from runtime.store import kv
from runtime.store.kv import KvKind
from runtime.store.pool import Pool, open_pool

NOW = datetime(2026, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
async def pool(database_url: str) -> AsyncIterator[Pool]:
    async with open_pool(database_url, connections=4) as found:
        yield found


async def put(
    pool: Pool, key: str, value: object, namespace: str = "a.b", **more: object
) -> object:
    return await kv.put(pool, namespace, key, value, KvKind.JSON, NOW, **more)  # type: ignore[arg-type]  # by name


async def value(pool: Pool, key: str, namespace: str = "a.b", now: datetime = NOW) -> object:
    found = await kv.find(pool, [namespace], key, now)
    return found.value if found else None


@pytest.mark.parametrize("stored", ["text", 1, 1.5, True, None, [1, {"b": 2, "a": 1}], "\0"])
async def test_a_value_comes_back_as_it_was(pool: Pool, stored: object) -> None:
    await put(pool, "key", stored)
    expected = "\N{REPLACEMENT CHARACTER}" if stored == "\0" else stored
    assert await value(pool, "key") in (stored, expected)


async def test_the_nearest_namespace_wins(pool: Pool) -> None:
    await put(pool, "key", "far", "a")
    names = kv.with_parents("a.b.c")
    assert names == ["a.b.c", "a.b", "a"]
    found = await kv.find(pool, names, "key", NOW)
    assert found is not None
    assert found.value == "far"
    await put(pool, "key", "near", "a.b")
    found = await kv.find(pool, names, "key", NOW)
    assert found is not None
    assert found.value == "near"


async def test_a_pair_is_absent_once_its_time_is_over(pool: Pool) -> None:
    await put(pool, "key", 1, expires_at=NOW + HOUR)
    assert await value(pool, "key") == 1
    assert await value(pool, "key", now=NOW + HOUR) is None
    assert await kv.page(pool, "a.b", NOW + HOUR, limit=10) == []
    assert not await kv.delete(pool, "a.b", "key", NOW + HOUR)


async def test_a_pair_is_kept_when_it_may_not_be_replaced(pool: Pool) -> None:
    assert await put(pool, "key", 1, overwrite=False) == 1
    assert await put(pool, "key", 2, overwrite=False) is None
    assert await value(pool, "key") == 1
    assert await put(pool, "key", 3) == 2


async def test_a_pair_whose_time_is_over_may_be_replaced_by_anyone(pool: Pool) -> None:
    await put(pool, "key", 1, expires_at=NOW)
    assert await put(pool, "key", 2, overwrite=False) == 2


async def test_of_two_who_expect_the_same_version_one_wins(pool: Pool) -> None:
    await put(pool, "key", 0)
    won = await asyncio.gather(*(put(pool, "key", n, expected_version=1) for n in range(1, 9)))
    assert sorted(won, key=str) == [2, *[None] * 7]


async def test_pages_go_on_after_a_key(pool: Pool) -> None:
    for key in ("p_a", "p_b", "p_c", "q"):
        await put(pool, key, key)
    await put(pool, "p_z", 1, "a")
    first = await kv.page(pool, "a.b", NOW, prefix="p_", limit=2)
    rest = await kv.page(pool, "a.b", NOW, prefix="p_", after=first[-1].key, limit=2)
    assert [pair.key for pair in first + rest] == ["p_a", "p_b", "p_c"]


async def test_purging_takes_what_is_over_in_a_namespace_and_below(pool: Pool) -> None:
    for namespace in ("a", "a.b", "ab"):
        await put(pool, "old", 1, namespace, expires_at=NOW)
        await put(pool, "new", 1, namespace, expires_at=NOW + HOUR)
    assert await kv.purge(pool, NOW, kv.KvPurge(["a", "a.%"])) == 2
    assert await kv.purge(pool, NOW) == 1
