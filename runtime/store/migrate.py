"""Brings a database to the current tables: numbered files, forward only, one transaction each."""

import hashlib
from importlib.resources import files

import asyncpg

from runtime.errors import Conflict
from runtime.store.pool import open_pool
from runtime.store.statements import Statements

_LOCK = 0x666C6F77  # the same number for every server, so that only one migrates at a time
_SQL = Statements("migrate")


async def migrate(dsn: str) -> list[str]:
    """Apply what is missing and return its names.

    Raises Conflict when an applied file has changed.
    """
    async with open_pool(dsn, connections=2, patience=None) as pool, pool.acquire() as connection:
        await connection.execute(_SQL["lock"], _LOCK)
        try:
            return await _apply_missing(connection)
        finally:
            await connection.execute(_SQL["unlock"], _LOCK)


async def _apply_missing(
    connection: "asyncpg.pool.PoolConnectionProxy[asyncpg.Record]",
) -> list[str]:
    await connection.execute(_SQL["ledger"])
    rows = await connection.fetch(_SQL["applied"])
    known: dict[str, str] = {row["name"]: row["checksum"] for row in rows}
    applied = []
    for name, text in _migrations():
        checksum = hashlib.sha256(text.encode()).hexdigest()
        if name in known:
            _check_unchanged(name, known[name], checksum)
            continue
        async with connection.transaction():
            await connection.execute(text)
            await connection.execute(_SQL["note"], name, checksum)
        applied.append(name)
    return applied


def _check_unchanged(name: str, applied: str, current: str) -> None:
    if applied != current:
        raise Conflict(
            f"Migration {name} was applied with another content than it has now.",
            hint="Run the Flowdeck that made this database, or a newer one, or use a new database.",
        )


def _migrations() -> list[tuple[str, str]]:
    folder = files("runtime.store").joinpath("migrations")
    found = [file for file in folder.iterdir() if file.name.endswith(".sql")]
    return sorted((file.name, file.read_text("utf-8")) for file in found)
