"""Connections to PostgreSQL: how they are opened, and how values travel."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import asyncpg
import orjson

from runtime.errors import InvalidInput, Unavailable
from runtime.store.encoding import to_json

if TYPE_CHECKING:
    Pool = asyncpg.Pool[asyncpg.Record]
    Connection = (
        asyncpg.Connection[asyncpg.Record] | asyncpg.pool.PoolConnectionProxy[asyncpg.Record]
    )
else:
    Pool = asyncpg.Pool
    Connection = asyncpg.Connection

_AWAY = (OSError, asyncpg.PostgresConnectionError, asyncpg.CannotConnectNowError)
_BROKEN = (
    asyncpg.InterfaceError,
    asyncpg.OperatorInterventionError,
    asyncpg.TransactionRollbackError,  # a deadlock, a serialization failure: the next try differs
    asyncpg.ReadOnlySQLTransactionError,  # another one has become the primary, or a disk is full
    asyncpg.InsufficientResourcesError,  # a full disk, too many connections
    asyncpg.IdleInTransactionSessionTimeoutError,
    asyncpg.InternalClientError,  # what a connection says that was cut in the middle of its work
)
_LAST_WORDS = 1.0
_LONGEST = 60.0
_IN_LINE = 20.0
_GUARD = {"statement_timeout": "65s", "idle_in_transaction_session_timeout": "10s"}
"""What PostgreSQL does for everybody else when a server stops in the middle of a transaction: it
ends it, and with it the locks that order the positions. (A client's own timeout comes first.)"""
FAILURES = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)
"""Everything that a statement may raise."""
_HINT = (
    "Check that it runs and that FLOWDECK_DATABASE_URL names it, or unset the variable to let "
    "Flowdeck run a database of its own."
)


class _Unmarked(asyncpg.Connection):
    """A connection on which nobody leaves anything behind: no setting, no lock of the session, no
    cursor. To reset it after each use would cost every statement a second trip to the database."""

    def get_reset_query(self) -> str:
        return ""


class _Queue(Pool):
    """Nobody waits for ever until others have given a connection back: that is a TimeoutError."""

    def acquire(self, *, timeout: float | None = None) -> Any:
        if timeout is None and not self.get_idle_size():
            timeout = _IN_LINE
        return super().acquire(timeout=timeout)


@asynccontextmanager
async def open_pool(
    dsn: str, *, connections: int, patience: float | None = _LONGEST
) -> AsyncIterator[Pool]:
    """A pool whose JSON columns read and write Python values.

    No statement may take longer than `patience` seconds; None lets it take its time.

    Raises Unavailable when nobody answers.
    """
    try:
        pool = await _Queue(
            dsn,
            connection_class=_Unmarked,
            record_class=asyncpg.Record,
            min_size=min(2, connections),
            max_size=connections,
            max_queries=50_000,
            max_inactive_connection_lifetime=300.0,
            loop=None,
            init=_prepare,
            command_timeout=patience,
            server_settings={} if patience is None else _GUARD,
        )
    except _AWAY as error:
        raise Unavailable(f"The database does not answer: {error}.", hint=_HINT) from error
    except (
        asyncpg.InvalidAuthorizationSpecificationError,
        asyncpg.InvalidCatalogNameError,
    ) as error:
        raise Unavailable(f"The database refuses the connection: {error}.", hint=_HINT) from error
    except (asyncpg.ClientConfigurationError, ValueError) as error:
        raise InvalidInput(
            f"The address of the database cannot be read: {error}.",
            hint="Set FLOWDECK_DATABASE_URL to something like postgresql://user@host/name.",
            path=("FLOWDECK_DATABASE_URL",),
        ) from None
    try:
        yield pool
    finally:
        await _close(pool)


async def _close(pool: Pool) -> None:
    """Wait a moment for statements under way, then cut them off."""
    try:
        async with asyncio.timeout(_LAST_WORDS):
            await pool.close()
    except TimeoutError:
        pool.terminate()


def is_away(error: BaseException) -> bool:
    """Whether an error means that the database could not be reached, so that trying again helps."""
    return isinstance(error, _AWAY + _BROKEN)


def is_unstorable(error: BaseException) -> bool:
    """Whether a caller's text cannot be held by PostgreSQL: it has NUL in it."""
    return isinstance(error, asyncpg.CharacterNotInRepertoireError)


async def _prepare(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    # In binary, as COPY demands; a JSONB value is its text behind a version byte.
    await connection.set_type_codec(
        "json",
        schema="pg_catalog",
        encoder=lambda value: to_json(value).encode(),
        decoder=orjson.loads,
        format="binary",
    )
    await connection.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        encoder=lambda value: b"\x01" + to_json(value).encode(),
        decoder=lambda data: orjson.loads(data[1:]),
        format="binary",
    )
