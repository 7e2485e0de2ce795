"""Executions that start executions: a tree is killed as a whole, however fast it grows."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from runtime.executions.messages import Kill
from tests.support.engine import Driver, driven
from tests.support.waiting import until

BOMB = """
id: bomb
namespace: t
tasks:
  - id: twice
    type: io.kestra.plugin.core.flow.ForEach
    values: [1, 2]
    concurrencyLimit: 0
    tasks:
      - id: again
        type: io.kestra.plugin.core.flow.Subflow
        namespace: t
        flowId: "{{ 'bomb' }}"
"""


@pytest.fixture
async def driver(database_url: str, tmp_path: Path) -> AsyncIterator[Driver]:
    async with driven(database_url, tmp_path) as driver:
        yield driver


async def test_a_tree_that_doubles_at_every_level_ends_when_its_root_is_killed(
    driver: Driver,
) -> None:
    root = await driver.create(BOMB)

    pool = driver.runtime.pool

    async def has_grown() -> bool:
        number: int = await pool.fetchval("SELECT count(*) FROM executions")
        return number > 100

    await until(has_grown, what="a tree of a hundred executions")
    await driver.runtime.engine.act(root, Kill())

    async def is_over() -> bool:
        left: int = await pool.fetchval("SELECT count(*) FROM executions WHERE ended_at IS NULL")
        return left == 0

    await until(is_over, what="the end of every execution", within=60)
    assert (await driver.ended(root)).state == "KILLED"
    states = await pool.fetch("SELECT DISTINCT state FROM executions")
    assert {row["state"] for row in states} <= {"KILLED", "FAILED"}
