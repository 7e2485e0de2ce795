"""XML to ION and back: streamed, and safe whatever the file tries."""

from pathlib import Path

import pytest

from runtime.tasks.task import TaskFailed
from runtime.tasks.threads import Stop
from runtime.tasks.xml_reading import read_xml
from runtime.tasks.xml_writing import write_xml
from tests.support.memory import MemoryWatch
from tests.support.running import FakeRun

XML = "io.kestra.plugin.serdes.xml."
BOOKS = b"""<?xml version="1.0" encoding="UTF-8"?>
<catalog>
  <book id="bk1"><title lang="en">One &amp; two</title><price>44.95</price><tag>a</tag><tag>b</tag></book>
  <book id="bk2"><title>Zo\xc3\xab</title><price>5</price><sold>true</sold><zip>01234</zip><none/></book>
</catalog>
"""  # noqa: E501 - an element to a line


def read(data: bytes, folder: Path, query: str = "", **more: object) -> list[object]:
    source = folder / "in.xml"
    source.write_bytes(data)
    path = [step for step in query.split("/") if step]
    options = {"lists": (), "charset": None, **more}
    return list(read_xml(source, path, stop=Stop(), **options))  # type: ignore[arg-type]  # a test names them


async def rows(run: FakeRun, data: bytes, **more: object) -> list[str]:
    uri = await run.store("in.xml", data)
    made = await run.do(f"{XML}XmlToIon", **{"from": uri}, **more)
    return (await run.read(made["uri"])).decode().splitlines()


async def test_elements_at_the_query_are_rows(run: FakeRun) -> None:
    assert await rows(run, BOOKS, query="/catalog/book") == [
        '{id:"bk1",title:{lang:"en",content:"One & two"},price:44.95e0,tag:["a","b"]}',
        '{id:"bk2",title:"Zoë",price:5,sold:true,zip:"01234",none:""}',
    ]
    assert run.counters["records"] == 2


async def test_without_a_query_the_document_is_one_row(run: FakeRun) -> None:
    assert await rows(run, b"<a><b>1</b><b>2</b></a>") == ["{a:{b:[1,2]}}"]


async def test_names_may_be_lists_although_they_come_once(run: FakeRun) -> None:
    configuration = {"forceList": ["b"]}
    found = await rows(run, b"<a><b>1</b></a>", parserConfiguration=configuration)
    assert found == ["{a:{b:[1]}}"]


def test_attributes_and_text_can_be_queried_too(tmp_path: Path) -> None:
    assert read(BOOKS, tmp_path, "/catalog/book/id") == ["bk1", "bk2"]
    assert read(BOOKS, tmp_path, "/catalog/book/price") == [44.95, 5]
    assert read(BOOKS, tmp_path, "/catalog/nothing") == []


def test_text_beside_elements_is_content_in_its_order(tmp_path: Path) -> None:
    (row,) = read(b"<p>one <b>two</b> three</p>", tmp_path)
    assert row == {"p": {"content": ["one", "three"], "b": "two"}}


def test_cdata_and_references_are_text(tmp_path: Path) -> None:
    assert read(b"<p><![CDATA[<b> & ]]>&#x41;&lt;</p>", tmp_path) == [{"p": "<b> & A<"}]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("007", "007"),
        ("-0.5", -0.5),
        ("1e3", 1000.0),
        ("FALSE", False),
        ("null", None),
        ("1 2", "1 2"),
        ("9" * 5_000, "9" * 5_000),
        ("", ""),
    ],
)
def test_text_that_looks_like_a_value_is_one(text: str, value: object, tmp_path: Path) -> None:
    assert read(f"<p>{text}</p>".encode(), tmp_path) == [{"p": value}]


def test_the_declared_charset_counts_and_a_given_one_is_stronger(tmp_path: Path) -> None:
    latin = '<?xml version="1.0" encoding="ISO-8859-1"?><p>é</p>'.encode("latin-1")
    assert read(latin, tmp_path) == [{"p": "é"}]
    cyrillic = '<?xml version="1.0" encoding="UTF-8"?><p>ж</p>'.encode("cp1251")
    assert read(cyrillic, tmp_path, charset="cp1251") == [{"p": "ж"}]


BOMB = b"""<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><p>&c;</p>"""
OUTSIDE = b'<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&x;</p>'
PARAMETER = b'<!DOCTYPE p [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x"> %x;]><p/>'
ELSEWHERE = b'<!DOCTYPE p SYSTEM "http://127.0.0.1:1/p.dtd"><p>&given;</p>'


