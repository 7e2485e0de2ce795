"""Servers are killed and stopped again and again in the middle of everything; nothing is lost,
nothing is doubled, and nothing is left over."""

import random
import signal
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
import redis

from runtime.errors import Conflict, ErrorCode
from runtime.executions.messages import Kill
from tests.support.chaos import LEASE, Cluster, check_truth
from tests.support.engine import Driver, driven
from tests.support.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
_DEATHS = 10
_EACH = 12


@pytest.fixture
async def cluster(database_url: str, tmp_path: Path) -> AsyncIterator[Cluster]:
    made = Cluster(database_url, tmp_path)
    try:
        yield made
    finally:
        await made.close()


async def _accepted(cluster: Cluster, count: int) -> None:
    await until(lambda: len(cluster.accepted) >= count, within=60, what=f"{count} acknowledged")


def _has_moved(driver: Driver, before: int, cluster: Cluster) -> bool:
    return driver.runtime.events.position > before or cluster.has_answered


async def test_ten_deaths_of_the_only_server_lose_and_double_nothing(
    cluster: Cluster, tmp_path: Path
) -> None:
    chance = random.Random(1)  # noqa: S311 - the same choices each time
    for _ in range(_DEATHS):
        server = await cluster.start()
        before = len(cluster.accepted)
        cluster.ask(_EACH, chance)
        await _accepted(cluster, before + chance.randint(1, _EACH))
        await cluster.kill(server)
    async with driven(cluster.database_url, tmp_path / "data") as driver:
        await check_truth(driver, cluster.accepted, tmp_path)


async def test_what_a_dead_server_held_can_be_acted_on_at_once(
    cluster: Cluster, tmp_path: Path
) -> None:
    chance = random.Random(4)  # noqa: S311 - the same choices each time
    server = await cluster.start()
    async with driven(cluster.database_url, tmp_path / "data") as driver:
        cluster.ask(3 * _EACH, chance)
        await _accepted(cluster, 2 * _EACH)
        await cluster.kill(server)
        rows = await driver.runtime.pool.fetch("SELECT id FROM executions WHERE ended_at IS NULL")
        killed = 0
        for row in rows:
            try:
                await driver.runtime.engine.act(row["id"], Kill(actor="ada"))
            except Conflict as late:
                assert late.code is ErrorCode.INVALID_STATE  # noqa: PT017 - it had just ended
            else:
                killed += 1
                assert (await driver.ended(row["id"])).state == "KILLED"
        assert killed

        async def nothing_left() -> bool:
            left: int = await driver.runtime.pool.fetchval("SELECT count(*) FROM slots")
            return left == 0

        await until(nothing_left, what="the last place to be freed")


async def test_servers_share_the_work_of_one_that_dies_and_of_one_that_hangs(
    cluster: Cluster, tmp_path: Path, redis_url: str
) -> None:
    chance = random.Random(2)  # noqa: S311 - the same choices each time
    cluster.redis_url = redis_url
    hanging = await cluster.start()
    await cluster.start()
    for _ in range(3):
        dying = await cluster.start()
        before = len(cluster.accepted)
        cluster.ask(3 * _EACH, chance)
        await _accepted(cluster, before + 2 * _EACH)
        await cluster.kill(dying)
        with redis.Redis.from_url(redis_url) as client:
            client.flushall()
            client.client_kill_filter(_type="pubsub")
    cluster.ask(2 * _EACH, chance)
    await _accepted(cluster, len(cluster.accepted) + 1)
    hanging.send_signal(signal.SIGSTOP)
    async with driven(
        cluster.database_url, tmp_path / "data", redis_url=redis_url, lease=LEASE
    ) as driver:

        async def is_taken_over() -> bool:
            open_: int = await driver.runtime.pool.fetchval(
                "SELECT count(*) FROM executions WHERE ended_at IS NULL"
            )
            return open_ == 0

        # Its lease ends, and the others bring to an end what it had begun.
        await until(is_taken_over, within=60, what="the end of everything without it")
        hanging.send_signal(signal.SIGCONT)
        cluster.ask(_EACH, chance)
        await cluster.answered()
        await check_truth(driver, cluster.accepted, tmp_path)


async def test_connections_that_break_again_and_again_lose_and_double_nothing(
    cluster: Cluster, tmp_path: Path
) -> None:
    chance = random.Random(3)  # noqa: S311 - the same choices each time
    await cluster.start()
    async with driven(cluster.database_url, tmp_path / "data") as driver:
        for _ in range(15):
            before = driver.runtime.events.position
            cluster.ask(4, chance)
            moved = partial(_has_moved, driver, before, cluster)
            await until(moved, within=30, what="something to be written, or all to be refused")
            await driver.runtime.pool.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid() "
                "AND application_name = ''"
            )
        cluster.ask(4, chance)
        await cluster.answered()
        await check_truth(driver, cluster.accepted, tmp_path)
