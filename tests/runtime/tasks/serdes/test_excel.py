import pytest

from runtime.tasks.task import TaskFailed
from tests.support.running import FakeRun

EXCEL = "io.kestra.plugin.serdes.excel."
PEOPLE = (
    b'{id:1,name:"Zo\xc3\xab",at:2026-01-02T03:04:05Z,more:[1]}\n'
    b"{id:2,name:null,at:null,more:null}\n"
)


async def workbook(run: FakeRun, **sheets: bytes) -> str:
    uris = {name: await run.store(f"{name}.ion", rows) for name, rows in sheets.items()}
    return str((await run.do(f"{EXCEL}IonToExcel", **{"from": uris}))["uri"])


async def test_sheets_become_a_workbook_and_back(run: FakeRun) -> None:
    book = await workbook(run, people=PEOPLE, numbers=b"{n:1.5}\n")
    assert run.counters["records"] == 3
    back = await run.do(f"{EXCEL}ExcelToIon", **{"from": book})
    assert back["size"] == 3
    assert list(back["uris"]) == ["people", "numbers"]
    people = (await run.read(back["uris"]["people"])).decode().splitlines()
    assert people[0].startswith('{id:1,name:"Zoë",at:2026-01-02T03:04:05')
    assert people[0].endswith('more:"[1]"}')
    assert people[1] == "{id:2,name:null,at:null,more:null}"
    assert await run.read(back["uris"]["numbers"]) == b"{n:1.5e0}\n"


async def test_one_file_is_one_sheet_with_a_title(run: FakeRun) -> None:
    uri = await run.store("rows.ion", PEOPLE)
    book = await run.do(f"{EXCEL}IonToExcel", **{"from": uri}, sheetsTitle="One", header=False)
    back = await run.do(
        f"{EXCEL}ExcelToIon", **{"from": book["uri"]}, header=False, sheetsTitle=["One"], skipRows=1
    )
    assert (await run.read(back["uris"]["One"])) == b"[2]\n"


async def test_a_sheet_that_is_not_there_is_named(run: FakeRun) -> None:
    book = await workbook(run, people=PEOPLE)
    with pytest.raises(TaskFailed, match="no sheet Absent; it has people"):
        await run.do(f"{EXCEL}ExcelToIon", **{"from": book}, sheetsTitle=["Absent"])


async def test_what_is_no_workbook_is_refused(run: FakeRun) -> None:
    with pytest.raises(TaskFailed, match="not an Excel workbook"):
        await run.do(f"{EXCEL}ExcelToIon", **{"from": await run.store("in", b"nonsense")})
