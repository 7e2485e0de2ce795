"""Databases are brought to the current tables once, whoever asks and however often."""

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING

import asyncpg
import pytest

from runtime.errors import Conflict
from runtime.store import migrate as module
from runtime.store.migrate import migrate
from tests.support.database import named

if TYPE_CHECKING:
    from tests.support.database import DatabaseServer


@pytest.fixture
def empty_url(database_server: "DatabaseServer") -> Iterator[str]:
    """A database without any table."""
    name = f"{database_server.template}_empty"
    database_server.execute(f"CREATE DATABASE {name}")
    try:
        yield named(database_server.dsn, name)
    finally:
        database_server.execute(f"DROP DATABASE {name} WITH (FORCE)")


async def fetch(url: str, statement: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(statement)
    finally:
        await connection.close()


async def test_all_are_applied_in_the_order_of_their_numbers(empty_url: str) -> None:
    applied = await migrate(empty_url)
    assert [int(name[:4]) for name in applied] == list(range(1, len(applied) + 1))
    assert await fetch(empty_url, "SELECT count(*) FROM executions") == 0


async def test_what_was_applied_is_not_applied_again(database_url: str) -> None:
    assert await migrate(database_url) == []


async def test_servers_that_start_together_apply_each_once(empty_url: str) -> None:
    first, second, third = await asyncio.gather(*(migrate(empty_url) for _ in range(3)))
    together = sorted([*first, *second, *third])
    assert together == sorted(set(together))
    assert len(together) == await fetch(empty_url, "SELECT count(*) FROM migrations")


async def test_one_that_was_applied_with_another_content_is_refused(database_url: str) -> None:
    await fetch(database_url, "UPDATE migrations SET checksum = 'other' WHERE name LIKE '0001%'")
    with pytest.raises(Conflict, match=r"0001_initial\.sql was applied with another content"):
        await migrate(database_url)


async def test_one_that_fails_leaves_nothing_of_itself_and_what_came_before_stays(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = [
        ("0001_good.sql", "CREATE TABLE good (id int)"),
        ("0002_broken.sql", "CREATE TABLE half (id int); SELECT 1 / 0"),
    ]
    monkeypatch.setattr(module, "_migrations", lambda: broken)
    with pytest.raises(asyncpg.DivisionByZeroError):
        await migrate(empty_url)
    assert await fetch(empty_url, "SELECT to_regclass('good')::text") == "good"
    assert await fetch(empty_url, "SELECT to_regclass('half')::text") is None
    assert await fetch(empty_url, "SELECT string_agg(name, ',') FROM migrations") == "0001_good.sql"
