"""`serdes.xml`: from XML to ION and back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from runtime.flows.types import Properties
from runtime.tasks.properties import Text, Texts
from runtime.tasks.rows import read_rows
from runtime.tasks.serdes.conversion import Conversion, ToIon
from runtime.tasks.serdes.json import known_charset
from runtime.tasks.threads import Stop
from runtime.tasks.xml_reading import read_xml
from runtime.tasks.xml_writing import write_xml


def _pointer(text: str) -> str:
    if "//" in text or "*" in text or "[" in text or any(s.isdigit() for s in text.split("/")):
        raise ValueError(f"`{text}` is no path of names; write one such as /items/item")
    return text


class ParserConfiguration(Properties):
    """How elements become values."""

    force_list: Texts = Field(default_factory=list)
    """Names of elements that are lists even where they come once."""


class XmlToIon(ToIon):
    """Read XML into ION rows.

    The elements at `query`, a path of names from the root such as `/catalog/book`, are a row each;
    without it the whole document is one row. An element is a map of its attributes and children;
    what comes again is a list, text beside others stands under `content`, and an element of text
    alone is that text, read as a number or truth value where it looks like one.

    With `query` files of any size are streamed. Entities that a file declares itself are refused,
    and nothing outside of it is read. Without `charset` the file's own declaration counts (Kestra
    reads UTF-8 whatever it says).
    """

    type_name = "io.kestra.plugin.serdes.xml.XmlToIon"
    aliases = ("io.kestra.plugin.serdes.xml.XmlReader",)

    query: Annotated[Text, AfterValidator(_pointer)] | None = None
    charset: Text | None = None
    parser_configuration: ParserConfiguration = ParserConfiguration()

    def rows(self, source: Path, stop: Stop) -> Iterator[object]:
        path = [step for step in (self.query or "").split("/") if step]
        charset = known_charset(self.charset) if self.charset else None
        return read_xml(source, path, self.parser_configuration.force_list, charset, stop)


class IonToXml(Conversion):
    """Write ION rows as XML.

    Each is an `item` of the root element; the elements of a list come one after the other under its
    name, and characters that no name may have become `_`.
    """

    type_name = "io.kestra.plugin.serdes.xml.IonToXml"
    aliases = ("io.kestra.plugin.serdes.xml.XmlWriter",)
    suffix = ".xml"

    root_name: Text = "items"
    charset: Text = "UTF-8"
    time_zone_id: Text = "UTC"
    """The zone of dates that have none."""

    def convert(self, source: Path, target: Path, stop: Stop) -> int:
        charset = known_charset(self.charset)
        rows = read_rows(source, stop)
        return write_xml(rows, target, self.root_name, charset, self.time_zone_id, stop)
