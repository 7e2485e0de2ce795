"""What a plain YAML scalar means: the core schema of YAML 1.2.

Flows are written by people who think in JSON, so only `true`/`false`, `null`/`~`/nothing, decimal
numbers, `0x…` and `0o…` are not text. The traps of YAML 1.1 are text here: `yes`, `no`, `on`,
`off`, `12:30`, `1_000`, dates. `010` is ten. Numbers that JSON cannot hold (`.inf`, `.nan`, whole
numbers beyond 64 bits) are text too. Whoever wants the text of a scalar has it beside its value.
"""

import math
import re

Value = str | int | float | bool | None

_WORDS: dict[str, Value] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_INTEGER = re.compile(r"[-+]?[0-9]{1,19}")
_OTHER_BASE = re.compile(r"0o[0-7]{1,21}|0x[0-9a-fA-F]{1,16}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NUMBER_START = frozenset("0123456789+-.")
_RANGE = range(-(2**63), 2**63)


def plain_value(text: str) -> Value:
    """The value of an unquoted scalar without a tag."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBER_START:
        return text
    if _INTEGER.fullmatch(text):
        return _kept(int(text), text)
    if _OTHER_BASE.fullmatch(text):
        return _kept(int(text, 0), text)
    if len(text) <= 64 and _FLOAT.fullmatch(text):
        number = float(text)
        return number if math.isfinite(number) else text
    return text


def _kept(number: int, text: str) -> Value:
    return number if number in _RANGE else text
