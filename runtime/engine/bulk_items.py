"""What an operation does to each execution of a chunk: one single action, with its own answer.

What the state of an execution forbids is told from its row, by the rules table, so that executions
that are refused are never loaded. The others are claimed together and told one by one; those that
another server holds are asked there.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from runtime.clock import Clock
from runtime.engine.actor import Actor
from runtime.engine.bulk_door import MISSING
from runtime.engine.engine import Engine
from runtime.engine.holder import Holder
from runtime.errors import ErrorCode, FlowdeckError, NotFound
from runtime.executions.actions import ExecutionAction
from runtime.executions.bulk import BulkWork, message_of, refusal
from runtime.executions.states import ExecutionState
from runtime.store import bulk_operations
from runtime.store.bulk_operations import BulkItem, BulkOutcome, Candidate, HeldOperation
from runtime.store.pool import Pool, is_away
from runtime.tasks.services import Purge

_HELD_AT_ONCE = 64
_ASKED_AT_ONCE = 8
"""Those that need connections of their own, of which others want some, too."""
_MOST_EVENTS = 20_000
"""Of the executions that are held in memory together; what tells how large they are."""
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Chunk:
    """Some executions of an operation and what came of them, by their places."""

    operation: HeldOperation
    work: BulkWork
    places: dict[str, int]
    items: dict[str, BulkItem] = field(default_factory=dict)
    revisions: dict[tuple[str, str], int] = field(default_factory=dict)
    """The latest revisions of flows, as far as they were asked for."""

    @property
    def settled(self) -> list[BulkItem]:
        return sorted(self.items.values(), key=lambda item: item.ordinal)

    def succeeded(self, execution_id: str, created_id: str | None = None) -> None:
        self._put(execution_id, BulkItem(0, "", BulkOutcome.SUCCESS, created_id))

    def failed(
        self, execution_id: str, code: ErrorCode, message: str, state: ExecutionState | None
    ) -> None:
        failure = BulkItem(0, "", BulkOutcome.FAILURE, None, code, message, state)
        self._put(execution_id, failure)

    def _put(self, execution_id: str, item: BulkItem) -> None:
        ordinal = self.places[execution_id]
        self.items[execution_id] = replace(item, ordinal=ordinal, execution_id=execution_id)


@dataclass(frozen=True, slots=True)
class BulkItems:
    """Does the work of chunks."""

    pool: Pool
    clock: Clock
    holder: Holder
    engine: Engine

    async def do(self, chunk: Chunk, *, doubtful: bool) -> None:
        """Act on every execution of a chunk. `doubtful`: some may have been acted on already.

        Raises only what means that the database is away; the chunk is then to be done again.
        """
        work, operation = chunk.work, chunk.operation
        is_restart = work.action is ExecutionAction.RESTART
        known = await bulk_operations.candidates(
            self.pool, list(chunk.places), with_failures=is_restart
        )
        if doubtful:
            done = await bulk_operations.done_before(
                self.pool, list(chunk.places), operation.id, operation.created_at
            )
            for execution_id in done:
                chunk.succeeded(execution_id)
        due = [each for id_ in chunk.places if (each := self._judged(chunk, id_, known.get(id_)))]
        if work.creates:
            await _each(due, partial(self._create, chunk), _ASKED_AT_ONCE)
            return
        for portion in _portions(due):
            if work.action is ExecutionAction.DELETE:
                await self._delete(chunk, portion)
            else:
                await self._tell(chunk, portion)

    def _judged(self, chunk: Chunk, execution_id: str, found: Candidate | None) -> Candidate | None:
        """What is to be acted on; everything else gets its answer here."""
        if execution_id in chunk.items:
            return None
        if found is None:
            chunk.failed(execution_id, ErrorCode.NOT_FOUND, MISSING, None)
        elif (message := refusal(chunk.work, found.facts)) is None:
            return found
        elif _is_killed_meanwhile(chunk, found):
            chunk.succeeded(execution_id)
        else:
            chunk.failed(execution_id, ErrorCode.INVALID_STATE, message, found.facts.state)
        return None

    async def _tell(self, chunk: Chunk, due: Sequence[Candidate]) -> None:
        claimed = await self._claim(due)
        here = [each for each in due if self.holder.found(each.id)]
        elsewhere = [each for each in due if not self.holder.found(each.id)]
        try:
            await _each(here, partial(self._act, chunk), _HELD_AT_ONCE)
            await _each(elsewhere, partial(self._act, chunk), _ASKED_AT_ONCE)
        finally:
            await self.holder.release(claimed)

    async def _act(self, chunk: Chunk, one: Candidate) -> None:
        operation = chunk.operation
        try:
            action = message_of(chunk.work, operation.actor, operation.id)
            await self.engine.act(one.id, action)
        except Exception as error:
            self._refused(chunk, one, error)
        else:
            chunk.succeeded(one.id)

    async def _create(self, chunk: Chunk, one: Candidate) -> None:
        work, operation = chunk.work, chunk.operation
        key = f"{operation.id}/{one.id}"
        try:
            latest = await self._latest(chunk, one) if work.latest_revision else None
            if latest is not None and work.action is ExecutionAction.RESTART:
                created = await self.engine.restart(
                    one.id, latest, actor=operation.actor, idempotency_key=key
                )
            else:
                created = await self.engine.replay(
                    one.id,
                    revision=latest,
                    inputs=work.inputs,
                    actor=operation.actor,
                    idempotency_key=key,
                )
        except Exception as error:
            self._refused(chunk, one, error)
        else:
            chunk.succeeded(one.id, created)

    async def _latest(self, chunk: Chunk, one: Candidate) -> int:
        key = (one.namespace, one.flow_id)
        if key not in chunk.revisions:
            chunk.revisions[key] = (await self.engine.library.find(*key)).revision
        return chunk.revisions[key]

    async def _delete(self, chunk: Chunk, due: Sequence[Candidate]) -> None:
        """What is held here goes in one transaction; the rest one by one, by its holders."""
        await self._claim(due)
        work, operation = chunk.work, chunk.operation
        what = Purge(logs=work.logs, metrics=work.metrics, files=work.files)
        held = [actor for each in due if (actor := self.holder.found(each.id))]
        try:
            await self.engine.deletion.delete_all(held, what, actor=operation.actor)
        except Exception as error:
            _not_away(error)
            _log.exception("some of %d executions cannot be deleted: each by itself", len(held))
        else:
            for actor in held:
                chunk.succeeded(actor.execution.id)
        rest = [each for each in due if each.id not in chunk.items]
        await _each(rest, partial(self._delete_one, chunk), _ASKED_AT_ONCE)

    async def _claim(self, due: Sequence[Candidate]) -> list[Actor]:
        """Those that are new here. When one of them cannot be read, each is claimed by itself."""
        try:
            return await self.holder.hold_all(each.id for each in due)
        except Exception as error:
            _not_away(error)
            _log.warning("%d executions cannot be read together: %s", len(due), error)
            return []

    async def _delete_one(self, chunk: Chunk, one: Candidate) -> None:
        work = chunk.work
        try:
            await self.engine.delete_execution(
                one.id,
                logs=work.logs,
                metrics=work.metrics,
                files=work.files,
                force=work.force,
                actor=chunk.operation.actor,
            )
        except NotFound:
            chunk.succeeded(one.id)  # it was there a moment ago
        except Exception as error:
            self._refused(chunk, one, error)
        else:
            chunk.succeeded(one.id)

    def _refused(self, chunk: Chunk, one: Candidate, error: Exception) -> None:
        _not_away(error)
        if isinstance(error, FlowdeckError):
            chunk.failed(one.id, error.code, str(error), one.facts.state)
        else:
            _log.error("%s of %s failed", chunk.work.action, one.id, exc_info=error)
            message = "It failed for a reason that the server's log holds. Try again."
            chunk.failed(one.id, ErrorCode.UNAVAILABLE, message, one.facts.state)


def _not_away(error: Exception) -> None:
    """Raise an error that means that the database is away: then nobody's work goes on."""
    if is_away(error):
        raise error


