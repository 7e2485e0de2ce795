import asyncio
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from runtime.tasks.task import TaskFailed
from tests.support.running import FakeRun

SERDES = "io.kestra.plugin.serdes."
ROWS = b'{id:1,name:"Zo\xc3\xab"}\n{id:2,name:null}\n'


async def converted(run: FakeRun, kind: str, content: bytes, **given: object) -> bytes:
    uri = await run.store("in", content)
    outputs = await run.do(f"{SERDES}{kind}", **{"from": uri}, **given)
    assert run.counters["records"] == outputs["size"]
    return await run.read(outputs["uri"])


async def test_csv_becomes_ion(run: FakeRun) -> None:
    text = 'id,name\n1,"Ada, Countess"\n2,"two\nlines"\n3,\n'
    assert await converted(run, "csv.CsvToIon", text.encode()) == (
        b'{id:"1",name:"Ada, Countess"}\n{id:"2",name:"two\\nlines"}\n{id:"3",name:""}\n'
    )


async def test_csv_of_other_styles_is_read(run: FakeRun) -> None:
    content = "note\nid;name\n\n1;'é;x'\n".encode("latin-1")
    given = {"fieldSeparator": ";", "textDelimiter": "'", "charset": "ISO-8859-1"}
    found = await converted(run, "csv.CsvToIon", content, skipRows=1, skipEmptyRows=True, **given)
    assert found == '{id:"1",name:"é;x"}\n'.encode()
    assert await converted(run, "csv.CsvToIon", b"1,2\n", header=False) == b'["1","2"]\n'


async def test_ion_becomes_csv(run: FakeRun) -> None:
    assert await converted(run, "csv.IonToCsv", ROWS) == "id,name\n1,Zoë\n2,\n".encode()
    styled = await converted(
        run, "csv.IonToCsv", ROWS, header=False, fieldSeparator=";", alwaysDelimitText=True
    )
    assert styled == '"1";"Zoë"\n"2";""\n'.encode()


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"a,b\n1,2,3\n", "Line 2 of the CSV has 3 fields, but the header has 2"), (b'a\n"', "")],
)
async def test_broken_csv_says_where(run: FakeRun, content: bytes, why: str) -> None:
    if why:
        with pytest.raises(TaskFailed, match=why):
            await converted(run, "csv.CsvToIon", content)
    else:
        assert await converted(run, "csv.CsvToIon", content) == b'{a:""}\n'


async def test_json_becomes_ion_and_back(run: FakeRun) -> None:
    lines = b'{"id":1,"tags":["a"]}\n\n{"id":2.5}\n'
    ion = await converted(run, "json.JsonToIon", lines)
    assert await converted(run, "json.IonToJson", ion) == lines.replace(b"\n\n", b"\n")
    one = await converted(run, "json.JsonToIon", b'[{"id":1}, {"id":2}]', newLine=False)
    assert one == b"{id:1}\n{id:2}\n"
    assert (
        await converted(run, "json.IonToJson", one, newLine=False) == b'[\n{"id":1},\n{"id":2}\n]\n'
    )


async def test_broken_json_says_where(run: FakeRun) -> None:
    with pytest.raises(TaskFailed, match="Line 2 is not valid JSON"):
        await converted(run, "json.JsonToIon", b"{}\n{oops}\n")
    with pytest.raises(TaskFailed, match="not valid JSON"):
        await converted(run, "json.JsonToIon", b"[", newLine=False)


async def test_parquet_becomes_ion_and_back(run: FakeRun, tmp_path: Path) -> None:
    parquet = await converted(run, "parquet.IonToParquet", ROWS)
    (tmp_path / "x").write_bytes(parquet)
    assert pyarrow.parquet.read_table(tmp_path / "x").to_pylist() == [
        {"id": 1, "name": "Zoë"},
        {"id": 2, "name": None},
    ]
    assert await converted(run, "parquet.ParquetToIon", parquet) == ROWS


