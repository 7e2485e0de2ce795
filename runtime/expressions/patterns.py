"""Regular expressions of flows: Java's notation, bounded in time and size."""

import re
from functools import lru_cache
from typing import Any

import regex

from runtime.expressions.limits import LIMITS, TakesLong, check_items, check_text, current
from runtime.expressions.problems import ExpressionError, LimitError

_SECONDS = 0.5
_PATTERN_LENGTH = 2_000
_group_re = re.compile(r"\\(.)|\$(\d)|\$\{(\w+)\}|(\\)$")


@lru_cache(maxsize=256)
def _compiled(source: str) -> "regex.Pattern[str]":
    if len(source) > _PATTERN_LENGTH:
        raise LimitError(f"the regular expression is longer than {_PATTERN_LENGTH} characters")
    repeats = [int(n) for n in re.findall(r"\{\d*,?(\d{1,9})", source)]
    if any(n > 1_000 for n in repeats):
        raise LimitError("the regular expression repeats more than 1,000 times")
    try:
        return regex.compile(source)
    except (regex.error, RecursionError, OverflowError) as error:
        raise ExpressionError(f"`{source}` is not a regular expression: {error}") from None


class Pattern:
    """One regular expression; every use of it ends within half a second."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._regex = _compiled(source)

    def find(self, text: str) -> "regex.Match[str] | None":
        """The first match."""
        match: regex.Match[str] | None = self._bounded(
            lambda: self._regex.search(text, timeout=_patience())
        )
        return match

    def group(self, text: str, group: Any) -> str | None:
        """One group of the first match, by number or name; null if there is none."""
        match = self.find(text)
        if match is None:
            return None
        try:
            found: str | None = match.group(group)
        except (IndexError, TypeError):
            raise ExpressionError(f"`{self._source}` has no group `{group}`") from None
        return found

    def replace(self, text: str, replacement: str) -> str:
        """Every match replaced, `$1` and `${name}` filled in."""
        size = len(text)

        def filled(match: "regex.Match[str]") -> str:
            nonlocal size
            new = _group_re.sub(lambda reference: _fill(reference, match), replacement)
            size += len(new)
            check_text(size)
            return new

        replaced: str = self._bounded(lambda: self._regex.sub(filled, text, timeout=_patience()))
        return replaced

    def split(self, text: str, limit: int) -> list[str]:
        """The parts between matches, as Java's split: no empty parts at the end by default."""
        cuts = max(limit - 1, 0)
        if limit == 1:
            return [text]
        parts: list[str] = []
        start = 0
        for match in self._bounded(lambda: list(self._regex.finditer(text, timeout=_patience()))):
            if match.end() == 0 or (match.start() == match.end() == len(text)):
                continue
            parts.append(text[start : match.start()])
            start = match.end()
            if cuts and len(parts) == cuts:
                break
        check_items(len(parts))
        parts.append(text[start:])
        while limit == 0 and len(parts) > 1 and not parts[-1]:
            parts.pop()
        return parts

    def _bounded(self, run: Any) -> Any:
        try:
            return run()
        except TimeoutError:
            if current.is_hurried:
                raise TakesLong from None
            raise LimitError(
                f"the regular expression `{self._source}` takes too long",
                hint="Avoid nested repetitions such as `(a+)+`.",
            ) from None


def _patience() -> float:
    return LIMITS.hurry if current.is_hurried else _SECONDS


def _fill(reference: "re.Match[str]", match: "regex.Match[str]") -> str:
    escaped, number, name, _ = reference.groups()
    if escaped is not None:
        return escaped
    try:
        return match.group(int(number) if number is not None else name or 0) or ""
    except IndexError:
        raise ExpressionError(f"there is no group `{reference[0]}` to replace with") from None
