"""Real processes, real signals: nothing may stay behind."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

import pytest

from runtime.tasks.scripts.process import Command, run_process
from runtime.tasks.task import TaskFailed
from tests.support.memory import MemoryWatch
from tests.support.processes import alive
from tests.support.waiting import blocking_until, until

SECONDS_LEFT = 2.0  # within which nothing of a killed task may be alive


class Told:
    def __init__(self) -> None:
        self.out: list[str] = []
        self.err: list[str] = []
        self.pauses = 0

    async def flowing(self) -> None:
        self.pauses += 1

    async def of(self, script: str, place: Path, **environment: str) -> int:
        command = Command(["/bin/sh", "-c", script], place, environment)
        return await run_process(command, self.out.extend, self.err.extend, self.flowing)


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def mark() -> str:
    return f"mark-{uuid4().hex}"


async def test_lines_of_both_streams_and_the_exit_code_come_back(
    told: Told, tmp_path: Path
) -> None:
    assert await told.of("echo one; echo two >&2; exit 3", tmp_path) == 3
    assert (told.out, told.err) == (["one"], ["two"])


async def test_it_runs_in_its_directory_with_nothing_to_read(told: Told, tmp_path: Path) -> None:
    assert await told.of("pwd; cat", tmp_path) == 0
    assert told.out == [str(tmp_path)]


async def test_a_process_that_was_killed_by_a_signal_ends_with_128_and_its_number(
    told: Told, tmp_path: Path
) -> None:
    assert await told.of("kill -9 $$", tmp_path) == 137


async def test_a_command_that_is_not_there_says_so(told: Told, tmp_path: Path) -> None:
    command = Command(["no-such-program"], tmp_path)
    code = await run_process(command, told.out.extend, told.err.extend, told.flowing)
    assert code == 127
    assert told.err == ["no-such-program: No such file or directory"]


async def test_the_server_s_secrets_do_not_reach_it(
    told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLOWDECK_DATABASE_URL", "postgresql://user:hidden@host/db")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "hidden")
    await told.of("env", tmp_path, GIVEN="shown")
    assert "GIVEN=shown" in told.out
    assert any(line.startswith("PATH=") for line in told.out)
    assert not any("hidden" in line for line in told.out)


async def test_a_killed_process_gets_its_chance_to_clean_up(told: Told, tmp_path: Path) -> None:
    script = "trap 'echo cleaned > cleaned; exit' TERM; echo ready; while :; do sleep 0.05; done"
    task = asyncio.create_task(told.of(script, tmp_path))
    await until(lambda: "ready" in told.out)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (tmp_path / "cleaned").read_text() == "cleaned\n"


@pytest.mark.parametrize(
    "script",
    [
        pytest.param("trap '' TERM; echo ready; while :; do sleep 100; done; : {0}", id="deaf"),
        pytest.param("sh -c 'sleep 100; : {0}' & echo ready; wait", id="child"),
        pytest.param("setsid sh -c 'sleep 100; : {0}' & echo ready; wait", id="own session"),
        pytest.param(
            "(setsid sh -c 'trap \"\" TERM HUP; (sleep 100; : {0}) & exec sleep 100' &) ;"
            " echo ready; sleep 100",
            id="abandoned and deaf",
        ),
        pytest.param(
            "(env -i setsid sh -c 'while :; do sleep 100; done; : {0}' > /dev/null 2>&1 &);"
            " echo ready; sleep 100",
            id="without environment or output",
        ),
    ],
)
async def test_nothing_is_left_when_it_is_cancelled(
    told: Told, tmp_path: Path, mark: str, script: str
) -> None:
    task = asyncio.create_task(told.of(script.replace("{0}", mark), tmp_path))
    await until(lambda: "ready" in told.out and alive(mark))
    start = time.monotonic()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert time.monotonic() - start < SECONDS_LEFT
    assert alive(mark) == []


async def test_nothing_is_left_when_it_ends_by_itself(
    told: Told, tmp_path: Path, mark: str
) -> None:
    script = f"setsid sh -c 'trap \"\" TERM; sleep 100; : {mark}' & echo done"
    assert await told.of(script, tmp_path) == 0
    assert told.out == ["done"]
    assert alive(mark) == []


async def test_cancelling_twice_still_waits_until_everything_is_gone(
    told: Told, tmp_path: Path, mark: str
) -> None:
    script = f"trap '' TERM; echo ready; while :; do sleep 100; done; : {mark}"
    task = asyncio.create_task(told.of(script, tmp_path))
    await until(lambda: "ready" in told.out)
    task.cancel()
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert alive(mark) == []


def test_everything_dies_with_the_server(tmp_path: Path, mark: str) -> None:
    script = f"(setsid sh -c 'sleep 100; : {mark}' &); sleep 100; : {mark}"
    program = f"""