async def test_rows_that_do_not_fit_into_one_parquet_file_are_refused(run: FakeRun) -> None:
    with pytest.raises(TaskFailed, match="do not fit into one Parquet file"):
        await converted(run, "parquet.IonToParquet", b'{a:1}\n{a:"text"}\n')


async def test_what_is_no_parquet_is_refused(run: FakeRun) -> None:
    with pytest.raises(TaskFailed, match="not valid Parquet"):
        await converted(run, "parquet.ParquetToIon", b"oops")


async def test_rows_that_are_no_maps_are_refused(run: FakeRun) -> None:
    with pytest.raises(TaskFailed, match="not a map"):
        await converted(run, "csv.IonToCsv", b"1\n2\n")


async def test_the_loop_goes_on_while_a_large_file_is_converted(run: FakeRun) -> None:
    uri = await run.store("in", b"id,name\n" + b"1,some name or other\n" * 100_000)
    task = asyncio.create_task(run.do(f"{SERDES}csv.CsvToIon", **{"from": uri}))
    turns = 0
    while not task.done():
        await asyncio.sleep(0.001)
        turns += 1
    assert (await task)["size"] == 100_000
    assert turns > 10


async def test_a_conversion_that_is_cancelled_ends(run: FakeRun) -> None:
    uri = await run.store("in", b"id,name\n" + b"1,some name or other\n" * 300_000)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await run.do(f"{SERDES}csv.CsvToIon", **{"from": uri})
    assert list(run.directory.iterdir()) == []


async def test_bad_rows_of_csv_are_left_out_as_told(run: FakeRun) -> None:
    content = b"a,b\n1,2\n1,2,3\n4\n5,6\n"
    kept = b'{a:"1",b:"2"}\n{a:"4",b:null}\n{a:"5",b:"6"}\n'
    assert await converted(run, "csv.CsvToIon", content, onBadLines="SKIP") == kept
    assert run.messages == []
    assert await converted(run, "csv.CsvToIon", content, onBadLines="WARN") == kept
    assert run.messages == ["Line 3 of the CSV has 3 fields, but the header has 2."]
    assert await converted(run, "csv.CsvToIon", content, maxBadRecords=1) == kept
    strict = {"errorOnDifferentFieldCount": True}
    with pytest.raises(TaskFailed, match="Line 4 of the CSV has 1 fields"):
        await converted(run, "csv.CsvToIon", content, maxBadRecords=1, **strict)


async def test_dates_in_csv_have_the_formats_that_are_wanted(run: FakeRun) -> None:
    rows = b"{at:2026-07-02T03:04:05Z,day:2026-07-02}\n"
    assert await converted(run, "csv.IonToCsv", rows, header=False) == (
        b"2026-07-02T03:04:05Z,2026-07-02\n"
    )
    given = {"dateTimeFormat": "dd.MM.yyyy HH:mm XXX", "dateFormat": "MMM d, yyyy"}
    styled = await converted(
        run, "csv.IonToCsv", rows, header=False, timeZoneId="Europe/Berlin", **given
    )
    assert styled == b'02.07.2026 05:04 +02:00,"Jul 2, 2026"\n'
    with pytest.raises(TaskFailed, match="no time zone 'Nowhere'"):
        await converted(run, "csv.IonToCsv", rows, timeZoneId="Nowhere")


async def test_json_of_other_charsets_is_read(run: FakeRun) -> None:
    content = '{"name": "Zoë"}\n'.encode("utf-16")
    expected = '{name:"Zoë"}\n'.encode()
    assert await converted(run, "json.JsonToIon", content, charset="UTF-16") == expected
    whole = '[{"name": "Zoë"}]'.encode("latin-1")
    given = {"newLine": False, "charset": "ISO-8859-1"}
    assert await converted(run, "json.JsonToIon", whole, **given) == expected
    with pytest.raises(TaskFailed, match="no charset 'nonsense'"):
        await converted(run, "json.JsonToIon", whole, charset="nonsense")
