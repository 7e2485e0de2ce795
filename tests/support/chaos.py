"""Servers that can be killed and stopped at any moment, the work they get, and what must be true of
it in the end, whatever happened meanwhile.

    python -m tests.support.chaos <database url> <folder> <redis url or ->

is such a server: for every line `flow_id` that it reads it starts one execution of that flow, and
prints the id as soon as the creation is acknowledged, or that it was refused.
"""

import asyncio
import os
import random
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from runtime.engine.engine import NewExecution
from runtime.errors import FlowdeckError
from runtime.store.pool import is_away
from tests.support.engine import Driver, Seen, driven
from tests.support.waiting import until

NAMESPACE = "chaos"
LEASE = 3
REFUSED = "refused"
_LIMIT = 2
_VALUES = 12
FLOWS = {
    "looping": f"""
tasks:
  - id: each
    type: io.kestra.plugin.core.flow.ForEach
    values: "{{{{ range(1, {_VALUES}) }}}}"
    concurrencyLimit: 4
    tasks:
      - {{id: one, type: io.kestra.plugin.core.debug.Return, format: "{{{{ taskrun.value }}}}"}}
""",
    "retried": """
tasks:
  - id: second
    type: io.kestra.plugin.core.execution.Fail
    condition: "{{ taskrun.attemptsCount == 0 }}"
    retry: {type: constant, interval: PT0.5S, maxAttempts: 3}
""",
    "paused": """
tasks:
  - {id: wait, type: io.kestra.plugin.core.flow.Pause, pauseDuration: PT0.7S}
  - {id: after, type: io.kestra.plugin.core.debug.Return, format: x}
""",
    "script": """
tasks:
  - id: script
    type: io.kestra.plugin.scripts.shell.Commands
    commands: ['echo {{ execution.id }} >> "$OUT"', sleep 0.1]
    env: {OUT: "@FOLDER@/started"}
""",
    "parent": f"""
tasks:
  - id: sub
    type: io.kestra.plugin.core.flow.Subflow
    namespace: {NAMESPACE}
    flowId: retried
  - {{id: after, type: io.kestra.plugin.core.debug.Return, format: x}}
""",
    "limited": f"""
concurrency: {{limit: {_LIMIT}, behavior: QUEUE}}
tasks:
  - {{id: nap, type: io.kestra.plugin.core.flow.Sleep, duration: PT0.1S}}
""",
}


async def save_flows(driver: Driver, folder: Path) -> None:
    for flow_id, tasks in FLOWS.items():
        body = tasks.replace("@FOLDER@", str(folder))
        await driver.save(f"id: {flow_id}\nnamespace: {NAMESPACE}\n{body}")


@dataclass
class Cluster:
    """The servers under test. `accepted` are the executions whose creation was acknowledged."""

    database_url: str
    folder: Path
    redis_url: str = "-"
    servers: list[Process] = field(default_factory=list)
    accepted: list[str] = field(default_factory=list)
    _readers: list[asyncio.Task[None]] = field(default_factory=list)
    _asked: Counter[int] = field(default_factory=Counter)
    """What each server, by its process, has not answered yet."""

    async def start(self) -> Process:
        """One more server, ready."""
        server = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.support.chaos",
            self.database_url, str(self.folder), self.redis_url,
            stdin=PIPE, stdout=PIPE,
        )  # fmt: skip
        assert server.stdout is not None
        assert await server.stdout.readline() == b"ready\n"
        self.servers.append(server)
        self._readers.append(asyncio.create_task(self._read(server)))
        return server

    def ask(self, count: int, chance: random.Random) -> None:
        """Have that many executions started, by any servers."""
        for _ in range(count):
            server = chance.choice(self.servers)
            assert server.stdin is not None
            self._asked[server.pid] += 1
            server.stdin.write(chance.choice(list(FLOWS)).encode() + b"\n")

    @property
    def has_answered(self) -> bool:
        return not any(self._asked[server.pid] for server in self.servers)

    async def answered(self) -> None:
        """Every server that lives has answered all it was asked."""
        await until(lambda: self.has_answered, within=60, what="answers")

    async def kill(self, server: Process) -> None:
        """As a power cut does it."""
        self.servers.remove(server)
        if server.returncode is None:
            server.send_signal(signal.SIGKILL)
        await server.wait()

    async def close(self) -> None:
        for server in list(self.servers):
            await self.kill(server)
        await asyncio.gather(*self._readers)

    async def _read(self, server: Process) -> None:
        assert server.stdout is not None
        async for line in server.stdout:
            self._asked[server.pid] -= 1
            if (text := line.decode().strip()) != REFUSED:
                self.accepted.append(text)


