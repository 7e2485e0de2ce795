"""Rows in Parquet files, written and read in batches. Everything here blocks.

Import it where it is used: pyarrow takes 0.3 s to import, which every start would pay.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet

from runtime.tasks.row_files import RowSink
from runtime.tasks.task import TaskFailed
from runtime.tasks.threads import Stop

_BATCH = 5_000


class ParquetSink(RowSink):
    """Column types are those of the first rows; a later value that does not fit is refused."""

    def __init__(self, path: Path, compression: str = "snappy") -> None:
        self._path = path
        self._compression = compression
        self._rows: list[Mapping[str, object]] = []
        self._writer: Any = None  # pyarrow carries no types

    def write(self, row: Mapping[str, object]) -> None:
        self._rows.append(row)
        if len(self._rows) >= _BATCH:
            self._flush()

    def close(self) -> None:
        try:
            self._flush()
            if self._writer is None:
                empty = pyarrow.schema([])
                self._writer = pyarrow.parquet.ParquetWriter(self._path, empty)
        finally:
            if self._writer is not None:
                self._writer.close()

    def _flush(self) -> None:
        rows, self._rows = self._rows, []
        if not rows:
            return
        try:
            if self._writer is None:
                table = pyarrow.Table.from_pylist(rows)
                self._writer = pyarrow.parquet.ParquetWriter(
                    self._path, table.schema, compression=self._compression
                )
            else:
                table = pyarrow.Table.from_pylist(rows, schema=self._writer.schema)
            self._writer.write_table(table)
        except (pyarrow.ArrowException, ValueError) as error:
            raise TaskFailed(f"The rows do not fit into one Parquet file: {error}.") from error


def read_parquet(path: Path, stop: Stop) -> Iterator[object]:
    """The rows of a Parquet file, as maps."""
    try:
        file = pyarrow.parquet.ParquetFile(path)
    except (pyarrow.ArrowException, OSError) as error:
        raise TaskFailed(f"The file is not valid Parquet: {error}.") from error
    with file:
        for batch in file.iter_batches(_BATCH):
            stop.check()
            yield from batch.to_pylist()
