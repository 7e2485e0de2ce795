"""Backfills of schedules."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from runtime.clock import ManualClock
from runtime.engine.backfill import BackfillAction, BackfillRequest
from runtime.errors import Conflict, InvalidInput, NotFound
from runtime.executions.messages import Kill
from tests.support.schedules import Timed, flow, schedule, timed
from tests.support.waiting import until

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
PAUSE = "  - id: wait\n    type: io.kestra.plugin.core.flow.Pause\n"


@pytest.fixture
async def driver(database_url: str, tmp_path: Path, clock: ManualClock) -> AsyncIterator[Timed]:
    async with timed(database_url, tmp_path, clock) as started:
        yield started


async def ask(driver: Timed, request: BackfillRequest, trigger_id: str = "clock") -> None:
    await driver.runtime.engine.backfill_trigger("company.team", "timed", trigger_id, request)


async def over(driver: Timed) -> None:
    async def is_over() -> bool:
        row = await driver.row()
        return row is not None and row["backfill"] is None

    await until(is_over, what="the end of the backfill")


async def days(driver: Timed) -> list[str]:
    return [date[8:10] for date in await driver.dates()]


async def test_every_moment_of_the_span_runs_with_its_inputs_and_labels(driver: Timed) -> None:
    inputs = "inputs:\n  - id: mode\n    type: STRING\n    defaults: daily\n"
    await driver.save(flow(schedule("0 12 * * *"), more=inputs))
    span = BackfillRequest(
        start=NOON,
        end=NOON + timedelta(days=3),
        inputs={"mode": "again {{ trigger.date | date('dd') }}"},
        labels={"why": "repair"},
    )
    await ask(driver, span)
    await over(driver)
    assert await days(driver) == ["10", "11", "12", "13"]
    rows = await driver.runtime.pool.fetch(
        "SELECT inputs, labels FROM executions ORDER BY scheduled_at"
    )
    assert [row["inputs"]["mode"] for row in rows] == [f"again {day}" for day in range(10, 14)]
    assert all(row["labels"]["why"] == "repair" for row in rows)
    assert all(row["labels"]["system.backfill"] == "true" for row in rows)
    assert (await driver.row() or {})["next_at"] == datetime(2026, 3, 14, 12, tzinfo=UTC)


async def test_moments_that_ran_before_run_again(driver: Timed) -> None:
    await driver.save(flow(schedule("0 12 * * *")))
    for count in (1, 2):
        await ask(driver, BackfillRequest(start=NOON, end=NOON))
        await over(driver)
        assert await days(driver) == ["10"] * count


async def test_without_an_end_it_goes_up_to_the_present(driver: Timed) -> None:
    await driver.save(flow(schedule("0 12 * * *")))
    await ask(driver, BackfillRequest(start=NOON + timedelta(seconds=1)))
    await over(driver)
    assert await days(driver) == ["11", "12", "13"]


async def test_only_some_run_at_a_time(driver: Timed) -> None:
    source = flow(schedule("0 * * * *", "allowConcurrent: true")).replace(
        "triggers:", f"{PAUSE}triggers:"
    )
    await driver.save(source)
    await ask(driver, BackfillRequest(start=NOON, end=NOON + timedelta(hours=11)))

    async def paused() -> list[str] | None:
        rows = await driver.runtime.pool.fetch("SELECT id FROM executions WHERE state = 'PAUSED'")
        return [row["id"] for row in rows] if len(rows) == 10 else None

    first = await until(paused, what="ten executions")
    assert first is not None
    for execution_id in first[:2]:
        await driver.runtime.engine.act(execution_id, Kill())
    await over(driver)
    assert len(await driver.dates()) == 12


async def test_one_that_may_not_overlap_runs_its_moments_one_after_the_other(
    driver: Timed,
) -> None:
    await driver.save(flow(schedule("0 12 * * *")))
    await ask(driver, BackfillRequest(start=NOON, end=NOON + timedelta(days=3)))
    await over(driver)
    kinds = await driver.runtime.pool.fetch(
        "SELECT kind FROM events WHERE kind = 'EXECUTION_CREATED' OR "
        "(kind = 'EXECUTION_STATE' AND state = 'SUCCESS' AND task_run_id IS NULL) "
        "ORDER BY position LIMIT 7"
    )
    assert [row["kind"] for row in kinds][::2] == ["EXECUTION_CREATED"] * 4


async def test_it_can_be_paused_resumed_and_cancelled(driver: Timed) -> None:
    source = flow(schedule("0 * * * *", "allowConcurrent: true")).replace(
        "triggers:", f"{PAUSE}triggers:"
    )
    await driver.save(source)
    await ask(driver, BackfillRequest(start=NOON, end=NOON + timedelta(hours=30)))

    async def paused() -> bool:
        return len(await driver.dates()) == 10

    await until(paused, what="ten executions")
    await ask(driver, BackfillRequest(BackfillAction.PAUSE))
    backfill = (await driver.row() or {})["backfill"]
    assert isinstance(backfill, dict)
    assert backfill["paused"] is True
    await ask(driver, BackfillRequest(BackfillAction.RESUME))
    backfill = (await driver.row() or {})["backfill"]
    assert isinstance(backfill, dict)
    assert backfill["paused"] is False
    with pytest.raises(Conflict, match="under way"):
        await ask(driver, BackfillRequest(start=NOON))
    await ask(driver, BackfillRequest(BackfillAction.CANCEL))
    await over(driver)
    with pytest.raises(Conflict, match="no backfill"):
        await ask(driver, BackfillRequest(BackfillAction.PAUSE))
    assert len(await driver.dates()) == 10


async def test_a_paused_one_goes_on_after_a_restart_where_it_was(
    database_url: str, tmp_path: Path, clock: ManualClock
) -> None:
    async with timed(database_url, tmp_path, clock, roles=("web", "engine")) as driver:
        async with timed(database_url, tmp_path, clock) as first:
            await first.save(flow(schedule("0 12 * * *")))
            await first.due_at(datetime(2026, 3, 14, 12, tzinfo=UTC))
        await ask(driver, BackfillRequest(start=NOON, end=NOON + timedelta(days=1)))
        await ask(driver, BackfillRequest(BackfillAction.PAUSE))
    async with timed(database_url, tmp_path, clock) as driver:
        await ask(driver, BackfillRequest(BackfillAction.RESUME))
        await over(driver)
        assert await days(driver) == ["10", "11"]


@pytest.mark.parametrize(
    ("trigger_id", "request_", "error"),
    [
        ("none", BackfillRequest(start=NOON), NotFound),
        ("hook", BackfillRequest(start=NOON), InvalidInput),
        ("clock", BackfillRequest(), InvalidInput),
        ("clock", BackfillRequest(start=NOON, end=NOON - timedelta(hours=1)), InvalidInput),
        ("clock", BackfillRequest(BackfillAction.CANCEL), Conflict),
    ],
)
async def test_what_cannot_be_done_is_refused(
    driver: Timed, trigger_id: str, request_: BackfillRequest, error: type[Exception]
) -> None:
    hook = "  - {id: hook, type: io.kestra.plugin.core.trigger.Webhook, key: k}"
    await driver.save(flow(schedule("0 12 * * *") + "\n" + hook))
    with pytest.raises(error):
        await ask(driver, request_, trigger_id)


async def test_a_backfill_asked_of_one_server_is_done_by_another(
    database_url: str, tmp_path: Path, clock: ManualClock
) -> None:
    # Without Redis the two do not hear each other; the look every five seconds finds it.
    async with (
        timed(database_url, tmp_path / "a", clock, roles=("web",)) as one,
        timed(database_url, tmp_path / "b", clock, roles=("scheduler", "engine")) as other,
    ):
        await one.save(flow(schedule("0 12 * * *")))
        await ask(one, BackfillRequest(start=NOON, end=NOON + timedelta(days=2)))

        async def is_done() -> bool:
            await other.pass_time(timedelta(seconds=6))
            row = await other.row()
            return row is not None and row["backfill"] is None

        await until(is_done, what="the end of the backfill")
        assert (await days(other))[:3] == ["10", "11", "12"]


async def test_a_flow_that_is_switched_off_is_not_backfilled(driver: Timed) -> None:
    await driver.save(flow(schedule("0 12 * * *")))
    await driver.due_at(datetime(2026, 3, 14, 12, tzinfo=UTC))
    await driver.runtime.engine.set_flow_disabled("company.team", "timed", True)
    with pytest.raises(InvalidInput, match="no moments"):
        await ask(driver, BackfillRequest(start=NOON))


async def test_a_backfill_rests_while_its_flow_is_switched_off(driver: Timed) -> None:
    source = flow(schedule("0 12 * * *"))
    await driver.save(source.replace("triggers:", f"{PAUSE}triggers:"))
    await ask(driver, BackfillRequest(start=NOON, end=NOON + timedelta(days=1)))
    (first,) = await driver.fired(1)
    engine = driver.runtime.engine
    await engine.set_flow_disabled("company.team", "timed", True)
    waiting = await driver.runtime.pool.fetchval("SELECT id FROM executions")
    await driver.reached(waiting, "PAUSED")
    await engine.act(waiting, Kill())
    await driver.ended(waiting)
    await driver.pass_time(timedelta(seconds=6))
    assert await driver.dates() == [first]
    await engine.set_flow_disabled("company.team", "timed", False)
    assert len(await driver.fired(2)) == 2