@pytest.mark.parametrize("data", [BOMB, OUTSIDE, PARAMETER, ELSEWHERE], ids=str)
def test_entities_of_a_file_are_refused(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(TaskFailed, match="entities of its own"):
        read(data, tmp_path)


def test_a_doctype_without_entities_is_passed_over(tmp_path: Path) -> None:
    data = b'<!DOCTYPE p SYSTEM "http://127.0.0.1:1/p.dtd"><p>1</p>'
    assert read(data, tmp_path) == [{"p": 1}]


def test_elements_nested_without_end_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TaskFailed, match="nested more than 200 deep"):
        read(b"<a>" * 100_000, tmp_path)


@pytest.mark.parametrize("data", [b"", b"<a>", b"<a></b>", b"no xml", b"<a/><b/>"])
def test_what_is_no_xml_is_refused(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(TaskFailed, match="not valid XML"):
        read(data, tmp_path)


@pytest.mark.parametrize("query", ["//book", "/a/*", "/a/b[1]", "/a/0"])
async def test_a_query_is_a_path_of_names(run: FakeRun, query: str) -> None:
    with pytest.raises(TaskFailed, match="no path of names; write one such as /items/item"):
        await rows(run, BOOKS, query=query)


def test_a_large_file_is_streamed_in_flat_memory(tmp_path: Path) -> None:
    source = tmp_path / "large.xml"
    with source.open("w") as file:
        file.write("<items>")
        file.writelines(f'<item n="{n}"><text>{"x" * 400}</text></item>\n' for n in range(100_000))
        file.write("</items>")
    with MemoryWatch() as memory:
        count = sum(1 for _ in read_xml(source, ["items", "item"], (), None, Stop()))
    assert count == 100_000
    assert memory.grown < 30  # MB, of a file of 45
    with pytest.raises(TaskFailed, match="name the elements that are rows by `query`"):
        list(read_xml(_doubled(source), [], (), None, Stop()))


def _doubled(source: Path) -> Path:
    inner = source.read_bytes()
    target = source.with_name("doubled.xml")
    target.write_bytes(b"<all>" + inner + inner + b"</all>")
    return target


async def test_rows_become_items_of_the_root(run: FakeRun) -> None:
    data = (
        b'{id:1,name:"<Zo\xc3\xab> & co",tags:["a","b"],more:{x:1.5e0,y:null}}\n'
        b"{'a b':true,'1st':2026-01-02T03:04:05Z,empty:[]}\n\"plain\"\n"
    )
    uri = await run.store("rows.ion", data)
    made = await run.do(f"{XML}IonToXml", **{"from": uri}, rootName="people")
    assert (await run.read(made["uri"])).decode() == (
        "<?xml version='1.0' encoding='UTF-8'?>\n<people>\n"
        "  <item>\n    <id>1</id>\n    <name>&lt;Zoë&gt; &amp; co</name>\n"
        "    <tags>a</tags>\n    <tags>b</tags>\n"
        "    <more>\n      <x>1.5</x>\n      <y/>\n    </more>\n  </item>\n"
        "  <item>\n    <a_b>true</a_b>\n    <_1st>2026-01-02T03:04:05Z</_1st>\n  </item>\n"
        "  <item>plain</item>\n</people>\n"
    )
    assert made["size"] == 3


async def test_what_was_written_is_read_again(run: FakeRun) -> None:
    data = b'{id:1,name:"Zo\xc3\xab",tags:["a","b"]}\n{id:2,name:"x",tags:["c","d"]}\n'
    made = await run.do(f"{XML}IonToXml", **{"from": await run.store("rows.ion", data)})
    written = await run.read(made["uri"])
    assert await rows(run, written, query="/items/item") == data.decode().splitlines()


def test_a_charset_of_less_keeps_every_character(tmp_path: Path) -> None:
    target = tmp_path / "out.xml"
    write_xml([{"n": "ж\0"}], target, "items", "latin-1", "UTC", Stop())
    assert b"&#1078;" in target.read_bytes()
    assert read(target.read_bytes(), tmp_path, "/items/item/n") == ["ж\N{REPLACEMENT CHARACTER}"]


async def test_a_zone_that_is_none_is_told(run: FakeRun) -> None:
    uri = await run.store("rows.ion", b"{a:1}\n")
    with pytest.raises(TaskFailed, match="no time zone 'Mars'"):
        await run.do(f"{XML}IonToXml", **{"from": uri}, timeZoneId="Mars")
