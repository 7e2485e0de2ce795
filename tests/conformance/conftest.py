"""One running runtime for a whole family of flows: each flow has an id of its own."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from tests.support.conformance import Bench
from tests.support.database import DatabaseServer
from tests.support.engine import driven


@pytest.fixture(scope="module")
def family_database_url(database_server: DatabaseServer) -> Iterator[str]:
    with database_server.fresh() as dsn:
        yield dsn


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bench(
    family_database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Bench]:
    async with driven(family_database_url, tmp_path_factory.mktemp("runtime")) as driver:
        yield Bench(driver)
