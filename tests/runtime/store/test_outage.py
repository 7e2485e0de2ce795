"""A caller is told what is wrong, not just that something is."""

import errno

import asyncpg
import pytest

from runtime.store.outage import outage


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (asyncpg.DiskFullError("no space"), "The disk of the database is full."),
        (OSError(errno.ENOSPC, "No space left on device"), "The disk of this server is full."),
        (asyncpg.ReadOnlySQLTransactionError("no"), "The database takes no changes now"),
        (asyncpg.TooManyConnectionsError("sorry"), "The database has no connection left."),
        (TimeoutError(), "The database does not answer in time."),
        (ConnectionRefusedError(), "The database does not answer."),
    ],
)
def test_each_outage_has_its_own_words_and_says_what_helps(error: Exception, says: str) -> None:
    told = outage(error)
    assert told.message.startswith(says)
    assert told.hint
    assert told.code == "UNAVAILABLE"
