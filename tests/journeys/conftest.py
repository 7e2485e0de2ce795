"""What every journey has: a server with the module's flows, a page that is watched, a theme.

A journey shares a machine with the server, the database and the browser: pages get their time.
"""

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.support.database import DatabaseServer
from tests.support.server import Server, serving

expect.set_options(timeout=15_000)


@pytest.fixture(scope="module")
def dsn(database_server: DatabaseServer) -> Iterator[str]:
    """The database of the module's server."""
    with database_server.fresh() as made:
        yield made


@pytest.fixture(scope="module")
def server(
    dsn: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Server]:
    """A server of the module alone; it knows the flows that the module says in FLOWS."""
    with serving(dsn, tmp_path_factory.mktemp("data")) as running:
        for source in request.module.FLOWS:
            running.save(source)
        yield running


@pytest.fixture
def faults(page: Page) -> Iterator[list[str]]:
    """What the page complains of in its console; there must be nothing."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda line: found.append(line.text) if line.type == "error" else None)
    yield found
    assert found == []


@pytest.fixture(params=["light", "dark"])
def theme(page: Page, request: pytest.FixtureRequest) -> str:
    """The theme that the page is asked for; nothing moves in it, since fades change contrasts."""
    scheme: Literal["dark", "light"] = request.param
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    return scheme
