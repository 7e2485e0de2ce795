"""`serdes.parquet`: from Parquet to ION and back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from runtime.tasks.core.http_options import Upper
from runtime.tasks.properties import Text
from runtime.tasks.row_files import RowSink
from runtime.tasks.serdes.conversion import FromIon, ToIon
from runtime.tasks.threads import Stop


class ParquetToIon(ToIon):
    """Read a Parquet file into ION rows."""

    type_name = "io.kestra.plugin.serdes.parquet.ParquetToIon"
    aliases = ("io.kestra.plugin.serdes.parquet.ParquetReader",)

    def rows(self, source: Path, stop: Stop) -> Iterator[object]:
        # not above: pyarrow takes 0.3 s to import, which every start would pay
        from runtime.tasks.parquet_files import read_parquet

        return read_parquet(source, stop)


class IonToParquet(FromIon):
    """Write ION rows as a Parquet file; the types of its columns follow from the first rows.

    An Avro `schema` is accepted and not needed.
    """

    type_name = "io.kestra.plugin.serdes.parquet.IonToParquet"
    aliases = ("io.kestra.plugin.serdes.parquet.ParquetWriter",)
    suffix = ".parquet"

    avro_schema: Text | None = Field(default=None, alias="schema")
    compression_codec: Annotated[
        Literal["UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD", "LZ4", "BROTLI"], Upper
    ] = "GZIP"

    def sink(self, target: Path) -> RowSink:
        # not above: pyarrow takes 0.3 s to import, which every start would pay
        from runtime.tasks.parquet_files import ParquetSink

        codec = {"UNCOMPRESSED": "none"}.get(self.compression_codec, self.compression_codec.lower())
        return ParquetSink(target, codec)
