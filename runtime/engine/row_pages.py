"""Stored files of rows, one to a line, read a page at a time: for loops over many values."""

import asyncio
import json
from collections.abc import AsyncIterator

from runtime.errors import InvalidInput, LimitExceeded
from runtime.executions.environment import RowPages
from runtime.expressions.ion import is_binary, read_rows
from runtime.expressions.problems import ExpressionError

_ROWS = 500
_BYTES = 1 << 20
"""A page ends after so many rows, or with the row that brings it over so many bytes."""
_LONGEST = 16 << 20


async def find_pages(chunks: AsyncIterator[bytes]) -> RowPages | None:
    """Where the pages of a file begin; None when its rows are not each on a line of their own.

    Only its first page is read for that: a later one that is written otherwise fails when it is
    read. Raises LimitExceeded for a line that is too long.
    """
    counter = _Counter()
    async for chunk in chunks:
        if await asyncio.to_thread(counter.add, chunk):
            return None
    return await asyncio.to_thread(counter.pages)


async def read_page(content: bytes, uri: str, start: int) -> list[object]:
    """The rows of one page. Raises InvalidInput when they are not each on a line of their own."""
    try:
        return await asyncio.to_thread(_rows, _lines(content))
    except ExpressionError as error:
        raise InvalidInput(
            f"The rows of {uri} cannot be read from byte {start:,} on: {error.message}.",
            hint="Write each value as ION or JSON on a line of its own.",
        ) from error


class _Counter:
    """Takes a file chunk by chunk and remembers where its pages begin."""

    def __init__(self) -> None:
        self._rest = b""
        self._starts: list[tuple[int, int]] = []
        self._first: list[bytes] = []
        self._count = self._offset = self._in_page = self._begun = 0

    def add(self, chunk: bytes) -> bool:
        """True when the file is binary."""
        if self._offset == 0 and is_binary(self._rest + chunk):
            return True
        *complete, self._rest = (self._rest + chunk).split(b"\n")
        for line in complete:
            self._line(line)
            self._offset += len(line) + 1
        if len(self._rest) > _LONGEST:
            raise LimitExceeded(
                f"A row is longer than {_LONGEST >> 20} MiB.",
                hint="Write each value on a line of its own.",
            )
        return False

    def pages(self) -> RowPages | None:
        self._line(self._rest)
        try:
            _rows(self._first)
        except ExpressionError:
            return None
        return RowPages(self._count, self._offset + len(self._rest), tuple(self._starts))

    def _line(self, line: bytes) -> None:
        if not line.strip():
            return
        is_full = self._in_page >= _ROWS or self._offset - self._begun >= _BYTES
        if not self._starts or is_full:
            self._starts.append((self._count, self._offset))
            self._in_page, self._begun = 0, self._offset
        if len(self._starts) == 1:
            self._first.append(line)
        self._in_page += 1
        self._count += 1


def _lines(content: bytes) -> list[bytes]:
    return [line for line in content.split(b"\n") if line.strip()]


def _rows(lines: list[bytes]) -> list[object]:
    """Raises ExpressionError when the lines do not hold one value each.

    The reader of Ion refuses a long text inside a row; such rows are read where they are JSON.
    """
    try:
        rows = read_rows(b"\n".join(lines))
    except ExpressionError:
        try:
            return [json.loads(line) for line in lines]
        except (ValueError, RecursionError):
            pass
        raise
    if len(rows) != len(lines):
        raise ExpressionError(f"{len(lines):,} lines hold {len(rows):,} values")
    return rows
