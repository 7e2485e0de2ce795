"""Dates written and read by Java's patterns (`yyyy-MM-dd HH:mm`), names of months by Babel."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import DateTimeFormat, format_datetime, get_timezone_name

from runtime.expressions.date_formats import PREDEFINED, STYLES
from runtime.expressions.problems import ExpressionError

_ISO = {
    "iso": ("T", "microseconds", True),
    "iso_sec": ("T", "seconds", True),
    "sql": (" ", "microseconds", False),
    "sql_seq": (" ", "seconds", False),
}
_NUMBERS: dict[str, Callable[[datetime], int]] = {
    "d": lambda moment: moment.day,
    "H": lambda moment: moment.hour,
    "m": lambda moment: moment.minute,
    "M": lambda moment: moment.month,
    "s": lambda moment: moment.second,
    "u": lambda moment: moment.year,
    "y": lambda moment: moment.year,
}
_BABEL_LETTERS = frozenset("GyMLdDEecahHKkmsSQqwWY")
_PATTERN_LENGTH = 200
_pieces_re = re.compile(r"'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+|'")


@lru_cache(maxsize=64)
def locale_of(name: str) -> Locale:
    """A locale by Java's or the web's name: `fr`, `fr_CA`, `fr-CA`."""
    try:
        return Locale.parse(name.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        raise ExpressionError(
            f"there is no locale `{name}`", hint="Write it as `fr` or `fr_CA`."
        ) from None


def write_date(moment: datetime, form: str, locale: str) -> str:
    """A moment by a named format, a style or a pattern."""
    locale_of(locale)  # a locale that does not exist is an error even where it is not needed
    if form in _ISO:
        separator, precision, zoned = _ISO[form]
        text = moment.replace(tzinfo=None).isoformat(separator, precision)
        return text + (offset_text(moment, ":", zero="Z") if zoned else "")
    if form in STYLES:
        return format_datetime(moment, form, locale=locale_of(locale))
    if form in PREDEFINED:
        return "".join(_predefined(moment, part) for part in PREDEFINED[form])
    return "".join(
        text if letters is None else _field(moment, letters, locale)
        for text, letters in pattern_runs(form)
    )


def pattern_runs(pattern: str) -> Iterator[tuple[str, str | None]]:
    """The pattern in pieces: literal text, or a run of one letter."""
    if len(pattern) > _PATTERN_LENGTH:
        raise ExpressionError("the date pattern is too long")
    for match in _pieces_re.finditer(pattern):
        if match[2]:
            yield match[0], match[0]
        elif match[1] is not None:
            yield match[1].replace("''", "'") or "'", None
        elif match[0] == "'":
            raise ExpressionError(f"the date pattern `{pattern}` has an open quotation mark")
        else:
            yield match[0].translate({ord(c): None for c in "[]"}), None


def _field(moment: datetime, letters: str, locale: str) -> str:
    letter, width = letters[0], len(letters)
    if width > 20:
        raise ExpressionError(f"the date pattern repeats `{letter}` too often")
    match letter:
        case "u" | "y" if width == 2:
            return f"{moment.year:04}"[-2:]
        case "d" | "H" | "m" | "M" | "s" | "u" | "y" if letter != "M" or width < 3:
            return str(_NUMBERS[letter](moment)).zfill(width)
        case "n":
            return str(moment.microsecond * 1_000).zfill(width)
        case "A" | "N":
            micros = (moment - moment.replace(hour=0, minute=0, second=0, microsecond=0)) // (
                timedelta(microseconds=1)
            )
            return str(micros // 1_000 if letter == "A" else micros * 1_000).zfill(width)
        case "S":
            return f"{moment.microsecond:06}".ljust(width, "0")[:width]
        case "X" | "x" | "Z" | "O":
            return _offset_field(moment, letter, width)
        case "V":
            return zone_id(moment.tzinfo)
        case "z":
            return _zone_name(moment, width, locale)
    if letter not in _BABEL_LETTERS:
        raise ExpressionError(
            f"the date pattern has an unknown letter `{letter}`",
            hint="Put text into single quotes: `'T'`.",
        )
    formatter = DateTimeFormat(moment, locale_of(locale))
    try:
        return str(formatter["a" if letter == "a" else letters])
    except (KeyError, ValueError, TypeError):
        raise ExpressionError(f"the date pattern cannot use `{letters}`") from None


def _zone_name(moment: datetime, width: int, locale: str) -> str:
    """`CEST`, or with four letters `Central European Summer Time`.

    Few locales abbreviate the zones of other countries: the abbreviation is then the zone's own.
    """
    name = get_timezone_name(
        moment, width="long" if width > 3 else "short", locale=locale_of(locale)
    )
    if name in ("+0000", "+00:00"):
        return "UTC"
    own = moment.tzname() or ""
    return own if width <= 3 and name[0] in "+-" and own.isalpha() else name


def _offset_field(moment: datetime, letter: str, width: int) -> str:
    if letter == "O" or (letter == "Z" and width == 4):
        text = offset_text(moment, ":", zero="")
        short = re.sub(r"^([+-])0", r"\1", text.removesuffix(":00"))
        return "GMT" + (short if letter == "O" and width == 1 else text)
    zero = "Z" if letter == "X" or (letter == "Z" and width == 5) else None
    if letter == "Z":
        return offset_text(moment, ":" if width == 5 else "", zero=zero)
    text = offset_text(moment, ":" if width in (3, 5) else "", zero=zero)
    return text[:-2] if width == 1 and text.endswith("00") and len(text) == 5 else text


def offset_text(moment: datetime, separator: str, *, zero: str | None) -> str:
    """The distance to UTC, `+02:00`; `zero` stands for none."""
    seconds = int((moment.utcoffset() or timedelta()).total_seconds())
    if seconds == 0 and zero is not None:
        return zero
    sign, minutes = "-" if seconds < 0 else "+", abs(seconds) // 60
    return f"{sign}{minutes // 60:02}{separator}{minutes % 60:02}"


def zone_id(zone: tzinfo | None) -> str:
    """`Europe/Paris`, `UTC`, or an offset."""
    key = getattr(zone, "key", None)
    if key:
        return str(key)
    text = offset_text(datetime(2000, 1, 1, tzinfo=zone), ":", zero="Z")
    return "UTC" if text == "Z" else text


def _predefined(moment: datetime, part: str) -> str:
    match part:
        case "date":
            return f"{moment:%Y-%m-%d}".zfill(10)
        case "time":
            return f"{moment:%H:%M:%S}" + _fraction(moment)
        case "offset":
            return offset_text(moment, ":", zero="Z")
        case "zone":
            return f"[{zone_id(moment.tzinfo)}]" if hasattr(moment.tzinfo, "key") else ""
        case "ordinal":
            return f"{moment.year:04}-{moment.timetuple().tm_yday:03}"
        case "week":
            year, week, weekday = moment.isocalendar()
            return f"{year:04}-W{week:02}-{weekday}"
        case "instant":
            return _instant(moment)
        case "rfc1123":
            day = _field(moment, "EEE", "en_US")
            month = _field(moment, "MMM", "en_US")
            zone = offset_text(moment, "", zero="GMT")
            return f"{day}, {moment.day} {month} {moment.year:04} {moment:%H:%M:%S} {zone}"
    return part


def _fraction(moment: datetime) -> str:
    return f".{moment.microsecond:06}".rstrip("0") if moment.microsecond else ""


def _instant(moment: datetime) -> str:
    moment = moment - (moment.utcoffset() or timedelta())
    digits = f"{moment.microsecond:06}"
    fraction = "" if not moment.microsecond else "." + digits.removesuffix("000")
    return f"{moment:%Y-%m-%dT%H:%M:%S}{fraction}Z"
