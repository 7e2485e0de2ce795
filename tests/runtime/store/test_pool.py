"""Connections are given back as they were taken, without a word to the database."""

from typing import Any

from runtime.store.pool import open_pool


async def test_a_connection_is_given_back_without_a_trip_to_the_database(
    database_url: str,
) -> None:
    said: list[Any] = []
    async with open_pool(database_url, connections=2) as pool:
        async with pool.acquire() as connection:
            connection.add_query_logger(said.append)
            await connection.fetchval("SELECT 1")
        assert [record.query for record in said] == ["SELECT 1"]
