"""Which executions this server holds in memory: claims them, finds them, lets them go.

A server without the role `engine` claims none: what it is asked for is left to those that have it.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta

from runtime.clock import Clock
from runtime.engine.actor import Actor
from runtime.engine.library import Library
from runtime.errors import FlowdeckError
from runtime.executions.model import Execution
from runtime.executions.states import ExecutionState
from runtime.flows.model import Flow
from runtime.store import holding
from runtime.store.pool import Pool

_KEPT_IDLE = timedelta(seconds=10)
_SWEEP = 5.0
_RESTING = {state for state in ExecutionState if state.is_terminal} | {
    ExecutionState.PAUSED,
    ExecutionState.BREAKPOINT,
}
"""States in which nothing is on its way to an execution that is idle."""
_BEGINNING = (ExecutionState.CREATED, ExecutionState.RESTARTED)
"""Somebody is about to begin it: no message would, if it were let go."""
_log = logging.getLogger(__name__)
MakeActor = Callable[[Execution, int, Flow], Actor]


class Holder:
    """The actors of this server by execution id."""

    def __init__(
        self, pool: Pool, library: Library, owner: str, clock: Clock, *, claims: bool = True
    ) -> None:
        self.owner = owner
        self.claims = claims
        """Whether executions may be held here at all."""
        self._pool = pool
        self._library = library
        self._clock = clock
        self._make_actor: MakeActor | None = None
        self._is_busy: Callable[[str], bool] = lambda _: False
        self._take_over: Callable[[Actor], None] = lambda _: None
        self._actors: dict[str, Actor] = {}
        self._claims: dict[str, asyncio.Future[Actor | None]] = {}
        self._idle_since: dict[str, datetime] = {}

    def open(
        self,
        make_actor: MakeActor,
        is_busy: Callable[[str], bool],
        take_over: Callable[[Actor], None],
    ) -> None:
        """Say how actors are made, whether work of an execution is under way here, and how one goes
        on whose server is gone: that is told to it before anything else."""
        self._make_actor = make_actor
        self._is_busy = is_busy
        self._take_over = take_over

    async def hold(self, execution_id: str) -> Actor | None:
        """The actor of an execution, claimed when nobody living holds it; None otherwise.

        The caller tells it something before it waits for anything else, or it may be gone.
        """
        if not self.claims:
            return None
        while True:
            actor = self._actors.get(execution_id)
            if actor is not None and not actor.is_gone:
                return actor
            claim = self._claims.get(execution_id)
            if claim is None:
                return await self._claim(execution_id)
            await asyncio.wait({claim})

    async def hold_all(self, execution_ids: Iterable[str]) -> list[Actor]:
        """Claim many at once, as far as nobody living holds them: the actors that are new here.

        Whoever is not among them is found, or refused, by `hold`.
        """
        free = [id_ for id_ in execution_ids if self.claims and self._is_free(id_)]
        if not free:
            return []
        claim: asyncio.Future[Actor | None] = asyncio.get_running_loop().create_future()
        self._claims.update(dict.fromkeys(free, claim))
        claimed = []
        try:
            for held in await holding.claim_all(self._pool, free, self.owner, self._clock.now()):
                with suppress(FlowdeckError):
                    claimed.append(await self._adopt(held))
        finally:
            for id_ in free:
                del self._claims[id_]
            claim.set_result(None)
        return claimed

    def found(self, execution_id: str) -> Actor | None:
        """The actor of an execution that this server holds already."""
        actor = self._actors.get(execution_id)
        return None if actor is None or actor.is_gone else actor

    async def release(self, actors: Iterable[Actor]) -> None:
        """Let go at once of those that rest, so that memory does not grow with the number held."""
        resting = [
            actor
            for actor in actors
            if not actor.is_gone and actor.execution.state in _RESTING and self._is_idle(actor)
        ]
        for actor in resting:
            self.forget(actor)
        if resting:
            held = [(actor.execution.id, actor.fence) for actor in resting]
            await holding.release(self._pool, self.owner, held)

    async def strays(self, limit: int) -> list[str]:
        """Executions that are stored as held here and are not."""
        held = list({*self._actors, *self._claims})
        return await holding.strays(self._pool, self.owner, held, limit)

    async def lost(self) -> list[Actor]:
        """Those that another server has claimed meanwhile; they are held here no longer."""
        actors = list(self._actors.values())
        held = [(actor.execution.id, actor.fence) for actor in actors]
        gone = set(await holding.lost(self._pool, held))
        lost = [actor for actor in actors if actor.execution.id in gone]
        for actor in lost:
            self.forget(actor)
        return lost

    async def copy(self, execution: Execution) -> Actor:
        """An actor of nobody: to try what the rules say, never to write."""
        if self._make_actor is None:
            raise RuntimeError("the holder was not opened")
        return self._make_actor(execution, 0, await self._library.of_held(execution))

    async def complete(self, actor: Actor) -> None:
        """Before a restart: take in the templates that could not be taken in at the beginning."""
        taken = actor.flow.taken_in.values()
        if actor.execution.state.is_terminal and any(each.flow is None for each in taken):
            actor.run_as(await self._library.again(actor.execution, None))

    def adopt(self, execution: Execution, fence: int, flow: Flow) -> Actor:
        """Take an execution that was just created here."""
        if self._make_actor is None:
            raise RuntimeError("the holder was not opened")
        actor = self._make_actor(execution, fence, flow)
        self._actors[execution.id] = actor
        return actor

    async def close(self) -> None:
        """Stop all actors; the next server claims what they held."""
        await asyncio.gather(*(actor.stop() for actor in list(self._actors.values())))

    def forget(self, actor: Actor) -> None:
        """The actor's execution was released or lost."""
        actor.is_gone = True
        if self._actors.get(actor.execution.id) is actor:
            del self._actors[actor.execution.id]
        self._idle_since.pop(actor.execution.id, None)

    async def sweep(self) -> None:
        """Release what has been idle for a while. One turn of a Loop."""
        await self._clock.sleep(_SWEEP)
        now = self._clock.now()
        idle = {id_ for id_, actor in self._actors.items() if self._is_idle(actor)}
        self._idle_since = {id_: self._idle_since.get(id_, now) for id_ in idle}
        due = [id_ for id_, since in self._idle_since.items() if now - since >= _KEPT_IDLE]
        released = [self._actors[id_] for id_ in due]
        for actor in released:
            self.forget(actor)
        if released:
            held = [(actor.execution.id, actor.fence) for actor in released]
            await holding.release(self._pool, self.owner, held)

    def _is_idle(self, actor: Actor) -> bool:
        is_beginning = actor.execution.state in _BEGINNING and not self._is_for_later(actor)
        return actor.is_idle and not is_beginning and not self._is_busy(actor.execution.id)

    def _is_for_later(self, actor: Actor) -> bool:
        later = actor.execution.scheduled_at
        return later is not None and later > self._clock.now()

    async def _claim(self, execution_id: str) -> Actor | None:
        claim: asyncio.Future[Actor | None] = asyncio.get_running_loop().create_future()
        self._claims[execution_id] = claim
        actor: Actor | None = None
        try:
            held = await holding.claim(self._pool, execution_id, self.owner, self._clock.now())
            if held is not None:
                actor = await self._adopt(held)
            return actor
        finally:
            del self._claims[execution_id]
            claim.set_result(actor)

    async def _adopt(self, held: holding.Held) -> Actor:
        execution = held.execution
        actor = self.adopt(execution, held.fence, await self._library.of_held(execution))
        if held.left_by not in (None, self.owner):
            self._take_over(actor)
        return actor

    def _is_free(self, execution_id: str) -> bool:
        return not self.found(execution_id) and execution_id not in self._claims