async def check_truth(driver: Driver, accepted: list[str], folder: Path) -> None:
    """Every accepted execution ended, once, and nothing of it is doubled, missing or left over."""
    pool = driver.runtime.pool
    stored = [row["id"] for row in await pool.fetch("SELECT id FROM executions ORDER BY id")]
    seen = [await _ended(driver, each) for each in stored]
    assert accepted
    assert set(accepted) <= set(stored)
    assert Counter(each.state for each in seen) == {"SUCCESS": len(stored)}
    rows = await pool.fetch("SELECT position FROM events ORDER BY position")
    assert [row["position"] for row in rows] == list(range(1, len(rows) + 1))
    rows = await pool.fetch(
        "SELECT execution_id, max(sequence) AS last, count(*) AS n FROM events GROUP BY 1"
    )
    assert [row["execution_id"] for row in rows if row["last"] != row["n"]] == []
    for each in seen:
        _check_one(each)
    _check_scripts(seen, folder / "started")
    await _check_limit(driver)

    await _nothing_left(driver)


async def _nothing_left(driver: Driver) -> None:
    """No message waits and no place of a limit is taken once everything has ended."""
    pool = driver.runtime.pool

    async def left() -> list[object]:
        return [
            *await pool.fetch("SELECT * FROM slots"),
            *await pool.fetch(
                "SELECT messages.*, executions.state, executions.owner FROM messages "
                "LEFT JOIN executions ON executions.id = execution_id"
            ),
        ]

    async def nothing() -> bool:
        return not await left()

    try:
        await until(nothing, within=60, what="the last message")
    except AssertionError as error:
        raise AssertionError(f"These are left: {await left()}") from error


async def _ended(driver: Driver, execution_id: str) -> Seen:
    try:
        return await driver.ended(execution_id, within=100)
    except AssertionError as error:
        pool = driver.runtime.pool
        row = await pool.fetchrow(
            "SELECT flow_id, state, owner, fence, version FROM executions WHERE id = $1",
            execution_id,
        )
        told = await pool.fetch(
            "SELECT kind, key, deliver_at FROM messages WHERE execution_id = $1", execution_id
        )
        runs = (await driver.look(execution_id)).states
        raise AssertionError(f"{row} is left with {runs} and {told}") from error


def _check_one(seen: Seen) -> None:
    flow = seen.execution.flow_id
    assert not [state for state in seen.history() if seen.history().count("SUCCESS") > 1]
    if flow == "looping":
        values = Counter(run.value for run in seen.task_runs if run.task_id == "one")
        assert values == Counter(str(value) for value in range(1, _VALUES + 1))
    if flow == "paused":
        states = [str(change.state) for change in seen.run("wait").history]
        assert states.count("PAUSED") == 1, states
        assert states.count("SUCCESS") == 1, states
        assert len([run for run in seen.task_runs if run.task_id == "after"]) == 1
    if flow == "retried":
        assert [each.state.value for each in seen.run("second").attempts] == ["FAILED", "SUCCESS"]


def _check_scripts(seen: list[Seen], started: Path) -> None:
    """A script began again only where an earlier attempt is told to be lost."""
    text = started.read_text() if started.exists() else ""
    begun = Counter(text.split())
    for each in seen:
        if each.execution.flow_id == "script":
            attempts = each.run("script").attempts
            assert {attempt.state.value for attempt in attempts[:-1]} <= {"RESUBMITTED"}
            assert 1 <= begun[each.execution.id] <= len(attempts)


async def _check_limit(driver: Driver) -> None:
    """In the order of the commits, never more of them were under way than allowed."""
    rows = await driver.runtime.pool.fetch(
        "SELECT execution_id, state FROM events WHERE flow_id = 'limited' "
        "AND kind = 'EXECUTION_STATE' ORDER BY position"
    )
    under_way: dict[str, bool] = defaultdict(bool)
    for row in rows:
        under_way[row["execution_id"]] = row["state"] == "RUNNING"
        assert sum(under_way.values()) <= _LIMIT


async def _serve(database_url: str, folder: Path, redis_url: str) -> None:
    redis = None if redis_url == "-" else redis_url
    async with driven(database_url, folder / "data", lease=LEASE, redis_url=redis) as driver:
        await save_flows(driver, folder)
        reader = asyncio.StreamReader()
        loop = asyncio.get_running_loop()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
        print("ready", flush=True)
        async with asyncio.TaskGroup() as group:
            async for line in reader:
                group.create_task(_create(driver, line.decode().strip()))
            await asyncio.Event().wait()


async def _create(driver: Driver, flow_id: str) -> None:
    request = NewExecution(NAMESPACE, flow_id)
    try:
        execution_id = await driver.runtime.engine.create_execution(request)
    except Exception as error:
        if not isinstance(error, FlowdeckError) and not is_away(error):
            raise
        execution_id = REFUSED
    os.write(1, f"{execution_id}\n".encode())


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1], Path(sys.argv[2]), sys.argv[3]))
