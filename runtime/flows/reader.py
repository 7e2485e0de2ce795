"""Reading typed values out of nodes while every problem is written down and reading goes on."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from runtime.flows.durations import parse_length
from runtime.flows.misfits import form, misfit, shown
from runtime.flows.model import Path, Position
from runtime.flows.nodes import Entry, ListNode, MapNode, Node, ScalarNode, plain
from runtime.flows.problem import Problem, ProblemCode, Severity
from runtime.flows.types import KnownTypes

_Word = TypeVar("_Word", bound=StrEnum)
_MOST_HINTS = 200
"""How many unknown properties of a map are compared with those that there are."""
_LEVELS = ("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF")


class Reader:
    """The problems of one source, and the types it may use."""

    def __init__(self, types: KnownTypes) -> None:
        self.types = types
        self.problems: list[Problem] = []

    def error(
        self,
        message: str,
        hint: str,
        path: Path,
        position: Position,
        code: ProblemCode = ProblemCode.INVALID_VALUE,
    ) -> None:
        self.problems.append(Problem(message, hint, path, position, code))

    def unfit(self, what: str, wanted: str, node: Node, path: Path, position: Position) -> None:
        """A problem with something that is of another form than the one wanted."""
        message = f"{what} must be {wanted}, not {found(node)}."
        self.error(message, form(wanted), path, position)

    def warn(
        self, message: str, hint: str, path: Path, position: Position, code: ProblemCode
    ) -> None:
        self.problems.append(Problem(message, hint, path, position, code, Severity.WARNING))

    def map(self, node: Node, path: Path, what: str) -> "Fields | None":
        """The properties of a map; a problem when the node is something else."""
        if isinstance(node, MapNode):
            return Fields(self, node, path)
        self.unfit(what, "a map of properties", node, path, node.position)
        return None

    def list(self, node: Node, path: Path, what: str) -> list[tuple[Path, Node]]:
        """The items of a list with their paths; a problem when the node is something else."""
        if isinstance(node, ListNode):
            return [((*path, index), item) for index, item in enumerate(node.items)]
        if not is_null(node):
            self.unfit(what, "a list", node, path, node.position)
        return []


class Fields:
    """The properties of one map. What has been read is marked, so that the rest is unknown."""

    def __init__(self, reader: Reader, node: MapNode, path: Path) -> None:
        self.reader = reader
        self.node = node
        self.path = path
        self.position = node.position
        self._read: set[str] = set()

    def entry(self, name: str, *aliases: str) -> Entry | None:
        """The property under its name or an older one; None when absent or null."""
        names = (name, *aliases)
        found = [self.node.entries[key] for key in names if key in self.node.entries]
        if len(found) > 1 and not self._read.intersection(names):
            both = " and ".join(f"`{entry.key}`" for entry in found)
            self.error(found[1], f"{both} say the same.", f"Keep `{name}`.")
        self._read.update(names)
        return next((entry for entry in found if not is_null(entry.node)), None)

    def text(self, name: str, *aliases: str, required: bool = False) -> str | None:
        """A single value as text, whatever it looks like in YAML."""
        entry = self.entry(name, *aliases)
        if entry is None:
            if required:
                self.missing(name)
            return None
        if isinstance(entry.node, ScalarNode):
            return entry.node.text
        self._unfit(entry, "text")
        return None

    def flag(self, name: str, *, default: bool = False) -> bool:
        entry = self.entry(name)
        if entry is None:
            return default
        word = entry.node.text.lower() if isinstance(entry.node, ScalarNode) else ""
        if word in ("true", "false"):
            return word == "true"
        self._unfit(entry, "true or false")
        return default

    def number(self, name: str, *aliases: str, minimum: float | None = None) -> float | None:
        entry = self.entry(name, *aliases)
        if entry is None:
            return None
        value = entry.node.value if isinstance(entry.node, ScalarNode) else None
        if isinstance(value, str):
            value = _number(value)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self._unfit(entry, "a number")
            return None
        if minimum is not None and value < minimum:
            message = f"`{entry.key}` must be {minimum:g} or more, not {value:g}."
            self.error(entry, message, f"Write {minimum:g} or more.")
            return None
        return value

    def whole(self, name: str, *aliases: str, minimum: int | None = None) -> int | None:
        number = self.number(name, *aliases, minimum=minimum)
        if number is None or number == int(number):
            return None if number is None else int(number)
        entry = self.entry(name, *aliases)
        if entry is not None:
            self._unfit(entry, "a whole number")
        return None

    def seconds(self, name: str, *, required: bool = False, positive: bool = False) -> float | None:
        """An ISO 8601 duration in seconds, 0 or more; above 0 where it has to be `positive`."""
        text = self.text(name, required=required)
        return None if text is None else self._length(name, text, positive)

    def duration(self, name: str, *, positive: bool = False) -> str | None:
        """The same as written; an expression is let through."""
        text = self.text(name)
        if text is not None and not is_expression(text):
            self._length(name, text, positive)
        return text

    def _length(self, name: str, text: str, positive: bool) -> float | None:
        try:
            return parse_length(text, positive=positive)
        except ValueError as error:
            told = misfit(str(error), text)
            self.bad(name, f"`{name}` does not fit: {told.why}.", told.hint)
            return None

    def word(self, name: str, words: type[_Word], *, required: bool = False) -> _Word | None:
        """One of a closed set of words; None when absent or wrong."""
        text = self.text(name, required=required)
        if text is None:
            return None
        chosen = next((word for word in words if word.value == text), None)
        if chosen is None:
            self.bad(
                name,
                f"`{name}` cannot be `{shown(text)}`.",
                f"Choose one of {', '.join(words)}.",
            )
        return chosen

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts, or a single one."""
        entry = self.entry(name)
        if entry is None:
            return ()
        if isinstance(entry.node, ScalarNode):
            return (entry.node.text,)
        found: list[str] = []
        for path, item in self.reader.list(entry.node, (*self.path, name), f"`{name}`"):
            if isinstance(item, ScalarNode):
                found.append(item.text)
            else:
                self.reader.unfit(f"An element of `{name}`", "text", item, path, item.position)
        return tuple(found)

    def mapping(self, name: str) -> Mapping[str, object]:
        """A map as plain values; empty when absent."""
        entry = self.entry(name)
        if entry is None:
            return {}
        if isinstance(entry.node, MapNode):
            return {key: plain(item.node) for key, item in entry.node.entries.items()}
        self._unfit(entry, "a map")
        return {}

    def items(self, name: str) -> list[tuple[Path, Node]]:
        """The items of a list; none when absent."""
        entry = self.entry(name)
        if entry is None:
            return []
        return self.reader.list(entry.node, (*self.path, name), f"`{name}`")

    def unread(self) -> list[Entry]:
        return [entry for key, entry in self.node.entries.items() if key not in self._read]

    def refuse_unknown(self, what: str, known: Iterable[str] = ()) -> None:
        """A problem for every property that nobody has asked for."""
        names = sorted({*known, *self._read})
        for number, entry in enumerate(self.unread()):
            self.reader.error(
                f"{what} has no property `{shown(entry.key)}`.",
                suggestion(entry.key, names) if number < _MOST_HINTS else "Take it out.",
                (*self.path, entry.key),
                entry.position,
                ProblemCode.UNKNOWN_PROPERTY,
            )

    def missing(self, name: str) -> None:
        self.reader.error(
            f"`{name}` is missing.",
            f"Add a line `{name}: …` here.",
            (*self.path, name),
            self.position,
            ProblemCode.MISSING,
        )

    def error(self, entry: Entry, message: str, hint: str) -> None:
        self.reader.error(message, hint, (*self.path, entry.key), entry.node.position)

    def _unfit(self, entry: Entry, wanted: str) -> None:
        path = (*self.path, entry.key)
        self.reader.unfit(f"`{entry.key}`", wanted, entry.node, path, entry.node.position)

    def bad(self, name: str, message: str, hint: str) -> None:
        """A problem at the value of a property, or at the map when it is not there."""
        entry = self.node.entries.get(name)
        position = entry.node.position if entry else self.position
        self.reader.error(message, hint, (*self.path, name), position)

    def old(self, name: str, instead: str) -> None:
        """A warning when a property that has a newer form is written."""
        entry = self.node.entries.get(name)
        if entry is not None:
            self.reader.warn(
                f"`{name}` is deprecated.",
                f"{instead}.",
                (*self.path, name),
                entry.position,
                ProblemCode.DEPRECATED,
            )


