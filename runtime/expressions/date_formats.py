"""Names of date formats and units, as flows write them."""

PATTERNS = {
    "iso": "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX",
    "iso_sec": "yyyy-MM-dd'T'HH:mm:ssXXX",
    "sql": "yyyy-MM-dd HH:mm:ss.SSSSSS",
    "sql_seq": "yyyy-MM-dd HH:mm:ss",
}

STYLES = ("full", "long", "medium", "short")

# What each of java.time's predefined formatters prints, in the order it prints it.
PREDEFINED = {
    "iso_date_time": ("date", "T", "time", "offset", "zone"),
    "iso_zoned_date_time": ("date", "T", "time", "offset", "zone"),
    "iso_offset_date_time": ("date", "T", "time", "offset"),
    "iso_local_date_time": ("date", "T", "time"),
    "iso_date": ("date", "offset"),
    "iso_local_date": ("date",),
    "iso_time": ("time", "offset"),
    "iso_local_time": ("time",),
    "iso_offset_time": ("time", "offset"),
    "iso_ordinal_date": ("ordinal", "offset"),
    "iso_week_date": ("week", "offset"),
    "iso_instant": ("instant",),
    "rfc_1123_date_time": ("rfc1123",),
}

# Units of exact length, in microseconds, and calendar units, in months.
EXACT_UNITS = {
    "NANOS": 0.001,
    "MICROS": 1,
    "MILLIS": 1_000,
    "SECONDS": 1_000_000,
    "MINUTES": 60_000_000,
    "HOURS": 3_600_000_000,
    "HALF_DAYS": 43_200_000_000,
}
DAY_UNITS = {"DAYS": 1, "WEEKS": 7}
MONTH_UNITS = {
    "MONTHS": 1,
    "YEARS": 12,
    "DECADES": 120,
    "CENTURIES": 1_200,
    "MILLENNIA": 12_000,
}
