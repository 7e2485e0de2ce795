"""The values that GraphQL does not know by itself: how they are written and read."""

from datetime import UTC, datetime, timedelta
from typing import NewType, cast

import orjson
import strawberry
from graphql import GraphQLError
from strawberry.file_uploads import Upload
from strawberry.scalars import JSON
from strawberry.types.scalar import ScalarDefinition

from resolvers.actions import Upload as FileOfRequest
from runtime.flows.durations import format_duration, parse_duration

BigInt = NewType("BigInt", int)
URL = NewType("URL", str)

_LIMIT = 2**63


def _write_moment(moment: datetime) -> str:
    in_utc = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return in_utc.isoformat(timespec="microseconds")[:-6] + "Z"


def _read_moment(text: object) -> datetime:
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        raise GraphQLError(f"{text!r} is not a moment: write it as 2026-01-31T12:00:00Z.") from None
    if moment.tzinfo is None:
        raise GraphQLError(f"{text!r} has no time zone: add Z for UTC or an offset as +02:00.")
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise GraphQLError(f"{text!r} is beyond the years 1 to 9999.") from None


def _write_duration(duration: timedelta) -> str:
    return format_duration(duration.total_seconds())


def _read_duration(text: object) -> timedelta:
    try:
        return timedelta(seconds=parse_duration(str(text)))
    except (ValueError, OverflowError) as error:
        raise GraphQLError(f"{error}.") from None


def _read_big_int(value: object) -> int:
    try:
        if isinstance(value, bool | float):
            raise ValueError
        number = int(str(value))
        if not -_LIMIT <= number < _LIMIT:
            raise ValueError
    except ValueError:
        raise GraphQLError(f"{value!r} is not a whole number of 64 bits.") from None
    return number


def _read_url(value: object) -> str:
    if not isinstance(value, str):
        raise GraphQLError(f"{value!r} is not a URL.")
    return value


def uploaded(file: Upload) -> FileOfRequest:
    """The file behind the scalar: the request's parser made it, whatever the scalar claims."""
    return cast(FileOfRequest, file)


def _read_json(value: object) -> object:
    try:
        orjson.dumps(value)
    except (TypeError, ValueError):
        raise GraphQLError(
            "This is not JSON: a file, half a character or a number of more than 64 bits."
        ) from None
    return value


def _read_upload(value: object) -> object:
    if not isinstance(value, FileOfRequest):
        raise GraphQLError("A file is sent as a part of a multipart request, not as a value.")
    return value


def _as_is(value: object) -> object:
    return value


SCALARS: dict[object, ScalarDefinition] = {
    datetime: strawberry.scalar(
        name="DateTime",
        description="A moment as RFC 3339 writes it, in UTC, to the microsecond.",
        specified_by_url="https://www.rfc-editor.org/rfc/rfc3339",
        serialize=_write_moment,
        parse_value=_read_moment,
    ),
    timedelta: strawberry.scalar(
        name="Duration",
        description="A length of time as ISO 8601 writes it, such as PT1.5S, PT5M or P1D.",
        specified_by_url="https://www.iso.org/standard/70907.html",
        serialize=_write_duration,
        parse_value=_read_duration,
    ),
    BigInt: strawberry.scalar(
        name="BigInt",
        description=(
            "A whole number of up to 64 bits, written as a string of digits because JSON readers "
            "lose digits beyond 53 bits; as an input a number is taken, too."
        ),
        specified_by_url="https://www.rfc-editor.org/rfc/rfc8259#section-6",
        serialize=str,
        parse_value=_read_big_int,
    ),
    JSON: strawberry.scalar(
        name="JSON",
        description="A value of the user's own: any JSON, as it was given or yielded.",
        specified_by_url="https://www.rfc-editor.org/rfc/rfc8259",
        serialize=_as_is,
        parse_value=_read_json,
    ),
    URL: strawberry.scalar(
        name="URL",
        description="An address; one that begins with / is on this server.",
        specified_by_url="https://www.rfc-editor.org/rfc/rfc3986",
        serialize=str,
        parse_value=_read_url,
    ),
    Upload: strawberry.scalar(
        name="Upload",
        description="A file sent along, as a part of a multipart request.",
        specified_by_url="https://github.com/jaydenseric/graphql-multipart-request-spec",
        serialize=_as_is,
        parse_value=_read_upload,
    ),
}
