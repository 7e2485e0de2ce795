"""Rows in Avro files, read and written one by one. Everything here blocks.

Import it where it is used: fastavro is for those who convert.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import fastavro
from fastavro.write import Writer

from runtime.tasks.row_files import RowSink
from runtime.tasks.rows import to_json_value
from runtime.tasks.task import TaskFailed
from runtime.tasks.threads import Stop

_CHECK_EVERY = 500
_LOOKED_AT = 1_000
"""Rows whose values tell the types of the columns when there is no schema."""
_WRONG = (ValueError, TypeError, KeyError, EOFError, IndexError, AttributeError)
"""What the library raises for files and rows that are not as they should be."""


def read_avro(path: Path, stop: Stop) -> Iterator[object]:
    """The rows of an Avro file, as maps."""
    with path.open("rb") as file:
        try:
            for count, row in enumerate(fastavro.reader(file)):
                if count % _CHECK_EVERY == 0:
                    stop.check()
                yield row
        except _WRONG as error:
            raise TaskFailed(f"The file is not valid Avro: {error}.") from error


class AvroSink(RowSink):
    """Rows by a schema; without one the first rows are held to find the types of their columns."""

    def __init__(self, path: Path, schema: Mapping[str, object] | None = None) -> None:
        self._file = path.open("wb")
        self._held: list[Mapping[str, object]] = []
        self._writer: Writer | None = None
        if schema:
            self._begin(schema)

    def write(self, row: Mapping[str, object]) -> None:
        if self._writer is not None:
            self._put(row)
            return
        self._held.append(row)
        if len(self._held) >= _LOOKED_AT:
            self._begin()

    def close(self) -> None:
        try:
            if self._writer is None:
                self._begin()
            if self._writer is not None:
                self._writer.flush()
        finally:
            self._file.close()

    def _begin(self, schema: Mapping[str, object] | None = None) -> None:
        held, self._held = self._held, []
        try:
            self._writer = self._opened(schema or schema_of(held))
        except TaskFailed:
            self._file.close()
            raise
        for row in held:
            self._put(row)

    def _opened(self, schema: Mapping[str, object]) -> Writer:
        try:
            return Writer(self._file, fastavro.parse_schema(dict(schema)), codec="deflate")
        except (*_WRONG, fastavro.schema.SchemaParseException) as error:
            raise TaskFailed(f"`schema` is not an Avro schema: {error}.") from error

    def _put(self, row: Mapping[str, object]) -> None:
        assert self._writer is not None  # noqa: S101 - opened before the first row
        try:
            self._writer.write({name: _fitting(value) for name, value in row.items()})
        except _WRONG as error:
            raise TaskFailed(
                f"A row does not fit the schema: {error}. Write a `schema` that allows it."
            ) from error


def schema_of(rows: list[Mapping[str, object]]) -> dict[str, Any]:
    """A record of every column in these rows, each of which may be null."""
    kinds: dict[str, dict[str, Any]] = {}
    for row in rows:
        for name, value in row.items():
            found = kinds.setdefault(name, {})
            if value is not None:
                kind = _kind(value)
                found[str(kind)] = kind
    fields = [
        {"name": name, "type": ["null", *_widened(found)], "default": None}
        for name, found in kinds.items()
    ]
    return {"type": "record", "name": "Row", "fields": fields}


def _widened(found: dict[str, Any]) -> list[Any]:
    if set(found) == {"long", "double"}:
        return ["double"]
    return list(found.values()) if len(found) == 1 else ["string"] if found else []


def _kind(value: object) -> object:
    match value:
        case bool():
            return "boolean"
        case int():
            return "long"
        case float() | Decimal():
            return "double"
        case bytes():
            return "bytes"
        case datetime():
            return {"type": "long", "logicalType": "timestamp-micros"}
        case date():
            return {"type": "int", "logicalType": "date"}
    return "string"


def _fitting(value: object) -> object:
    """A value as the library takes it; what Avro has no type for becomes JSON."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, str | bytes | int | float | date | Mapping | list) or value is None:
        return value
    return to_json_value(value)