import asyncio
from pathlib import Path
from runtime.tasks.scripts.process import Command, run_process
async def flowing(): pass
command = Command(["/bin/sh", "-c", {script!r}], Path({str(tmp_path)!r}))
asyncio.run(run_process(command, print, print, flowing))
"""
    server = subprocess.Popen([sys.executable, "-c", program])
    try:
        blocking_until(lambda: len(alive(mark)) >= 4, what="the task's processes")
    finally:
        server.kill()
        server.wait()
    blocking_until(lambda: not alive(mark), within=SECONDS_LEFT, what="an empty machine")


async def test_a_flood_of_output_is_read_in_bounded_memory(tmp_path: Path) -> None:
    count = size = 0

    def take(lines: Sequence[str]) -> None:
        nonlocal count, size
        count += len(lines)
        size += sum(map(len, lines))

    async def flowing() -> None:
        await asyncio.sleep(0)

    script = "yes 'a line of log, about as long as people write them' | head -c 100000000"
    with MemoryWatch() as memory:
        await run_process(Command(["/bin/sh", "-c", script], tmp_path), take, take, flowing)
    assert count > 1_900_000
    assert memory.grown < 20  # of 100 MB that went through


async def test_one_endless_line_is_read_in_bounded_memory(tmp_path: Path) -> None:
    sizes: list[int] = []

    async def flowing() -> None:
        await asyncio.sleep(0)

    script = "head -c 50000000 /dev/zero | tr '\\0' x"
    command = Command(["/bin/sh", "-c", script], tmp_path)
    with MemoryWatch() as memory:
        await run_process(command, lambda lines: sizes.extend(map(len, lines)), print, flowing)
    assert sum(sizes) == 50_000_000
    assert max(sizes) <= command.longest_line
    assert memory.grown < 20


async def test_a_slow_reader_slows_the_process_down(tmp_path: Path) -> None:
    gate = asyncio.Event()
    lines: list[str] = []

    async def flowing() -> None:
        await gate.wait()

    script = "echo first; yes xxxxxxxxxxxxxxx | head -c 10000000; touch written"
    command = Command(["/bin/sh", "-c", script], tmp_path)
    task = asyncio.create_task(run_process(command, lines.extend, lines.extend, flowing))
    await until(lambda: lines)
    assert not (tmp_path / "written").exists()
    gate.set()
    assert await task == 0
    assert len(lines) == 1 + 10_000_000 // 16


async def test_binary_output_becomes_text(told: Told, tmp_path: Path) -> None:
    assert await told.of("head -c 100000 /dev/urandom; printf '\\000\\377'", tmp_path) == 0
    assert told.out
    assert not any("\0" in line for line in told.out)


async def test_outputs_of_100_mb_are_refused_and_end_the_process(
    told: Told, tmp_path: Path, mark: str
) -> None:
    script = f"printf '::{{\"outputs\": '; head -c 100000000 /dev/zero | tr '\\0' x; : {mark}"
    with pytest.raises(TaskFailed, match="more than 2,097,152 bytes in one line"):
        await told.of(script, tmp_path)
    assert alive(mark) == []
