"""`serdes.csv`: from CSV to ION and back."""

from collections.abc import Iterator
from pathlib import Path

from runtime.tasks.properties import Text
from runtime.tasks.row_files import CsvSink, CsvStyle, RowSink, read_csv
from runtime.tasks.serdes.conversion import FromIon, ToIon
from runtime.tasks.task import TaskFailed
from runtime.tasks.threads import Stop


class CsvToIon(ToIon):
    """Read a CSV file into ION rows; every value is text."""

    type_name = "io.kestra.plugin.serdes.csv.CsvToIon"
    aliases = ("io.kestra.plugin.serdes.csv.CsvReader",)

    header: bool = True
    field_separator: Text = ","
    text_delimiter: Text = '"'
    skip_empty_rows: bool = False
    skip_rows: int = 0
    charset: Text = "UTF-8"
    error_on_different_field_count: bool | None = None
    max_bad_records: int | None = None

    def rows(self, source: Path, stop: Stop) -> Iterator[object]:
        style = CsvStyle(
            delimiter=one_character("fieldSeparator", self.field_separator),
            quote=one_character("textDelimiter", self.text_delimiter),
            header=self.header,
            charset=self.charset,
            skip_rows=self.skip_rows,
            skip_empty=self.skip_empty_rows,
        )
        return read_csv(source, style, stop)


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

    def sink(self, target: Path) -> RowSink:
        style = CsvStyle(
            delimiter=one_character("fieldSeparator", self.field_separator),
            quote=one_character("textDelimiter", self.text_delimiter),
            header=self.header,
            charset=self.charset,
            always_quote=self.always_delimit_text,
            line_end=self.line_delimiter,
        )
        return CsvSink(target, style)


def one_character(name: str, text: str) -> str:
    if len(text) != 1:
        raise TaskFailed(f"`{name}` must be one character, not {text!r}.")
    return text
