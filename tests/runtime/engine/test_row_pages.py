"""Stored files of rows, a page at a time."""

from collections.abc import AsyncIterator

import pytest

from runtime.engine.row_pages import find_pages, read_page
from runtime.errors import InvalidInput, LimitExceeded
from runtime.executions.environment import RowPages


async def _chunks(content: bytes, size: int = 1000) -> AsyncIterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]


async def _found(content: bytes, size: int = 1000) -> RowPages:
    pages = await find_pages(_chunks(content, size))
    assert pages is not None
    return pages


@pytest.mark.parametrize("size", [1, 7, 100_000])
async def test_every_row_of_a_file_is_found_in_its_page(size: int) -> None:
    lines = [b"{a:%d}" % number for number in range(1_203)]
    content = b"\n".join(lines[:700]) + b"\n\n  \r\n" + b"\r\n".join(lines[700:])
    pages = await _found(content, size)
    assert (pages.count, pages.size) == (1_203, len(content))
    assert [first for first, _ in pages.starts] == [0, 500, 1_000]
    ends = [start for _, start in pages.starts[1:]] + [pages.size]
    rows: list[object] = []
    for (first, start), end in zip(pages.starts, ends, strict=True):
        assert len(rows) == first
        rows += await read_page(content[start:end], "kestra:///f", start)
    assert rows == [{"a": number} for number in range(1_203)]


async def test_a_page_ends_early_where_rows_are_long() -> None:
    pages = await _found((b'"' + b"x" * 600_000 + b'"\n') * 5)
    assert [first for first, _ in pages.starts] == [0, 2, 4]


async def test_an_empty_file_has_no_pages() -> None:
    assert await _found(b"") == RowPages(0, 0, ())
    assert await _found(b"\n\n") == RowPages(0, 2, ())


@pytest.mark.parametrize(
    "content", [b"{\n  a: 1\n}\n", b"1 2\n3\n", b"\xe0\x01\x00\xea\x21\x01", b"not [ ion\n"]
)
async def test_a_file_without_a_row_on_each_line_has_none_either(content: bytes) -> None:
    assert await find_pages(_chunks(content, 1)) is None


async def test_a_row_without_end_is_refused() -> None:
    with pytest.raises(LimitExceeded, match="longer than 16 MiB"):
        await find_pages(_chunks(b"x" * (17 << 20), 1 << 20))


async def test_a_later_page_that_is_written_otherwise_says_where() -> None:
    with pytest.raises(InvalidInput, match=r"kestra:///f .* from byte 4,096 on: 3 lines hold 1 "):
        await read_page(b"{\na:1\n}\n", "kestra:///f", 4_096)
