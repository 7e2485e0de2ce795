"""A run to try tasks with; those that need the database ask for `stored_run`."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from runtime.store.pool import open_pool
from tests.support.running import FakeRun, running


@pytest.fixture
async def run(tmp_path: Path) -> AsyncIterator[FakeRun]:
    async with running(tmp_path) as found:
        yield found


@pytest.fixture
async def stored_run(tmp_path: Path, database_url: str) -> AsyncIterator[FakeRun]:
    async with (
        open_pool(database_url, connections=4) as pool,
        running(tmp_path, pool=pool) as found,
    ):
        yield found
