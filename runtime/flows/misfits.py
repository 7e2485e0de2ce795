"""What is said of a value that does not fit: the message tells what is wrong with what was written,
the hint what to write instead.

A reason is the text of a ValueError. `it must be a date` says by itself what to write; any other
says it after a semicolon: `` `-PT1S` is negative; write `PT1S` ``.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_SHOWN = 60
_READ_ON = "See the documentation of the type for what fits."
_INSTRUCTIONS = ("write ", "choose ", "use ", "add ", "take ", "give ", "name ", "leave ")
_THINGS = ("a ", "an ", "the ", "one ", "text", "YAML", "JSON", "`", "true ")
_PLAIN = (
    (re.compile(r", (?:unable to|input is) .*"), ""),
    (re.compile(r"'([^']*)'"), r"`\1`"),
    (re.compile(r"\ba valid string\b"), "text"),
    (re.compile(r"\ba valid integer\b"), "a whole number"),
    (re.compile(r"\ba valid boolean\b"), "true or false"),
    (re.compile(r"\ba valid (?:dictionary|dictionary or .*)"), "a map, lines of `key: value`"),
    (re.compile(r"\ba valid datetime or date\b"), "a date and time such as 2026-01-31T08:30:00Z"),
    (re.compile(r"\ba valid "), "a "),
    (re.compile(r"^be (?=greater|less)"), "be a number "),
)
"""What the checks of values say, in the words of this language."""
_VERBS = {
    "match the values": "one of",
    "match": "what matches",
    "have": "what has",
    "end": "a name that ends",
}
_FORMS = {
    "text": "text",
    "true or false": "true or false",
    "a number": "a number, such as 3 or 1.5",
    "a whole number": "a whole number, such as 3",
    "a map": "lines of `key: value` below it",
    "a map of properties": "lines of `property: value`",
    "a list": "each element on a line of its own, after `- `",
}
_EXPECTED = re.compile(r"(?:(?:Input|List|String|Value|Dictionary) )?should (?P<what>.+)")


@dataclass(frozen=True, slots=True)
class Misfit:
    """What is wrong, without a full stop, and what to write instead."""

    why: str
    hint: str


def misfit(reasons: str | Sequence[str], given: object) -> Misfit:
    """A value that does not fit, for one reason or for all of several."""
    parts = [_parted(each) for each in ([reasons] if isinstance(reasons, str) else reasons)]
    why = " or ".join(dict.fromkeys(why for why, _ in parts))
    value = said(given)
    if value not in why and not isinstance(given, dict | list):
        why = f"{why}, not `{value}`"
    return Misfit(why, _hint(what for _, what in parts))


def form(what: str) -> str:
    """The hint where something must be `text`, `a list` and so on."""
    return f"Write {_FORMS.get(what, what)}."


def shown(text: str) -> str:
    """Text of a caller, short enough for a message."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def said(value: object) -> str:
    """Any value of a caller, as YAML and JSON write it, short enough for a message."""
    if isinstance(value, str):
        return shown(value)
    return shown(json.dumps(value, ensure_ascii=False, default=str))


def _hint(found: Iterable[str | None]) -> str:
    known = [what for what in dict.fromkeys(found) if what is not None]
    if not known:
        return _READ_ON
    if all(each.startswith(_INSTRUCTIONS) for each in known):
        text = ", or ".join(known)
        return f"{text[0].upper()}{text[1:]}."
    return f"Write {' or '.join(each.removeprefix('write ') for each in known)}."


def _parted(reason: str) -> tuple[str, str | None]:
    """What is wrong, and what to write; None when nothing is said of that."""
    why, semicolon, instead = reason.rpartition("; ")
    if semicolon and instead.startswith(_INSTRUCTIONS):
        return why, instead
    if reason.startswith(_INSTRUCTIONS):
        return reason, reason
    wanted = _EXPECTED.fullmatch(reason)
    if wanted is not None:
        text = wanted["what"]
        for pattern, plain in _PLAIN:
            text = pattern.sub(plain, text)
        return f"it should {text}", _thing(text)
    _, must, what = reason.rpartition("it must ")
    return (reason, _thing(what)) if must else (reason, None)


def _thing(what: str) -> str | None:
    """From `be a whole number` or `match the pattern` to what can be written."""
    if what.startswith("be "):
        rest = what.removeprefix("be ").partition(" (")[0]
        return rest if rest.startswith(_THINGS) else f"what is {rest}"
    for verb, thing in _VERBS.items():
        if what.startswith(f"{verb} "):
            return f"{thing} {what.removeprefix(verb).strip()}"
    return None
