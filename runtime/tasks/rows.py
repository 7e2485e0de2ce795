"""Rows in stored files. Their format is ION text, one row to a line, as Kestra writes it.

Everything here blocks and goes through files row by row; call it by `in_thread`.
"""

import base64
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from amazon.ion import simpleion
from amazon.ion.core import Timestamp, TimestampPrecision
from amazon.ion.exceptions import IonException
from amazon.ion.simple_types import IonPyNull
from amazon.ion.simpleion import IonPyValueModel
from amazon.ion.symbols import SymbolToken

from runtime.expressions.ion import with_short_floats
from runtime.expressions.printing import datetime_text
from runtime.flows.durations import format_duration
from runtime.tasks.task import TaskFailed
from runtime.tasks.threads import Stop

_MODEL = IonPyValueModel.MAY_BE_BARE | IonPyValueModel.STRUCT_AS_STD_DICT
_CHECK_EVERY = 500


def read_rows(path: Path, stop: Stop) -> Iterator[object]:
    """The values of an ION file, text or binary. Raises TaskFailed for anything else."""
    count = 0
    with path.open("rb") as file:
        values = simpleion.load(file, single_value=False, parse_eagerly=False, value_model=_MODEL)
        try:
            for value in values:
                if count % _CHECK_EVERY == 0:
                    stop.check()
                count += 1
                yield from_ion(value)
        except (IonException, UnicodeDecodeError, ValueError) as error:
            raise TaskFailed(f"The file is not valid ION after {count} rows: {error}.") from error


def write_rows(rows: Iterable[object], path: Path, stop: Stop) -> int:
    """Write rows as ION text, one to a line; how many."""
    count = 0
    with path.open("wb") as file:
        for row in rows:
            if count % _CHECK_EVERY == 0:
                stop.check()
            write_row(row, file)
            count += 1
    return count


def write_row(row: object, file: BinaryIO) -> None:
    text = simpleion.dumps(to_ion(row), binary=False, omit_version_marker=True)
    file.write(with_short_floats(text).encode("utf-8", "replace"))
    file.write(b"\n")


def to_ion(value: object) -> object:
    """A value in the types that ION writes."""
    match value:
        case None | bool() | int() | float() | str() | bytes() | Decimal() | Timestamp():
            return value
        case Mapping():
            return {str(key): to_ion(item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [to_ion(item) for item in value]
        case datetime():
            return value
        case date():
            return Timestamp(value.year, value.month, value.day, precision=TimestampPrecision.DAY)
        case bytearray() | memoryview():
            return bytes(value)
        case timedelta():
            return format_duration(value.total_seconds())
    return str(value)


def from_ion(value: object) -> object:
    """A value as Python knows it: dates as `date` or `datetime`, symbols as text."""
    match value:
        case dict():
            return {key: from_ion(item) for key, item in value.items()}
        case list():
            return [from_ion(item) for item in value]
        case Timestamp():
            return _moment(value)
        case IonPyNull():
            return None
        case SymbolToken():
            return value.text
    return value


def _moment(value: Timestamp) -> date:
    if value.precision <= TimestampPrecision.DAY:
        return date(value.year, value.month, value.day)
    return datetime(
        *(value.year, value.month, value.day, value.hour, value.minute, value.second),
        value.microsecond,
        tzinfo=value.tzinfo,
    )


def to_json_value(value: object) -> object:
    """A value as JSON can hold it, for outputs: times as ISO text, bytes in base64."""
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return value if value == value and abs(value) != float("inf") else None
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case Mapping():
            return {str(key): to_json_value(item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [to_json_value(item) for item in value]
        case datetime():
            return datetime_text(value.astimezone(UTC) if value.tzinfo else value)
        case date() | time() | UUID():
            return value.isoformat() if isinstance(value, date | time) else str(value)
        case bytes() | bytearray() | memoryview():
            return base64.b64encode(value).decode()
        case timedelta():
            return format_duration(value.total_seconds())
    return str(value)
