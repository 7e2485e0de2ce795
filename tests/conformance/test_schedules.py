"""When schedules fire: every option of Schedule and ScheduleOnDates, from one Saturday to Monday.

The clock of all rows starts on Saturday, 14 March 2026, at 9:26:53 UTC and goes on to Monday noon.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from runtime.clock import ManualClock
from tests.support.conformance import NAMESPACE, whole
from tests.support.schedules import Timed, timed
from tests.support.waiting import until

END = datetime(2026, 3, 16, 12, tzinfo=UTC)
CONDITION = "io.kestra.plugin.core.condition."
OLD = "io.kestra.core.models.conditions.types."
AT_TEN = 'cron: "0 10 * * *"'
SATURDAY, SUNDAY, MONDAY = ("14T10:00:00.000Z", "15T10:00:00.000Z", "16T10:00:00.000Z")


@dataclass(frozen=True, slots=True)
class Row:
    """A trigger's properties, and the dates of March 2026 at which it starts its flow."""

    title: str
    properties: Sequence[str]
    dates: Sequence[str]
    type: str = "Schedule"

    @property
    def id(self) -> str:
        return self.title.replace(" ", "-")


def if_(name: str, more: str = "", *, spelled: str = CONDITION) -> tuple[str, ...]:
    """At ten every day, under one condition."""
    return (AT_TEN, f"conditions: [{{type: {spelled}{name}{more and ', '}{more}}}]")


def when(expression: str) -> tuple[str, ...]:
    """At ten every day, when an expression holds."""
    return (AT_TEN, f'when: "{{{{ {expression} }}}}"')


ROWS = (
    Row("five fields", (AT_TEN,), (SATURDAY, SUNDAY, MONDAY)),
    Row("names of days", ('cron: "0 10 * * MON-FRI"',), (MONDAY,)),
    Row("a nickname", ('cron: "@daily"',), ("15T00:00:00.000Z", "16T00:00:00.000Z")),
    Row(
        "six fields with seconds",
        ('cron: "30 0 6 * * *"', "withSeconds: true"),
        ("15T06:00:30.000Z", "16T06:00:30.000Z"),
    ),
    Row(
        "a time zone",
        ('cron: "0 12 * * *"', "timezone: Europe/Paris"),
        ("14T12:00:00.000+01:00", "15T12:00:00.000+01:00", "16T12:00:00.000+01:00"),
    ),
    Row("a line that no date fits", ('cron: "0 0 30 2 *"',), ()),
    Row("disabled", (AT_TEN, "disabled: true"), ()),
    Row("a day of the week", if_("DayWeek", "dayOfWeek: SUNDAY"), (SUNDAY,)),
    Row("a day by its older name", if_("DayWeekCondition", "dayOfWeek: SUNDAY", spelled=OLD),
        (SUNDAY,)),
    Row("the third Sunday of the month",
        if_("DayWeekInMonth", "dayOfWeek: SUNDAY, dayInMonth: THIRD"), (SUNDAY,)),
    Row("the last Sunday of the month",
        if_("DayWeekInMonth", "dayOfWeek: SUNDAY, dayInMonth: LAST"), ()),
    Row("weekends", if_("Weekend"), (SATURDAY, SUNDAY)),
    Row("no weekends", if_("Not", f"conditions: [{{type: {CONDITION}Weekend}}]"), (MONDAY,)),
    Row(
        "one of two conditions",
        if_("Or", f"conditions: [{{type: {CONDITION}DayWeek, dayOfWeek: MONDAY}}, "
            f"{{type: {CONDITION}DayWeek, dayOfWeek: SUNDAY}}]"),
        (SUNDAY, MONDAY),
    ),
    Row("after a moment", if_("DateTimeBetween", "after: '2026-03-15T10:00:00Z'"), (MONDAY,)),
    Row("before a moment", if_("DateTimeBetween", "before: '2026-03-15T10:00:00Z'"), (SATURDAY,)),
    Row(
        "between two times of day",
        ('cron: "0 */3 * * *"',
         f"conditions: [{{type: {CONDITION}TimeBetween, after: '11:00:00', before: '13:00:00'}}]"),
        ("14T12:00:00.000Z", "15T12:00:00.000Z", "16T12:00:00.000Z"),
    ),
    Row("a public holiday", if_("PublicHoliday", "country: FR, date: '2026-07-14'"),
        (SATURDAY, SUNDAY, MONDAY)),
    Row("no public holiday", if_("PublicHoliday", "country: FR, subDivision: IDF"), ()),
    Row("an expression on the date", if_("Expression", "expression: \"{{ trigger.date | "
        "date('dd') == '15' }}\""), (SUNDAY,)),
    Row("conditions under their oldest name",
        (AT_TEN, f"scheduleConditions: [{{type: {OLD}WeekendCondition}}]"), (SATURDAY, SUNDAY)),
    Row("when it is a weekend", when("isWeekend(trigger.date)"), (SATURDAY, SUNDAY)),
    Row("when it is Monday", when("dayOfWeek(trigger.date) == 'MONDAY'"), (MONDAY,)),
    Row("when it is the third Sunday", when("isDayWeekInMonth(trigger.date, 'SUNDAY', 'THIRD')"),
        (SUNDAY,)),
    Row("when it is no holiday", when("not isPublicHoliday(trigger.date, 'FR')"),
        (SATURDAY, SUNDAY, MONDAY)),
    Row("when it is early in the month", when("dayOfMonth(trigger.date) < 16 and "
        "hourOfDay(trigger.date) == 10 and monthOfYear(trigger.date) == 3"), (SATURDAY, SUNDAY)),
    Row(
        "given dates",
        ("dates: ['2026-03-15T10:00:00Z', '2026-03-14T10:00:00Z', '2026-03-01T10:00:00Z']",),
        (SATURDAY, SUNDAY),
        "ScheduleOnDates",
    ),
    Row(
        "given dates of a time zone",
        ("dates: ['2026-03-15T10:00:00']", "timezone: Europe/Paris"),
        ("15T10:00:00.000+01:00",),
        "ScheduleOnDates",
    ),
    Row(
        "given dates under a condition",
        ("dates: ['2026-03-14T10:00:00Z', '2026-03-16T10:00:00Z']",
         f"conditions: [{{type: {CONDITION}Weekend}}]"),
        (SATURDAY,),
        "ScheduleOnDates",
    ),
)  # fmt: skip


