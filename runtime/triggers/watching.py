"""Triggers that look regularly at what Flowdeck itself keeps: log lines, key-value pairs."""

from datetime import datetime
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, Field

from runtime.flows.types import Properties
from runtime.triggers.trigger import PolledTrigger, Yields, upper

Level = Annotated[Literal["TRACE", "DEBUG", "INFO", "WARN", "ERROR"], BeforeValidator(upper)]
Change = Annotated[Literal["CREATED", "UPDATED", "DELETED"], BeforeValidator(upper)]
_CHANGES: tuple[Change, ...] = ("CREATED", "UPDATED", "DELETED")


class SeenLine(Properties):
    execution_id: str
    namespace: str
    flow_id: str
    task_id: str | None
    level: str
    message: str
    timestamp: datetime


class LogTriggerOutputs(Yields):
    count: int
    logs: list[SeenLine]


class LogTrigger(PolledTrigger):
    """Start the flow when other flows have logged something.

    The lines since the last look that are of `namespace` (or below it), `flowId` and `taskId` and
    at least as grave as `level` start the flow once, together, at most `maxRecords` of them; more
    start it again at once. Each line is seen once, in order, whatever dies in between; what was
    logged before the flow was saved is not seen, nor are lines in files (`logToFile`). The flow's
    own lines never start it; flows that watch each other start each other for ever.
    """

    type_name: ClassVar[str] = "io.kestra.plugin.core.log.Trigger"
    outputs: ClassVar[type[BaseModel] | None] = LogTriggerOutputs

    namespace: str | None = None
    flow_id: str | None = None
    task_id: str | None = None
    level: Level = "ERROR"
    max_records: int = Field(default=100, ge=1, le=1_000)


class SeenPair(Properties):
    key: str
    type: Change
    value: object = None


class KvListenOutputs(Yields):
    namespace: str
    key: str
    """The key, the kind of change and the value of the first of `changes`."""
    type: str
    value: object
    changes: list[SeenPair]


class KvListen(PolledTrigger):
    """Start the flow when key-value pairs have changed.

    The pairs of `namespace` (by default the flow's own) with this `key`, or whose keys begin with
    `prefix`, are compared with those of the last look; what was created, updated or deleted since,
    as far as `on` names it, starts the flow once, together. Of a pair that changed several times
    only the last value is seen. No change is seen twice or lost, whatever dies in between; the
    first look after the flow was saved starts nothing. At most 1,000 pairs can be listened to.
    """

    type_name: ClassVar[str] = "io.kestra.plugin.core.kv.Listen"
    outputs: ClassVar[type[BaseModel] | None] = KvListenOutputs

    namespace: str | None = None
    key: str | None = None
    prefix: str = ""
    on: list[Change] = Field(default_factory=lambda: [*_CHANGES], min_length=1)
