"""Connections are given back as they were taken, and nobody waits for one for ever."""

from typing import Any

import pytest

from runtime.store import pool as pools
from runtime.store.outage import outage
from runtime.store.pool import is_away, open_pool


async def test_a_connection_is_given_back_without_a_trip_to_the_database(
    database_url: str,
) -> None:
    said: list[Any] = []
    async with open_pool(database_url, connections=2) as pool:
        async with pool.acquire() as connection:
            connection.add_query_logger(said.append)
            await connection.fetchval("SELECT 1")
        assert [record.query for record in said] == ["SELECT 1"]


async def test_whoever_waits_too_long_for_a_connection_is_told(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pools, "_IN_LINE", 0.05)
    async with open_pool(database_url, connections=1) as pool:
        async with pool.acquire():
            with pytest.raises(TimeoutError) as late:
                await pool.fetchval("SELECT 1")
        assert is_away(late.value)
        assert outage(late.value).message == "The database does not answer in time."
        assert await pool.fetchval("SELECT 1") == 1
