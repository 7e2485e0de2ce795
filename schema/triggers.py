"""Triggers: what starts flows by itself, when it is due, and the changes to it."""

from datetime import datetime
from typing import Annotated, Self

import strawberry
from strawberry import ID, UNSET, argument, field
from strawberry.scalars import JSON

from resolvers import triggers
from resolvers.actions import inputs_given
from runtime.engine.backfill import BackfillAction, BackfillRequest
from runtime.errors import FlowdeckError, InvalidInput
from runtime.store.trigger_logs import TriggerLine
from runtime.store.triggers import TriggerRecord
from schema.described import described
from schema.filters import DateTimeFilter, NamespaceFilter, StringFilter, condition
from schema.info import Info
from schema.labels import LabelInput, label_map
from schema.logs import LogLevelFilter
from schema.nodes import Node
from schema.pages import After, Before, Connection, First, Last, asked, connection
from schema.scalars import URL
from schema.states import LogLevel
from schema.user_errors import UserError, user_errors

described(
    BackfillAction,
    "What can be done with a backfill.",
    {
        "START": "Begin one; there is at most one of a trigger at a time.",
        "PAUSE": "Let it rest; what it has started goes on.",
        "RESUME": "Let it go on.",
        "CANCEL": "End it; what it has started goes on.",
    },
)


@strawberry.type(description="A backfill: executions for moments of a schedule that have passed.")
class Backfill:
    start: datetime = field(description="The first moment of its span.")
    end: datetime = field(description="The last moment of its span.")
    next_at: datetime | None = field(description="The moment that comes next.")
    paused: bool = field(description="Whether it rests.")

    @classmethod
    def of(cls, found: triggers.Backfill) -> Self:
        return cls(start=found.start, end=found.end, next_at=found.next_at, paused=found.paused)


_MOST_MOMENTS = 20


@strawberry.type(description="When a trigger fires by the clock.")
class Timetable:
    cron: str | None = field(
        description="Its cron line; null where its moments are listed one by one."
    )
    timezone: str = field(description="The zone in which its moments are meant.")
    found: strawberry.Private[triggers.Timetable]

    @field(
        description="The moments that come next, whether it is switched on or not; conditions are "
        "asked when they come."
    )
    def moments(
        self,
        info: Info,
        first: Annotated[int, argument(description="How many: 1 to 20.")] = 5,
    ) -> list[datetime]:
        if not 1 <= first <= _MOST_MOMENTS:
            raise InvalidInput(
                f"`first` is {first}.",
                hint=f"Ask for 1 to {_MOST_MOMENTS} moments.",
                path=("first",),
            )
        return self.found.moments(info.context.now(), first)

    @classmethod
    def of(cls, found: triggers.Timetable) -> Self:
        return cls(cron=found.cron, timezone=found.timezone, found=found)


@strawberry.type(description="A line that a trigger said when it was evaluated.")
class TriggerLogEntry:
    at: datetime = field(description="When it was said.")
    level: LogLevel = field(description="How grave it is.")
    message: str = field(description="The text.")
    execution_id: ID | None = field(
        description="The execution that it speaks of, where it started or waits for one."
    )

    @classmethod
    def of(cls, line: TriggerLine) -> Self:
        return cls(
            at=line.at,
            level=LogLevel(line.level),
            message=line.message,
            execution_id=ID(line.execution_id) if line.execution_id else None,
        )


@strawberry.input(description="Which lines of a trigger are meant. All that is set must hold.")
class TriggerLogFilter:
    and_: list["TriggerLogFilter"] | None = field(
        default=UNSET, name="and", description="All of these hold, too."
    )
    or_: list["TriggerLogFilter"] | None = field(
        default=UNSET, name="or", description="At least one of these holds."
    )
    not_: "TriggerLogFilter | None" = field(
        default=UNSET, name="not", description="This does not hold."
    )
    text: str | None = field(
        default=UNSET, description="The message holds these words, whatever the case of letters."
    )
    level: LogLevelFilter | None = field(default=UNSET, description="The level.")
    at: DateTimeFilter | None = field(default=UNSET, description="When it was said.")


