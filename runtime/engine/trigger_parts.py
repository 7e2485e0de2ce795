"""Puts the loops and doors of triggers together."""

from dataclasses import dataclass

from runtime.engine.backfill import Backfills
from runtime.engine.ends import Ends
from runtime.engine.flow_triggers import FlowTriggers
from runtime.engine.follower import Follower
from runtime.engine.ground import Ground
from runtime.engine.launch import Launcher
from runtime.engine.moments import Moments
from runtime.engine.occasions import Occasions
from runtime.engine.polling import Polling
from runtime.engine.scheduler import Scheduler
from runtime.engine.steps import Steps
from runtime.engine.trigger_book import TriggerBook
from runtime.engine.trigger_door import TriggerDoor
from runtime.engine.trigger_log import TriggerLog
from runtime.engine.watching import Watching
from runtime.engine.webhooks import Webhooks
from runtime.events.bus import Listener, Topic


@dataclass(frozen=True, slots=True)
class TriggerParts:
    """What runs for triggers, and what the engine's door hands on to."""

    scheduler: Scheduler
    flow_triggers: FlowTriggers
    ends: Ends
    door: TriggerDoor
    listeners: tuple[tuple[Topic, Listener], ...]


def trigger_parts(ground: Ground, steps: Steps) -> TriggerParts:
    """Make them; nothing runs yet."""
    opened = ground.opened
    pool, clock = opened.pool, opened.clock
    occasions = Occasions(ground.renderer, ground.finder, opened.settings, clock)
    log = TriggerLog(pool, clock, ground.tasks)
    launcher = Launcher(
        pool, ground.library, occasions, ground.starter, steps, log, ground.files, clock
    )
    book = TriggerBook(pool, ground.library, occasions, log, clock)
    moments = Moments(occasions, launcher, log)
    backfills = Backfills(pool, book, moments, clock)
    polling = Polling(pool, occasions, launcher, opened.http, ground.vault, log, clock)
    watching = Watching(pool, occasions, launcher, log, clock)
    ends = Ends(pool, opened.tails[0])
    scheduler = Scheduler(
        pool,
        book,
        moments,
        backfills,
        polling,
        watching,
        ends,
        log,
        opened.owner,
        clock,
        ground.tasks,
    )
    follower = Follower(pool, occasions, launcher, ground.library, log, opened.settings.chain_limit)
    flow_triggers = FlowTriggers(pool, book, follower, opened.tails[0], opened.bus, clock)
    webhooks = Webhooks(pool, ground.library, occasions, launcher, ends, log, clock, ground.tasks)
    return TriggerParts(
        scheduler=scheduler,
        flow_triggers=flow_triggers,
        ends=ends,
        door=TriggerDoor(pool, book, clock, opened.bus, backfills, webhooks),
        listeners=(
            (Topic.FLOWS, scheduler.ring),
            (Topic.FLOWS, flow_triggers.ring),
            (Topic.TRIGGERS, scheduler.ring),
            (Topic.EVENTS, flow_triggers.ring),
        ),
    )
