"""What triggers say when they are evaluated, and what becomes of those that fail."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from runtime.clock import ManualClock
from runtime.engine.webhooks import WebhookCall
from runtime.expressions.problems import ExpressionError
from runtime.files.uris import key_of
from runtime.store import trigger_logs
from tests.support.api import Api
from tests.support.engine import Seen
from tests.support.schedules import Timed, flow, schedule, timed
from tests.support.waiting import until

CORE = "io.kestra.plugin.core"
DUE = datetime(2026, 3, 14, 9, 27, tzinfo=UTC)
NEXT = DUE + timedelta(minutes=1)
ON_MONDAYS = (
    "conditions:",
    f"  - type: {CORE}.condition.DayWeek",
    "    dayOfWeek: MONDAY",
)


@pytest.fixture
async def driver(database_url: str, tmp_path: Path, clock: ManualClock) -> AsyncIterator[Timed]:
    async with timed(database_url, tmp_path, clock) as started:
        yield started


async def lines(driver: Timed, trigger_id: str = "clock") -> list[tuple[int, str]]:
    """Level and text of what a trigger said so far."""
    rows = await driver.runtime.pool.fetch(
        "SELECT level, message FROM trigger_logs WHERE trigger = $1 ORDER BY position",
        f"company.team/timed/{trigger_id}",
    )
    return [(row["level"], row["message"]) for row in rows]


async def said(driver: Timed, count: int, trigger_id: str = "clock") -> list[tuple[int, str]]:
    """The same, once there are so many lines."""

    async def enough() -> list[tuple[int, str]] | None:
        found = await lines(driver, trigger_id)
        return found if len(found) >= count else None

    return await until(enough, what=f"{count} lines of {trigger_id}")


async def only_execution(driver: Timed, flow_id: str = "timed") -> Seen:
    async def there() -> str | None:
        found: str | None = await driver.runtime.pool.fetchval(
            "SELECT id FROM executions WHERE flow_id = $1", flow_id
        )
        return found

    return await driver.ended(await until(there, what="an execution"))


async def test_a_trigger_says_what_it_started(driver: Timed) -> None:
    await driver.save(flow(schedule()))
    await driver.due_at(DUE)
    await driver.pass_time(timedelta(minutes=1))
    seen = await only_execution(driver)
    assert await said(driver, 1) == [(20, f"It started {seen.execution.id}.")]


@pytest.mark.parametrize(
    ("level", "kept"),
    [
        ("DEBUG", [(10, "The conditions do not hold at 2026-03-14T09:27:00.000Z.")]),
        ("INFO", []),
        ("OFF", []),
    ],
)
async def test_the_log_level_decides_which_lines_are_kept(
    driver: Timed, level: str, kept: list[tuple[int, str]]
) -> None:
    other = schedule("* * * * *", "logLevel: DEBUG", *ON_MONDAYS, id="other")
    await driver.save(flow(schedule("* * * * *", f"logLevel: {level}", *ON_MONDAYS) + "\n" + other))
    await driver.due_at(DUE)
    await driver.pass_time(timedelta(minutes=1))
    await driver.due_at(NEXT)
    await said(driver, 1, "other")
    if kept:
        await said(driver, 1)
    assert await lines(driver) == kept


@pytest.mark.parametrize(
    "wrong",
    [
        ("inputs:", '  n: "{{ nothing.there }}"'),
        ('when: "{{ nothing.there }}"',),
        ("conditions:", f"  - type: {CORE}.condition.Expression", '    expression: "{{ no.no }}"'),
        ("labels:", '  team: "{{ nothing.there }}"'),
    ],
)
async def test_a_schedule_that_cannot_be_rendered_leaves_a_failed_execution_with_the_reason(
    driver: Timed, wrong: tuple[str, ...]
) -> None:
    await driver.save(flow(schedule("* * * * *", *wrong)))
    await driver.due_at(DUE)
    await driver.pass_time(timedelta(minutes=1))
    seen = await only_execution(driver)
    assert (seen.state, seen.states) == ("FAILED", [])
    assert "The trigger `clock` could not start the flow" in seen.logs[0]
    ((level, message),) = await said(driver, 1)
    assert level == 40
    assert seen.execution.id in message


async def test_moments_that_were_missed_are_told(
    database_url: str, tmp_path: Path, clock: ManualClock
) -> None:
    async with timed(database_url, tmp_path, clock) as driver:
        await driver.save(flow(schedule("* * * * *", "recoverMissedSchedules: NONE")))
        await driver.due_at(DUE)
    clock.advance(timedelta(minutes=4))
    async with timed(database_url, tmp_path, clock) as driver:
        ((level, message),) = await said(driver, 1)
        assert level == 30
        assert "from 2026-03-14T09:27:00+00:00 to before 2026-03-14T09:31" in message


async def test_a_trigger_that_cannot_be_read_says_why_it_rests(driver: Timed) -> None:
    await driver.save(flow(schedule("{{ secret('NONE') }}")))
    ((level, message),) = await said(driver, 1)
    assert level == 40
    assert message.startswith("It rests until the flow is saved or it is switched on again:")


def polling(*more: str) -> str:
    lines = "\n".join(f"    {line}" for line in more)
    return flow(
        f"  - id: look\n    type: {CORE}.http.Trigger\n    uri: http://127.0.0.1:1\n{lines}"
    )


async def test_a_poll_that_fails_leaves_a_line(driver: Timed) -> None:
    await driver.save(polling())
    ((level, message),) = await said(driver, 1, "look")
    assert level == 40
    assert message.startswith("It could not be evaluated:")
    assert await driver.dates() == []


async def test_a_poll_that_fails_makes_a_failed_execution_where_that_is_asked_for(
    driver: Timed,
) -> None:
    await driver.save(polling("failOnTriggerError: true"))
    seen = await only_execution(driver)
    assert seen.state == "FAILED"
    assert "could not start the flow" in seen.logs[0]


def called(*more: str) -> str:
    lines = "\n".join(f"    {line}" for line in more)
    return flow(
        f"  - id: hook\n    type: {CORE}.trigger.Webhook\n    key: k\n"
        f'    when: "{{{{ trigger.body.ok }}}}"\n{lines}'
    )


async def test_a_webhook_whose_condition_cannot_be_rendered_refuses_the_call(
    driver: Timed,
) -> None:
    await driver.save(called())
    with pytest.raises(ExpressionError):
        await driver.runtime.engine.webhook("company.team", "timed", "k", WebhookCall())
    ((level, _),) = await said(driver, 1, "hook")
    assert level == 40


async def test_a_webhook_may_leave_a_failed_execution_instead(driver: Timed) -> None:
    await driver.save(called("failOnTriggerError: true"))
    answer = await driver.runtime.engine.webhook("company.team", "timed", "k", WebhookCall())
    assert answer.execution is not None
    assert (await driver.ended(answer.execution.id)).state == "FAILED"


@pytest.mark.parametrize(("asks", "count"), [("true", 1), ("false", 0)])
async def test_a_flow_trigger_that_cannot_be_judged(driver: Timed, asks: str, count: int) -> None:
    listening = flow(
        f"  - id: after\n    type: {CORE}.trigger.Flow\n    failOnTriggerError: {asks}\n"
        '    when: "{{ trigger.outputs.none.there }}"'
    )
    await driver.save(listening)
    await driver.run(flow("", id="up").replace("triggers:\n", ""))
    ((level, message),) = await said(driver, 1, "after")
    assert level == 40
    assert "up" in message or "says why" in message
    rows = await driver.runtime.pool.fetch("SELECT id FROM executions WHERE flow_id = 'timed'")
    assert len(rows) == count


async def test_only_the_last_lines_of_a_trigger_stay(
    driver: Timed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trigger_logs, "KEPT", 5)
    await driver.save(flow(schedule("*/1 * * * * *", "withSeconds: true")))
    await driver.due_at(datetime(2026, 3, 14, 9, 26, 54, tzinfo=UTC))
    await driver.pass_time(timedelta(seconds=20))
    await driver.fired(20)
    await driver.due_at(datetime(2026, 3, 14, 9, 27, 14, tzinfo=UTC))
    newest = (await driver.row() or {})["execution_id"]

    async def are_the_last() -> bool:
        found = await lines(driver)
        return len(found) == 5 and found[-1][1] == f"It started {newest}."

    await until(are_the_last, what="the last lines alone")


async def filed(driver: Timed) -> tuple[str, str]:
    """The only execution, and what its trigger left in a file."""
    await driver.fired(1)
    row = await driver.runtime.pool.fetchrow("SELECT id, trigger FROM executions")
    assert row is not None
    key = key_of(row["trigger"]["log_file"])
    await until(lambda: driver.runtime.files.exists(key), what="the file")
    return row["id"], b"".join([part async for part in driver.runtime.files.open(key)]).decode()


async def test_what_it_says_of_a_start_goes_to_a_file_of_the_execution(driver: Timed) -> None:
    await driver.save(flow(schedule("* * * * *", "logToFile: true")))
    await driver.due_at(DUE)
    await driver.pass_time(timedelta(seconds=7))
    execution_id, text = await filed(driver)
    assert text == f"2026-03-14T09:27:00.500+00:00 INFO  It started {execution_id}.\n"
    await driver.due_at(NEXT)
    assert await lines(driver) == []
    query = "query ($id: ID!) { execution(id: $id) { trigger { logFile { output size } } } }"
    found = await Api(driver.runtime).ask(query, id=execution_id)
    assert found["execution"]["trigger"]["logFile"] == {"output": "log", "size": str(len(text))}


async def test_the_file_keeps_to_the_level_of_the_trigger(driver: Timed) -> None:
    await driver.save(flow(schedule("* * * * *", "logToFile: true", "logLevel: WARN")))
    await driver.due_at(DUE)
    await driver.pass_time(timedelta(seconds=7))
    assert (await filed(driver))[1] == ""


async def test_what_starts_nothing_stays_in_the_log_of_the_trigger(driver: Timed) -> None:
    await driver.save(
        flow(schedule("* * * * *", "logToFile: true", "logLevel: DEBUG", *ON_MONDAYS))
    )
    await driver.due_at(DUE)
    await driver.pass_time(timedelta(seconds=7))
    ((level, _message),) = await said(driver, 1)
    assert level == 10
