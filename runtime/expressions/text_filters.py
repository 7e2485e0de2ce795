"""Filters on strings. A null stays null through every one of them."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from runtime.expressions.access import describe
from runtime.expressions.limits import check_text
from runtime.expressions.names import Table
from runtime.expressions.patterns import Pattern
from runtime.expressions.printing import to_text
from runtime.expressions.problems import ExpressionError

_not_slug_re = re.compile(r"[\W]+")
_word_start_re = re.compile(r"(?:^|\s)\S")


def lower(value: Any) -> str | None:
    return None if value is None else to_text(value).lower()


def upper(value: Any) -> str | None:
    return None if value is None else to_text(value).upper()


def trim(value: Any) -> str | None:
    return None if value is None else to_text(value).strip()


def capitalize(value: Any) -> str | None:
    """The first letter large, the rest as it is."""
    if value is None:
        return None
    text = to_text(value)
    body = text.lstrip()
    blank = text[: len(text) - len(body)]
    return blank + body[:1].upper() + body[1:]


def title(value: Any) -> str | None:
    """The first letter of every word large."""
    if value is None:
        return None
    return _word_start_re.sub(lambda match: match[0].upper(), to_text(value))


def abbreviate(value: Any, length: Any) -> str | None:
    """At most `length` characters, `...` included."""
    if value is None:
        return None
    text = to_text(value)
    width = whole(length, "length")
    if len(text) <= width:
        return text
    if width < 4:
        return text[: max(width, 0)]
    return text[: width - 3] + "..."


def replace(value: Any, replace_pairs: Any, regexp: Any = False) -> str | None:
    """`replace({'a': 'b'})`; with `regexp=true` keys are patterns and `$1` names a group."""
    if value is None:
        return None
    if not isinstance(replace_pairs, Mapping):
        raise ExpressionError(
            f"the filter `replace` takes a map, not {describe(replace_pairs)}",
            hint="Write `replace({'old': 'new'})`.",
        )
    text = to_text(value)
    for old, new in replace_pairs.items():
        text = _replaced(text, to_text(old), to_text(new), regexp is True)
    return text


def _replaced(text: str, old: str, new: str, regexp: bool) -> str:
    if regexp:
        return Pattern(old).replace(text, new)
    if not old:
        check_text((len(text) + 1) * (len(new) + 1))
    else:
        check_text(len(text) + text.count(old) * (len(new) - len(old)))
    return text.replace(old, new)


def regex_match(value: Any, regex: Any) -> bool:
    """Whether the pattern is found in the text; never in null."""
    return value is not None and Pattern(to_text(regex)).find(to_text(value)) is not None


def regex_extract(value: Any, regex: Any, group: Any = 0) -> str | None:
    """The first match, or one of its groups; null when there is none."""
    if value is None:
        return None
    return Pattern(to_text(regex)).group(to_text(value), group)


def regex_replace(value: Any, regex: Any, replacement: Any) -> str | None:
    """Every match replaced; `$1` names a group."""
    if value is None:
        return None
    return Pattern(to_text(regex)).replace(to_text(value), to_text(replacement))


def starts_with(text: Any, /, value: Any) -> bool | None:
    return None if text is None else to_text(text).startswith(to_text(value))


def ends_with(text: Any, /, value: Any) -> bool | None:
    return None if text is None else to_text(text).endswith(to_text(value))


def substring_before(value: Any, separator: Any) -> str | None:
    """Up to the first separator; the whole text without one."""
    return None if value is None else to_text(value).partition(_separator(separator))[0]


def substring_after(value: Any, separator: Any) -> str | None:
    """Behind the first separator; nothing without one."""
    return None if value is None else to_text(value).partition(_separator(separator))[2]


def substring_before_last(value: Any, separator: Any) -> str | None:
    """Up to the last separator; the whole text without one."""
    if value is None:
        return None
    text, mark = to_text(value), _separator(separator)
    return text[: text.rindex(mark)] if mark in text else text


def substring_after_last(value: Any, separator: Any) -> str | None:
    """Behind the last separator; nothing without one."""
    if value is None:
        return None
    text, mark = to_text(value), _separator(separator)
    return text[text.rindex(mark) + len(mark) :] if mark in text else ""


def _separator(value: Any) -> str:
    text = to_text(value)
    if not text:
        raise ExpressionError("the separator is empty")
    return text


def slugify(value: Any) -> str | None:
    """Lower-case words without accents, joined by `-`."""
    if value is None:
        return None
    plain = unicodedata.normalize("NFKD", to_text(value)).lower()
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return _not_slug_re.sub("-", letters.replace("'", "")).strip("-")


_ESCAPES = {
    "single": ("'", "\\'"),
    "double": ('"', '\\"'),
    "shell": ("'", "'\\''"),
}


def escape_char(value: Any, type: Any) -> Any:
    """Quotation marks escaped in a text, or in all texts of a list or map."""
    kind = to_text(type).lower()
    if kind not in _ESCAPES:
        raise ExpressionError(
            f"`escapeChar` does not know the type `{kind}`",
            hint="It is `single`, `double` or `shell`.",
        )
    return _escaped(value, *_ESCAPES[kind], 0)


def _escaped(value: Any, mark: str, escape: str, depth: int) -> Any:
    if depth > 100:
        raise ExpressionError("the value is nested too deeply")
    if isinstance(value, str):
        return _replaced(value, mark, escape, False)
    if isinstance(value, Mapping):
        return {k: _escaped(v, mark, escape, depth + 1) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_escaped(v, mark, escape, depth + 1) for v in value]
    return None if value is None else to_text(value)


def indent(value: Any, amount: Any, prefix: Any = " ") -> str | None:
    """Every line but the first moved to the right by `amount` prefixes."""
    if value is None:
        return None
    lead, text = _lead(amount, prefix), to_text(value)
    end = _line_end(text)
    check_text(len(text) + (text.count(end) + 1) * len(lead))
    return text.replace(end, end + lead)


def nindent(value: Any, amount: Any, prefix: Any = " ") -> str | None:
    """As `indent`, on a new line, the first line moved as well."""
    indented = indent(value, amount, prefix)
    if not indented:
        return indented
    return _line_end(to_text(value)) + _lead(amount, prefix) + indented


def _line_end(text: str) -> str:
    """How the lines of a text end: the first of CR LF, LF and CR that it holds."""
    return next((end for end in ("\r\n", "\n", "\r") if end in text), "\n")


def _lead(amount: Any, prefix: Any) -> str:
    count, text = whole(amount, "amount"), to_text(prefix)
    check_text(max(count, 0) * max(len(text), 1))
    return text * count


def string(value: Any) -> str:
    return to_text(value)


_CLASS_NAMES = {
    bool: "java.lang.Boolean",
    float: "java.lang.Double",
    str: "java.lang.String",
    Decimal: "java.math.BigDecimal",
    datetime: "java.time.ZonedDateTime",
    dict: "java.util.LinkedHashMap",
    list: "java.util.ArrayList",
}


def class_name(value: Any) -> str | None:
    """The Java class that Kestra would show, so that flows that test for it still work."""
    if value is None:
        return None
    if type(value) is int:
        small = -(2**31) <= value < 2**31
        large = -(2**63) <= value < 2**63
        kind = "java.lang.Integer" if small else "java.lang.Long"
        return kind if large else "java.math.BigInteger"
    for kind_, name in _CLASS_NAMES.items():
        if isinstance(value, kind_):
            return name
    return "java.util.Map" if isinstance(value, Mapping) else f"java.lang.{type(value).__name__}"


def whole(value: Any, name: str) -> int:
    """An argument that must be a whole number."""
    if type(value) is int:
        return value
    if isinstance(value, str) and value.strip().lstrip("-").isdecimal() and len(value) < 16:
        return int(value)
    raise ExpressionError(f"`{name}` must be a whole number, not {describe(value)}")


FILTERS: Table = {
    "abbreviate": abbreviate,
    "capitalize": capitalize,
    "className": class_name,
    "endsWith": ends_with,
    "escapeChar": escape_char,
    "indent": indent,
    "lower": lower,
    "nindent": nindent,
    "regexExtract": regex_extract,
    "regexMatch": regex_match,
    "regexReplace": regex_replace,
    "replace": replace,
    "slugify": slugify,
    "startsWith": starts_with,
    "string": string,
    "substringAfter": substring_after,
    "substringAfterLast": substring_after_last,
    "substringBefore": substring_before,
    "substringBeforeLast": substring_before_last,
    "title": title,
    "trim": trim,
    "upper": upper,
}