def _is_killed_meanwhile(chunk: Chunk, found: Candidate) -> bool:
    """Whether an execution to kill was killed since it was asked for, with its parent perhaps."""
    return (
        chunk.work.action is ExecutionAction.KILL
        and found.facts.state is ExecutionState.KILLED
        and found.ended_at is not None
        and found.ended_at >= chunk.operation.created_at
    )


def _portions(due: Sequence[Candidate]) -> Iterator[list[Candidate]]:
    """What is claimed and held in memory together: so little that others have their turn."""
    portion: list[Candidate] = []
    events = 0
    for one in due:
        is_full = len(portion) == _HELD_AT_ONCE or events + one.sequence > _MOST_EVENTS
        if portion and is_full:
            yield portion
            portion, events = [], 0
        portion.append(one)
        events += one.sequence
    if portion:
        yield portion


async def _each(
    due: Iterable[Candidate], act: Callable[[Candidate], Awaitable[None]], at_once: int
) -> None:
    """Act on all, a few at a time, so that others have their turn. Raises the first error."""
    waiting = iter(due)

    async def work() -> None:
        for one in waiting:
            await act(one)

    ends = await asyncio.gather(*(work() for _ in range(at_once)), return_exceptions=True)
    for error in ends:
        if error is not None:
            raise error
