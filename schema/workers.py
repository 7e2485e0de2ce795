"""The servers that share the work: what they do, and whether they live."""

from datetime import datetime
from enum import Enum
from typing import Self

import strawberry
from strawberry import ID, enum_value, field

from resolvers import workers
from runtime.store.workers import WorkerRecord
from schema.info import Info
from schema.nodes import Node
from schema.pages import After, Before, Connection, First, Last, asked, connection


@strawberry.enum(description="What a server does. More may come.")
class WorkerRole(Enum):
    WEB = enum_value("web", description="It answers callers and serves the web client.")
    ENGINE = enum_value("engine", description="It holds executions and runs their tasks.")
    SCHEDULER = enum_value("scheduler", description="It looks after triggers.")


@strawberry.type(description="A server of this installation.")
class Worker(Node):
    roles: list[WorkerRole] = field(description="What it does.")
    slots: int = field(description="How many task runs may work on it at once.")
    version: str = field(description="The version of Flowdeck that it runs.")
    started_at: datetime = field(description="When it made itself known.")
    seen_at: datetime = field(
        description="When it last gave a sign of life, as it does every second."
    )
    is_alive: bool = field(
        description=(
            "Whether its process lives, as the database knows at once; `seenAt` tells of one that "
            "hangs. Either is forgotten after the time of a lease."
        )
    )
    held_executions: int = field(
        description="How many executions it holds: those that run there, and a few that just ended."
    )

    @classmethod
    def of(cls, record: WorkerRecord) -> Self:
        return cls(
            id=ID(record.id),
            roles=[WorkerRole(role) for role in record.roles],
            slots=record.slots,
            version=record.version,
            started_at=record.started_at,
            seen_at=record.seen_at,
            is_alive=record.alive,
            held_executions=record.executions,
        )


@strawberry.type
class WorkerQuery:
    @strawberry.field(
        description="The servers of this installation, those that started last first."
    )
    async def workers(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[Worker]:
        page = asked(first, after, last, before)
        return connection(await workers.page(info.context, page), Worker.of)
