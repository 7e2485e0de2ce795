"""A real PostgreSQL for the tests: one server per run, one fresh database per test.

The embedded server in a temporary folder, or the one that FLOWDECK_TEST_DATABASE_URL names (its
role must be allowed to create databases). Every database is a copy of one migrated template.
"""

import errno
import itertools
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
from anyio.from_thread import BlockingPortal, start_blocking_portal

from runtime.store.embedded import embedded_database
from runtime.store.migrate import migrate
from runtime.store.pool import Pool
from tests.support.waiting import blocking_until


def named(dsn: str, database: str) -> str:
    """The same server, another database."""
    return urlunsplit(urlsplit(dsn)._replace(path=f"/{database}"))


@dataclass
class DatabaseServer:
    """The run's server. Its work is done in a loop of its own, so that any test may ask for it."""

    portal: BlockingPortal
    dsn: str
    template: str = f"flowdeck_template_{os.getpid()}"
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """A migrated, empty database for one test, dropped afterwards; its DSN."""
        name = f"flowdeck_test_{os.getpid()}_{next(self.numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {self.template} STRATEGY FILE_COPY")
        try:
            yield named(self.dsn, name)
        finally:
            self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    @contextmanager
    def migrated_template(self) -> Iterator[None]:
        self.execute(f"CREATE DATABASE {self.template}")
        try:
            self.portal.call(migrate, named(self.dsn, self.template))
            yield
        finally:
            self.execute(f"DROP DATABASE {self.template} WITH (FORCE)")

    def execute(self, statement: str) -> None:
        self.portal.call(_execute, self.dsn, statement)


@contextmanager
def database_server() -> Iterator[DatabaseServer]:
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(_somewhere()) as dsn,
    ):
        server = DatabaseServer(portal, dsn)
        with server.migrated_template():
            yield server


@asynccontextmanager
async def _somewhere() -> AsyncIterator[str]:
    if url := os.environ.get("FLOWDECK_TEST_DATABASE_URL"):
        yield url
        return
    with scratch_folder() as folder:
        async with embedded_database(folder / "postgres", durable=False) as dsn:
            yield dsn


_FULL = """
CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END
$$;
CREATE TRIGGER full_disk BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION full_disk()
"""


@asynccontextmanager
async def disk_full(pool: Pool) -> AsyncIterator[None]:
    """A database that refuses events as one does that has no room for them."""
    await pool.execute(_FULL)
    try:
        yield
    finally:
        await pool.execute("DROP FUNCTION full_disk CASCADE")


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder that the account of the embedded database can pass through, if it can be had."""
    folder = Path(tempfile.mkdtemp(prefix="flowdeck-tests-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        place = folder / "postgres"
        if place.is_symlink():
            _remove(place.resolve())
        _remove(folder)


def _remove(folder: Path) -> None:
    """A server that could not start may write its last words while its folder is taken away."""

    def gone() -> bool:
        try:
            shutil.rmtree(folder)
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.ENOENT):
                raise
        return not folder.exists()

    blocking_until(gone, what=f"{folder} to be empty")


async def _execute(dsn: str, statement: str) -> None:
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
