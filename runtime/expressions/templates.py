"""Compiled templates and the cache that keeps the recent ones."""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

_TEMPLATES = 1_000
_CHARACTERS = 4_000_000


@dataclass(frozen=True, slots=True)
class Template:
    """A source, its generator function, and Jinja's map of code lines to template lines."""

    source: str
    root: Callable[[Any], Iterator[Any]]
    lines: str

    def line_of(self, code_line: int | None) -> int | None:
        """The line of the source that a line of the generated code comes from."""
        if code_line is None:
            return None
        pairs = [pair.split("=") for pair in self.lines.split("&") if pair]
        known = [(int(code), int(line)) for line, code in pairs]
        index = bisect_right([code for code, _ in known], code_line)
        return known[index - 1][1] if index else 1


class TemplateCache:
    """The most recently used templates, bounded in number and in characters of source."""

    def __init__(self) -> None:
        self._templates: OrderedDict[str, Template] = OrderedDict()
        self._characters = 0

    def get(self, source: str) -> Template | None:
        """The compiled template, now the most recently used; None if it is not kept."""
        try:
            template = self._templates[source]
            self._templates.move_to_end(source)
        except KeyError:
            return None
        return template

    def put(self, template: Template) -> Template:
        """Keep it, and let go of the oldest if there is no room."""
        if len(template.source) > _CHARACTERS // 4:
            return template
        if template.source not in self._templates:
            self._characters += len(template.source)
        self._templates[template.source] = template
        while len(self._templates) > _TEMPLATES or self._characters > _CHARACTERS:
            _, oldest = self._templates.popitem(last=False)
            self._characters -= len(oldest.source)
        return template
