"""Triggers: find, search, switch off and on, backfill."""

from dataclasses import dataclass
from datetime import datetime

from resolvers.context import Context
from resolvers.ids import id_of, names_of
from resolvers.pages import Listing, Page, PageRequest
from runtime.engine.backfill import BackfillRequest
from runtime.errors import NotFound
from runtime.store.conditions import Condition, Order
from runtime.store.trigger_logs import TRIGGER_LOGS, TriggerLine, name_of
from runtime.store.trigger_logs import record_of as line_of
from runtime.store.triggers import TRIGGERS, TriggerKey, TriggerRecord, record_of
from runtime.triggers.schedule import Schedule
from runtime.triggers.trigger import TimedTrigger

_LISTING = Listing(TRIGGERS, lambda row, _now: record_of(row))
_BY_NAME = Order("name")
_LINES = Listing(TRIGGER_LOGS, lambda row, _now: line_of(row))
_AS_WRITTEN = Order("position")
_ID = "tg_"
_WEBHOOK = "io.kestra.plugin.core.trigger.Webhook"


def node_id(record: TriggerRecord) -> str:
    """The global id of a trigger."""
    return id_of(_ID, record.namespace, record.flow_id, record.trigger_id)


def key_of(node: str) -> TriggerKey | None:
    """The names behind a global id; None when it is none."""
    match names_of(_ID, node):
        case [namespace, flow_id, trigger_id]:
            return namespace, flow_id, trigger_id
        case _:
            return None


async def page(context: Context, condition: Condition, request: PageRequest) -> Page[TriggerRecord]:
    return await _LISTING.page(context, condition, _BY_NAME, request)


async def logs(
    context: Context, key: TriggerKey, condition: Condition, request: PageRequest
) -> Page[TriggerLine]:
    """What a trigger said, in order."""
    return await _LINES.page_of(context, "trigger", name_of(key), condition, _AS_WRITTEN, request)


@dataclass(frozen=True, slots=True)
class Backfill:
    """A backfill under way: its span, the next moment, and whether it rests."""

    start: datetime
    end: datetime
    next_at: datetime | None
    paused: bool


@dataclass(frozen=True, slots=True)
class Timetable:
    """When something fires by the clock. `cron` is None where moments are listed one by one."""

    cron: str | None
    timezone: str
    trigger: TimedTrigger

    def moments(self, after: datetime, count: int) -> list[datetime]:
        """The next ones, before the trigger's conditions are asked."""
        found: list[datetime] = []
        while len(found) < count and (moment := self.trigger.next(after)) is not None:
            found.append(after := moment)
        return found


async def timetable(context: Context, key: TriggerKey, revision: int) -> Timetable | None:
    """None for what waits for something else than time, or is off by its flow."""
    trigger = await context.runtime.engine.timed_trigger(*key, revision)
    if trigger is None:
        return None
    cron = trigger.cron if isinstance(trigger, Schedule) else None
    return Timetable(cron, str(trigger.zone), trigger)


async def set_disabled(context: Context, key: TriggerKey, disabled: bool) -> TriggerRecord:
    """Raises NotFound, Conflict."""
    engine = context.runtime.engine
    await engine.set_trigger_disabled(*key, disabled, actor=context.viewer.name)
    return await _reread(context, key)


async def backfill(context: Context, key: TriggerKey, wanted: BackfillRequest) -> TriggerRecord:
    """Raises NotFound, Conflict, InvalidInput."""
    await context.runtime.engine.backfill_trigger(*key, wanted, actor=context.viewer.name)
    return await _reread(context, key)


def backfill_of(record: TriggerRecord) -> Backfill | None:
    """The backfill that is kept on a trigger's row."""
    if record.backfill is None:
        return None
    start, end, next_at = (record.backfill.get(key) for key in ("start", "end", "currentDate"))
    return Backfill(
        start=datetime.fromisoformat(str(start)),
        end=datetime.fromisoformat(str(end)),
        next_at=None if next_at is None else datetime.fromisoformat(str(next_at)),
        paused=bool(record.backfill.get("paused")),
    )


async def _reread(context: Context, key: TriggerKey) -> TriggerRecord:
    context.forget()
    found = await context.loaders.triggers.load(key)
    if found is None:
        raise NotFound(f"Flow {key[0]}.{key[1]} has no trigger {key[2]}.")
    return found


def webhook_url(record: TriggerRecord) -> str | None:
    """Where a webhook is called; its key is a secret and stays a placeholder."""
    if record.type != _WEBHOOK:
        return None
    return f"/api/v1/executions/webhook/{record.namespace}/{record.flow_id}/{{key}}"
