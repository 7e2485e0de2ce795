import asyncio
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import pytest

from runtime.tasks.task import TaskFailed
from tests.support.running import FakeRun
from tests.support.waiting import until

QUERY = "io.kestra.plugin.jdbc.postgresql.Query"
QUERIES = "io.kestra.plugin.jdbc.postgresql.Queries"


@pytest.fixture
def server(database_url: str) -> dict[str, Any]:
    """How a flow names the test's database."""
    parts = urlsplit(database_url)
    query = f"?{parts.query}" if parts.query else ""
    return {
        "url": f"jdbc:postgresql://{parts.hostname or 'localhost'}:{parts.port or 5432}"
        f"{parts.path}{query}",
        "username": parts.username,
        "password": parts.password,
    }


async def test_rows_are_fetched_with_their_types(run: FakeRun, server: dict[str, Any]) -> None:
    outputs = await run.do(
        QUERY,
        **server,
        sql="""SELECT 1 AS id, 1.50::numeric AS price, 'a' AS name, true AS yes,
            '2026-01-02T03:04:05Z'::timestamptz AS moment, '{"a": 1}'::jsonb AS doc,
            ARRAY[1, 2] AS list, NULL AS nothing""",
        fetchType="FETCH_ONE",
    )
    row = outputs["row"]
    assert row.pop("doc") in ({"a": 1}, '{"a": 1}')
    assert row == {
        "id": 1,
        "price": 1.5,
        "name": "a",
        "yes": True,
        "moment": "2026-01-02T03:04:05Z",
        "list": [1, 2],
        "nothing": None,
    }


async def test_parameters_are_fitted_to_their_columns(run: FakeRun, server: dict[str, Any]) -> None:
    outputs = await run.do(
        QUERIES,
        **server,
        sql="""
            CREATE TABLE t (a int, b text, c timestamptz, d numeric, e boolean, f jsonb);
            INSERT INTO t VALUES (:a, :b, :c, :d, :e, :f);
            SELECT a, b, e FROM t WHERE d = :d AND f = :f;
        """,
        parameters={
            "a": "5",
            "b": 7,
            "c": "2026-01-01T00:00:00Z",
            "d": 1.25,
            "e": "true",
            "f": {"x": [1]},
        },
        fetchType="FETCH",
    )
    assert outputs["outputs"][1]["size"] in (0, 1)
    assert outputs["outputs"][2]["rows"] == [{"a": 5, "b": "7", "e": True}]


async def test_many_rows_are_streamed_into_a_file(run: FakeRun, server: dict[str, Any]) -> None:
    outputs = await run.do(
        QUERY, **server, sql="SELECT n FROM generate_series(1, 5000) AS n", fetchType="STORE"
    )
    assert outputs["size"] == 5000
    lines = (await run.read(outputs["uri"])).splitlines()
    assert (len(lines), lines[0], lines[-1]) == (5000, b"{n:1}", b"{n:5000}")


async def test_changed_rows_are_counted(run: FakeRun, server: dict[str, Any]) -> None:
    outputs = await run.do(
        QUERIES, **server, sql="CREATE TABLE t (a int); INSERT INTO t SELECT generate_series(1, 3)"
    )
    assert [each["size"] for each in outputs["outputs"]] == [None, 3]


async def test_a_cancelled_task_cancels_its_statement_on_the_server(
    run: FakeRun, server: dict[str, Any], database_url: str
) -> None:
    watcher = await asyncpg.connect(database_url)

    async def is_running() -> bool:
        found: bool = await watcher.fetchval(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE state = 'active'"
            " AND query LIKE '%pg_sleep(100)%' AND pid <> pg_backend_pid())"
        )
        return found

    try:
        task = asyncio.create_task(run.do(QUERY, **server, sql="SELECT pg_sleep(100)"))
        await until(is_running)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await until(lambda: _not(is_running()))
    finally:
        await watcher.close()


async def _not(answer: Any) -> bool:
    return not await answer


async def test_a_failure_undoes_everything(run: FakeRun, server: dict[str, Any]) -> None:
    await run.do(QUERY, **server, sql="CREATE TABLE t (a int)")
    with pytest.raises(TaskFailed, match="nowhere"):
        await run.do(QUERIES, **server, sql="INSERT INTO t VALUES (1); SELECT * FROM nowhere")
    outputs = await run.do(
        QUERY, **server, sql="SELECT count(*) AS n FROM t", fetchType="FETCH_ONE"
    )
    assert outputs["row"] == {"n": 0}


@pytest.mark.parametrize(
    ("url", "why"),
    [
        (None, "Write `url`"),
        ("jdbc:mysql://host/db", "Write `url`"),
        ("jdbc:postgresql://127.0.0.1:1/db", "127.0.0.1:1 cannot be reached"),
        ("jdbc:postgresql://127.0.0.1/db?sslmode=sometimes", "sslmode"),
    ],
)
async def test_a_wrong_address_says_what_is_wrong(run: FakeRun, url: str | None, why: str) -> None:
    with pytest.raises(TaskFailed, match=why):
        await run.do(QUERY, url=url, sql="SELECT 1")
