"""Rows out of XML, element by element, by the parser of the standard library (expat).

An element becomes a map of its attributes and children; a name that comes again becomes a list,
text beside others stands under `content`, and an element of nothing but text is that text, read as
a number or truth value where it looks like one (as in Kestra).

A document may have a DOCTYPE, but none that declares entities: those are how small files grow
without end, or bring in files and addresses of the server. Nothing outside is ever read.
"""

import codecs
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from runtime.tasks.task import TaskFailed
from runtime.tasks.threads import Stop

_CHUNK = 1 << 16
_DEEPEST = 200
_LARGEST_ROW = 64 << 20
"""Characters of the text of one row."""
_LONGEST_NUMBER = 300
_WHOLE = re.compile(r"-?(?:0|[1-9]\d*)")
_DECIMAL = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?")
_WORDS: dict[str, object] = {"true": True, "false": False, "null": None}
_CONTENT = "content"


def read_xml(
    source: Path,
    path: Sequence[str],
    lists: Collection[str],
    charset: str | None,
    stop: Stop,
) -> Iterator[object]:
    """The elements at a path from the root, one by one; without a path the document as one row.

    `lists` are the names that are lists even when they come once. Without a charset the file's
    own declaration counts.
    """
    reader = _Reader(tuple(path), frozenset(lists))
    parser = reader.parser("utf-8" if charset else None)
    decode = codecs.getincrementaldecoder(charset)(errors="replace").decode if charset else None
    try:
        with source.open("rb") as file:
            while data := file.read(_CHUNK):
                stop.check()
                parser.Parse(decode(data).encode() if decode else data, False)
                yield from reader.take()
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError) as error:
        raise TaskFailed(f"The file is not valid XML: {error}.") from error
    yield from reader.take()


@dataclass(slots=True)
class _Element:
    """An element under way."""

    name: str
    is_kept: bool
    values: dict[str, object] = field(default_factory=dict)
    text: list[str] = field(default_factory=list)


class _Reader:
    """Builds what lies at the path and below it, and nothing else."""

    def __init__(self, path: tuple[str, ...], lists: frozenset[str]) -> None:
        self._path = path
        self._lists = lists
        self._open: list[_Element] = []
        self._rows: list[object] = []
        self._size = 0

    def parser(self, encoding: str | None) -> expat.XMLParserType:
        parser = expat.ParserCreate(encoding)
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = _refuse
        parser.ExternalEntityRefHandler = _refuse
        parser.SkippedEntityHandler = _refuse
        return parser

    def take(self) -> list[object]:
        rows, self._rows = self._rows, []
        return rows

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._open) >= _DEEPEST:
            raise TaskFailed(f"The elements are nested more than {_DEEPEST} deep.")
        outer = self._open[-1] if self._open else None
        names = (*(each.name for each in self._open), name)
        is_kept = (outer is not None and outer.is_kept) or names == self._path or not self._path
        element = _Element(name, is_kept)
        if is_kept:
            self._grow(sum(map(len, attributes.values())) + len(name))
            for key, value in attributes.items():
                self._add(element, key, _value(value))
        elif self._path[:-1] == names and self._path[-1] in attributes:
            self._rows.append(_value(attributes[self._path[-1]]))
        self._open.append(element)

    def _text(self, text: str) -> None:
        if self._open and self._open[-1].is_kept:
            self._grow(len(text))
            self._open[-1].text.append(text)

    def _end(self, _: str) -> None:
        element = self._open.pop()
        if not element.is_kept:
            return
        value = self._built(element)
        outer = self._open[-1] if self._open else None
        if outer is not None and outer.is_kept:
            self._take_text(outer)
            self._add(outer, element.name, value)
            return
        self._size = 0
        self._rows.append(value if self._path else {element.name: value})

    def _built(self, element: _Element) -> object:
        if not element.values:
            return _value("".join(element.text).strip())
        self._take_text(element)
        return element.values

    def _take_text(self, element: _Element) -> None:
        """Text before a child, or after the last one."""
        text = "".join(element.text).strip()
        element.text.clear()
        if text:
            self._add(element, _CONTENT, _value(text))

    def _add(self, element: _Element, name: str, value: object) -> None:
        values = element.values
        if name not in values:
            values[name] = [value] if name in self._lists else value
            return
        known = values[name]
        if not isinstance(known, list):
            known = values[name] = [known]
        known.append(value)

    def _grow(self, size: int) -> None:
        self._size += size
        if self._size > _LARGEST_ROW:
            raise TaskFailed(
                f"One row holds more than {_LARGEST_ROW >> 20} MB of text; name the elements that "
                "are rows by `query`, such as /items/item."
            )


def _value(text: str) -> object:
    word = text.lower()
    if word in _WORDS:
        return _WORDS[word]
    if len(text) > _LONGEST_NUMBER:
        return text
    if _WHOLE.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text


def _refuse(*_: object) -> int:
    raise TaskFailed(
        "The file declares or uses XML entities of its own, which are not read; "
        "replace them by their text."
    )
