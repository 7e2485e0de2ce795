"""What becomes of a statement's rows: nothing, the first, all as outputs, or a stored file."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import orjson

from runtime.tasks.row_files import RowSink
from runtime.tasks.rows import to_json_value
from runtime.tasks.sinks import RowFormat, sink_of
from runtime.tasks.task import Outputs, TaskFailed
from runtime.tasks.threads import Stop


class QueryOutputs(Outputs):
    size: int | None = None
    """How many rows were fetched, or changed by a statement that yields none."""
    row: dict[str, object] | None = None
    rows: list[dict[str, object]] | None = None
    uri: str | None = None


class QueriesOutputs(Outputs):
    outputs: list[QueryOutputs]


class Collector:
    """Takes batches of rows and keeps what the fetch type asks for; memory is bounded."""

    def __init__(self, fetch: str, row_format: RowFormat, place: Path, limit: int) -> None:
        self._fetch = fetch
        self._limit = limit
        self._rows: list[dict[str, object]] = []
        self._bytes = 0
        self._format = row_format
        self._sink: RowSink | None = None
        self.path = place
        self.count = 0

    @property
    def is_satisfied(self) -> bool:
        """Whether no further rows are needed; without fetching, a statement runs to its end."""
        return self._fetch == "FETCH_ONE" and self.count > 0

    def take(self, columns: Sequence[str], batch: Iterable[Sequence[object]], stop: Stop) -> None:
        """Keep a batch; blocking."""
        for values in batch:
            if self._fetch == "NONE" or self.is_satisfied:
                break
            row = dict(zip(columns, values, strict=True))
            self.count += 1
            if self._fetch == "STORE":
                self._store(row)
            else:
                self._keep(row)
        stop.check()

    def close(self) -> None:
        """End the stored file; one without rows is a file too."""
        if self._fetch == "STORE" and self._sink is None:
            self._sink = sink_of(self._format, self.path)
        if self._sink is not None:
            self._sink.close()

    def outputs(self, uri: str | None, changed: int | None) -> QueryOutputs:
        match self._fetch:
            case "STORE":
                return QueryOutputs(size=self.count, uri=uri)
            case "FETCH":
                return QueryOutputs(size=self.count, rows=self._rows)
            case "FETCH_ONE":
                return QueryOutputs(size=self.count, row=self._rows[0] if self._rows else None)
        return QueryOutputs(size=changed)

    def _store(self, row: dict[str, object]) -> None:
        if self._sink is None:
            self._sink = sink_of(self._format, self.path)
        self._sink.write(row)

    def _keep(self, row: dict[str, object]) -> None:
        plain = {name: to_json_value(value) for name, value in row.items()}
        self._bytes += len(orjson.dumps(plain, default=str))
        if self._bytes > self._limit:
            raise TaskFailed(
                f"The result has more than {self._limit:,} bytes after {self.count:,} rows; "
                "use `fetchType: STORE` and pass the address of the file on."
            )
        self._rows.append(plain)
