"""Dates: formats, patterns, zones, locales, arithmetic, timestamps, calendars."""

from collections.abc import Callable

import pytest

from runtime.expressions.problems import ExpressionError

D = "'2024-01-31T10:15:30.123456+02:00'"

WRITTEN = [
    ("now()", "2026-01-02T03:04:05.678901Z"),
    ("now('yyyy-MM-dd')", "2026-01-02"),
    ("now(timeZone='Asia/Tokyo')", "2026-01-02T12:04:05.678901+09:00"),
    ("now() | date('HH:mm')", "03:04"),
    (f"{D} | date", "2024-01-31T08:15:30.123456Z"),
    (f"{D} | date('iso_sec')", "2024-01-31T08:15:30Z"),
    (f"{D} | date('sql')", "2024-01-31 08:15:30.123456"),
    (f"{D} | date('sql_seq')", "2024-01-31 08:15:30"),
    (f"{D} | date('iso_date_time')", "2024-01-31T08:15:30.123456Z[UTC]"),
    (
        f"{D} | date('iso_zoned_date_time', timeZone='Europe/Paris')",
        "2024-01-31T09:15:30.123456+01:00[Europe/Paris]",
    ),
    (f"{D} | date('iso_local_date')", "2024-01-31"),
    (f"{D} | date('iso_date')", "2024-01-31Z"),
    (f"{D} | date('iso_time')", "08:15:30.123456Z"),
    (f"{D} | date('iso_local_date_time')", "2024-01-31T08:15:30.123456"),
    (f"{D} | date('iso_instant')", "2024-01-31T08:15:30.123456Z"),
    ("'2024-01-31T10:00:00Z' | date('iso_instant')", "2024-01-31T10:00:00Z"),
    ("'2024-01-31T10:00:00.5Z' | date('iso_instant')", "2024-01-31T10:00:00.500Z"),
    (f"{D} | date('iso_week_date')", "2024-W05-3Z"),
    (f"{D} | date('iso_ordinal_date')", "2024-031Z"),
    (f"{D} | date('rfc_1123_date_time')", "Wed, 31 Jan 2024 08:15:30 GMT"),
    (
        f"{D} | date('rfc_1123_date_time', timeZone='+02:00')",
        "Wed, 31 Jan 2024 10:15:30 +0200",
    ),
    (f"{D} | date('yy-M-d H:m:s')", "24-1-31 8:15:30"),
    (f"{D} | date('EEEE, d MMMM yyyy')", "Wednesday, 31 January 2024"),
    (f"{D} | date('EEEE d MMMM', locale='fr')", "mercredi 31 janvier"),
    (f"{D} | date('d. MMMM', locale='de-DE')", "31. Januar"),
    (f"{D} | date('short', locale='de')", "31.01.24, 08:15"),
    (f"{D} | date('hh:mm a')", "08:15 AM"),
    (f"{D} | date(\"yyyy-MM-dd'T'HH:mm\")", "2024-01-31T08:15"),
    (f"{D} | date('SSS n A')", "123 123456000 29730123"),
    (f"{D} | date('X XX XXX x xxx Z', timeZone='+05:30')", "+0530 +0530 +05:30 +0530 +05:30 +0530"),
    (f"{D} | date('X XXX Z VV')", "Z Z +0000 UTC"),
    (f"{D} | date('z zzzz', timeZone='Australia/Perth')", "AWST Australian Western Standard Time"),
    ("'2024-07-01T10:00' | date('HH z', timeZone='Europe/Paris')", "10 CEST"),
    (f"{D} | date('z', timeZone='America/Sao_Paulo')", "-0300"),
    (f"{D} | date('D uuuu Q w')", "31 2024 1 5"),
    ("0 | date('iso_sec')", "1970-01-01T00:00:00Z"),
    ("1706688930 | date('iso_sec', timeZone='Europe/Paris')", "2024-01-31T09:15:30+01:00"),
    ("'2024-07-01' | date('iso_sec')", "2024-07-01T00:00:00Z"),
    ("'2024-07-01T10:00' | date('iso_sec', timeZone='Europe/Paris')", "2024-07-01T10:00:00+02:00"),
    ("'07/11/2024' | date('yyyy-MM-dd', existingFormat='dd/MM/yyyy')", "2024-11-07"),
    (
        "'Jul 4, 2024 3:05 PM' | date('sql_seq', existingFormat='MMM d, yyyy h:mm a')",
        "2024-07-04 15:05:00",
    ),
    (
        "'4 juillet 2024' | date('yyyyMMdd', existingFormat='d MMMM yyyy', locale='fr')",
        "20240704",
    ),
    ("'20240131' | date('yyyy-MM-dd', existingFormat='yyyyMMdd')", "2024-01-31"),
    (
        "'Wed, 31 Jan 2024 08:15:30 GMT' | date('sql_seq', existingFormat='rfc_1123_date_time')",
        "2024-01-31 08:15:30",
    ),
    ("null | date", None),
]

