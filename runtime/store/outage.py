"""What is wrong with a database that cannot be used now, in words for a caller."""

import errno

import asyncpg

from runtime.errors import Unavailable

_FULL = (errno.ENOSPC, errno.EDQUOT)


def outage(error: BaseException) -> Unavailable:
    """What to tell when something failed with an error that is passing (`pool.is_away`)."""
    match error:
        case asyncpg.DiskFullError():
            return Unavailable(
                "The disk of the database is full.",
                hint="Nothing that was accepted is lost. Free some space there; it goes on then.",
            )
        case asyncpg.ReadOnlySQLTransactionError():
            return Unavailable(
                "The database takes no changes now: it is read-only.",
                hint="Try again in a moment, or name its primary in FLOWDECK_DATABASE_URL.",
            )
        case asyncpg.TooManyConnectionsError():
            return Unavailable(
                "The database has no connection left.",
                hint="Try again in a moment, or lower FLOWDECK_DATABASE_CONNECTIONS.",
            )
        case OSError(errno=number) if number in _FULL:
            return Unavailable(
                "The disk of this server is full.", hint="Free some space there, then try again."
            )
        case TimeoutError():
            return Unavailable(
                "The database does not answer in time.", hint="Try again in a moment."
            )
    return Unavailable("The database does not answer.", hint="Try again in a moment.")
