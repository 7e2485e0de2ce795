"""Puts the parts of the engine together: who is given what, on one page."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from runtime.config import ENGINE, SCHEDULER
from runtime.engine.actor import Actor
from runtime.engine.admission import Admission
from runtime.engine.alarm import Alarm
from runtime.engine.answers import Answers
from runtime.engine.bulk_door import BulkDoor
from runtime.engine.bulk_items import BulkItems
from runtime.engine.bulk_worker import BulkWorker
from runtime.engine.children import Children
from runtime.engine.deletion import Deletion
from runtime.engine.delivery import Delivery
from runtime.engine.dispatch import LocalDispatcher
from runtime.engine.engine import Engine
from runtime.engine.environment import HeldEnvironment
from runtime.engine.evaluation import Evaluator
from runtime.engine.flow_map import FlowMap
from runtime.engine.forwarding import Forwarding
from runtime.engine.ground import Ground, Opened, lay
from runtime.engine.holder import Holder
from runtime.engine.leases import Leases
from runtime.engine.mending import Mending
from runtime.engine.others import OtherExecutions
from runtime.engine.removal import Removal
from runtime.engine.rescuer import Rescuer
from runtime.engine.retention import Retention
from runtime.engine.run_task import TaskRunner
from runtime.engine.saved_views import SavedViews
from runtime.engine.scribe import Scribe
from runtime.engine.steps import Steps
from runtime.engine.told import Told
from runtime.engine.trigger_parts import TriggerParts, trigger_parts
from runtime.engine.variables import shared
from runtime.events.bus import Bus, Listener, Topic
from runtime.executions.model import Execution
from runtime.files.store import FileStore
from runtime.files.vault import Vault
from runtime.flows.model import Flow
from runtime.store.journal import Journal
from runtime.tasks.services import Services

Work = Callable[[], Awaitable[None]]
ANY = ""


@dataclass(frozen=True, slots=True)
class Parts:
    """The engine and what has to run for it."""

    engine: Engine
    files: FileStore
    vault: Vault
    bus: Bus
    writers: tuple[tuple[str, Work], ...]
    loops: tuple[tuple[str, str, Work], ...]
    """Role, name and work of each loop; those of the role ANY run in every server."""
    listeners: tuple[tuple[Topic, Listener], ...]
    close: Work
    back: Callable[[], None]
    """Called when other servers had taken this one for dead."""


@dataclass(frozen=True, slots=True)
class _Heart:
    """What moves executions on."""

    journal: Journal
    scribe: Scribe
    holder: Holder
    admission: Admission
    alarm: Alarm
    deletion: Deletion
    dispatcher: LocalDispatcher
    steps: Steps
    removal: Removal


def assemble(opened: Opened) -> Parts:
    """Make every part; nothing runs yet."""
    ground = lay(opened)
    heart = _heart(ground)
    _open_holder(ground, heart)
    triggers = trigger_parts(ground, heart.steps)
    engine = _engine(ground, heart, triggers)
    ground.finder.open(engine.run_to_end)
    rescuer = Rescuer(opened.pool, heart.holder, heart.admission, heart.alarm, opened.clock)
    retention = Retention(opened.pool, opened.clock, heart.removal, opened.settings.retention_days)
    leases = Leases(opened.pool, opened.owner, opened.clock, opened.settings.lease)
    items = BulkItems(opened.pool, opened.clock, heart.holder, engine)
    bulk = BulkWorker(opened.pool, opened.clock, opened.bus, ground.vault, opened.owner, items)

    async def close() -> None:
        await heart.dispatcher.close()
        await ground.tasks.stop()
        await heart.holder.close()

    return Parts(
        engine=engine,
        files=ground.files,
        vault=ground.vault,
        bus=opened.bus,
        writers=(("journal", heart.journal.commit), ("scribe", heart.scribe.write)),
        loops=(
            (ENGINE, "rescuer", rescuer.rescue),
            (ENGINE, "leases", leases.look),
            (ENGINE, "retention", retention.prune),
            (ENGINE, "alarm", heart.alarm.deliver_due),
            (ENGINE, "admission", heart.admission.look),
            (ENGINE, "sweep", heart.holder.sweep),
            (ENGINE, "bulk-operations", bulk.work),
            (ANY, "ends", triggers.ends.watch),
            (ENGINE, "flow-map", engine.flow_map.keep),
            (SCHEDULER, "scheduler", triggers.scheduler.fire_due),
            (SCHEDULER, "flow-triggers", triggers.flow_triggers.consume),
        ),
        listeners=(
            (Topic.MESSAGES, heart.alarm.ring),
            (Topic.BULK_OPERATIONS, bulk.ring),
            *triggers.listeners,
        ),
        close=close,
        back=heart.steps.mending.look_for_lost,
    )


def _heart(ground: Ground) -> _Heart:
    opened = ground.opened
    pool, clock, settings, tasks = opened.pool, opened.clock, opened.settings, ground.tasks
    told = Told(opened.bus, opened.tails)
    journal, scribe = Journal(opened.writers, clock, told), Scribe(opened.writers, told)
    removal = Removal(pool, ground.files, clock, opened.bus)
    others = OtherExecutions(pool, removal, opened.bus)
    services = Services(
        pool, ground.files, opened.http, others, clock, ground.vault, settings, ground.types
    )
    holder = Holder(pool, ground.library, opened.owner, clock, claims=ENGINE in settings.roles)
    admission = Admission(pool, holder, ground.library, clock, tasks)
    delivery = Delivery(holder, admission, tasks)
    alarm = Alarm(pool, opened.owner, clock, delivery.deliver)
    delivery.alarm = told.alarm = alarm
    children = Children(pool, ground.library, ground.starter, settings)
    runner = TaskRunner(services, ground.renderer, ground.finder, scribe)
    dispatcher = LocalDispatcher(holder, runner, clock, opened.owner, settings.slots)
    delivery.deletion = Deletion(holder, dispatcher, removal, admission)
    mending = Mending(pool, clock, holder, admission, alarm, journal, dispatcher, tasks)
    steps = Steps(
        pool, clock, journal, holder, alarm, admission, children, ground.finder, tasks, dispatcher,
        mending, Answers(ground.renderer, ground.finder, ground.vault),
    )  # fmt: skip
    return _Heart(
        journal, scribe, holder, admission, alarm, delivery.deletion, dispatcher, steps, removal
    )


def _open_holder(ground: Ground, heart: _Heart) -> None:
    opened = ground.opened

    def make_actor(execution: Execution, fence: int, flow: Flow) -> Actor:
        known = shared(execution, flow, opened.settings, ground.vault)
        environment = HeldEnvironment(known, ground.renderer, opened.clock)
        return Actor(execution, fence, flow, environment, heart.steps)

    def is_busy(execution_id: str) -> bool:
        return heart.dispatcher.is_busy(execution_id) or heart.steps.is_fetching(execution_id)

    heart.holder.open(make_actor, is_busy, heart.admission.take_over)


def _engine(ground: Ground, heart: _Heart, triggers: TriggerParts) -> Engine:
    opened = ground.opened
    return Engine(
        pool=opened.pool,
        clock=opened.clock,
        types=ground.types,
        library=ground.library,
        starter=ground.starter,
        steps=heart.steps,
        holder=heart.holder,
        forwarding=Forwarding(opened.pool, opened.bus, opened.clock, heart.steps),
        files=ground.files,
        deletion=heart.deletion,
        max_upload=opened.settings.max_upload,
        triggers=triggers.door,
        ends=triggers.ends,
        bulk=BulkDoor(
            opened.searches, opened.clock, opened.bus, ground.vault, opened.settings.bulk_limit
        ),
        views=SavedViews(opened.pool, opened.clock),
        flow_map=FlowMap(opened.pool, ground.library, opened.clock),
        evaluator=Evaluator(
            opened.pool,
            ground.library,
            ground.renderer,
            ground.finder,
            ground.vault,
            opened.settings,
            opened.clock,
        ),
    )
