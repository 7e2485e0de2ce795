"""What `errorLogs()` gives (error_logs.sql)."""

from runtime.store.pool import Pool
from runtime.store.statements import Statements

_SQL = Statements("error_logs")


async def error_logs(pool: Pool, execution_id: str) -> list[dict[str, str | None]]:
    """The first 200 error lines of an execution, each with `taskId` and `message`."""
    rows = await pool.fetch(_SQL["of_failed_tasks"], execution_id)
    return [{"taskId": row["task_id"], "message": row["message"]} for row in rows]
