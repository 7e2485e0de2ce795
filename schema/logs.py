"""Log lines: the type, its filter, the root fields and the stream."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated, Self

import strawberry
from strawberry import ID, UNSET, argument, field

from resolvers import live, logs
from runtime.events.event import StoredLog
from schema.filters import DateTimeFilter, NamespaceFilter, Operators, StringFilter, condition
from schema.info import Info
from schema.nodes import Node
from schema.pages import After, Before, Connection, First, Last, asked, connection
from schema.states import LogLevel
from schema.streams import StreamAfter, StreamHeartbeat, StreamReset, signal


@strawberry.type(description="One line of the log of an execution.")
class LogEntry(Node):
    execution_id: ID = field(description="The execution that it belongs to.")
    namespace: str = field(description="The namespace of the execution's flow.")
    flow_id: str = field(description="The execution's flow.")
    task_run_id: ID | None = field(
        description="The task run that wrote it; null when the execution itself did."
    )
    task_id: str | None = field(description="The task that wrote it.")
    attempt: int | None = field(description="Which attempt of the task run wrote it, from 1.")
    at: datetime = field(description="When it was written.")
    level: LogLevel = field(description="How grave it is.")
    message: str = field(description="The text; it may have several lines.")

    @classmethod
    def of(cls, record: StoredLog) -> Self:
        return cls(
            id=ID(f"lg_{record.position}"),
            execution_id=ID(record.execution_id),
            namespace=record.namespace,
            flow_id=record.flow_id,
            task_run_id=ID(record.task_run_id) if record.task_run_id else None,
            task_id=record.task_id,
            attempt=record.attempt,
            at=record.at,
            level=LogLevel(record.level),
            message=record.message,
        )


@strawberry.input(description="Conditions on the level of a log line.")
class LogLevelFilter(Operators):
    gte: LogLevel | None = field(default=UNSET, description="At least as grave as this.")
    in_: list[LogLevel] | None = field(default=UNSET, name="in", description="One of these.")


@strawberry.input(description="Which log lines are meant. All that is set must hold.")
class LogFilter:
    and_: list["LogFilter"] | None = field(
        default=UNSET, name="and", description="All of these hold, too."
    )
    or_: list["LogFilter"] | None = field(
        default=UNSET, name="or", description="At least one of these holds."
    )
    not_: "LogFilter | None" = field(default=UNSET, name="not", description="This does not hold.")
    text: str | None = field(
        default=UNSET, description="The message holds these words, whatever the case of letters."
    )
    namespace: NamespaceFilter | None = field(default=UNSET, description="The namespace.")
    flow_id: StringFilter | None = field(default=UNSET, description="The flow.")
    execution_id: ID | None = field(default=UNSET, description="The execution.")
    task_run_id: ID | None = field(default=UNSET, description="The task run.")
    task_id: StringFilter | None = field(default=UNSET, description="The task.")
    attempt: int | None = field(default=UNSET, description="The attempt of the task run, from 1.")
    level: LogLevelFilter | None = field(default=UNSET, description="The level.")
    at: DateTimeFilter | None = field(default=UNSET, description="When it was written.")


LogFilterArgument = Annotated[
    LogFilter | None, argument(description="Which log lines; all without it.")
]
LogConnection = Connection[LogEntry]


@strawberry.type
class LogQuery:
    @strawberry.field(
        description="Log lines of all executions, in the order in which they were written."
    )
    async def logs(
        self,
        info: Info,
        filter: LogFilterArgument = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[LogEntry]:
        page = asked(first, after, last, before)
        return connection(await logs.page(info.context, condition(filter), page), LogEntry.of)


@strawberry.type(description="Log lines that were written, in order.")
class LogsAppended:
    cursor: str = field(description="The place behind these lines: go on from here.")
    entries: list[LogEntry] = field(description="The lines, at least one and at most 500.")


LogStreamItem = Annotated[
    LogsAppended | StreamHeartbeat | StreamReset,
    strawberry.union("LogStreamItem", description="What the stream of log lines brings."),
]


@strawberry.type
class LogSubscription:
    @strawberry.subscription(
        description=(
            "Log lines as they are written, in order, none missed and none repeated after a resume."
        )
    )
    async def logs(
        self, info: Info, filter: LogFilterArgument = None, after: StreamAfter = None
    ) -> AsyncIterator[LogStreamItem]:
        async for item in await live.logs(info.context, condition(filter), after):
            if isinstance(item, live.Appended):
                entries = [LogEntry.of(record) for record in item.records]
                yield LogsAppended(cursor=item.cursor, entries=entries)
            else:
                yield signal(item)
