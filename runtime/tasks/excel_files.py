"""Rows in Excel workbooks, read and written one by one. Everything here blocks.

Import it where it is used: openpyxl is for those who convert.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import IllegalCharacterError, InvalidFileException

from runtime.expressions.printing import to_text
from runtime.tasks.rows import read_rows, to_json_value, write_rows
from runtime.tasks.task import TaskFailed
from runtime.tasks.threads import Stop

_CHECK_EVERY = 500
_MOST_ROWS = 1_048_576
"""What a sheet can hold."""


@dataclass(frozen=True, slots=True)
class SheetStyle:
    """How the rows of a sheet are read."""

    header: bool = True
    skip_rows: int = 0
    skip_empty: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet whose rows stand as ION in a file."""

    title: str
    path: Path
    rows: int


def read_workbook(
    source: Path, into: Path, titles: Sequence[str], style: SheetStyle, stop: Stop
) -> list[Sheet]:
    """Write the rows of each wanted sheet into a file of ION."""
    try:
        book = load_workbook(source, read_only=True, data_only=True)
    except (InvalidFileException, BadZipFile, KeyError, ValueError, OSError) as error:
        raise TaskFailed(f"The file is not an Excel workbook (.xlsx): {error}.") from error
    try:
        missing = [title for title in titles if title not in book.sheetnames]
        if missing:
            known = ", ".join(book.sheetnames)
            raise TaskFailed(f"The workbook has no sheet {', '.join(missing)}; it has {known}.")
        sheets = []
        for number, title in enumerate(titles or book.sheetnames):
            path = into / f"sheet-{number}.ion"
            values = book[title].iter_rows(min_row=style.skip_rows + 1, values_only=True)
            sheets.append(Sheet(title, path, write_rows(_rows(values, style), path, stop)))
        return sheets
    finally:
        book.close()


def _rows(values: Iterator[tuple[object, ...]], style: SheetStyle) -> Iterator[object]:
    names = [to_text(name) for name in next(values, ())] if style.header else None
    for row in values:
        if style.skip_empty and all(value is None for value in row):
            continue
        if names is None:
            yield list(row)
        else:
            padded = [*row, *[None] * (len(names) - len(row))]
            yield dict(zip(names, padded, strict=False))


def write_workbook(sheets: Mapping[str, Path], target: Path, header: bool, stop: Stop) -> int:
    """Write files of ION rows as the sheets of a workbook; how many rows in all."""
    book = Workbook(write_only=True)
    total = 0
    for title, path in sheets.items():
        try:
            sheet = book.create_sheet(title)
        except ValueError as error:
            raise TaskFailed(f"{title!r} cannot be the title of a sheet: {error}.") from error
        columns: list[str] | None = None
        for count, row in enumerate(read_rows(path, stop), start=1):
            if count % _CHECK_EVERY == 0:
                stop.check()
            if count >= _MOST_ROWS:
                raise TaskFailed(f"A sheet of Excel holds at most {_MOST_ROWS:,} rows.")
            named = row if isinstance(row, Mapping) else None
            if columns is None:
                columns = list(named) if named is not None else []
                if header and named is not None:
                    sheet.append(columns)
            cells = [named.get(each) for each in columns] if named is not None else row
            _append(sheet, cells if isinstance(cells, list) else [cells], count)
            total += 1
    book.save(target)
    return total


def _append(sheet: "object", cells: list[object], number: int) -> None:
    try:
        sheet.append([_cell(value) for value in cells])  # type: ignore[attr-defined]  # openpyxl carries no types
    except (IllegalCharacterError, ValueError) as error:
        raise TaskFailed(f"Row {number} cannot be written to Excel: {error}.") from error


def _cell(value: object) -> object:
    """A value as a cell holds it: moments in UTC without a zone, lists and maps as their JSON."""
    match value:
        case datetime() if value.tzinfo is not None:
            return value.astimezone(UTC).replace(tzinfo=None)
        case None | bool() | int() | float() | str() | date() | time() | timedelta():
            return value
        case Decimal():
            return float(value)
    return to_text(to_json_value(value))
