"""`serdes.csv`: from CSV to ION and back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from runtime.executions.model import LogLevel
from runtime.tasks.core.http_options import Upper
from runtime.tasks.moments import Moments
from runtime.tasks.properties import Text
from runtime.tasks.row_files import CsvSink, CsvStyle, RowSink, read_csv
from runtime.tasks.serdes.conversion import FromIon, ToIon
from runtime.tasks.task import Run, TaskFailed
from runtime.tasks.threads import Stop

_TOLD = 100
"""Bad rows that are told of, each in a line of the log."""


class CsvToIon(ToIon):
    """Read a CSV file into ION rows; every value is text.

    A row with more fields than the header is bad, and with `errorOnDifferentFieldCount` one with
    fewer, too. `onBadLines` says whether a bad row is a failure, or is left out with or without a
    warning; `maxBadRecords` how many may be left out.
    """

    type_name = "io.kestra.plugin.serdes.csv.CsvToIon"
    aliases = ("io.kestra.plugin.serdes.csv.CsvReader",)

    header: bool = True
    field_separator: Text = ","
    text_delimiter: Text = '"'
    skip_empty_rows: bool = False
    skip_rows: int = 0
    charset: Text = "UTF-8"
    error_on_different_field_count: bool = False
    max_bad_records: int | None = Field(default=None, ge=0)
    on_bad_lines: Annotated[Literal["ERROR", "WARN", "SKIP"], Upper] = "ERROR"

    async def run(self, run: Run) -> BaseModel:
        bad: list[str] = []
        answer = await self.converted(run, lambda source, stop: self._read(source, bad, stop))
        for each in bad[:_TOLD] if self.on_bad_lines == "WARN" else ():
            run.log(LogLevel.WARN, each)
        return answer

    def rows(self, source: Path, stop: Stop) -> Iterator[object]:
        return self._read(source, [], stop)

    def _read(self, source: Path, bad: list[str], stop: Stop) -> Iterator[object]:
        def on_bad(problem: str) -> None:
            bad.append(problem)
            skips = self.on_bad_lines != "ERROR" or self.max_bad_records is not None
            if not skips or (self.max_bad_records is not None and len(bad) > self.max_bad_records):
                raise TaskFailed(problem)

        style = CsvStyle(
            delimiter=one_character("fieldSeparator", self.field_separator),
            quote=one_character("textDelimiter", self.text_delimiter),
            header=self.header,
            charset=self.charset,
            skip_rows=self.skip_rows,
            skip_empty=self.skip_empty_rows,
            same_count=self.error_on_different_field_count,
        )
        return read_csv(source, style, stop, on_bad)


class IonToCsv(FromIon):
    """Write ION rows as a CSV file; the columns are those of the first row."""

    type_name = "io.kestra.plugin.serdes.csv.IonToCsv"
    aliases = ("io.kestra.plugin.serdes.csv.CsvWriter",)
    suffix = ".csv"

    header: bool = True
    field_separator: Text = ","
    text_delimiter: Text = '"'
    line_delimiter: Text = "\n"
    always_delimit_text: bool = False
    charset: Text = "UTF-8"
    date_format: Text | None = None
    time_format: Text | None = None
    date_time_format: Text | None = None
    time_zone_id: Text | None = None
    """Formats of dates and times, as Java writes them; ISO 8601 in UTC without them."""

    def sink(self, target: Path) -> RowSink:
        style = CsvStyle(
            delimiter=one_character("fieldSeparator", self.field_separator),
            quote=one_character("textDelimiter", self.text_delimiter),
            header=self.header,
            charset=self.charset,
            always_quote=self.always_delimit_text,
            line_end=self.line_delimiter,
            moments=Moments(
                self.date_format, self.time_format, self.date_time_format, self.time_zone_id
            ),
        )
        return CsvSink(target, style)


def one_character(name: str, text: str) -> str:
    if len(text) != 1:
        raise TaskFailed(f"`{name}` must be one character, not {text!r}.")
    return text
