"""After `kill -9` in the middle of many executions, the next server brings every one to its end."""

import asyncio
import os
import signal
import sys
from collections import Counter
from pathlib import Path

import asyncpg

from tests.support.engine import driven
from tests.support.waiting import until

COUNT = 100
FLOW = """
id: mixed
namespace: crash
tasks:
  - id: before
    type: io.kestra.plugin.core.debug.Return
    format: "{{ execution.id }}"
  - id: both
    type: io.kestra.plugin.core.flow.Parallel
    tasks:
      - id: script
        type: io.kestra.plugin.scripts.shell.Commands
        commands:
          - echo "{{ execution.id }} {{ taskrun.attemptsCount }}" >> "$OUT"
          - sleep 0.05
        env: {OUT: "@FOLDER@/started"}
      - id: nap
        type: io.kestra.plugin.core.flow.Sleep
        duration: PT0.2S
  - id: after
    type: io.kestra.plugin.core.debug.Return
    format: "{{ outputs.before.value }}"
"""


async def test_every_accepted_execution_ends_once_after_two_crashes(
    database_url: str, tmp_path: Path
) -> None:
    flow = tmp_path / "flow.yaml"
    flow.write_text(FLOW.replace("@FOLDER@", str(tmp_path)))
    accepted: list[str] = []
    for events, count in ((200, COUNT // 2), (600, COUNT // 2)):
        server, reading = await _start(database_url, tmp_path, flow, count, accepted)
        await _events(database_url, events)
        os.kill(server.pid, signal.SIGKILL)
        await server.wait()
        await reading
    async with driven(database_url, tmp_path / "last") as driver:
        # Some were stored and not yet answered when the server died: they count as well.
        stored = [row["id"] for row in await driver.runtime.pool.fetch("SELECT id FROM executions")]
        seen = [await driver.ended(execution_id, within=60) for execution_id in stored]
        positions = await driver.runtime.pool.fetch("SELECT position FROM events ORDER BY 1")
        sequences = await driver.runtime.pool.fetch(
            "SELECT execution_id, max(sequence) AS last, count(*) AS n FROM events GROUP BY 1"
        )
    assert accepted
    assert set(accepted) <= set(stored)
    assert {each.execution.state.value for each in seen} == {"SUCCESS"}
    for each in seen:
        assert Counter(task for task, _ in each.states) == Counter(
            ["before", "both", "script", "nap", "after"]
        )
        assert each.yielded("after") == {"value": each.execution.id}
    assert [row["position"] for row in positions] == list(range(1, len(positions) + 1))
    assert all(row["last"] == row["n"] for row in sequences)
    _check_attempts(seen, tmp_path / "started")


def _check_attempts(seen: list, started: Path) -> None:  # type: ignore[type-arg]
    """A script began again only where its first attempt is told to be lost."""
    begun = Counter(line.split()[0] for line in started.read_text().splitlines())
    for each in seen:
        attempts = each.run("script").attempts
        states = [attempt.state.value for attempt in attempts]
        assert states[-1] == "SUCCESS"
        assert set(states[:-1]) <= {"RESUBMITTED"}
        assert begun[each.execution.id] <= len(attempts)


async def _start(
    database_url: str, folder: Path, flow: Path, count: int, accepted: list[str]
) -> tuple[asyncio.subprocess.Process, asyncio.Task[None]]:
    server = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.support.crashing",
        database_url, str(folder), str(flow), str(count),
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    stdout = server.stdout
    assert stdout is not None

    async def read() -> None:
        async for line in stdout:
            text = line.decode().strip()
            if text.startswith("ex_"):
                accepted.append(text)

    return server, asyncio.create_task(read())


async def _events(database_url: str, count: int) -> None:
    connection = await asyncpg.connect(database_url)
    try:

        async def enough() -> bool:
            found: int = await connection.fetchval("SELECT value FROM counters WHERE name='events'")
            return found >= count

        await until(enough, within=30, what=f"{count} events")
    finally:
        await connection.close()
