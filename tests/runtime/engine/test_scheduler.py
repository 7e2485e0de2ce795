"""Schedules under a clock of the test's own, on a real database."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from runtime.clock import ManualClock
from runtime.engine.engine import NewExecution
from runtime.errors import Conflict, NotFound
from runtime.executions.messages import Kill
from tests.support.schedules import Timed, flow, schedule, timed
from tests.support.waiting import until

DEMO = files("runtime.flows.examples").joinpath("conditionallyReturnOutputs.yaml").read_text()
MINUTE = timedelta(minutes=1)
SLOW = "  - id: wait\n    type: io.kestra.plugin.core.flow.Pause\n"


def at(hour: int, minute: int, day: int = 14, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def shown(*moments: datetime) -> list[str]:
    return [moment.strftime("%Y-%m-%dT%H:%M:00.000Z") for moment in moments]


@pytest.fixture
async def driver(database_url: str, tmp_path: Path, clock: ManualClock) -> AsyncIterator[Timed]:
    async with timed(database_url, tmp_path, clock) as started:
        yield started


async def test_the_demo_flow_runs_at_each_minute(driver: Timed) -> None:
    await driver.save(DEMO)
    for count, minute in enumerate((27, 28, 29), 1):
        await driver.due_at(at(9, minute), "every_minute_schedule")
        await driver.pass_time(MINUTE)
        await driver.fired(count, "conditionallyReturnOutputs")
    dates = await driver.dates("conditionallyReturnOutputs")
    assert dates == shown(at(9, 27), at(9, 28), at(9, 29))


async def test_an_execution_knows_its_moment_and_those_beside_it(driver: Timed) -> None:
    await driver.save(flow(schedule("0 12 * * *", "timezone: Europe/Paris")))
    await driver.due_at(at(11, 0))
    await driver.pass_time(timedelta(hours=2))
    await driver.fired(1)
    await driver.due_at(at(11, 0, day=15))
    execution_id = (await driver.row() or {})["execution_id"]
    seen = await driver.ended(str(execution_id))
    assert seen.execution.trigger is not None
    assert seen.execution.trigger.variables == {
        "date": "2026-03-14T12:00:00.000+01:00",
        "next": "2026-03-15T12:00:00.000+01:00",
        "previous": "2026-03-13T12:00:00.000+01:00",
    }
    assert seen.execution.scheduled_at == at(11, 0)


@pytest.mark.parametrize(
    ("mode", "made_up"),
    [
        ("ALL", [at(9, 27), at(9, 28), at(9, 29), at(9, 30)]),
        ("LAST", [at(9, 30)]),
        ("NONE", []),
    ],
)
async def test_what_was_missed_is_made_up_for_as_the_schedule_says(
    database_url: str, tmp_path: Path, clock: ManualClock, mode: str, made_up: list[datetime]
) -> None:
    async with timed(database_url, tmp_path, clock) as driver:
        await driver.save(flow(schedule("* * * * *", f"recoverMissedSchedules: {mode}")))
        await driver.due_at(at(9, 27))
    clock.advance(timedelta(minutes=4))  # 9:30:53, so that 9:30 is over too
    async with timed(database_url, tmp_path, clock) as driver:
        await driver.due_at(at(9, 31))
        assert await driver.dates() == shown(*made_up)
        await driver.pass_time(timedelta(seconds=10))
        assert len(await driver.fired(len(made_up) + 1)) == len(made_up) + 1


async def test_what_is_later_than_the_longest_delay_is_dropped(
    database_url: str, tmp_path: Path, clock: ManualClock
) -> None:
    async with timed(database_url, tmp_path, clock) as driver:
        await driver.save(flow(schedule("* * * * *", "lateMaximumDelay: PT2M")))
        await driver.due_at(at(9, 27))
    clock.advance(timedelta(hours=1))
    async with timed(database_url, tmp_path, clock) as driver:
        await driver.due_at(at(10, 27))
        assert await driver.dates() == shown(at(10, 25), at(10, 26))


async def test_a_crash_between_execution_and_next_moment_starts_nothing_twice(
    database_url: str, tmp_path: Path, clock: ManualClock
) -> None:
    async with timed(database_url, tmp_path, clock) as driver:
        await driver.save(flow(schedule()))
        await driver.due_at(at(9, 27))
        await driver.pass_time(MINUTE)
        await driver.fired(1)
        await driver.due_at(at(9, 28))
        # As if the server had died after it created the execution: the moment is due again, and
        # the claim is that of a server which is no more.
        await driver.runtime.pool.execute(
            "UPDATE triggers SET next_at = $1, claimed_by = 'wk_gone'", at(9, 27)
        )
    async with timed(database_url, tmp_path, clock) as driver:
        await driver.due_at(at(9, 28))
        assert await driver.dates() == shown(at(9, 27))


async def test_two_servers_run_each_moment_once(
    database_url: str, tmp_path: Path, clock: ManualClock
) -> None:
    async with AsyncExitStack() as stack:
        drivers = [
            await stack.enter_async_context(timed(database_url, tmp_path, clock)) for _ in range(2)
        ]
        many = "\n".join(schedule(id=f"clock{number}") for number in range(20))
        await drivers[0].save(flow(many))
        for number in range(20):
            await drivers[0].due_at(at(9, 27), f"clock{number}")
        clock.advance(MINUTE)
        assert len(await drivers[0].fired(20)) == 20
        for number in range(20):
            await drivers[0].due_at(at(9, 28), f"clock{number}")
        assert len(await drivers[1].dates()) == 20


async def test_a_cron_that_never_fires_is_fine(driver: Timed) -> None:
    await driver.save(flow(schedule("0 0 30 2 *") + "\n" + schedule(id="other")))
    await driver.due_at(at(9, 27), "other")
    await driver.due_at(None)
    await driver.pass_time(timedelta(minutes=1))
    assert await driver.fired(1) == shown(at(9, 27))
    await driver.due_at(None)


async def test_a_moment_that_does_not_exist_fires_after_the_gap_and_a_double_one_once(
    database_url: str, tmp_path: Path
) -> None:
    clock = ManualClock(datetime(2026, 3, 28, 12, tzinfo=UTC))
    async with timed(database_url, tmp_path, clock) as driver:
        await driver.save(flow(schedule("30 2 * * *", "timezone: Europe/Paris")))
        await driver.due_at(at(1, 0, 29))
        await driver.pass_time(timedelta(days=1))
        assert await driver.fired(1) == ["2026-03-29T03:00:00.000+02:00"]
    clock = ManualClock(datetime(2026, 10, 24, 12, tzinfo=UTC))
    async with timed(database_url, tmp_path, clock) as driver:
        source = schedule("30 2 * * *", "timezone: Europe/Paris", "recoverMissedSchedules: NONE")
        await driver.save(flow(source, id="autumn"))
        await driver.due_at(at(0, 30, 25, 10))
        await driver.pass_time(timedelta(hours=12, minutes=30))
        assert await driver.fired(1, "autumn") == ["2026-10-25T02:30:00.000+02:00"]
        await driver.due_at(at(1, 30, 26, 10))


async def test_given_dates_start_the_flow(driver: Timed) -> None:
    dates = "dates: ['2026-03-14T09:00:00Z', '2026-03-14T11:30:00+01:00', '2026-03-14T12:00:00']"
    on_dates = schedule("", dates, "timezone: Europe/Paris").replace(
        "trigger.Schedule", "trigger.ScheduleOnDates"
    )
    await driver.save(flow(on_dates.replace('    cron: ""\n', "")))
    await driver.due_at(at(10, 30))
    await driver.pass_time(timedelta(hours=3))
    moments = ["2026-03-14T11:30:00.000+01:00", "2026-03-14T12:00:00.000+01:00"]
    assert await driver.fired(2) == moments
    await driver.due_at(None)


async def test_moments_while_it_is_switched_off_are_not_made_up_for(driver: Timed) -> None:
    engine = driver.runtime.engine
    await driver.save(flow(schedule()))
    await driver.due_at(at(9, 27))
    await engine.set_trigger_disabled("company.team", "timed", "clock", True)
    await driver.due_at(None)
    await driver.pass_time(timedelta(minutes=10))
    await engine.set_trigger_disabled("company.team", "timed", "clock", False)
    await driver.due_at(at(9, 37))
    assert await driver.dates() == []
    await driver.pass_time(MINUTE)
    assert await driver.fired(1) == shown(at(9, 37))


async def test_what_the_flow_disables_cannot_be_switched_on(driver: Timed) -> None:
    await driver.save(flow(schedule("* * * * *", "disabled: true")))
    await driver.due_at(None)
    with pytest.raises(Conflict, match="itself"):
        await driver.runtime.engine.set_trigger_disabled("company.team", "timed", "clock", False)
    with pytest.raises(NotFound):
        await driver.runtime.engine.set_trigger_disabled("company.team", "timed", "none", True)
    await driver.save(flow(schedule()))
    await driver.due_at(at(9, 27))


async def test_a_change_elsewhere_in_the_flow_keeps_the_next_moment(
    database_url: str, tmp_path: Path, clock: ManualClock
) -> None:
    async with timed(database_url, tmp_path, clock, roles=("web", "engine")) as writer:
        async with timed(database_url, tmp_path, clock) as driver:
            await driver.save(flow(schedule()))
            await driver.due_at(at(9, 27))
        clock.advance(MINUTE)
        await writer.save(flow(schedule(), more="description: changed"))
        async with timed(database_url, tmp_path, clock) as driver:
            await driver.fired(1)
            assert await driver.dates() == shown(at(9, 27))


async def test_another_cron_counts_from_now(driver: Timed) -> None:
    await driver.save(flow(schedule()))
    await driver.due_at(at(9, 27))
    await driver.save(flow(schedule("0 10 * * *")))
    await driver.due_at(at(10, 0))


async def test_a_trigger_goes_with_its_flow(driver: Timed) -> None:
    async def is_gone() -> bool:
        return await driver.row() is None

    engine = driver.runtime.engine
    await driver.save(flow(schedule()))
    await driver.due_at(at(9, 27))
    await engine.set_flow_disabled("company.team", "timed", True)
    await driver.due_at(None)
    await engine.set_flow_disabled("company.team", "timed", False)
    await driver.due_at(at(9, 27))
    await engine.delete_flow("company.team", "timed")
    await until(is_gone, what="the trigger gone")


async def test_nothing_starts_at_a_moment_for_which_the_conditions_do_not_hold(
    driver: Timed,
) -> None:
    lines = (
        "conditions:",
        "  - type: io.kestra.plugin.core.condition.DayWeek",
        '    date: "{{ trigger.date }}"',
        "    dayOfWeek: MONDAY",
        "when: \"{{ trigger.date | date('HH') != '13' }}\"",
    )
    await driver.save(flow(schedule("0 12,13 * * *", *lines)))
    await driver.due_at(at(12, 0))
    await driver.pass_time(timedelta(days=3))
    assert await driver.fired(1) == shown(at(12, 0, 16))
    await driver.due_at(at(12, 0, 17))


async def test_with_conditions_the_moments_beside_it_are_those_that_fit(driver: Timed) -> None:
    lines = (
        "conditions:",
        "  - type: io.kestra.plugin.core.condition.DayWeekInMonth",
        '    date: "{{ trigger.date }}"',
        "    dayOfWeek: MONDAY",
        "    dayInMonth: FIRST",
    )
    await driver.save(flow(schedule("0 11 * * MON", *lines)))
    await driver.due_at(at(11, 0, 16))
    await driver.pass_time(timedelta(days=25))
    await driver.fired(1)
    trigger = await driver.runtime.pool.fetchval("SELECT trigger FROM executions")
    assert trigger["variables"] == {
        "date": "2026-04-06T11:00:00.000Z",
        "next": "2026-05-04T11:00:00.000Z",
        "previous": "2026-03-02T11:00:00.000Z",
    }


async def test_a_condition_that_cannot_be_rendered_leaves_a_failed_execution(
    driver: Timed,
) -> None:
    await driver.save(flow(schedule("* * * * *", 'when: "{{ nothing.here }}"')))
    await driver.due_at(at(9, 27))
    await driver.pass_time(MINUTE)
    await driver.fired(1)
    await driver.due_at(at(9, 28))
    seen = await driver.ended(str((await driver.row() or {})["execution_id"]))
    assert seen.state == "FAILED"
    assert any("nothing" in line for line in seen.logs)


async def test_inputs_and_labels_of_the_trigger_reach_the_execution(driver: Timed) -> None:
    inputs = "inputs:\n  - id: day\n    type: STRING\n"
    lines = (
        "inputs:",
        "  day: \"{{ trigger.date | date('yyyy-MM-dd') }}\"",
        "labels:",
        "  by: clock",
        "  month: \"{{ trigger.date | date('MM') }}\"",
    )
    await driver.save(flow(schedule("* * * * *", *lines), more=inputs))
    await driver.due_at(at(9, 27))
    await driver.pass_time(MINUTE)
    await driver.fired(1)
    await driver.due_at(at(9, 28))
    seen = await driver.ended(str((await driver.row() or {})["execution_id"]))
    assert seen.execution.inputs == {"day": "2026-03-14"}
    labels = {key: value for key, value in seen.execution.labels.items() if "system" not in key}
    assert labels == {"by": "clock", "month": "03"}


async def test_stop_after_ends_a_schedule_that_fails(driver: Timed) -> None:
    failing = flow(schedule("* * * * *", "stopAfter: [FAILED]")).replace(
        "io.kestra.plugin.core.debug.Return", "io.kestra.plugin.core.execution.Fail"
    )
    failing = failing.replace("    format: \"{{ trigger.date ?? 'none' }}\"\n", "")
    await driver.save(failing)
    await driver.due_at(at(9, 27))
    await driver.pass_time(MINUTE)
    await driver.fired(1)
    await driver.due_at(None)
    await driver.pass_time(timedelta(minutes=5))
    assert (await driver.row() or {})["disabled"] is True
    assert len(await driver.dates()) == 1


async def test_a_moment_waits_for_the_execution_of_the_moment_before(driver: Timed) -> None:
    slow = flow(schedule("* * * * *")).replace("triggers:", f"{SLOW}triggers:")
    await driver.save(slow)
    await driver.due_at(at(9, 27))
    await driver.pass_time(MINUTE)
    await driver.fired(1)
    await driver.due_at(at(9, 28))
    first = str((await driver.row() or {})["execution_id"])
    await driver.reached(first, "PAUSED")
    await driver.pass_time(MINUTE)
    other = flow(schedule(id="beside"), id="beside")
    await driver.save(other)
    await driver.due_at(at(9, 29), "beside")
    assert len(await driver.dates()) == 1
    await driver.runtime.engine.act(first, Kill())
    assert await driver.fired(2) == shown(at(9, 27), at(9, 28))


async def test_one_that_may_overlap_waits_for_nothing(driver: Timed) -> None:
    slow = flow(schedule("* * * * *", "allowConcurrent: true"))
    await driver.save(slow.replace("triggers:", f"{SLOW}triggers:"))
    await driver.due_at(at(9, 27))
    await driver.pass_time(2 * MINUTE)
    assert await driver.fired(2) == shown(at(9, 27), at(9, 28))


async def test_a_trigger_is_no_obstacle_to_starting_by_hand(driver: Timed) -> None:
    namespace, flow_id = await driver.save(flow(schedule()))
    execution_id = await driver.runtime.engine.create_execution(NewExecution(namespace, flow_id))
    assert (await driver.ended(execution_id)).state == "SUCCESS"
