"""Who may run now: the places of a flow's concurrency limit.

A place is a row owned by an execution. It goes in the transaction that ends the execution, so it
cannot leak; what waits is started oldest first, when a place is freed and by a regular look.
"""

import asyncio

from runtime.clock import Clock
from runtime.engine.actor import Actor
from runtime.engine.holder import Holder
from runtime.engine.library import Library
from runtime.engine.start import FAILED_CHECK
from runtime.errors import FlowdeckError
from runtime.executions.messages import Begin, Recover
from runtime.executions.model import Execution, ExecutionKind
from runtime.executions.states import ExecutionState
from runtime.flows.model import Concurrency, ConcurrencyBehavior, Flow
from runtime.loop import Tasks
from runtime.store import slots
from runtime.store.patience import patiently
from runtime.store.pool import Pool

_EVERY = 5.0
_AT_ONCE = 4
"""How many begin at once of those that are taken over."""
TO_BEGIN = (ExecutionState.CREATED, ExecutionState.RESTARTED)
_REFUSED = {
    ConcurrencyBehavior.QUEUE: ExecutionState.QUEUED,
    ConcurrencyBehavior.CANCEL: ExecutionState.CANCELLED,
    ConcurrencyBehavior.FAIL: ExecutionState.FAILED,
}
_FULL = "Of its flow run as many executions as `concurrency.limit` allows: {}."
_FULL_QUEUE = (
    "Of its flow run as many executions as `concurrency.limit` allows, {}, and as many wait "
    "as `queueLimit` allows, {}."
)


def limit_of(execution: Execution, flow: Flow) -> Concurrency | None:
    """The limit under which an execution needs a place to begin; None when it needs none."""
    is_free = FAILED_CHECK in execution.memory or execution.kind is ExecutionKind.LOOP
    return None if is_free else flow.concurrency


def beginning(execution: Execution) -> Begin:
    """How an execution begins that needs no place."""
    is_failing = FAILED_CHECK in execution.memory
    return Begin(ExecutionState.FAILED) if is_failing else Begin()


class Admission:
    """Asks for a place before an execution begins, and begins the next when one is free."""

    def __init__(
        self, pool: Pool, holder: Holder, library: Library, clock: Clock, tasks: Tasks
    ) -> None:
        self._pool = pool
        self._holder = holder
        self._library = library
        self._clock = clock
        self._tasks = tasks
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._beginning: set[asyncio.Task[None]] = set()

    def take_over(self, actor: Actor) -> None:
        """Have an execution go on whose server is gone."""
        if actor.execution.state not in TO_BEGIN:
            actor.tell(Recover())
            return
        task = self._tasks.start(self.go_on_in_turn(actor), "begin")
        self._beginning.add(task)
        task.add_done_callback(self._beginning.discard)

    async def all_have_begun(self) -> None:
        """Wait until what was taken over before it had begun is on its way."""
        while self._beginning:
            await asyncio.wait(self._beginning)

    async def go_on_in_turn(self, actor: Actor) -> None:
        """`go_on`, a few at once, however long the database is away."""
        async with self._turns:
            await patiently(lambda: self.go_on(actor), self._clock)

    async def begin(self, actor: Actor, stored_id: str | None = None) -> None:
        """Begin a CREATED or QUEUED execution, as far as its flow's concurrency allows."""
        limit = limit_of(actor.execution, actor.flow)
        if limit is None:
            actor.tell(beginning(actor.execution), stored_id)
            return
        word = await self._word(actor, limit)
        fresh = await self._holder.hold(actor.execution.id)
        waits = ExecutionState.QUEUED
        if fresh is not None and not (fresh.execution.state is word.admission is waits):
            fresh.tell(word, stored_id)

    async def go_on(self, actor: Actor, alive: frozenset[tuple[str, int]] = frozenset()) -> None:
        """Have an execution that was read anew go on: from its beginning, or where it stopped.

        `alive` are its attempts that still run here.
        """
        execution = actor.execution
        if execution.state not in TO_BEGIN:
            actor.tell(Recover(alive))
        elif execution.scheduled_at is None or execution.scheduled_at <= self._clock.now():
            await self.begin(actor)

    async def force(self, actor: Actor) -> None:
        """Take a place whatever the limit says: somebody forced the execution to run."""
        if actor.flow.concurrency is not None:
            await slots.force(self._pool, actor.execution.id)

    async def freed(self, namespace: str, flow_id: str) -> None:
        """Begin what waits for a place of this flow, as many as there are places."""
        waiting = await slots.queued(self._pool, namespace, flow_id, 1)
        if not waiting:
            return
        try:
            flow = await self._library.find(namespace, flow_id)
        except FlowdeckError:
            return
        limit = flow.concurrency.limit if flow.concurrency else 1_000
        places = await slots.free(self._pool, namespace, flow_id, limit)
        if not places:
            return
        for execution_id in await slots.queued(self._pool, namespace, flow_id, places):
            actor = await self._holder.hold(execution_id)
            if actor is not None and actor.execution.state is ExecutionState.QUEUED:
                await self.begin(actor)

    async def look(self) -> None:
        """Begin whatever could: heals what was lost with a server. One turn of a Loop."""
        await self._clock.sleep(_EVERY)
        for namespace, flow_id in await slots.flows_with_queue(self._pool):
            await self.freed(namespace, flow_id)

    async def _word(self, actor: Actor, concurrency: Concurrency) -> Begin:
        """What an execution is told that wants to begin."""
        execution = actor.execution
        place = (execution.id, execution.namespace, execution.flow_id)
        if await slots.take(self._pool, *place, concurrency.limit):
            return Begin()
        refused = _REFUSED[concurrency.behavior]
        if refused is not ExecutionState.QUEUED:
            return Begin(refused, _FULL.format(concurrency.limit))
        most = concurrency.queue_limit
        if most is None or execution.state is ExecutionState.QUEUED:
            return Begin(refused)
        if await slots.wait(self._pool, *place, most):
            return Begin(refused)
        return Begin(ExecutionState.CANCELLED, _FULL_QUEUE.format(concurrency.limit, most))
