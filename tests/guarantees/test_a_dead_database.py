"""The database dies while executions run: callers are told, nothing is lost, everything goes on."""

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from runtime.config import settings_from
from runtime.engine.engine import NewExecution
from runtime.engine.lifespan import Runtime, running
from runtime.errors import Unavailable
from runtime.store.embedded import embedded_database
from runtime.store.pool import is_away
from tests.support.database import scratch_folder
from tests.support.engine import Driver, Seen
from tests.support.waiting import until

FLOW = """
id: patient
namespace: t
tasks:
  - id: long
    type: io.kestra.plugin.scripts.shell.Commands
    commands: ['sleep 1']
  - id: after
    type: io.kestra.plugin.core.debug.Return
    format: done
"""


async def test_executions_outlast_a_database_that_is_killed() -> None:
    with scratch_folder() as folder:
        async with embedded_database(folder / "postgres") as dsn:
            settings = settings_from({}, database_url=dsn, data_dir=folder / "data")
            async with running(settings) as runtime:
                driver = Driver(runtime)
                ids = [await driver.create(FLOW) for _ in range(5)]
                await _kill_database(folder / "postgres")
                seen = [await _outlasting(driver, execution_id) for execution_id in ids]
                assert [each.state for each in seen] == ["SUCCESS"] * 5
                assert [len(each.run("long").attempts) for each in seen] == [1] * 5


async def test_a_caller_is_told_at_once_that_the_database_is_away() -> None:
    with scratch_folder() as folder:
        async with embedded_database(folder / "postgres") as dsn:
            settings = settings_from({}, database_url=dsn, data_dir=folder / "data")
            async with running(settings) as runtime:
                names = await Driver(runtime).save(FLOW)
                with _database_away(folder / "postgres"):
                    request = NewExecution(*names)
                    error = await until(lambda: _refusal(runtime, request), what="a refusal")
                assert isinstance(error, Unavailable) or is_away(error)


async def test_a_database_that_is_not_there_at_the_start_is_named_with_what_to_do(
    tmp_path: Path,
) -> None:
    settings = settings_from(
        {}, database_url="postgresql://nobody@127.0.0.1:1/none", data_dir=tmp_path
    )
    with pytest.raises(Unavailable, match="does not answer") as told:
        async with running(settings):
            pass
    assert "FLOWDECK_DATABASE_URL" in told.value.hint


async def _refusal(runtime: Runtime, request: NewExecution) -> Exception | None:
    try:
        async with asyncio.timeout(10):
            await runtime.engine.create_execution(request)
    except Exception as error:
        return error
    return None


async def _kill_database(folder: Path) -> None:
    os.kill(_postmaster(folder), signal.SIGKILL)


@contextmanager
def _database_away(folder: Path) -> Iterator[None]:
    """PostgreSQL killed, and its keeper held so that it does not bring it back before the end."""
    postmaster = psutil.Process(_postmaster(folder))
    keeper = postmaster.parent()
    assert keeper is not None
    keeper.suspend()
    try:
        postmaster.kill()
        yield
    finally:
        keeper.resume()


def _postmaster(folder: Path) -> int:
    return int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])


async def _outlasting(driver: Driver, execution_id: str) -> Seen:
    """The execution's end, however often the database cannot be asked meanwhile."""

    async def over() -> Seen | None:
        try:
            seen = await driver.look(execution_id)
        except Exception as error:
            if not is_away(error):
                raise
            return None
        return seen if seen.execution.state.is_terminal else None

    return await until(over, within=60, what="the end")
