"""The line protocol by which a script tells outputs, metrics and log entries.

    ::{"outputs": {"rows": 3}, "metrics": [{"name": "rows", "type": "counter", "value": 3}]}::

Such a line, on standard output or error, is taken out of the log. `metrics` entries have `name`,
`type` (`counter`, or `timer` in seconds), `value` and `tags`; `logs` entries `level` and `message`.
"""

import re
from typing import Annotated

import orjson
from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from runtime.executions.model import LogLevel
from runtime.tasks.core.metric import Kind
from runtime.tasks.properties import Level, Text, TextMap

_MARK = re.compile(r"\s*::(\{.*\})::\s*", re.DOTALL)


class MarkedMetric(BaseModel):
    name: Text
    type: Kind = "counter"
    value: float
    tags: TextMap = Field(default_factory=dict)


class MarkedLog(BaseModel):
    level: Level = "INFO"
    message: Text

    @property
    def severity(self) -> LogLevel:
        return LogLevel[self.level]


def _empty_for_null(value: object) -> object:
    return [] if value is None else value


class Mark(BaseModel):
    """What one line told."""

    outputs: dict[str, object] | None = None
    metrics: Annotated[list[MarkedMetric], BeforeValidator(_empty_for_null)] = []
    logs: Annotated[list[MarkedLog], BeforeValidator(_empty_for_null)] = []
    size: int = 0
    """Bytes of the line's JSON."""


def read_mark(line: str) -> Mark | str | None:
    """The mark in a line, None for an ordinary line, or a text that says what is wrong with it."""
    if "::{" not in line[:64] or (found := _MARK.fullmatch(line)) is None:
        return None
    try:
        mark = Mark.model_validate(orjson.loads(found[1]))
    except orjson.JSONDecodeError as error:
        return f"A line between `::` and `::` is not valid JSON ({error}) and was not understood."
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        return f"A line between `::` and `::` was not understood: `{place}`: {first['msg']}."
    return mark.model_copy(update={"size": len(found[1])})
