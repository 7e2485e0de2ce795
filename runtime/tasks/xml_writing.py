"""Rows as XML, written one by one: each is an `item` of the root, and lists are elements that come
again under their name."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TextIO
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from runtime.expressions.printing import to_text
from runtime.tasks.rows import to_json_value
from runtime.tasks.task import TaskFailed
from runtime.tasks.threads import Stop

_CHECK_EVERY = 500
_ITEM = "item"
_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME = re.compile(r"[^\W\d][\w.-]*")


def write_xml(
    rows: Iterable[object], target: Path, root: str, charset: str, zone: str, stop: Stop
) -> int:
    """Write them; how many. `zone` is that of dates that have none."""
    writer = _Writer(_zone(zone))
    count = 0
    with target.open("w", encoding=charset, errors="xmlcharrefreplace", newline="\n") as file:
        file.write(f"<?xml version='1.0' encoding='{charset.upper()}'?>\n<{_named(root)}>\n")
        for row in rows:
            if count % _CHECK_EVERY == 0:
                stop.check()
            writer.element(file, _ITEM, row, "  ")
            count += 1
        file.write(f"</{_named(root)}>\n")
    return count


class _Writer:
    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone

    def element(self, file: TextIO, name: str, value: object, indent: str) -> None:
        match value:
            case Mapping():
                file.write(f"{indent}<{name}>\n")
                for key, inner in value.items():
                    self._members(file, _named(str(key)), inner, f"{indent}  ")
                file.write(f"{indent}</{name}>\n")
            case list():
                file.write(f"{indent}<{name}>\n")
                for inner in value:
                    self.element(file, _ITEM, inner, f"{indent}  ")
                file.write(f"{indent}</{name}>\n")
            case None:
                file.write(f"{indent}<{name}/>\n")
            case _:
                file.write(f"{indent}<{name}>{self._text(value)}</{name}>\n")

    def _members(self, file: TextIO, name: str, value: object, indent: str) -> None:
        """A property of a map: each element of a list under its name."""
        for each in value if isinstance(value, list) else [value]:
            self.element(file, name, each, indent)

    def _text(self, value: object) -> str:
        if isinstance(value, datetime) and value.tzinfo is None:
            value = value.replace(tzinfo=self._zone)
        text = value if isinstance(value, str) else to_text(to_json_value(value))
        return escape(_FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text))


def _named(key: str) -> str:
    """A key as the name of an element: what no name may hold becomes `_`."""
    if _NAME.fullmatch(key):
        return key
    name = re.sub(r"[^\w.-]", "_", key)
    return name if _NAME.fullmatch(name) else f"_{name}"


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise TaskFailed(f"There is no time zone {name!r}.") from None
