"""`serdes.avro`: from Avro to ION and back."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import Field

from runtime.tasks.properties import AnyMap
from runtime.tasks.row_files import RowSink
from runtime.tasks.serdes.conversion import FromIon, ToIon
from runtime.tasks.threads import Stop


class AvroToIon(ToIon):
    """Read an Avro file into ION rows."""

    type_name = "io.kestra.plugin.serdes.avro.AvroToIon"
    aliases = ("io.kestra.plugin.serdes.avro.AvroReader",)

    def rows(self, source: Path, stop: Stop) -> Iterator[object]:
        # not above: fastavro takes a while to import, which every start would pay
        from runtime.tasks.avro_files import read_avro

        return read_avro(source, stop)


class IonToAvro(FromIon):
    """Write ION rows as an Avro file; without `schema` its types follow from the first rows."""

    type_name = "io.kestra.plugin.serdes.avro.IonToAvro"
    aliases = ("io.kestra.plugin.serdes.avro.AvroWriter",)
    suffix = ".avro"

    avro_schema: AnyMap | None = Field(default=None, alias="schema")

    def sink(self, target: Path) -> RowSink:
        # not above: fastavro takes a while to import, which every start would pay
        from runtime.tasks.avro_files import AvroSink

        return AvroSink(target, self.avro_schema)
