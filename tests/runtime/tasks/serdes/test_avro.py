import json

import fastavro
import pytest

from runtime.tasks.task import TaskFailed
from tests.support.running import FakeRun

AVRO = "io.kestra.plugin.serdes.avro."
ROWS = (
    b'{id:1,name:"Zo\xc3\xab",score:1.5,at:2026-01-02T03:04:05.000006Z,day:2026-01-02,raw:{{AAE=}}}\n'
    b"{id:2,name:null,score:2,at:null,day:null,raw:null}\n"
)


async def there(run: FakeRun, rows: bytes, **given: object) -> str:
    uri = await run.store("in.ion", rows)
    return str((await run.do(f"{AVRO}IonToAvro", **{"from": uri}, **given))["uri"])


async def test_ion_becomes_avro_and_back_with_its_types(run: FakeRun) -> None:
    avro = await there(run, ROWS)
    back = await run.do(f"{AVRO}AvroToIon", **{"from": avro})
    assert back["size"] == 2
    assert run.counters["records"] == 2
    first, second = (await run.read(back["uri"])).decode().splitlines()
    assert first.startswith('{id:1,name:"Zoë",score:1.5e0,at:2026-01-02T03:04:05.000006')
    assert "day:2026-01-02" in first
    assert second == "{id:2,name:null,score:2e0,at:null,day:null,raw:null}"


async def test_a_schema_is_obeyed(run: FakeRun) -> None:
    schema = {
        "type": "record",
        "name": "Person",
        "fields": [{"name": "id", "type": "int"}, {"name": "name", "type": ["null", "string"]}],
    }
    avro = await there(run, b'{id:1,name:"Ada"}\n', schema=json.dumps(schema))
    target = run.directory / "out.avro"
    await run.files.fetch(avro, target)
    with target.open("rb") as file:
        reader = fastavro.reader(file)
        assert list(reader) == [{"id": 1, "name": "Ada"}]
        written = reader.writer_schema
    assert isinstance(written, dict)
    assert written["name"] == "Person"
    with pytest.raises(TaskFailed, match="does not fit the schema"):
        await there(run, b'{id:"one",name:null}\n', schema=schema)
    with pytest.raises(TaskFailed, match="not an Avro schema"):
        await there(run, b"{id:1}\n", schema={"type": "nonsense"})


async def test_many_rows_are_streamed(run: FakeRun) -> None:
    avro = await there(run, b"".join(b"{n:%d}\n" % n for n in range(3_000)))
    back = await run.do(f"{AVRO}AvroToIon", **{"from": avro})
    assert (await run.read(back["uri"])).splitlines()[-1] == b"{n:2999}"


async def test_no_rows_are_an_avro_file_too(run: FakeRun) -> None:
    avro = await there(run, b"")
    assert (await run.do(f"{AVRO}AvroToIon", **{"from": avro}))["size"] == 0


async def test_what_is_no_avro_is_refused(run: FakeRun) -> None:
    with pytest.raises(TaskFailed, match="not valid Avro"):
        await run.do(f"{AVRO}AvroToIon", **{"from": await run.store("in", b"nonsense")})
