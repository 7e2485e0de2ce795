import pytest

from runtime.errors import FlowdeckError, NotFound
from runtime.tasks.task import TaskFailed
from tests.support.running import FakeRun

STORAGE = "io.kestra.plugin.core.storage."


async def parts(run: FakeRun, content: bytes, **given: object) -> list[bytes]:
    uri = await run.store("in.txt", content)
    outputs = await run.do(f"{STORAGE}Split", **{"from": uri}, **given)
    return [await run.read(each) for each in outputs["uris"]]


async def test_files_are_joined_in_order(run: FakeRun) -> None:
    uris = [await run.store(name, name.encode()) for name in ("a", "b", "c")]
    outputs = await run.do(f"{STORAGE}Concat", files=uris, separator="\n", extension=".txt")
    assert await run.read(outputs["uri"]) == b"a\nb\nc"
    assert outputs["uri"].endswith(".txt")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"rows": 2}, [b"1\n2\n", b"3\n4\n", b"5\n"]),
        ({"rows": 10}, [b"1\n2\n3\n4\n5\n"]),
        ({"partitions": 2}, [b"1\n3\n5\n", b"2\n4\n"]),
        ({"partitions": 9}, [b"1\n", b"2\n", b"3\n", b"4\n", b"5\n"]),
        ({"bytes": "4"}, [b"1\n2\n", b"3\n4\n", b"5\n"]),
        ({"bytes": "1KB"}, [b"1\n2\n3\n4\n5\n"]),
    ],
)
async def test_a_file_is_cut_by_rows_bytes_or_into_parts(
    run: FakeRun, given: dict[str, object], expected: list[bytes]
) -> None:
    assert await parts(run, b"1\n2\n3\n4\n5\n", **given) == expected


async def test_a_file_without_a_last_line_end_loses_nothing(run: FakeRun) -> None:
    assert await parts(run, b"1\n2", rows=1) == [b"1\n", b"2\n"]


async def test_another_separator_is_followed_even_across_chunks(run: FakeRun) -> None:
    content = b"<>".join(str(n).encode() * 1000 for n in range(500))
    found = await parts(run, content, rows=1, separator="<>")
    assert b"".join(found) == content + b"<>"


async def test_an_empty_file_has_no_parts(run: FakeRun) -> None:
    assert await parts(run, b"", rows=1) == []


@pytest.mark.parametrize("given", [{}, {"rows": 1, "partitions": 1}])
async def test_one_way_to_cut_must_be_chosen(run: FakeRun, given: dict[str, object]) -> None:
    with pytest.raises(TaskFailed, match="one of"):
        await parts(run, b"1", **given)


@pytest.mark.parametrize(("given", "why"), [({"bytes": "ten"}, "10MB"), ({"partitions": 0}, "500")])
async def test_a_wrong_cut_says_what_is_allowed(
    run: FakeRun, given: dict[str, object], why: str
) -> None:
    with pytest.raises(TaskFailed, match=why):
        await parts(run, b"1", **given)


async def test_the_size_of_a_file_is_told(run: FakeRun) -> None:
    uri = await run.store("a", b"12345")
    assert await run.do(f"{STORAGE}Size", uri=uri) == {"size": 5}


async def test_lines_are_reversed(run: FakeRun) -> None:
    uri = await run.store("a.txt", b"1\n2\n3")
    outputs = await run.do(f"{STORAGE}Reverse", **{"from": uri})
    assert await run.read(outputs["uri"]) == b"3\n2\n1\n"


async def test_reversing_reads_the_last_line_once(run: FakeRun) -> None:
    uri = await run.store("a.txt", b"first\nlonger second\n\nx\n")
    outputs = await run.do(f"{STORAGE}Reverse", **{"from": uri})
    assert await run.read(outputs["uri"]) == b"x\n\nlonger second\nfirst\n"


async def test_a_file_is_deleted(run: FakeRun) -> None:
    uri = await run.store("a", b"x")
    assert (await run.do(f"{STORAGE}Delete", uri=uri))["deleted"] is True
    assert (await run.do(f"{STORAGE}Delete", uri=uri))["deleted"] is False
    with pytest.raises(TaskFailed, match="no stored file"):
        await run.do(f"{STORAGE}Delete", uri=uri, errorOnMissing=True)


async def test_local_files_come_and_go(run: FakeRun) -> None:
    outputs = await run.do(
        f"{STORAGE}LocalFiles", inputs={"a.txt": "x", "b/c.txt": "y"}, outputs=["**/*.txt"]
    )
    assert sorted(outputs["uris"]) == ["a.txt", "b/c.txt"]
    assert (run.directory / "b" / "c.txt").read_text() == "y"


async def test_all_files_of_the_execution_are_purged(run: FakeRun) -> None:
    uri = await run.store("a", b"x")
    assert (await run.do(f"{STORAGE}PurgeCurrentExecutionFiles"))["uris"] == [uri]
    with pytest.raises(NotFound):
        await run.read(uri)


async def test_a_text_is_written(run: FakeRun) -> None:
    outputs = await run.do(f"{STORAGE}Write", content="Zoë", extension="txt")
    assert await run.read(outputs["uri"]) == "Zoë".encode()


@pytest.mark.parametrize(
    "uri", ["kestra:///x/executions/ex_2/f", "file:///etc/passwd", "kestra:///a/../b"]
)
async def test_no_task_reads_what_is_not_its_own(run: FakeRun, uri: str) -> None:
    for task, given in (
        ("Size", {"uri": uri}),
        ("Delete", {"uri": uri}),
        ("Reverse", {"from": uri}),
    ):
        with pytest.raises(FlowdeckError):
            await run.do(f"{STORAGE}{task}", **given)
