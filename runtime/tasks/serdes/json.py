"""`serdes.json`: from JSON to ION and back."""

import codecs
from collections.abc import Iterator
from pathlib import Path

import orjson

from runtime.tasks.properties import Text
from runtime.tasks.row_files import JsonLinesSink, read_json_lines
from runtime.tasks.rows import read_rows, to_json_value
from runtime.tasks.serdes.conversion import Conversion, ToIon, as_map
from runtime.tasks.task import TaskFailed
from runtime.tasks.threads import Stop

_LARGEST_LIST = 256 << 20


def known_charset(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        raise TaskFailed(f"There is no charset {name!r}; write for example UTF-8.") from None


class JsonToIon(ToIon):
    """Read JSON into ION rows.

    With `newLine` (the default) each line holds one value; without it the file holds one value, or
    a list of rows.
    """

    type_name = "io.kestra.plugin.serdes.json.JsonToIon"
    aliases = ("io.kestra.plugin.serdes.json.JsonReader",)

    new_line: bool = True
    charset: Text = "UTF-8"

    def rows(self, source: Path, stop: Stop) -> Iterator[object]:
        if self.new_line:
            yield from read_json_lines(source, stop, known_charset(self.charset))
            return
        if source.stat().st_size > _LARGEST_LIST:
            raise TaskFailed(
                f"One JSON value of more than {_LARGEST_LIST >> 20} MB cannot be streamed; "
                "write one row to a line and use `newLine: true`."
            )
        try:
            value = orjson.loads(source.read_text(known_charset(self.charset)))
        except ValueError as error:
            raise TaskFailed(f"The file is not valid JSON: {error}.") from error
        yield from value if isinstance(value, list) else [value]


class IonToJson(Conversion):
    """Write ION rows as JSON: one to a line, or as one list with `newLine: false`."""

    type_name = "io.kestra.plugin.serdes.json.IonToJson"
    aliases = ("io.kestra.plugin.serdes.json.JsonWriter",)
    suffix = ".json"

    new_line: bool = True
    charset: Text = "UTF-8"

    def convert(self, source: Path, target: Path, stop: Stop) -> int:
        if known_charset(self.charset) != "utf-8":
            raise TaskFailed("JSON is written in UTF-8 (RFC 8259); take `charset` out.")
        rows = read_rows(source, stop)
        if self.new_line:
            with JsonLinesSink(target) as sink:
                return sink.write_all(map(as_map, rows), stop)
        count = 0
        with target.open("wb") as file:
            file.write(b"[")
            for row in rows:
                file.write(b",\n" if count else b"\n")
                file.write(orjson.dumps(to_json_value(row)))
                count += 1
            file.write(b"\n]\n")
        return count