def source(row: Row) -> str:
    lines = "\n".join(f"    {line}" for line in row.properties)
    head = f"triggers:\n  - id: clock\n    type: trigger.{row.type}\n{lines}\n"
    task = 'tasks: [{id: t, type: debug.Return, format: "{{ trigger.date }}"}]\n'
    return whole(head + task, row.id)


@pytest.mark.asyncio(loop_scope="module")
async def test_every_schedule_fires_at_its_dates(family_database_url: str, tmp_path: Path) -> None:
    clock = ManualClock(datetime(2026, 3, 14, 9, 26, 53, tzinfo=UTC))
    async with timed(family_database_url, tmp_path, clock) as driver:
        for row in ROWS:
            await driver.save(source(row))
        await _declared(driver)
        clock.advance(END - clock.now())
        await _nothing_due(driver)
        found = await _started(driver)
    wrong = {
        row.title: found.get(row.id, [])
        for row in ROWS
        if found.get(row.id, []) != [f"2026-03-{date}" for date in row.dates]
    }
    assert wrong == {}


async def _declared(driver: Timed) -> None:
    async def there() -> bool:
        count: int = await driver.runtime.pool.fetchval("SELECT count(*) FROM triggers")
        return count == len(ROWS)

    await until(there, what="every trigger")


async def _nothing_due(driver: Timed) -> None:
    async def done() -> bool:
        await asyncio.sleep(0)
        due: int = await driver.runtime.pool.fetchval(
            "SELECT count(*) FROM triggers WHERE next_at <= $1 OR claimed_by IS NOT NULL", END
        )
        return due == 0

    await until(done, within=30, what="every moment that has come")


async def _started(driver: Timed) -> Mapping[str, list[str]]:
    """The dates of the executions of each flow, in order; each of them ends well."""
    rows = await driver.runtime.pool.fetch(
        "SELECT id, flow_id, trigger -> 'variables' ->> 'date' AS date FROM executions "
        "WHERE namespace = $1 ORDER BY scheduled_at",
        NAMESPACE,
    )
    found: dict[str, list[str]] = {}
    for row in rows:
        assert (await driver.ended(row["id"])).state == "SUCCESS", row["flow_id"]
        found.setdefault(row["flow_id"], []).append(row["date"])
    return found


async def test_the_moments_beside_one_are_the_nearest_for_which_the_conditions_hold(
    database_url: str, tmp_path: Path, clock: ManualClock
) -> None:
    # Ten o'clock on the second Saturday of a month, among the hours of all days.
    row = Row(
        "seldom",
        (
            'cron: "0 * * * *"',
            "conditions:",
            f"  - {{type: {CONDITION}DayWeekInMonth, dayOfWeek: SATURDAY, dayInMonth: SECOND}}",
            f"  - {{type: {CONDITION}TimeBetween, after: '09:30:00', before: '10:30:00'}}",
        ),
        (),
    )
    async with timed(database_url, tmp_path, clock) as driver:
        await driver.save(source(row))
        await driver.due_at(datetime(2026, 3, 14, 10, tzinfo=UTC))
        await driver.pass_time(timedelta(minutes=40))
        await driver.fired(1, "seldom")
        variables = await driver.runtime.pool.fetchval(
            "SELECT trigger -> 'variables' FROM executions"
        )
    assert variables == {
        "date": "2026-03-14T10:00:00.000Z",
        "next": "2026-04-11T10:00:00.000Z",
        "previous": "2026-02-14T10:00:00.000Z",
    }
