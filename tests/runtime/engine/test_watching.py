"""Flows that start when others have logged something, or when key-value pairs have changed: every
line and change once, whoever dies in between."""

from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from runtime.clock import ManualClock
from runtime.engine.launch import Launch, Launcher
from runtime.errors import Unavailable
from runtime.store import kv
from runtime.store.kv import KvKind
from tests.support.schedules import Timed, flow, timed
from tests.support.waiting import until

CORE = "io.kestra.plugin.core"
LOUD = """
id: loud
namespace: {namespace}
tasks:
  - id: say
    type: io.kestra.plugin.core.log.Log
    level: {level}
    message: {message}
"""


@pytest.fixture
async def driver(database_url: str, tmp_path: Path, clock: ManualClock) -> AsyncIterator[Timed]:
    async with timed(database_url, tmp_path, clock) as started:
        yield started


def watching(kind: str, *lines: str) -> str:
    more = "\n".join(f"    {line}" for line in lines)
    return flow(f"  - id: watch\n    type: {CORE}.{kind}\n    interval: PT10S\n{more}")


async def rests(driver: Timed) -> None:
    """Wait until the trigger has looked and is due later."""

    async def is_at_rest() -> bool:
        row = await driver.row("watch")
        if row is None or row["claimed_by"] is not None or row["next_at"] is None:
            return False
        memory = row["memory"]
        is_done = isinstance(memory, Mapping) and "mark" in memory and "upTo" not in memory
        return is_done and str(row["next_at"]) > str(driver.clock.now())

    await until(is_at_rest, what="the trigger to rest")


async def look(driver: Timed) -> list[Mapping[str, object]]:
    """Let one interval pass; what `trigger` is in each execution of the flow so far."""
    await driver.pass_time(timedelta(seconds=11))
    await rests(driver)
    return await started(driver)


async def started(driver: Timed) -> list[Mapping[str, object]]:
    rows = await driver.runtime.pool.fetch(
        "SELECT trigger -> 'variables' AS seen FROM executions WHERE flow_id = 'timed' ORDER BY id"
    )
    return [row["seen"] for row in rows]


async def say(
    driver: Timed, message: str, level: str = "ERROR", namespace: str = "company.team"
) -> None:
    await driver.run(LOUD.format(message=message, level=level, namespace=namespace))


def messages(seen: Mapping[str, object]) -> list[str]:
    logs = seen["logs"]
    assert isinstance(logs, list)
    return [line["message"] for line in logs]


async def test_lines_since_the_last_look_start_the_flow_once_together(driver: Timed) -> None:
    await say(driver, "before")
    await driver.save(watching("log.Trigger"))
    await rests(driver)
    await say(driver, "one")
    await say(driver, "quiet", level="INFO")
    await say(driver, "two")
    (seen,) = await look(driver)
    assert (seen["count"], messages(seen)) == (2, ["one", "two"])
    assert len(await look(driver)) == 1


async def test_only_the_lines_that_are_wanted_count(driver: Timed) -> None:
    await driver.save(watching("log.Trigger", "namespace: company", "level: warn", "taskId: say"))
    await rests(driver)
    await say(driver, "elsewhere", namespace="companyx")
    await say(driver, "low", level="INFO")
    assert await look(driver) == []
    await say(driver, "below", level="WARN", namespace="company.deep.er")
    (seen,) = await look(driver)
    assert messages(seen) == ["below"]


async def test_more_lines_than_one_start_may_have_start_it_again_at_once(driver: Timed) -> None:
    await driver.save(watching("log.Trigger", "maxRecords: 2", "allowConcurrent: true"))
    await rests(driver)
    for number in range(5):
        await say(driver, f"line {number}")
    found = await look(driver)
    assert [messages(seen) for seen in found] == [
        ["line 0", "line 1"], ["line 2", "line 3"], ["line 4"],
    ]  # fmt: skip


async def test_the_lines_of_the_flow_itself_start_nothing(driver: Timed) -> None:
    source = watching("log.Trigger").replace("debug.Return", "log.Log")
    await driver.save(source.replace("format:", "level: ERROR\n    message:"))
    await rests(driver)
    await say(driver, "first")
    assert len(await look(driver)) == 1
    assert len(await look(driver)) == 1