def read_level(fields: Fields, *names: str) -> str | None:
    """A log level under the first of the names that is written; None when absent or wrong."""
    level = fields.text(*names)
    if level is None or level in _LEVELS:
        return level
    name = next(name for name in names if name in fields.node.entries)
    fields.bad(
        name, f"`{shown(level)}` is not a log level.", f"Choose one of {', '.join(_LEVELS)}."
    )
    return None


def is_null(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.value is None


def is_expression(value: object) -> bool:
    """Whether a value is text to be rendered, so that it can only be checked afterwards."""
    return isinstance(value, str) and ("{{" in value or "{%" in value)


def nearest(name: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The known name that was probably meant; `cutoff` is how alike they must be, 1 for equal."""
    names = {other.lower(): other for other in known}
    found = get_close_matches(name.lower()[:200], names, n=1, cutoff=cutoff)
    return names[found[0]] if found else None


def suggestion(name: str, known: Iterable[str]) -> str:
    """A hint for a name that is not known here."""
    names = sorted(known)
    meant = nearest(name, names)
    if meant:
        return f"Did you mean `{meant}`?"
    return f"Known are {', '.join(names)}." if names else "Take it out."


def found(node: Node) -> str:
    """What was written instead of what is wanted."""
    if isinstance(node, ScalarNode):
        return f"`{shown(node.text)}`" if node.text else "nothing"
    return "a list" if isinstance(node, ListNode) else "a map"


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
