"""One given value to the type of its input. Every cast raises ValueError that completes the
sentence "Invalid input for `x`, …".

Values are what JSON can hold: dates and times are ISO 8601 text (a DATETIME is an instant in UTC),
durations are ISO 8601 text, parsed JSON, YAML and ION are maps and lists. A secret is a SecretText.
"""

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import regex

from runtime.flows.durations import parse_duration
from runtime.flows.ion_values import parse_ion
from runtime.flows.model import Input, InputType
from runtime.flows.nodes import compose, plain
from runtime.flows.patterns import matches

_EMAIL = regex.compile(
    r"[^@\s\"(),:;<>\[\]\\]{1,64}@[\p{L}\d](?:[\p{L}\d\-]*[\p{L}\d])?(?:\.[\p{L}\d\-]+)+"
)
_WHOLE = range(-(2**63), 2**63)


@dataclass(frozen=True, slots=True)
class SecretText:
    """The value of a SECRET input: to be encrypted before it is stored, never to be shown."""

    value: str

    def __repr__(self) -> str:
        return "SecretText(******)"

    __str__ = __repr__


class StoredFile(str):
    """The address of a file that came with the request. Only FILE inputs take files."""

    __slots__ = ()


def cast(declared: Input, value: object) -> object:
    """The value as its input's type wants it."""
    if isinstance(value, StoredFile) and declared.type is not InputType.FILE:
        raise ValueError(f"it is a {declared.type.value} and takes no file")
    return _CASTS[declared.type](declared, value)


