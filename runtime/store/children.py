"""The executions that task runs started (children.sql)."""

from collections.abc import AsyncIterator

from runtime.store.pool import Pool
from runtime.store.statements import Statements

_SQL = Statements("children")
_AT_ONCE = 500


async def outputs(pool: Pool, task_run_id: str, sibling: str) -> AsyncIterator[object]:
    """The outputs of every execution that a sibling of a task run started, in order of ids.

    Executions that yielded nothing are passed over. Read in batches, never all at once.
    """
    after = ""
    while rows := await pool.fetch(_SQL["outputs"], task_run_id, sibling, after, _AT_ONCE):
        for row in rows:
            yield row["outputs"]
        after = rows[-1]["id"]
