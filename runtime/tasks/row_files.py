"""Rows in files of other formats: CSV and JSON lines; read and written row by row.

Parquet has a module of its own. Everything here blocks; call it by `in_thread`.
"""

import csv
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import orjson

from runtime.tasks.moments import ISO, Moments
from runtime.tasks.rows import to_json_value, write_row
from runtime.tasks.task import TaskFailed
from runtime.tasks.threads import Stop

_CHECK_EVERY = 500
_LONGEST_FIELD = 16 << 20


@dataclass(frozen=True, slots=True)
class CsvStyle:
    """How a CSV file is written: separators, quotes, whether its first line has the names."""

    delimiter: str = ","
    quote: str = '"'
    header: bool = True
    charset: str = "UTF-8"
    always_quote: bool = False
    line_end: str = "\n"
    skip_rows: int = 0
    skip_empty: bool = False
    same_count: bool = False
    moments: Moments = ISO


class RowSink(ABC):
    """A file that rows are written to; a context manager, closed and whole afterwards."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @abstractmethod
    def write(self, row: Mapping[str, object]) -> None: ...

    @abstractmethod
    def close(self) -> None: ...

    def write_all(self, rows: Iterable[Mapping[str, object]], stop: Stop) -> int:
        """Write them and return how many there were."""
        count = 0
        for row in rows:
            if count % _CHECK_EVERY == 0:
                stop.check()
            self.write(row)
            count += 1
        return count


class IonSink(RowSink):
    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")

    def write(self, row: Mapping[str, object]) -> None:
        write_row(row, self._file)

    def close(self) -> None:
        self._file.close()


class JsonLinesSink(RowSink):
    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")

    def write(self, row: Mapping[str, object]) -> None:
        self._file.write(orjson.dumps(to_json_value(row), option=orjson.OPT_APPEND_NEWLINE))

    def close(self) -> None:
        self._file.close()


class CsvSink(RowSink):
    """Columns are those of the first row; a later row with another one is refused."""

    def __init__(self, path: Path, style: CsvStyle | None = None) -> None:
        self._style = style or CsvStyle()
        self._file = path.open("w", encoding=self._style.charset, newline="")
        self._writer = csv.writer(
            self._file,
            delimiter=self._style.delimiter,
            quotechar=self._style.quote,
            quoting=csv.QUOTE_ALL if self._style.always_quote else csv.QUOTE_MINIMAL,
            lineterminator=self._style.line_end,
        )
        self._columns: list[str] | None = None

    def write(self, row: Mapping[str, object]) -> None:
        if self._columns is None:
            self._columns = list(row)
            if self._style.header:
                self._writer.writerow(self._columns)
        elif not row.keys() <= set(self._columns):
            unknown = ", ".join(sorted(set(row) - set(self._columns)))
            raise TaskFailed(f"A row has columns that the first one has not: {unknown}.")
        write = self._style.moments.text
        self._writer.writerow([write(row.get(name)) for name in self._columns])

    def close(self) -> None:
        self._file.close()


def _refuse(problem: str) -> None:
    raise TaskFailed(problem)


def read_csv(
    path: Path, style: CsvStyle, stop: Stop, on_bad: Callable[[str], None] = _refuse
) -> Iterator[object]:
    """The rows of a CSV file: maps when it has a header, else lists of texts.

    `on_bad` is told of a row that does not fit the header; it raises, or the row is left out.
    """
    csv.field_size_limit(_LONGEST_FIELD)
    with path.open(encoding=style.charset, errors="replace", newline="") as file:
        lines = csv.reader(file, delimiter=style.delimiter, quotechar=style.quote)
        try:
            for _ in range(style.skip_rows):
                next(lines, None)
            names = next(lines, None) if style.header else None
            for count, values in enumerate(lines):
                if count % _CHECK_EVERY == 0:
                    stop.check()
                if not values and style.skip_empty:
                    continue
                if names is None:
                    yield values
                elif _fits(names, values, style.same_count):
                    yield _named(names, values)
                else:
                    on_bad(
                        f"Line {lines.line_num} of the CSV has {len(values)} fields, but the "
                        f"header has {len(names)}."
                    )
        except csv.Error as error:
            raise TaskFailed(
                f"The CSV cannot be read in line {lines.line_num}: {error}."
            ) from error


def _fits(names: list[str], values: list[str], same_count: bool) -> bool:
    return len(values) == len(names) or (len(values) < len(names) and not same_count)


def _named(names: list[str], values: list[str]) -> dict[str, object]:
    padded: list[str | None] = [*values, *[None] * (len(names) - len(values))]
    return dict(zip(names, padded, strict=True))


def read_json_lines(path: Path, stop: Stop, charset: str = "UTF-8") -> Iterator[object]:
    """The values of a file that has one JSON value on each line; empty lines are passed over."""
    with path.open(encoding=charset, errors="replace") as file:
        for number, line in enumerate(file, start=1):
            if number % _CHECK_EVERY == 1:
                stop.check()
            if line.strip():
                try:
                    yield orjson.loads(line)
                except orjson.JSONDecodeError as error:
                    raise TaskFailed(f"Line {number} is not valid JSON: {error}.") from error
