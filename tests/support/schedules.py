"""Flows with triggers, and a driver whose time stands still until it is moved."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from runtime.clock import ManualClock
from runtime.engine.lifespan import running
from tests.support.engine import Driver, settings_for
from tests.support.waiting import until

SCHEDULE = "io.kestra.plugin.core.trigger.Schedule"


def flow(triggers: str, *, id: str = "timed", more: str = "") -> str:
    """A flow that ends at once, with these triggers (YAML, indented by two)."""
    return f"""
id: {id}
namespace: company.team
{more}
tasks:
  - id: hello
    type: io.kestra.plugin.core.debug.Return
    format: "{{{{ trigger.date ?? 'none' }}}}"
triggers:
{triggers}
"""


def schedule(cron: str = "* * * * *", *more: str, id: str = "clock") -> str:
    """One Schedule, with further lines of properties."""
    lines = [f"  - id: {id}", f"    type: {SCHEDULE}", f'    cron: "{cron}"']
    return "\n".join([*lines, *(f"    {line}" for line in more)])


@dataclass(slots=True)
class Timed(Driver):
    """A runtime under a clock of the test's own."""

    clock: ManualClock

    async def dates(self, flow_id: str = "timed") -> list[str]:
        """What `trigger.date` was of each execution so far, sorted."""
        rows = await self.runtime.pool.fetch(
            "SELECT trigger -> 'variables' ->> 'date' AS date FROM executions "
            "WHERE flow_id = $1 ORDER BY 1",
            flow_id,
        )
        return [row["date"] for row in rows]

    async def fired(self, count: int, flow_id: str = "timed") -> list[str]:
        """Wait until there are as many executions; their dates."""

        async def enough() -> list[str]:
            found = await self.dates(flow_id)
            return found if len(found) >= count else []

        found = await until(enough, what=f"{count} executions of {flow_id}")
        assert len(found) == count, found
        return found

    async def due_at(self, moment: datetime | None, trigger_id: str = "clock") -> None:
        """Wait until the trigger is due at that moment."""

        async def is_due() -> bool:
            row = await self.row(trigger_id)
            return row is not None and row["next_at"] == moment and row["claimed_by"] is None

        await until(is_due, what=f"{trigger_id} due at {moment}")

    async def row(self, trigger_id: str = "clock") -> dict[str, object] | None:
        row = await self.runtime.pool.fetchrow(
            "SELECT * FROM triggers WHERE trigger_id = $1", trigger_id
        )
        return None if row is None else dict(row)

    async def pass_time(self, by: timedelta) -> None:
        self.clock.advance(by)
        await asyncio.sleep(0)


@asynccontextmanager
async def timed(
    database_url: str, folder: Path, clock: ManualClock, **more: object
) -> AsyncIterator[Timed]:
    """A running runtime whose time is the test's own."""
    async with running(settings_for(database_url, folder, **more), clock) as runtime:
        yield Timed(runtime, clock)
