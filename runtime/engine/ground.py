"""What every part of the engine stands on, made once: the first half of the assembly."""

from dataclasses import dataclass

import httpx

from runtime.clock import Clock
from runtime.config import Settings
from runtime.engine.facts import FactFinder
from runtime.engine.library import Library
from runtime.engine.start import Starter
from runtime.engine.told import Tails
from runtime.engine.types import known_types
from runtime.events.bus import Bus
from runtime.expressions.render import Renderer
from runtime.files.store import FileStore
from runtime.files.vault import Vault
from runtime.loop import Tasks
from runtime.store.pool import Pool
from runtime.tasks.table import TypeTable


@dataclass(frozen=True, slots=True)
class Opened:
    """What was opened before the engine is put together."""

    settings: Settings
    clock: Clock
    pool: Pool
    searches: Pool
    """For whoever looks for something that may take long."""
    writers: Pool
    """For the journal and the scribe alone."""
    bus: Bus
    http: httpx.AsyncClient
    owner: str
    tails: Tails


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything that knows nothing of executions under way."""

    opened: Opened
    files: FileStore
    vault: Vault
    renderer: Renderer
    types: TypeTable
    library: Library
    finder: FactFinder
    starter: Starter
    tasks: Tasks


def lay(opened: Opened) -> Ground:
    """Make it; nothing runs yet."""
    settings, clock, pool = opened.settings, opened.clock, opened.pool
    files, vault, renderer, types = (
        FileStore.of(settings),
        Vault.of(settings),
        Renderer(),
        known_types(),
    )
    finder = FactFinder(pool, files, opened.http, settings, vault, clock)
    return Ground(
        opened=opened,
        files=files,
        vault=vault,
        renderer=renderer,
        types=types,
        library=Library(pool, types, renderer, opened.bus, clock),
        finder=finder,
        starter=Starter(renderer, finder, vault, settings, clock),
        tasks=Tasks("engine"),
    )
