"""DuckDB and SQLite: the same promises of both."""

import asyncio
import csv
import io
import time
from pathlib import Path

import orjson
import pyarrow.parquet
import pytest

from runtime.tasks.task import TaskFailed
from tests.support.running import FakeRun

DUCKDB = "io.kestra.plugin.jdbc.duckdb."
SQLITE = "io.kestra.plugin.jdbc.sqlite."
BOTH = pytest.mark.parametrize("engine", [DUCKDB, SQLITE])
PEOPLE = "SELECT 1 AS id, 'Ada' AS name UNION ALL SELECT 2, NULL ORDER BY id"


@BOTH
async def test_rows_are_fetched_as_the_fetch_type_says(run: FakeRun, engine: str) -> None:
    rows = [{"id": 1, "name": "Ada"}, {"id": 2, "name": None}]
    everything = await run.do(f"{engine}Query", sql=PEOPLE, fetchType="FETCH")
    assert (everything["rows"], everything["size"]) == (rows, 2)
    one = await run.do(f"{engine}Query", sql=PEOPLE, fetchType="FETCH_ONE")
    assert one["row"] == rows[0]
    nothing = await run.do(f"{engine}Query", sql=PEOPLE)
    assert nothing["rows"] is nothing["row"] is nothing["uri"] is None
    old = await run.do(f"{engine}Query", sql=PEOPLE, fetchOne=True)
    assert old["row"] == rows[0]


@BOTH
async def test_rows_are_stored_in_every_format(run: FakeRun, engine: str, tmp_path: Path) -> None:
    async def stored(row_format: str) -> bytes:
        outputs = await run.do(f"{engine}Query", sql=PEOPLE, fetchType="STORE", format=row_format)
        assert (outputs["size"], run.counters["fetch.size"]) == (2, 2)
        assert outputs["uri"].endswith(f".{row_format.lower()}")
        return await run.read(outputs["uri"])

    assert await stored("ION") == b'{id:1,name:"Ada"}\n{id:2,name:null}\n'
    assert await stored("JSONL") == b'{"id":1,"name":"Ada"}\n{"id":2,"name":null}\n'
    assert list(csv.reader(io.StringIO((await stored("CSV")).decode()))) == [
        ["id", "name"],
        ["1", "Ada"],
        ["2", ""],
    ]
    (tmp_path / "rows.parquet").write_bytes(await stored("PARQUET"))
    table = pyarrow.parquet.read_table(tmp_path / "rows.parquet")
    assert table.to_pylist() == [{"id": 1, "name": "Ada"}, {"id": 2, "name": None}]


@BOTH
@pytest.mark.parametrize("row_format", ["ION", "JSONL", "CSV", "PARQUET"])
async def test_a_result_without_rows_is_a_file_too(
    run: FakeRun, engine: str, row_format: str
) -> None:
    outputs = await run.do(
        f"{engine}Query", sql="SELECT 1 AS a WHERE 1 = 0", fetchType="STORE", format=row_format
    )
    assert outputs["size"] == 0
    assert await run.files.exists(outputs["uri"])


@BOTH
async def test_each_statement_of_queries_has_its_result(run: FakeRun, engine: str) -> None:
    outputs = await run.do(
        f"{engine}Queries",
        sql="CREATE TABLE t (a int); INSERT INTO t VALUES (1), (2); SELECT a FROM t; SELECT 3 AS b",
        fetchType="FETCH",
    )
    assert [each["rows"] for each in outputs["outputs"]][2:] == [[{"a": 1}, {"a": 2}], [{"b": 3}]]


@BOTH
async def test_parameters_are_values_and_never_sql(run: FakeRun, engine: str) -> None:
    outputs = await run.do(
        f"{engine}Query",
        sql="SELECT :name AS name, :number AS number",
        parameters={"name": "'; DROP TABLE x; --", "number": 5, "unused": 1},
        fetchType="FETCH_ONE",
    )
    assert outputs["row"] == {"name": "'; DROP TABLE x; --", "number": 5}


@BOTH
async def test_a_failing_statement_says_what_the_engine_says(run: FakeRun, engine: str) -> None:
    with pytest.raises(TaskFailed, match=r"The statement failed:.*nowhere"):
        await run.do(f"{engine}Query", sql="SELECT * FROM nowhere")


