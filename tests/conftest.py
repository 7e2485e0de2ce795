"""What any test may ask for: a database, a Redis, a clock, a browser.

Each starts, and is imported, when it is first asked for, so that pure tests stay quick.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

from runtime.clock import ManualClock
from tests.support.browser import ARGUMENTS, chromium, is_required

if TYPE_CHECKING:
    from tests.support.database import DatabaseServer

# What is set for a server of one's own must not reach the servers of tests.
KEPT = (
    "FLOWDECK_TEST_DATABASE_URL",
    "FLOWDECK_REQUIRE_UI",
    "FLOWDECK_CHROMIUM",
    "FLOWDECK_SKIP_WEB",
)
for name in [name for name in os.environ if name.startswith("FLOWDECK_") and name not in KEPT]:
    del os.environ[name]

# Same examples on every run of a build server; a slow machine is no failure.
hypothesis.settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("house")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: Playwright leaves a running loop in the thread, where none may await."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") and chromium() is None:
        missing = "No Chromium on the PATH (Debian: apt-get install chromium)"
        if is_required():
            pytest.fail(f"{missing}, and FLOWDECK_REQUIRE_UI=1 requires it.")
        pytest.skip(f"{missing}.")


@pytest.fixture(scope="session")
def database_server() -> "Iterator[DatabaseServer]":
    from tests.support import database

    with database.database_server() as server:
        yield server


@pytest.fixture
def database_url(database_server: "DatabaseServer") -> Iterator[str]:
    """A migrated, empty database of this test alone."""
    with database_server.fresh() as dsn:
        yield dsn


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    from tests.support import redis

    with redis.redis_server() as url:
        yield url


@pytest.fixture
def redis_url(redis_server: str) -> str:
    """The run's Redis, emptied for this test."""
    from tests.support import redis

    redis.empty(redis_server)
    return redis_server


@pytest.fixture
def clock() -> ManualClock:
    """A clock that moves only when told to; it begins in the middle of a quiet second."""
    return ManualClock(datetime(2026, 3, 14, 9, 26, 53, 500_000, tzinfo=UTC))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Read by pytest-playwright."""
    return {"executable_path": chromium(), "args": ARGUMENTS}