def as_text(value: object) -> str:
    """A single value as text, as YAML would write it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, SecretText):
        return value.value
    if isinstance(value, str | int | float):
        return str(value)
    raise ValueError("it must be text")


def as_instant(value: object) -> datetime:
    """An instant in UTC; a date alone means its midnight, a time without a zone is in UTC."""
    if isinstance(value, datetime):
        moment = value
    else:
        try:
            moment = datetime.fromisoformat(as_text(value).strip())
        except ValueError:
            raise ValueError("it must be a date and time such as 2026-01-31T08:30:00Z") from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _text(declared: Input, value: object) -> object:
    text = as_text(value)
    pattern = declared.rules.get("validator")
    if isinstance(pattern, str) and not matches(pattern, text):
        raise ValueError(f"it must match the pattern `{pattern}`")
    return text


def _secret(declared: Input, value: object) -> object:
    return SecretText(str(_text(declared, value)))


def _int(declared: Input, value: object) -> object:
    number = value
    if isinstance(value, str):
        text = value.strip()
        if not text.lstrip("+-").isdecimal() or len(text) > 20:
            raise ValueError("it must be a whole number")
        number = int(text)
    if isinstance(number, float) and number.is_integer():
        number = int(number)
    if isinstance(number, bool) or not isinstance(number, int) or number not in _WHOLE:
        raise ValueError("it must be a whole number")
    _within(declared, number)
    return number


def _float(declared: Input, value: object) -> object:
    try:
        number = float(value) if isinstance(value, str | int | float) else math.nan
    except (ValueError, OverflowError):
        number = math.nan
    if isinstance(value, bool) or not math.isfinite(number):
        raise ValueError("it must be a number")
    _within(declared, number)
    return number


def _within(declared: Input, number: float) -> None:
    lowest, highest = declared.rules.get("min"), declared.rules.get("max")
    if isinstance(lowest, int | float) and number < lowest:
        raise ValueError(f"it must be more than or equal to `{lowest}`")
    if isinstance(highest, int | float) and number > highest:
        raise ValueError(f"it must be less than or equal to `{highest}`")


def _bool(_: Input, value: object) -> object:
    word = as_text(value).strip().lower()
    if word not in ("true", "false"):
        raise ValueError("it must be `true` or `false`")
    return word == "true"


def _select(declared: Input, value: object) -> object:
    text = as_text(value)
    _allowed(declared, [text])
    return text


def _multiselect(declared: Input, value: object) -> object:
    texts = [as_text(item) for item in _list(value)]
    _allowed(declared, texts)
    return _items(declared, list(texts))


def _allowed(declared: Input, texts: list[str]) -> None:
    values = declared.rules.get("values")
    known = values if isinstance(values, tuple) else ()
    if declared.rules.get("allowCustomValue") is True:
        return
    if any(text not in known for text in texts):
        raise ValueError(f"it must match the values `[{', '.join(map(str, known))}]`")


def _array(declared: Input, value: object) -> object:
    return _items(declared, _list(value))


def _items(declared: Input, items: list[object]) -> list[object]:
    kind = declared.rules.get("itemType")
    if not isinstance(kind, InputType):
        return items
    each = Input(declared.id, kind, declared.position)
    found: list[object] = []
    for index, item in enumerate(items):
        try:
            found.append(cast(each, item))
        except ValueError as error:
            raise ValueError(f"item {index} is not of type {kind}: {error}") from None
    return found


def _list(value: object) -> list[object]:
    if isinstance(value, str):
        value = _parse_json(value, "it must be a JSON list")
    if not isinstance(value, list | tuple):
        raise ValueError("it must be a list")
    return [*value]


def _datetime(declared: Input, value: object) -> object:
    moment = as_instant(value)
    _between(declared, moment, as_instant)
    return _instant_text(moment)


def _date(declared: Input, value: object) -> object:
    day = _as_date(value)
    _between(declared, day, _as_date)
    return day.isoformat()


def _time(declared: Input, value: object) -> object:
    moment = _as_time(value)
    _between(declared, moment, _as_time)
    return moment.isoformat()


def _as_date(value: object) -> date:
    try:
        return date.fromisoformat(as_text(value).strip())
    except ValueError:
        raise ValueError("it must be a date such as 2026-01-31") from None


def _as_time(value: object) -> time:
    try:
        return time.fromisoformat(as_text(value).strip()).replace(tzinfo=None)
    except ValueError:
        raise ValueError("it must be a time such as 08:30:00") from None


def _between(
    declared: Input, value: datetime | date | time, read: Callable[[object], datetime | date | time]
) -> None:
    after, before = declared.rules.get("after"), declared.rules.get("before")
    if isinstance(after, str) and _key(value) < _key(read(after)):
        raise ValueError(f"it must be after `{after}`")
    if isinstance(before, str) and _key(value) > _key(read(before)):
        raise ValueError(f"it must be before `{before}`")


def _key(value: datetime | date | time) -> str:
    """Text in the order of time; values of one kind only are compared."""
    return value.isoformat()


def _instant_text(moment: datetime) -> str:
    precision = "milliseconds" if moment.microsecond % 1000 == 0 else "microseconds"
    text = moment.isoformat(timespec=precision if moment.microsecond else "seconds")
    return text.replace("+00:00", "Z")


def _duration(declared: Input, value: object) -> object:
    text = as_text(value)
    seconds = parse_duration(text)
    lowest, highest = declared.rules.get("min"), declared.rules.get("max")
    if isinstance(lowest, str) and seconds < parse_duration(lowest):
        raise ValueError(f"it must be more than or equal to `{lowest}`")
    if isinstance(highest, str) and seconds > parse_duration(highest):
        raise ValueError(f"it must be less than or equal to `{highest}`")
    return text.strip()


def _file(declared: Input, value: object) -> object:
    uri = as_text(value)
    if "://" not in uri:
        raise ValueError("it must be the address of a stored file")
    extensions = declared.rules.get("allowedFileExtensions")
    if isinstance(extensions, tuple):
        suffix = PurePosixPath(urlsplit(uri).path).suffix.lower()
        if suffix not in {f".{str(known).lower().lstrip('.')}" for known in extensions}:
            raise ValueError(f"its name must end in one of `{', '.join(map(str, extensions))}`")
    return uri


def _json(_: Input, value: object) -> object:
    return _parse_json(value, "it must be JSON") if isinstance(value, str) else value


def _parse_json(text: str, expected: str) -> object:
    try:
        parsed: object = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{expected} ({error})") from None
    return parsed


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is not a JSON number")


def _yaml(_: Input, value: object) -> object:
    if not isinstance(value, str):
        return value
    composed = compose(value)
    if composed.problems:
        raise ValueError(f"it must be YAML ({composed.problems[0].message})")
    return plain(composed.root) if composed.root else None


def _ion(_: Input, value: object) -> object:
    return parse_ion(value) if isinstance(value, str) else value


def _uri(_: Input, value: object) -> object:
    text = as_text(value)
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise ValueError(f"it must be a URI ({error})") from None
    if not parts.scheme or any(c.isspace() for c in text):
        raise ValueError("it must be a URI, such as https://example.org")
    if parts.scheme in ("http", "https") and not parts.netloc:
        raise ValueError("it must be a URI, and after `http:` comes `//` and a host")
    return text


def _email(_: Input, value: object) -> object:
    text = as_text(value)
    if len(text) > 254 or _EMAIL.fullmatch(text) is None:
        raise ValueError("it must be an email address")
    return text


def _table(declared: Input, value: object) -> object:
    rows = _list(value)
    limits = declared.rules.get("rows")
    if isinstance(limits, Mapping):
        if len(rows) < limits.get("min", 0):
            raise ValueError(f"it must have at least `{limits['min']}` rows")
        if len(rows) > limits.get("max", len(rows)):
            raise ValueError(f"it must have at most `{limits['max']}` rows")
    return [_row(declared, index, row) for index, row in enumerate(rows)]


def _row(declared: Input, index: int, row: object) -> dict[str, object]:
    columns = declared.rules.get("columns")
    if not isinstance(row, Mapping) or not isinstance(columns, tuple):
        raise ValueError(f"row {index} must be a map of its columns")
    return _parts(columns, row, f"row {index}")


def _object(declared: Input, value: object) -> object:
    if isinstance(value, str):
        value = _parse_json(value, "it must be a JSON object")
    properties = declared.rules.get("properties")
    if not isinstance(value, Mapping) or not isinstance(properties, tuple):
        raise ValueError("it must be a map of its properties")
    return _parts(properties, value, "it")


def _parts(
    declared: tuple[Input, ...], given: Mapping[str, object], what: str
) -> dict[str, object]:
    """The columns of a row, or the properties of an object; what is not declared is refused."""
    names = [each.id for each in declared]
    unknown = next((name for name in given if name not in names), None)
    if unknown is not None:
        raise ValueError(f"{what} has `{unknown}`, which is none of {', '.join(names)}")
    found: dict[str, object] = {}
    for each in declared:
        value = given.get(each.id)
        value = each.defaults if value is None else value
        if value is None and each.required:
            raise ValueError(f"{what} has no `{each.id}`")
        try:
            found[each.id] = None if value is None else cast(each, value)
        except ValueError as error:
            raise ValueError(f"`{each.id}` of {what}: {error}".replace(" of it:", ":")) from None
    return found


def _form(_: Input, value: object) -> object:
    return value


_CASTS: dict[InputType, Callable[[Input, object], object]] = {
    InputType.STRING: _text,
    InputType.INT: _int,
    InputType.FLOAT: _float,
    InputType.BOOL: _bool,
    InputType.SELECT: _select,
    InputType.MULTISELECT: _multiselect,
    InputType.DATETIME: _datetime,
    InputType.DATE: _date,
    InputType.TIME: _time,
    InputType.DURATION: _duration,
    InputType.FILE: _file,
    InputType.JSON: _json,
    InputType.YAML: _yaml,
    InputType.ION: _ion,
    InputType.URI: _uri,
    InputType.EMAIL: _email,
    InputType.SECRET: _secret,
    InputType.ARRAY: _array,
    InputType.FORM: _form,
    InputType.TABLE: _table,
    InputType.OBJECT: _object,
}
