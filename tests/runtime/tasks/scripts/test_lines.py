from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtime.tasks.scripts.lines import Lines
from runtime.tasks.task import TaskFailed


def cut(data: bytes, *, size: int = 7, longest: int = 20, mark: int = 100) -> Iterator[str]:
    lines = Lines(longest, mark)
    for start in range(0, len(data), size):
        yield from lines.feed(data[start : start + size])
    yield from lines.end()


@given(st.lists(st.text(st.characters(codec="ascii", exclude_characters="\r\n\0"), max_size=15)))
def test_lines_come_out_as_they_went_in(texts: list[str]) -> None:
    data = "".join(f"{text}\n" for text in texts).encode()
    assert list(cut(data)) == texts


@given(st.binary(max_size=400), st.integers(1, 50))
def test_no_bytes_whatever_break_it_or_make_a_long_line(data: bytes, size: int) -> None:
    assert all(len(line) <= 20 for line in cut(data, size=size, mark=1000))


@given(st.text(st.characters(exclude_characters="\r\n\0", exclude_categories=["Cs"])))
def test_a_long_line_is_split_without_tearing_a_character(text: str) -> None:
    if not text.startswith("::{"):
        assert "".join(cut(text.encode())) == text


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_all_three_kinds_of_line_end_are_one(size: int) -> None:
    assert list(cut(b"a\r\nb\rc\nd", size=size)) == ["a", "b", "c", "d"]


@pytest.mark.parametrize("size", [7, 100, 5_000, 70_000])
@pytest.mark.parametrize("end", [b"", b"\n", b" and more" * 2_000])
def test_no_secret_is_cut_in_two_where_a_line_is_split(size: int, end: bytes) -> None:
    data = b"x" * 9_994 + b"open-sesame" + b"y" * 9_990 + "ö open-sesame".encode() + end
    lines = Lines(10_000, 10_000, lambda text: text.replace("open-sesame", "******"))
    found: list[str] = []
    for start in range(0, len(data), size):
        found += lines.feed(data[start : start + size])
    found += lines.end()
    assert max(len(line.encode()) for line in found) <= 10_000
    whole = data.decode().replace("open-sesame", "******").rstrip("\n")
    assert "".join(found) == whole


def test_an_empty_line_is_kept() -> None:
    assert list(cut(b"a\n\nb\n")) == ["a", "", "b"]


def test_what_postgresql_cannot_hold_is_replaced() -> None:
    assert list(cut(b"a\0b\xff\n")) == ["a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}"]


def test_a_line_of_outputs_is_not_split() -> None:
    line = '::{"outputs": {"text": "longer than twenty bytes"}}::'
    assert list(cut(line.encode() + b"\n")) == [line]


def test_outputs_that_never_end_are_refused_as_soon_as_they_are_too_large() -> None:
    lines = Lines(20, 1000)
    for _ in range(10):
        assert list(lines.feed(b"::{" + b"x" * 96)) == []
    with pytest.raises(TaskFailed, match="more than 1,000 bytes in one line; write large data"):
        list(lines.feed(b"x" * 11))
