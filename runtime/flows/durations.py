"""ISO 8601 durations, as `PT5M` or `P1DT12H`; months and years by a stated rule.

Kestra reads most durations with Java's `Duration`, which knows no months or years, and windows and
times to live with `Period`. Here one reader takes both: a month is 30 days and a year is 365 days,
fixed, since no date is at hand to count from. Short forms such as `500ms` or `5m` are refused.
"""

import re
from datetime import timedelta

_DURATION = re.compile(
    r"(?P<sign>[+-])?P(?=[\d+\-T])"
    r"(?:(?P<years>[+-]?\d+)Y)?(?:(?P<months>[+-]?\d+)M)?(?:(?P<weeks>[+-]?\d+)W)?"
    r"(?:(?P<days>[+-]?\d+)D)?"
    r"(?:T(?=[\d+\-.])(?:(?P<hours>[+-]?\d+)H)?(?:(?P<minutes>[+-]?\d+)M)?"
    r"(?:(?P<seconds>[+-]?\d+(?:[.,]\d{0,9})?)S)?)?",
    re.IGNORECASE,
)
_SECONDS = {
    "years": 365 * 86400,
    "months": 30 * 86400,
    "weeks": 7 * 86400,
    "days": 86400,
    "hours": 3600,
    "minutes": 60,
}
_LONGEST = 40
_LIMIT = timedelta.max.total_seconds() / 2


def parse_duration(text: str) -> float:
    """Seconds of an ISO 8601 duration. Raises ValueError, whose text says how to mend it."""
    match = _DURATION.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if match is None:
        raise ValueError(
            f"`{text[:_LONGEST]}` is not an ISO 8601 duration; write PT30S, PT5M, PT1H or P1D"
        )
    total = float((match["seconds"] or "0").replace(",", "."))
    total += sum(int(match[unit] or 0) * seconds for unit, seconds in _SECONDS.items())
    if abs(total) > _LIMIT:
        raise ValueError(f"`{text}` is longer than a duration can be; write a shorter one")
    return -total if match["sign"] == "-" else total


def parse_length(text: str, *, positive: bool = False) -> float:
    """The same for a length of time, which is 0 or more, or above 0 where it has to be positive."""
    seconds = parse_duration(text)
    if seconds < 0:
        raise ValueError(f"`{text}` is negative; write `{format_duration(-seconds)}`")
    if positive and seconds == 0:
        raise ValueError(f"`{text}` is no time at all; write more, such as `PT1S`")
    return seconds


def format_duration(seconds: float) -> str:
    """The shortest form in hours, minutes and seconds, as Java writes it: 90 is `PT1M30S`."""
    if seconds == 0:
        return "PT0S"
    sign = "-" if seconds < 0 else ""
    micros = round(abs(seconds) * 1_000_000)
    whole, fraction = divmod(micros, 1_000_000)
    hours, rest = divmod(whole, 3600)
    minutes, secs = divmod(rest, 60)
    decimals = f".{fraction:06d}".rstrip("0") if fraction else ""
    text = f"{hours}H" if hours else ""
    text += f"{minutes}M" if minutes else ""
    text += f"{secs}{decimals}S" if secs or decimals else ""
    return f"{sign}PT{text or '0S'}"