@BOTH
async def test_a_result_too_large_for_outputs_says_to_store_it(run: FakeRun, engine: str) -> None:
    many = """WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)
        SELECT i FROM n"""
    with pytest.raises(TaskFailed, match=r"more than 2,097,152 bytes.*fetchType: STORE"):
        await run.do(f"{engine}Query", sql=many, fetchType="FETCH")
    outputs = await run.do(f"{engine}Query", sql=many, fetchType="STORE")
    assert outputs["size"] == 200_000


@BOTH
async def test_a_long_statement_ends_when_it_is_cancelled(run: FakeRun, engine: str) -> None:
    endless = (
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    )
    start = time.monotonic()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3):
            await run.do(f"{engine}Query", sql=endless)
    assert time.monotonic() - start < 5


@BOTH
async def test_a_failed_transaction_leaves_nothing(run: FakeRun, engine: str) -> None:
    name = "duckdb" if engine == DUCKDB else "sqlite"
    url = f"jdbc:{name}:people.db"
    await run.do(f"{engine}Query", url=url, sql="CREATE TABLE t (a int)")
    with pytest.raises(TaskFailed):
        await run.do(f"{engine}Queries", url=url, sql="INSERT INTO t VALUES (1); SELECT * FROM x")
    outputs = await run.do(
        f"{engine}Query", url=url, sql="SELECT count(*) AS n FROM t", fetchType="FETCH_ONE"
    )
    assert outputs["row"] == {"n": 0}


@BOTH
async def test_a_database_is_handed_from_task_to_task(run: FakeRun, engine: str) -> None:
    first = await run.do(
        f"{engine}Queries",
        sql="CREATE TABLE t (a int); INSERT INTO t VALUES (7)",
        outputDbFile=True,
    )
    given = "databaseUri" if engine == DUCKDB else "sqliteFile"
    for path in run.directory.iterdir():
        path.unlink()
    outputs = await run.do(
        f"{engine}Query", **{given: first["databaseUri"]}, sql="SELECT a FROM t", fetchType="FETCH"
    )
    assert outputs["rows"] == [{"a": 7}]


@BOTH
@pytest.mark.parametrize("url", ["../up.db", "a/../../up.db"])
async def test_a_relative_database_stays_in_the_directory(
    run: FakeRun, engine: str, url: str
) -> None:
    name = "duckdb" if engine == DUCKDB else "sqlite"
    with pytest.raises(TaskFailed, match="not allowed"):
        await run.do(f"{engine}Query", url=f"jdbc:{name}:{url}", sql="SELECT 1")


@BOTH
async def test_no_statement_is_a_clear_failure(run: FakeRun, engine: str) -> None:
    with pytest.raises(TaskFailed, match="holds no statement"):
        await run.do(f"{engine}Query", sql=" -- only a comment")


async def test_duckdb_reads_and_writes_files(run: FakeRun) -> None:
    uri = await run.store("in.csv", b"id,name\n1,Ada\n2,Bob\n")
    outputs = await run.do(
        f"{DUCKDB}Queries",
        inputFiles={"in.csv": uri},
        outputFiles=["out.json"],
        sql="""
            CREATE TABLE people AS SELECT * FROM read_csv_auto('in.csv');
            COPY (SELECT count(*) AS n FROM people) TO '{{ outputFiles['out.json'] }}';
            SELECT name FROM read_csv_auto('{{ workingDir }}/in.csv') WHERE id = 2;
        """,
        fetchType="FETCH",
    )
    assert orjson.loads(await run.read(outputs["outputFiles"]["out.json"])) == {"n": 2}
    assert outputs["outputs"][2]["rows"] == [{"name": "Bob"}]


async def test_duckdb_s_types_become_json(run: FakeRun) -> None:
    outputs = await run.do(
        f"{DUCKDB}Query",
        sql="""SELECT 1.50::decimal(5,2) AS price, DATE '2026-01-02' AS day, [1, 2] AS list,
            {'a': 1} AS map, TIMESTAMP '2026-01-02 03:04:05' AS moment, 'x'::blob AS raw,
            uuid '00000000-0000-0000-0000-000000000001' AS id, 'nan'::double AS nan""",
        fetchType="FETCH_ONE",
    )
    assert outputs["row"] == {
        "price": 1.5,
        "day": "2026-01-02",
        "list": [1, 2],
        "map": {"a": 1},
        "moment": "2026-01-02T03:04:05",
        "raw": "eA==",
        "id": "00000000-0000-0000-0000-000000000001",
        "nan": None,
    }