async def test_conditions_may_pass_lines_over(driver: Timed) -> None:
    await driver.save(watching("log.Trigger", 'when: "{{ trigger.count > 1 }}"'))
    await rests(driver)
    await say(driver, "alone")
    assert await look(driver) == []
    await say(driver, "one")
    await say(driver, "two")
    assert [messages(seen) for seen in await look(driver)] == [["one", "two"]]


@pytest.mark.parametrize("dies", ["before", "after"])
async def test_a_look_that_dies_at_the_start_is_repeated_alike(
    driver: Timed, monkeypatch: pytest.MonkeyPatch, dies: str
) -> None:
    await driver.save(watching("log.Trigger"))
    await rests(driver)
    await say(driver, "one")
    launch, tries = Launcher.launch, 0

    async def breaks(self: Launcher, wanted: Launch) -> str | None:
        nonlocal tries
        tries += 1
        if tries > 1:
            return await launch(self, wanted)
        if dies == "after":
            await launch(self, wanted)
        await say(driver, "meanwhile")
        raise Unavailable("gone", hint="")

    monkeypatch.setattr(Launcher, "launch", breaks)
    await driver.pass_time(timedelta(seconds=11))
    await until(lambda: tries == 1, what="the start that breaks")

    async def both() -> list[Mapping[str, object]]:
        await driver.pass_time(timedelta(seconds=3))
        found = await started(driver)
        return found if len(found) > 1 else []

    found = await until(both, what="the line before it and the line meanwhile")
    assert [messages(seen) for seen in found] == [["one"], ["meanwhile"]]


async def put(driver: Timed, key: str, value: object) -> None:
    now = driver.clock.now()
    await kv.put(driver.runtime.pool, "company.team", key, value, KvKind.JSON, now)


async def test_pairs_that_changed_since_the_last_look_start_the_flow_once(driver: Timed) -> None:
    await put(driver, "old", 1)
    await put(driver, "same", 1)
    await driver.save(watching("kv.Listen"))
    await rests(driver)
    await put(driver, "old", 2)
    await put(driver, "old", 3)
    await put(driver, "new", {"a": 1})
    await kv.delete(driver.runtime.pool, "company.team", "same", driver.clock.now())
    (seen,) = await look(driver)
    assert seen["changes"] == [
        {"key": "new", "type": "CREATED", "value": {"a": 1}},
        {"key": "old", "type": "UPDATED", "value": 3},
        {"key": "same", "type": "DELETED", "value": None},
    ]
    assert (seen["key"], seen["type"], seen["value"]) == ("new", "CREATED", {"a": 1})
    assert len(await look(driver)) == 1


async def test_only_the_keys_and_kinds_of_change_that_are_wanted_count(driver: Timed) -> None:
    await driver.save(watching("kv.Listen", "prefix: job-", "on: [created]"))
    await rests(driver)
    await put(driver, "job-1", 1)
    await put(driver, "other", 1)
    assert [seen["key"] for seen in await look(driver)] == ["job-1"]
    await put(driver, "job-1", 2)
    assert len(await look(driver)) == 1


async def test_a_pair_that_comes_and_goes_again_and_again_is_seen_each_time(
    driver: Timed,
) -> None:
    await driver.save(watching("kv.Listen", "key: flag"))
    await rests(driver)
    for turn in range(1, 4):
        await put(driver, "flag", turn)
        assert len(await look(driver)) == 2 * turn - 1
        await kv.delete(driver.runtime.pool, "company.team", "flag", driver.clock.now())
        assert len(await look(driver)) == 2 * turn


async def test_too_many_pairs_are_told_in_the_log_of_the_trigger(driver: Timed) -> None:
    for number in range(1_001):
        await put(driver, f"k{number}", 1)
    await driver.save(watching("kv.Listen"))

    async def told() -> bool:
        found: str | None = await driver.runtime.pool.fetchval("SELECT message FROM trigger_logs")
        return found is not None and "more than 1,000 pairs" in found

    await until(told, what="the reason")