@strawberry.type(description="Something that starts a flow by itself.")
class Trigger(Node):
    namespace: str = field(description="The namespace of its flow.")
    flow_id: str = field(description="The flow that it starts.")
    trigger_id: str = field(description="Its id within the flow.")
    type: str = field(description="Its type by the full name.")
    flow_revision: int = field(description="The flow's revision that declares it.")
    disabled: bool = field(description="Whether it is switched off.")
    next_at: datetime | None = field(
        description="When it is due next; null when it waits for something else than time."
    )
    last_at: datetime | None = field(description="When it was last evaluated or fired.")
    last_execution_id: ID | None = field(description="The execution that it started last.")
    backfill: Backfill | None = field(description="The backfill under way; null without one.")
    updated_at: datetime = field(description="When it last changed.")
    webhook_url: URL | None = field(
        description="Where to call a webhook, with `{key}` for its key; null for other types."
    )

    @field(
        description="When it fires by the clock; null when it waits for something else, or the "
        "flow itself has switched it off."
    )
    async def timetable(self, info: Info) -> Timetable | None:
        key = (self.namespace, self.flow_id, self.trigger_id)
        found = await triggers.timetable(info.context, key, self.flow_revision)
        return Timetable.of(found) if found else None

    @strawberry.field(
        description=(
            "What it said when it was evaluated, in order: at least as grave as the `logLevel` of "
            "the trigger (INFO by default), the last 200 lines."
        )
    )
    async def logs(
        self,
        info: Info,
        filter: Annotated[
            TriggerLogFilter | None, argument(description="Which lines; all without it.")
        ] = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[TriggerLogEntry]:
        page = asked(first, after, last, before)
        key = (self.namespace, self.flow_id, self.trigger_id)
        found = await triggers.logs(info.context, key, condition(filter), page)
        return connection(found, TriggerLogEntry.of)

    @classmethod
    def of(cls, record: TriggerRecord) -> Self:
        address = triggers.webhook_url(record)
        backfill = triggers.backfill_of(record)
        return cls(
            id=ID(triggers.node_id(record)),
            namespace=record.namespace,
            flow_id=record.flow_id,
            trigger_id=record.trigger_id,
            type=record.type,
            flow_revision=record.flow_revision,
            disabled=record.disabled,
            next_at=record.next_at,
            last_at=record.last_at,
            last_execution_id=ID(record.execution_id) if record.execution_id else None,
            backfill=Backfill.of(backfill) if backfill else None,
            updated_at=record.updated_at,
            webhook_url=URL(address) if address else None,
        )


@strawberry.input(description="Which triggers are meant. All that is set must hold.")
class TriggerFilter:
    and_: list["TriggerFilter"] | None = field(
        default=UNSET, name="and", description="All of these hold, too."
    )
    or_: list["TriggerFilter"] | None = field(
        default=UNSET, name="or", description="At least one of these holds."
    )
    not_: "TriggerFilter | None" = field(
        default=UNSET, name="not", description="This does not hold."
    )
    text: str | None = field(default=UNSET, description="The id or the flow's id holds this.")
    namespace: NamespaceFilter | None = field(default=UNSET, description="The namespace.")
    flow_id: StringFilter | None = field(default=UNSET, description="The flow.")
    trigger_id: StringFilter | None = field(default=UNSET, description="The trigger's id.")
    type: StringFilter | None = field(default=UNSET, description="The type by the full name.")
    disabled: bool | None = field(default=UNSET, description="Whether it is switched off.")
    next_at: DateTimeFilter | None = field(default=UNSET, description="When it is due next.")


@strawberry.type
class TriggerQuery:
    @strawberry.field(description="Triggers, in the order of namespace, flow and id.")
    async def triggers(
        self,
        info: Info,
        filter: Annotated[
            TriggerFilter | None, argument(description="Which triggers; all without it.")
        ] = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[Trigger]:
        page = asked(first, after, last, before)
        return connection(await triggers.page(info.context, condition(filter), page), Trigger.of)


@strawberry.input(description="A trigger to switch off or on.")
class SetTriggerDisabledInput:
    namespace: str = field(description="The namespace of its flow.")
    flow_id: str = field(description="Its flow.")
    trigger_id: str = field(description="Its id.")
    disabled: bool = field(description="True: it starts nothing.")


@strawberry.type(description="What switching a trigger off or on led to.")
class SetTriggerDisabledPayload:
    trigger: Trigger | None = field(description="The trigger as it is now.")
    user_errors: list[UserError] = field(description="Why nothing changed; empty when it did.")


@strawberry.input(description="A backfill to begin, or what to do with the one under way.")
class BackfillTriggerInput:
    namespace: str = field(description="The namespace of the flow.")
    flow_id: str = field(description="The flow.")
    trigger_id: str = field(description="The schedule's id.")
    action: BackfillAction = field(
        default=BackfillAction.START, description="What to do; the rest is for START."
    )
    start: datetime | None = field(default=None, description="The first moment to make up for.")
    end: datetime | None = field(
        default=None, description="The last moment to make up for; now when absent."
    )
    inputs: JSON | None = field(
        default=None, description="Inputs for these executions, over those of the trigger."
    )
    labels: list[LabelInput] | None = field(
        default=None, description="Labels for these executions."
    )


@strawberry.type(description="What asking for a backfill led to.")
class BackfillTriggerPayload:
    trigger: Trigger | None = field(description="The trigger as it is now.")
    user_errors: list[UserError] = field(description="Why nothing changed; empty when it did.")


@strawberry.type
class TriggerMutation:
    @strawberry.mutation(
        description="Switch a trigger off, so that it starts nothing, or on again."
    )
    async def set_trigger_disabled(
        self,
        info: Info,
        input: Annotated[
            SetTriggerDisabledInput, argument(description="Which trigger, off or on.")
        ],
    ) -> SetTriggerDisabledPayload:
        key = (input.namespace, input.flow_id, input.trigger_id)
        try:
            found = await triggers.set_disabled(info.context, key, input.disabled)
        except FlowdeckError as error:
            return SetTriggerDisabledPayload(trigger=None, user_errors=user_errors(error))
        return SetTriggerDisabledPayload(trigger=Trigger.of(found), user_errors=[])

    @strawberry.mutation(description="Start executions for moments of a schedule that have passed.")
    async def backfill_trigger(
        self,
        info: Info,
        input: Annotated[BackfillTriggerInput, argument(description="Which moments.")],
    ) -> BackfillTriggerPayload:
        key = (input.namespace, input.flow_id, input.trigger_id)
        try:
            wanted = BackfillRequest(
                action=input.action,
                start=input.start,
                end=input.end,
                inputs=inputs_given(input.inputs) or {},
                labels=label_map(input.labels or []),
            )
            found = await triggers.backfill(info.context, key, wanted)
        except FlowdeckError as error:
            return BackfillTriggerPayload(trigger=None, user_errors=user_errors(error))
        return BackfillTriggerPayload(trigger=Trigger.of(found), user_errors=[])
