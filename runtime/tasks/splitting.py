"""Cut a file of lines into several, and walk through its lines; blocking, for `in_thread`."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from runtime.tasks.task import TaskFailed
from runtime.tasks.threads import Stop

_CHUNK = 1 << 18
_LONGEST_LINE = 64 << 20
_CHECK_EVERY = 1000
_SIZE = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:([KMGT]?)(I?)B?)?\s*", re.IGNORECASE)
_POWERS = {"": 0, "K": 1, "M": 2, "G": 3, "T": 4}


@dataclass(frozen=True, slots=True)
class Cut:
    """How a file is cut: after so many rows, after so many bytes, or into so many parts."""

    rows: int | None = None
    size: int | None = None
    partitions: int | None = None
    separator: bytes = b"\n"


def byte_size(text: str) -> int:
    """`10MB`, `512 KiB` or `100` in bytes, by powers of 1024. Raises TaskFailed."""
    found = _SIZE.fullmatch(text)
    if found is None:
        raise TaskFailed(f"{text!r} is not a size; write for example 10MB.")
    return int(float(found[1]) * 1024 ** _POWERS[(found[2] or "").upper()])


def lines(path: Path, separator: bytes, stop: Stop) -> Iterator[bytes]:
    """The lines of a file without their separator; an empty last one does not count."""
    rest, count = b"", 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            *complete, rest = (rest + chunk).split(separator)
            for line in complete:
                if count % _CHECK_EVERY == 0:
                    stop.check()
                count += 1
                yield line
            if len(rest) > _LONGEST_LINE:
                raise TaskFailed(
                    f"A row is longer than {_LONGEST_LINE >> 20} MB; is `separator` right?"
                )
    if rest:
        yield rest


def lines_backwards(path: Path, separator: bytes, stop: Stop) -> Iterator[bytes]:
    """The same lines, the last one first; no more than one of them is held."""
    count = 0
    with path.open("rb") as file:
        position = file.seek(0, os.SEEK_END)
        rest = b""
        while position:
            stop.check()
            size = min(_CHUNK, position)
            position -= size
            file.seek(position)
            first, *complete = (file.read(size) + rest).split(separator)
            for line in reversed(complete):
                if line or count:
                    yield line
                count += 1
            rest = first
            if len(rest) > _LONGEST_LINE:
                raise TaskFailed(
                    f"A row is longer than {_LONGEST_LINE >> 20} MB; is `separator` right?"
                )
    if rest or count:
        yield rest


def split(source: Path, into: Path, cut: Cut, stop: Stop) -> list[Path]:
    """Write the parts of a file into a directory, in order. An empty file has no parts."""
    if cut.partitions is not None:
        return _dealt(source, into, cut, cut.partitions, stop)
    parts: list[Path] = []
    file: BinaryIO | None = None
    rows = size = 0
    try:
        for line in lines(source, cut.separator, stop):
            if file is None or _is_full(cut, rows, size, len(line)):
                if file is not None:
                    file.close()
                parts.append(into / f"part-{len(parts):06d}")
                file = parts[-1].open("wb")
                rows = size = 0
            size += file.write(line + cut.separator)
            rows += 1
    finally:
        if file is not None:
            file.close()
    return parts


def _is_full(cut: Cut, rows: int, size: int, more: int) -> bool:
    if cut.size is not None:
        return size + more > cut.size and rows > 0
    return rows >= (cut.rows or 1)


def _dealt(source: Path, into: Path, cut: Cut, count: int, stop: Stop) -> list[Path]:
    """So many parts, row by row in turn; parts that stay empty are left out."""
    if not 1 <= count <= 500:
        raise TaskFailed("`partitions` must be between 1 and 500.")
    paths = [into / f"part-{number:06d}" for number in range(count)]
    files = [path.open("wb") for path in paths]
    try:
        for number, line in enumerate(lines(source, cut.separator, stop)):
            files[number % count].write(line + cut.separator)
    finally:
        for file in files:
            file.close()
    return [path for path in paths if path.stat().st_size]
