"""Puts the parts of the engine together: who is given what, on one page."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import httpx

from runtime.clock import Clock
from runtime.config import Settings
from runtime.engine.actor import Actor
from runtime.engine.admission import Admission
from runtime.engine.alarm import Alarm
from runtime.engine.children import Children
from runtime.engine.delivery import Delivery
from runtime.engine.dispatch import LocalDispatcher
from runtime.engine.engine import Engine
from runtime.engine.environment import HeldEnvironment
from runtime.engine.facts import FactFinder
from runtime.engine.holder import Holder
from runtime.engine.library import Library
from runtime.engine.mending import Mending
from runtime.engine.others import OtherExecutions
from runtime.engine.removal import Removal
from runtime.engine.rescuer import Rescuer
from runtime.engine.run_task import TaskRunner
from runtime.engine.scribe import Scribe
from runtime.engine.start import Starter
from runtime.engine.steps import Steps
from runtime.engine.types import known_types
from runtime.engine.variables import shared
from runtime.events.bus import Bus, Listener, Topic
from runtime.events.event import StoredEvent, StoredLog, StoredMetric
from runtime.events.tail import Tail
from runtime.executions.model import Execution
from runtime.expressions.render import Renderer
from runtime.files.store import FileStore
from runtime.files.vault import Vault
from runtime.flows.model import Flow
from runtime.loop import Tasks
from runtime.store.committed import Committed
from runtime.store.journal import Journal
from runtime.store.pool import Pool
from runtime.tasks.services import Services

Work = Callable[[], Awaitable[None]]
Tails = tuple[Tail[StoredEvent], Tail[StoredLog], Tail[StoredMetric]]


@dataclass(frozen=True, slots=True)
class Parts:
    """The engine and what has to run for it."""

    engine: Engine
    files: FileStore
    vault: Vault
    bus: Bus
    writers: tuple[tuple[str, Work], ...]
    loops: tuple[tuple[str, str, Work], ...]
    """Role, name and work of each loop."""
    listeners: tuple[tuple[Topic, Listener], ...]
    close: Work


def assemble(
    settings: Settings,
    clock: Clock,
    pool: Pool,
    bus: Bus,
    http: httpx.AsyncClient,
    owner: str,
    tails: Tails,
) -> Parts:
    """Make every part; nothing runs yet."""
    files, vault, renderer, types = (
        FileStore.of(settings),
        Vault.of(settings),
        Renderer(),
        known_types(),
    )
    library = Library(pool, types, renderer, bus, clock)
    finder = FactFinder(pool, files, http, settings, clock)
    starter = Starter(renderer, finder, vault, clock)
    removal = Removal(pool, files, clock, bus)
    others = OtherExecutions(pool, removal, bus)
    services = Services(pool, files, http, others, clock, vault, settings, types)
    tasks = Tasks("engine")
    told = _Told(bus, tails)
    journal, scribe = Journal(pool, clock, told), Scribe(pool, told)
    holder = Holder(pool, library, owner, clock)
    admission = Admission(pool, holder, library, clock)
    delivery = Delivery(holder, admission, tasks)
    alarm = Alarm(pool, owner, clock, delivery.deliver)
    delivery.alarm = told.alarm = alarm
    children = Children(pool, library, starter, settings)
    runner = TaskRunner(services, renderer, finder, scribe)
    dispatcher = LocalDispatcher(holder, runner, owner, settings.slots)
    mending = Mending(pool, clock, holder, journal, dispatcher, tasks)
    steps = Steps(
        pool, clock, journal, holder, alarm, admission, children, finder, tasks, dispatcher, mending
    )

    def make_actor(execution: Execution, fence: int, flow: Flow) -> Actor:
        known = shared(execution, flow, settings, vault)
        return Actor(execution, fence, flow, HeldEnvironment(known, renderer, clock), steps)

    holder.open(make_actor, dispatcher.is_busy)
    engine = Engine(
        pool, clock, types, library, starter, steps, holder, dispatcher, files, removal,
        settings.max_upload,
    )  # fmt: skip
    rescuer = Rescuer(pool, holder, admission, clock)

    async def close() -> None:
        await dispatcher.close()
        await tasks.stop()

    return Parts(
        engine=engine,
        files=files,
        vault=vault,
        bus=bus,
        writers=(("journal", journal.commit), ("scribe", scribe.write)),
        loops=(
            ("engine", "rescuer", rescuer.rescue),
            ("engine", "alarm", alarm.deliver_due),
            ("engine", "admission", admission.look),
            ("engine", "sweep", holder.sweep),
        ),
        listeners=((Topic.MESSAGES, alarm.ring),),
        close=close,
    )


class _Told:
    """What happens after every commit: this process's streams go on, others are told to read."""

    def __init__(self, bus: Bus, tails: Tails) -> None:
        self._bus = bus
        self._tails = tails
        self.alarm: Alarm | None = None

    def __call__(self, committed: Committed) -> None:
        events, logs, metrics = self._tails
        if committed.events:
            events.extend(committed.events)
            self._bus.announce(Topic.EVENTS, "")
        if committed.logs:
            logs.extend(committed.logs)
            self._bus.announce(Topic.LOGS, "")
        if committed.metrics:
            metrics.extend(committed.metrics)
            self._bus.announce(Topic.METRICS, "")
        if committed.messages:
            if self.alarm is not None:
                self.alarm.ring()
            self._bus.announce(Topic.MESSAGES, "")
