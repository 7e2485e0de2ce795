"""One server for the tests of the doors: what they save has names of its own."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.database import DatabaseServer
    from tests.support.server import Server


@pytest.fixture(scope="session")
def server(
    database_server: "DatabaseServer", tmp_path_factory: pytest.TempPathFactory
) -> "Iterator[Server]":
    """A real server over an empty database, shared by the tests of one run."""
    from tests.support.server import serving

    folder: Path = tmp_path_factory.mktemp("server")
    with database_server.fresh() as database_url, serving(database_url, folder) as server:
        yield server
