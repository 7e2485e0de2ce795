"""`logToFile`: the lines of an attempt go to a file, whole and masked, and not into the log."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from runtime.executions.messages import Kill
from runtime.executions.model import Attempt, TaskRun
from runtime.files.uris import key_of
from tests.support.api import Api
from tests.support.engine import Driver, driven
from tests.support.memory import MemoryWatch
from tests.support.waiting import until

SHELL = "io.kestra.plugin.scripts.shell.Commands"
LOG = "io.kestra.plugin.core.log.Log"


@pytest.fixture
async def driver(database_url: str, tmp_path: Path) -> AsyncIterator[Driver]:
    async with driven(database_url, tmp_path, secrets={"WORD": "sesame-open"}) as started:
        yield started


def flow(task: str) -> str:
    return f"id: f\nnamespace: t\ntasks:\n  - {{id: a, logToFile: true, {task}}}\n"


async def stored(driver: Driver, attempt: Attempt) -> str:
    """What stands in the log file of an attempt."""
    assert attempt.log_file is not None
    key = key_of(attempt.log_file)
    return b"".join([chunk async for chunk in driver.runtime.files.open(key)]).decode()


async def only_file(driver: Driver, run: TaskRun) -> list[str]:
    """The lines of the only attempt, without their time."""
    assert len(run.attempts) == 1
    text = await stored(driver, run.attempts[0])
    return [line.split(" ", 1)[1] for line in text.splitlines()]


async def test_the_lines_of_a_script_are_in_the_file_and_not_in_the_log(driver: Driver) -> None:
    seen = await driver.run(flow(f"type: {SHELL}, commands: [echo one, echo two >&2]"))
    lines = await only_file(driver, seen.run("a"))
    assert sorted(lines) == ["ERROR two", "INFO  one"]
    assert seen.logs == []


async def test_a_tiny_task_keeps_the_same_promise(driver: Driver) -> None:
    seen = await driver.run(flow(f"type: {LOG}, message: [one, two], level: WARN"))
    assert await only_file(driver, seen.run("a")) == ["WARN  one", "WARN  two"]
    assert seen.logs == []


async def test_secrets_are_masked_and_lines_below_the_level_left_out(driver: Driver) -> None:
    say = '"echo {{ secret(\'WORD\') }}", "echo \'::{\\"logs\\":[{\\"level\\":\\"DEBUG\\",'
    say += '\\"message\\":\\"low\\"}]}::\'"'
    seen = await driver.run(flow(f"type: {SHELL}, logLevel: INFO, commands: [{say}]"))
    assert await only_file(driver, seen.run("a")) == ["INFO  ******"]


async def test_every_attempt_has_a_file_of_its_own_with_why_it_failed(driver: Driver) -> None:
    retry = "retry: {type: constant, interval: PT0.01S, maxAttempts: 2}"
    command = 'commands: ["echo try {{ taskrun.attemptsCount }}", exit 3]'
    seen = await driver.run(flow(f"type: {SHELL}, {retry}, {command}"))
    first, second = [await stored(driver, each) for each in seen.run("a").attempts]
    assert "try 0" in first
    assert "try 1" in second
    assert "ERROR" in first
    assert seen.run("a").attempts[0].log_file != seen.run("a").attempts[1].log_file


async def test_a_task_without_a_line_has_an_empty_file(driver: Driver) -> None:
    seen = await driver.run(flow("type: io.kestra.plugin.core.debug.Return, format: x"))
    assert await stored(driver, seen.run("a").attempts[0]) == ""


async def test_a_killed_attempt_leaves_what_it_had_said(driver: Driver, tmp_path: Path) -> None:
    flag = tmp_path / "said"
    said = f"echo before; sleep 0.2; touch {flag}; sleep 600"
    execution_id = await driver.create(flow(f'type: {SHELL}, commands: ["{said}"]'))
    await until(flag.exists, within=15)
    await driver.runtime.engine.act(execution_id, Kill())
    seen = await driver.ended(execution_id)
    assert seen.state == "KILLED"
    assert "before" in await stored(driver, seen.run("a").attempts[-1])


async def test_a_flood_of_lines_goes_to_the_file_in_bounded_memory(driver: Driver) -> None:
    with MemoryWatch() as memory:
        seen = await driver.run(flow(f"type: {SHELL}, commands: [seq -w 1000000]"), within=60)
    assert memory.grown < 150  # MB
    text = await stored(driver, seen.run("a").attempts[0])
    assert [line[-7:] for line in text.splitlines()] == [f"{n:07}" for n in range(1, 1_000_001)]
    assert seen.logs == []


@pytest.mark.parametrize(("logs", "files"), [(True, False), (False, True)])
async def test_the_files_go_with_the_logs_and_with_the_files_of_an_execution(
    driver: Driver, logs: bool, files: bool
) -> None:
    seen = await driver.run(flow(f"type: {LOG}, message: one"))
    uri = seen.run("a").attempts[0].log_file or ""
    await driver.runtime.engine.delete_execution(seen.execution.id, logs=logs, files=files)
    assert not await driver.runtime.files.exists(key_of(uri))


async def test_they_stay_when_neither_is_deleted(driver: Driver) -> None:
    seen = await driver.run(flow(f"type: {LOG}, message: one"))
    uri = seen.run("a").attempts[0].log_file or ""
    await driver.runtime.engine.delete_execution(seen.execution.id, logs=False, files=False)
    assert await driver.runtime.files.exists(key_of(uri))


async def test_a_storage_that_fails_is_told_in_the_log_and_changes_no_outcome(
    driver: Driver, tmp_path: Path
) -> None:
    seen = await driver.run(flow(f"type: {LOG}, message: one"))
    folder = tmp_path / "storage" / "t" / "f" / "executions"
    for each in sorted(folder.rglob("*"), reverse=True):
        each.rmdir() if each.is_dir() else each.unlink()
    folder.rmdir()
    folder.write_text("in the way")
    seen = await driver.run(flow(f"type: {LOG}, message: two"))
    assert seen.state == "SUCCESS"
    assert [line[:44] for line in seen.logs] == ["The log file of this attempt could not be st"]


async def test_the_api_says_where_to_download_it(driver: Driver) -> None:
    seen = await driver.run(flow(f"type: {LOG}, message: one"))
    query = """query ($id: ID!) { execution(id: $id) { taskRuns { nodes { attempts {
        number logFile { name output uri url size } } } } } }"""
    found = await Api(driver.runtime).ask(query, id=seen.execution.id)
    (attempt,) = found["execution"]["taskRuns"]["nodes"][0]["attempts"]
    run = seen.run("a")
    file = attempt["logFile"]
    assert (file["name"], file["output"]) == (f"{run.id}-1.log", "log")
    assert file["url"].startswith(f"/api/v1/executions/{seen.execution.id}/file?path=")
    assert int(file["size"]) == len(await stored(driver, run.attempts[0]))


async def test_lines_that_go_to_the_log_have_no_file(driver: Driver) -> None:
    seen = await driver.run(flow(f"type: {LOG}, message: one").replace("true", "false"))
    query = "query ($id: ID!) { execution(id: $id) { taskRuns { nodes { attempts { logFile { uri }"
    found = await Api(driver.runtime).ask(f"{query} }} }} }} }} }}", id=seen.execution.id)
    assert found["execution"]["taskRuns"]["nodes"][0]["attempts"] == [{"logFile": None}]
    assert seen.logs == ["one"]
