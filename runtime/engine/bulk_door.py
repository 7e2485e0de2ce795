"""What may be asked for many executions at once: a preview, an operation, its end.

A selection is made first and stored: the ids of what was chosen at that moment. Preview and
operation work on it, so nothing that comes later is swept in. The work itself is the worker's
(`bulk_worker`); an operation is durable when its id is answered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import orjson

from runtime.clock import Clock
from runtime.errors import Conflict, ErrorCode, InvalidInput, LimitExceeded, NotFound
from runtime.events.bus import Bus, Topic
from runtime.executions.actions import ExecutionAction
from runtime.executions.bulk import BulkWork, check, refusal
from runtime.executions.states import ExecutionState
from runtime.files.vault import Vault
from runtime.ids import BULK_OPERATION, BULK_SELECTION, new_id
from runtime.store import bulk_operations, search
from runtime.store.bulk_operations import BulkState, NewOperation, Selection, Tally
from runtime.store.conditions import Condition, Order
from runtime.store.executions import EXECUTIONS
from runtime.store.pool import Connection, Pool

_KEPT = timedelta(hours=1)
_MOST_PREVIEWS = 200
"""Whose tokens are kept, so that previews cannot fill the disk."""
_OLDEST_FIRST = Order("created_at")
_LONGEST_KEY = 256


@dataclass(frozen=True, slots=True)
class ByIds:
    ids: Sequence[str]


@dataclass(frozen=True, slots=True)
class ByCondition:
    condition: Condition


@dataclass(frozen=True, slots=True)
class ByToken:
    """A selection that a preview has made."""

    token: str


Selector = ByIds | ByCondition | ByToken


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why some of a selection would be refused, and how many; `state` is theirs."""

    code: ErrorCode
    message: str
    state: ExecutionState | None
    count: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What an operation would meet. `token` stands for exactly these executions until `expires_at`;
    the counts are of the moment of the preview."""

    total: int
    applicable: int
    refusals: Sequence[Refusal]
    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class BulkDoor:
    """Previews, begins and cancels operations."""

    pool: Pool
    clock: Clock
    bus: Bus
    vault: Vault
    limit: int

    async def preview(self, work: BulkWork, selector: Selector) -> Preview:
        """Raises InvalidInput, LimitExceeded, and NotFound for a token of nothing."""
        async with self.pool.acquire() as connection, connection.transaction():
            chosen = await self._select(connection, selector)
            await bulk_operations.drop_oldest(connection, _MOST_PREVIEWS)
        is_restart = work.action is ExecutionAction.RESTART
        tallies = await bulk_operations.tally(self.pool, chosen.id, with_failures=is_restart)
        refusals = _refusals(work, tallies)
        return Preview(
            total=chosen.size,
            applicable=chosen.size - sum(refusal.count for refusal in refusals),
            refusals=refusals,
            token=chosen.id,
            expires_at=chosen.expires_at,
        )

    async def start(
        self, work: BulkWork, selector: Selector, *, actor: str | None, key: str | None = None
    ) -> str:
        """Store an operation and let it begin; its id. With a key asking twice begins once.

        Raises InvalidInput, LimitExceeded, NotFound for a token of nothing, and Conflict for a key
        that stands for another action.
        """
        check(work)
        if key is not None and (known := await self._known(work, key)) is not None:
            return known
        operation_id = new_id(BULK_OPERATION)
        async with self.pool.acquire() as connection, connection.transaction():
            chosen = await self._select(connection, selector)
            new = NewOperation(
                id=operation_id,
                action=work.action,
                work=self.vault.seal(orjson.dumps(work.as_json()).decode()),
                selection_id=chosen.id,
                total=chosen.size,
                actor=actor,
                idempotency_key=key,
                at=self.clock.now(),
            )
            created = await bulk_operations.create(connection, new)
        if not created and key is not None:
            return await self._known(work, key) or operation_id
        self.bus.announce(Topic.BULK_OPERATIONS, operation_id)
        return operation_id

    async def cancel(self, operation_id: str, *, actor: str | None) -> None:
        """Leave what was not begun undone. Raises NotFound, and Conflict when it has ended."""
        now = self.clock.now()
        if not await bulk_operations.cancel(self.pool, operation_id, actor, now):
            state = await bulk_operations.state_of(self.pool, operation_id)
            if state is None:
                raise NotFound(f"There is no bulk operation {operation_id}.")
            if state is not BulkState.CANCELLING:
                raise Conflict(
                    f"The operation is {state}: nothing of it is left to cancel.",
                    code=ErrorCode.INVALID_STATE,
                )
        self.bus.announce(Topic.BULK_OPERATIONS, operation_id)

    async def _known(self, work: BulkWork, key: str) -> str | None:
        if not key or len(key) > _LONGEST_KEY:
            raise InvalidInput(
                f"An idempotency key has 1 to {_LONGEST_KEY} characters.", path=("idempotencyKey",)
            )
        found = await bulk_operations.by_key(self.pool, key)
        if found is not None and found[1] is not work.action:
            raise Conflict(
                f"The idempotency key was used for {found[1]} before.",
                hint="Take a fresh key for another operation.",
                path=("idempotencyKey",),
            )
        return found and found[0]

    async def _select(self, connection: Connection, selector: Selector) -> Selection:
        now = self.clock.now()
        if isinstance(selector, ByToken):
            found = await bulk_operations.selected(connection, selector.token, now)
            if found is None:
                raise NotFound(
                    "The selection token stands for nothing, or no longer.",
                    hint="Preview again; a token holds for an hour.",
                    path=("selector", "selectionToken"),
                )
            return found
        if isinstance(selector, ByIds):
            ids = list(dict.fromkeys(selector.ids))
        else:
            ids = await search.ids(
                connection, EXECUTIONS, selector.condition, _OLDEST_FIRST, self.limit, now
            )
        self._check_size(selector, ids)
        chosen = Selection(new_id(BULK_SELECTION), len(ids), now + _KEPT)
        await bulk_operations.select_ids(connection, chosen, ids, now)
        return chosen

    def _check_size(self, selector: Selector, ids: Sequence[str]) -> None:
        place = "ids" if isinstance(selector, ByIds) else "filter"
        if len(ids) > self.limit:
            raise LimitExceeded(
                f"More than {self.limit:,} executions are selected.",
                hint="Narrow the filter, by `createdAt` for example, and act on one part after "
                "the other; FLOWDECK_BULK_LIMIT sets the limit.",
                path=("selector", place),
            )
        if not ids and isinstance(selector, ByIds):
            raise InvalidInput(
                "No ids are given.", hint="Name one execution at least.", path=("selector", place)
            )


def _refusals(work: BulkWork, tallies: Sequence[Tally]) -> list[Refusal]:
    """What the rules say of each kind of execution, the most frequent first."""
    found: dict[tuple[str, ExecutionState | None], Refusal] = {}
    for each in tallies:
        state = each.facts.state if each.facts else None
        message = MISSING if each.facts is None else refusal(work, each.facts)
        if message is None:
            continue
        code = ErrorCode.NOT_FOUND if state is None else ErrorCode.INVALID_STATE
        before = found.get((message, state))
        count = each.count + (before.count if before else 0)
        found[message, state] = Refusal(code, message, state, count)
    return sorted(found.values(), key=lambda each: -each.count)


MISSING = "There is no such execution. It may have been deleted."
