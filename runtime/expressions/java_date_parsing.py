"""Dates read from text: ISO 8601, or a Java pattern given as `existingFormat`."""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from babel.dates import get_day_names, get_month_names, get_period_names

from runtime.expressions.date_formats import PATTERNS, PREDEFINED
from runtime.expressions.java_dates import locale_of, pattern_runs
from runtime.expressions.problems import ExpressionError

_iso_re = re.compile(
    r"(?P<y>\d{4})-(?P<M>\d\d)-(?P<d>\d\d)"
    r"(?:[T ](?P<H>\d\d):(?P<m>\d\d)(?::(?P<s>\d\d)(?:[.,](?P<S>\d{1,9}))?)?"
    r" ?(?P<X>Z|[+-]\d\d(?::?\d\d(?::?\d\d)?)?)?(?:\[(?P<V>[\w/+:-]+)\])?)?"
)
_offset_re = re.compile(r"(?:UTC|GMT|UT)?([+-])(\d{1,2})(?::?(\d\d))?(?::?\d\d)?")
_OFFSET = r"(?:Z|GMT|UTC|[+-]\d\d(?::?\d\d)?)"


@lru_cache(maxsize=256)
def zone_of(name: str) -> tzinfo:
    """A time zone by its id (`Europe/Paris`) or offset (`+02:00`)."""
    if name in ("Z", "UTC", "GMT"):
        return ZoneInfo("UTC") if name == "UTC" else UTC
    offset = _offset_re.fullmatch(name)
    if offset:
        delta = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
        return timezone(-delta if offset[1] == "-" else delta)
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        hint = "Write it as `Europe/Paris`, `UTC` or `+02:00`."
        raise ExpressionError(f"there is no time zone `{name}`", hint=hint) from None


def read_iso(text: str, zone: tzinfo) -> datetime:
    """An ISO 8601 date or date with time; in `zone` when it names none itself."""
    match = _iso_re.fullmatch(text.strip())
    if match is None:
        raise ExpressionError(
            f"`{text[:60]}` is not a date",
            hint="Write it as `2026-01-31T12:00:00Z`, or give its pattern as `existingFormat`.",
        )
    return _assembled({k: v for k, v in match.groupdict().items() if v}, zone, text)


def read_date(text: str, form: str, zone: tzinfo, locale: str) -> datetime:
    """A date written by a pattern or by the name of a format."""
    if form in PREDEFINED and form != "rfc_1123_date_time":
        return read_iso(text, zone)
    pattern = PATTERNS.get(form, form)
    if form == "rfc_1123_date_time":
        pattern = "EEE, d MMM yyyy HH:mm:ss Z"
    expression, order = _expression(pattern, locale)
    match = expression.fullmatch(text.strip())
    if match is None:
        raise ExpressionError(f"the date `{text[:60]}` does not follow the pattern `{pattern}`")
    found: dict[str, str] = {}
    for letters, value in zip(order, match.groups(), strict=True):
        if value is not None:
            found[_role(letters)] = _numbered(letters, value, locale)
    return _assembled(found, zone, text)


@lru_cache(maxsize=256)
def _expression(pattern: str, locale: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    order: list[str] = []
    source = ""
    optional = pattern.replace("'['", "").count("[") == pattern.replace("']'", "").count("]")
    for part in re.split(r"([\[\]])", pattern) if optional else [pattern]:
        if part in ("[", "]"):
            source += "(?:" if part == "[" else ")?"
            continue
        for text, letters in pattern_runs(part):
            if letters is None:
                source += re.escape(text)
            else:
                source += f"({_field_expression(letters, locale)})"
                order.append(letters)
    return re.compile(source, re.IGNORECASE), tuple(order)


def _field_expression(letters: str, locale: str) -> str:
    letter, width = letters[0], len(letters)
    if letter in "EeMLa" and (width >= 3 or letter in "Ea"):
        return "|".join(re.escape(name) for name in sorted(_names(letters, locale), key=len)[::-1])
    match letter:
        case "X" | "x" | "Z" | "O":
            return _OFFSET
        case "V" | "z":
            return r"[A-Za-z][\w/+-]*(?::\d\d)?"
        case "S":
            return rf"\d{{{width}}}"
        case "y" | "u" | "Y":
            return r"\d\d" if width == 2 else r"\d{4}"
        case "d" | "H" | "h" | "k" | "K" | "m" | "s" | "M" | "L" | "D" | "n" | "N" | "A":
            return rf"\d{{{width}}}" if width > 1 else r"\d+"
    raise ExpressionError(f"a date cannot be read by the pattern letter `{letter}`")


@lru_cache(maxsize=256)
def _names(letters: str, locale: str) -> dict[str, int]:
    """The names a field may have, lower-case, with their numbers."""
    where = locale_of(locale)
    width: Literal["wide", "abbreviated"] = "wide" if len(letters) == 4 else "abbreviated"
    if letters[0] == "a":
        periods = get_period_names("abbreviated", locale=where)
        return {periods["am"].lower(): 0, periods["pm"].lower(): 12, "am": 0, "pm": 12}
    find = get_day_names if letters[0] in "Ee" else get_month_names
    return {name.lower(): number for number, name in find(width, locale=where).items()}


def _role(letters: str) -> str:
    letter = letters[0]
    roles = {"u": "y", "Y": "y", "L": "M", "x": "X", "Z": "X", "O": "X", "z": "V"}
    return roles.get(letter, letter)


def _numbered(letters: str, value: str, locale: str) -> str:
    if letters[0] in "yuY" and len(letters) == 2:
        return f"20{value}"
    if letters[0] in "EeMLa" and not value.isdigit():
        return str(_names(letters, locale)[value.lower()])
    return value


def _assembled(found: dict[str, str], zone: tzinfo, text: str) -> datetime:
    """A moment from its fields; what is missing is the beginning of the day."""
    if "V" in found:
        zone = zone_of(found["V"])
    if "X" in found and "V" not in found:
        zone = zone_of(found["X"].upper())
    number = {k: int(v) for k, v in found.items() if k in "yMdHhkKmsDna"}
    hour = number.get("H", number.get("k", 0) % 24)
    if "h" in number or "K" in number:
        hour = (number.get("h", number.get("K", 0)) % 12) + number.get("a", 0)
    micro = int(found["S"].ljust(6, "0")[:6]) if "S" in found else number.get("n", 0) // 1_000
    try:
        day = date(number["y"], number.get("M", 1), number.get("d", 1))
        if "D" in number:
            day = date(number["y"], 1, 1) + timedelta(days=number["D"] - 1)
        return datetime(
            day.year, day.month, day.day, hour, number.get("m", 0), number.get("s", 0), micro, zone
        )
    except KeyError:
        raise ExpressionError(f"the date `{text[:60]}` has no year") from None
    except (ValueError, OverflowError) as error:
        raise ExpressionError(f"`{text[:60]}` is not a date: {error}") from None