MOVED = [
    (f"{D} | dateAdd(1, 'MONTHS')", "2024-02-29T08:15:30.123456Z"),  # clamped to the month
    (f"{D} | dateAdd(-1, 'YEARS', format='yyyy-MM-dd')", "2023-01-31"),
    (f"{D} | dateAdd(2, 'days', format='yyyy-MM-dd')", "2024-02-02"),
    (f"{D} | dateAdd(1, 'WEEKS', 'yyyy-MM-dd')", "2024-02-07"),
    (f"{D} | dateAdd(-3, 'HOURS', format='HH:mm')", "05:15"),
    (f"{D} | dateAdd(90, 'SECONDS', format='HH:mm:ss')", "08:17:00"),
    (f"{D} | dateAdd(1, 'CENTURIES', format='yyyy')", "2124"),
    (
        "'2024-03-30T12:00[Europe/Paris]' | dateAdd(1, 'DAYS', 'HH:mm', 'Europe/Paris')",
        "12:00",  # a day by the calendar, across the change of the clocks
    ),
    (
        "'2024-03-30T12:00[Europe/Paris]' | dateAdd(24, 'HOURS', 'HH:mm', 'Europe/Paris')",
        "13:00",
    ),
    (f"{D} | timestamp", 1706688930),
    (f"{D} | timestampMilli", 1706688930123),
    (f"{D} | timestampMicro", 1706688930123456),
    (f"{D} | timestampNano", 1706688930123456000),
    ("'2024-01-31 10:00' | timestamp(timeZone='Europe/Paris')", 1706691600),
    ("'31.01.2024' | timestamp(existingFormat='dd.MM.yyyy')", 1706659200),
]

CALENDAR = [
    ("isWeekend('2026-01-03')", True),
    ("isWeekend('2026-01-05')", False),
    ("isPublicHoliday('2026-07-14', 'FR')", True),
    ("isPublicHoliday('2026-07-14', 'US')", False),
    ("isPublicHoliday('2026-11-01', 'DE', 'BY')", True),
    ("isDayWeekInMonth('2026-01-13', 'TUESDAY', 'SECOND')", True),
    ("isDayWeekInMonth('2026-01-27', 'TUESDAY', 'LAST')", True),
    ("isLastWorkingDay('2026-01-30')", True),
    ("isLastWorkingDay('2026-01-31', 'SATURDAY,SUNDAY')", True),
    ("dayOfWeek('2025-01-06T00:30:00+02:00')", "MONDAY"),  # the day as written
    ("dayOfMonth('2026-01-05')", 5),
    ("monthOfYear('2026-01-05')", 1),
    ("hourOfDay('2026-01-05T07:00:00Z')", 7),
    ("isDateBefore('2026-01-01T00:00:00+02:00', '2026-01-01T00:00:00Z')", True),
    ("isDateAfter('2026-01-02', '2026-01-01')", True),
    ("isDateBetween('2026-01-02', '2026-01-01', '2026-01-03')", True),
    ("isDateBetween('2026-01-01', '2026-01-01', '2026-01-03')", False),  # strictly
]


@pytest.mark.parametrize(("expression", "result"), WRITTEN + MOVED + CALENDAR, ids=str)
def test_dates_give(value: Callable[[str], object], expression: str, result: object) -> None:
    assert value("{{ " + expression + " }}") == result


MISTAKES = [
    ("'soon' | date", "`soon` is not a date"),
    ("true | date", "a boolean is not a date"),
    ("now() | date(timeZone='Mars/Base')", "there is no time zone `Mars/Base`"),
    ("now() | date('d', locale='xx_nowhere_at_all')", "there is no locale"),
    ("now() | date('bbb')", "unknown letter `b`"),
    ('now() | date("\'open")', "open quotation mark"),
    ("now() | dateAdd(1, 'MONTH')", "there is no unit of time `MONTH`"),
    ("now() | dateAdd(99999, 'YEARS')", "out of range"),
    ("'2024-13-01' | date", "is not a date"),
    ("'x' | date(existingFormat='yyyy')", "does not follow the pattern `yyyy`"),
    ("isPublicHoliday('2026-01-01', 'ZZ')", "the holidays of `ZZ` are not known"),
    ("isDayWeekInMonth(now(), 'MONDY', 'FIRST')", "there is no day `MONDY`"),
]


@pytest.mark.parametrize(("expression", "message"), MISTAKES)
def test_a_wrong_date_is_explained(
    value: Callable[[str], object], expression: str, message: str
) -> None:
    with pytest.raises(ExpressionError) as error:
        value("{{ " + expression + " }}")
    assert message in error.value.message
