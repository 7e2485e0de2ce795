"""Types of properties: what an expression may yield is read the way users mean it.

A value comes rendered and typed, so `format: "{{ 1 + 1 }}"` brings the number 2 where text is
wanted; text that holds JSON is accepted where a list or a map is wanted.

When a flow is read, though, a number where text is wanted is refused, so that the reader puts the
scalar's own text there (`version: 1.10` means "1.10"); that is validated with `AS_WRITTEN`.
"""

import contextlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, ValidationInfo, WithJsonSchema

from runtime.errors import FlowdeckError
from runtime.expressions.printing import to_text
from runtime.flows.durations import parse_duration
from runtime.flows.truth import is_true
from runtime.flows.types import AS_WRITTEN


def as_text(value: object, info: ValidationInfo) -> object:
    """A rendered value as Kestra prints it; null stays null, so that a required text is missed."""
    if value is None or isinstance(value, str) or info.context is AS_WRITTEN:
        return value
    try:
        return to_text(value)
    except FlowdeckError as error:
        raise ValueError(error.message) from None


def _structured(value: object) -> object:
    if not isinstance(value, str) or not value.strip().startswith(("{", "[")):
        return value
    try:
        return json.loads(value)
    except ValueError as error:
        raise ValueError(f"this text is not valid JSON: {error}") from None


def _text_list(value: object) -> object:
    if isinstance(value, str) and value.strip().startswith("["):
        with contextlib.suppress(ValueError):
            value = json.loads(value)
    return value if isinstance(value, list | tuple) else [value]


def _entries(value: object) -> object:
    if isinstance(value, list | tuple) and not any(isinstance(v, Mapping | list) for v in value):
        return value
    return [value]


def _map(value: object) -> object:
    value = _structured(value)
    if isinstance(value, Mapping):
        return {key: item for key, item in value.items() if item is not None}
    return value


def _lists(value: object) -> object:
    value = _map(value)
    if isinstance(value, Mapping):
        return {k: v if isinstance(v, list | tuple) else [v] for k, v in value.items()}
    return value


def _label_map(value: object) -> object:
    value = _structured(value)
    if isinstance(value, list):
        value = {each["key"]: each["value"] for each in value if _is_label(each)}
    value = _map(value)
    if not isinstance(value, Mapping):
        return value
    return {k: to_text(v) if isinstance(v, Mapping | list) else v for k, v in value.items()}


def _is_label(each: object) -> bool:
    if isinstance(each, Mapping) and {"key", "value"} <= set(each):
        return True
    raise ValueError(
        "these are no labels; write a map, or a list of entries with `key` and `value`"
    )


def _seconds(value: object) -> object:
    return parse_duration(value) if isinstance(value, str) else value


def _upper(value: object) -> object:
    return value.strip().upper() if isinstance(value, str) else value


def _aware(value: datetime) -> datetime:
    return value if value.tzinfo else value.replace(tzinfo=UTC)


Text = Annotated[str, BeforeValidator(as_text)]
"""Text; other values become the text that an expression prints for them."""

Texts = Annotated[list[Text], BeforeValidator(_text_list)]
"""A list of texts; a single text counts as a list of one, JSON text as the list it holds."""

Entries = Annotated[list[Text], BeforeValidator(_entries)]
"""What is written as a list of plain values is several texts, anything else is one."""

TextMap = Annotated[dict[Text, Text], BeforeValidator(_map)]
"""A map of texts, or JSON text that holds one; entries that are null fall away."""

TextListMap = Annotated[dict[Text, list[Text]], BeforeValidator(_lists)]
"""A map of lists of texts; a single text counts as a list of one."""

LabelMap = Annotated[dict[Text, Text], BeforeValidator(_label_map)]
"""Labels as a map, as a list of `key` and `value`, or as JSON text of either; nested values as
their JSON."""

AnyMap = Annotated[dict[str, object], BeforeValidator(_structured)]
AnyList = Annotated[list[object], BeforeValidator(_structured)]

Structured = BeforeValidator(_structured)
"""Marks a list or a map that may also come as JSON text."""

Condition = Annotated[
    bool, BeforeValidator(is_true), WithJsonSchema({"type": ["boolean", "string"]})
]
"""Holds unless it renders to nothing, `false`, `0` or `-0`."""

Seconds = Annotated[
    float, BeforeValidator(_seconds), WithJsonSchema({"type": "string", "format": "duration"})
]
"""A duration, written in ISO 8601 (`PT30S`); a number means seconds."""

Moment = Annotated[datetime, AfterValidator(_aware)]
"""A date with time; UTC when no zone is written."""

Level = Annotated[Literal["TRACE", "DEBUG", "INFO", "WARN", "ERROR"], BeforeValidator(_upper)]

FetchType = Annotated[Literal["STORE", "FETCH", "FETCH_ONE", "NONE"], BeforeValidator(_upper)]
