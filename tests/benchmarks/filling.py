"""Fill a database with a year of executions, straight in SQL (filling.sql)."""

import re
from pathlib import Path

import asyncpg

LARGE = "ex_large00000000000000000000"
"""An execution of 10,000 task runs and 100,000 log lines."""
_LINES = 100_000


async def fill_executions(dsn: str, count: int) -> None:
    """`count` executions and their flows, without anything of theirs."""
    statements = _statements()
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute("SELECT setseed(0.42)")
        await connection.execute(statements["executions"], count)
        await connection.execute(statements["flows"])
    finally:
        await connection.close()


async def fill(dsn: str, count: int) -> None:
    """`count` executions with two task runs and two log lines each, and the large one."""
    statements = _statements()
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute("SET synchronous_commit = off")
        await connection.execute("SELECT setseed(0.42)")
        for name in ("executions", "task_runs", "logs"):
            await connection.execute(statements[name], count, timeout=1_200)
        await connection.execute(statements["large"], 2 * count)
        await connection.execute(statements["flows"])
        await connection.execute(statements["counters"], 2 * count + _LINES, count)
        await connection.execute("VACUUM (ANALYZE)", timeout=1_200)
    finally:
        await connection.close()


def _statements() -> dict[str, str]:
    text = Path(__file__).with_suffix(".sql").read_text("utf-8")
    parts = re.split(r"^-- name: (\w+)$", text, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))
