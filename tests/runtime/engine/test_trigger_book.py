"""Triggers are read from flows that changed, and from no others."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from runtime.clock import ManualClock
from runtime.engine.library import Library
from runtime.errors import NotFound
from runtime.flows.model import Flow
from tests.support.schedules import Timed, flow, schedule, timed
from tests.support.waiting import until

DUE = datetime(2026, 3, 14, 9, 27, tzinfo=UTC)
NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)
HOOK = "  - id: hook\n    type: io.kestra.plugin.core.trigger.Webhook\n    key: k"
AFTER = "  - id: after\n    type: io.kestra.plugin.core.trigger.Flow"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the flows that were read, as often as they were."""
    found: list[str] = []
    original = Library.find

    async def find(
        self: Library, namespace: str, flow_id: str, revision: int | None = None
    ) -> Flow:
        found.append(flow_id)
        return await original(self, namespace, flow_id, revision)

    monkeypatch.setattr(Library, "find", find)
    return found


async def saved(database_url: str, folder: Path, clock: ManualClock) -> None:
    """One flow of each kind, with its triggers declared and its place on the map."""
    async with timed(database_url, folder, clock) as driver:
        await driver.save(flow(schedule("0 12 * * *"), id="timed"))
        await driver.save(flow(HOOK, id="called"))
        await driver.save(flow(AFTER, id="following"))
        await driver.save(flow(schedule(id="idle", cron="0 0 30 2 *"), id="never"))
        await declared(driver, 4)
        await driver.runtime.engine.flow_map.refresh()


async def declared(driver: Timed, count: int) -> None:
    async def there() -> bool:
        found: int = await driver.runtime.pool.fetchval("SELECT count(*) FROM triggers")
        behind: int = await driver.runtime.pool.fetchval(
            "SELECT count(*) FROM flows WHERE change <> declared"
        )
        return found == count and behind == 0

    await until(there, what=f"{count} triggers")


async def test_a_server_that_starts_reads_only_the_flows_that_follow_others(
    database_url: str, tmp_path: Path, clock: ManualClock, read: list[str]
) -> None:
    await saved(database_url, tmp_path, clock)
    read.clear()
    async with timed(database_url, tmp_path, clock) as driver:
        run = await driver.run(flow("", id="up").replace("triggers:\n", ""))
        assert run.state == "SUCCESS"
        assert set(read) <= {"up", "following"}


async def test_an_idle_server_reads_no_flow(
    database_url: str, tmp_path: Path, clock: ManualClock, read: list[str]
) -> None:
    await saved(database_url, tmp_path, clock)
    async with timed(database_url, tmp_path, clock) as driver:
        read.clear()
        for _ in range(5):
            await driver.pass_time(timedelta(seconds=6))
        assert "timed" not in read
        await driver.save(flow(schedule("0 13 * * *"), id="timed"))
        await driver.due_at(datetime(2026, 3, 14, 13, tzinfo=UTC))
        assert set(read) == {"timed"}


async def test_a_flow_that_lost_its_revision_holds_up_no_other(
    database_url: str, tmp_path: Path, clock: ManualClock
) -> None:
    async with timed(database_url, tmp_path, clock) as driver:
        await driver.save(flow(HOOK, id="lost"))
        await declared(driver, 1)
        await driver.runtime.pool.execute("DELETE FROM flow_revisions WHERE flow_id = 'lost'")
        await driver.runtime.pool.execute("UPDATE flows SET declared = 0 WHERE flow_id = 'lost'")
        await driver.save(flow(schedule()))
        await driver.due_at(DUE)
        await driver.pass_time(timedelta(minutes=1))
        await driver.fired(1)


async def test_what_another_server_saved_is_declared_here(
    database_url: str, tmp_path: Path, clock: ManualClock
) -> None:
    # Without Redis the two do not hear each other; the look every five seconds finds it.
    async with (
        timed(database_url, tmp_path / "a", clock, roles=("web",)) as one,
        timed(database_url, tmp_path / "b", clock, roles=("scheduler",)) as other,
    ):
        await one.save(flow(schedule("0 12 * * *")))
        await looked(other, NOON)
        await one.runtime.engine.set_flow_disabled("company.team", "timed", True)
        await looked(other, None)
        await one.runtime.engine.set_flow_disabled("company.team", "timed", False)
        await looked(other, NOON)


async def looked(driver: Timed, due: datetime | None) -> None:
    """Let time pass until the server has seen when the trigger is due."""

    async def is_due() -> bool:
        await driver.pass_time(timedelta(seconds=6))
        row = await driver.row()
        return row is not None and row["next_at"] == due

    await until(is_due, what=f"the trigger due at {due}")


async def test_what_is_said_of_a_deleted_trigger_goes_with_it(
    database_url: str, tmp_path: Path, clock: ManualClock
) -> None:
    async with timed(database_url, tmp_path, clock) as driver:
        await driver.save(flow(schedule()))
        await driver.due_at(DUE)
        await driver.pass_time(timedelta(minutes=1))
        await driver.fired(1)

        async def lines() -> int:
            found: int = await driver.runtime.pool.fetchval("SELECT count(*) FROM trigger_logs")
            return found

        await until(lines, what="a line")
        await driver.runtime.engine.delete_flow("company.team", "timed")
        await declared(driver, 0)
        assert await lines() == 0


async def test_a_trigger_that_rested_for_a_missing_secret_wakes_when_it_is_switched_on_again(
    database_url: str, tmp_path: Path, clock: ManualClock
) -> None:
    source = flow(schedule("{{ secret('CRON') }}"))
    async with timed(database_url, tmp_path, clock) as driver:
        await driver.save(source)
        await declared(driver, 1)
        assert (await driver.row() or {})["next_at"] is None
    async with timed(database_url, tmp_path, clock, secrets={"CRON": "* * * * *"}) as driver:
        engine = driver.runtime.engine
        for disabled in (True, False):
            await engine.set_trigger_disabled("company.team", "timed", "clock", disabled)
        await driver.due_at(DUE)


async def test_the_triggers_of_a_flow_are_there_when_its_saving_is_answered(
    database_url: str, tmp_path: Path, clock: ManualClock
) -> None:
    async with timed(database_url, tmp_path, clock) as driver:
        engine = driver.runtime.engine
        key = ("company.team", "called", "hook")
        for _ in range(20):
            await driver.save(flow(HOOK, id="called"))
            await engine.triggers.set_disabled(key, True, actor=None)
            await engine.delete_flow(*key[:2])
            with pytest.raises(NotFound):
                await engine.triggers.set_disabled(key, False, actor=None)
