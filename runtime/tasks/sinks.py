"""The formats in which rows can be stored, and a new file of each."""

from enum import StrEnum
from pathlib import Path

from runtime.tasks.row_files import CsvSink, IonSink, JsonLinesSink, RowSink


class RowFormat(StrEnum):
    ION = "ION"
    CSV = "CSV"
    JSONL = "JSONL"
    PARQUET = "PARQUET"

    @property
    def suffix(self) -> str:
        return f".{self.value.lower()}"


def sink_of(row_format: RowFormat, path: Path) -> RowSink:
    """A new file of that format."""
    match row_format:
        case RowFormat.CSV:
            return CsvSink(path)
        case RowFormat.JSONL:
            return JsonLinesSink(path)
        case RowFormat.PARQUET:
            # not above: pyarrow takes 0.3 s to import, which every start would pay
            from runtime.tasks.parquet_files import ParquetSink

            return ParquetSink(path)
    return IonSink(path)
