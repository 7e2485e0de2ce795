"""Per-request batches: whatever many fields ask for at the same time is read by one statement."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

import asyncpg
from strawberry.dataloader import DataLoader

from runtime.events.event import StoredLog, StoredMetric
from runtime.flows.templates import Pins
from runtime.store import executions, flows, logs, metrics, search, task_runs, triggers
from runtime.store.conditions import Condition, Order
from runtime.store.executions import ExecutionRecord, ExecutionValues
from runtime.store.flows import FlowKey, FlowRecord
from runtime.store.pool import Pool
from runtime.store.search import Window
from runtime.store.tables import Table
from runtime.store.task_runs import TaskRunRecord
from runtime.store.triggers import TriggerKey, TriggerRecord

K = TypeVar("K")
V = TypeVar("V")
_LastOf = tuple[str, str, int]
"""A flow's namespace and id, and how many of its last executions are wanted."""


@dataclass(frozen=True, slots=True, eq=False)
class PageKey:
    """A window of the rows whose column `owner` is `owner_id`."""

    table: Table
    owner: str
    owner_id: str
    condition: Condition
    order: Order
    window: Window
    alike: str = field(init=False)
    """The same for keys that one statement can answer together."""

    def __post_init__(self) -> None:
        alike = f"{id(self.table)} {self.owner} {self.condition} {self.order} {self.window}"
        object.__setattr__(self, "alike", alike)


@dataclass(frozen=True, slots=True, eq=False)
class CountKey:
    """How many rows have this `owner_id`, up to a limit."""

    table: Table
    owner: str
    owner_id: str
    condition: Condition
    limit: int
    alike: str = field(init=False)

    def __post_init__(self) -> None:
        alike = f"{id(self.table)} {self.owner} {self.condition} {self.limit}"
        object.__setattr__(self, "alike", alike)


class Batch(DataLoader[K, V]):
    """A loader whose callers may give up: when a field fails, its siblings are cancelled, and what
    they were waiting for must still reach others who wait for the same."""

    def load(self, key: K) -> asyncio.Future[V]:
        found = asyncio.ensure_future(super().load(key))
        shown = asyncio.shield(found)
        for each in (found, shown):
            each.add_done_callback(_see)
        return shown


def _see(done: asyncio.Future[V]) -> None:
    """Take notice of a failure. Where nobody waits for it any more, the answer has failed already,
    and asyncio would log it as one that nobody ever saw."""
    if not done.cancelled():
        done.exception()


class Found(Generic[K, V]):
    """A loader of what may not be there: a missing key gives None."""

    def __init__(self, read: Callable[[list[K]], Awaitable[Mapping[K, V]]]) -> None:
        self._loader: Batch[K, V | None] = Batch(load_fn=self._load)
        self._read = read

    async def load(self, key: K) -> V | None:
        return await self._loader.load(key)

    async def load_many(self, keys: Sequence[K]) -> list[V | None]:
        return await self._loader.load_many(keys)

    def know(self, key: K, value: V) -> None:
        """Take a value that was read already."""
        self._loader.prime(key, value)

    async def _load(self, keys: list[K]) -> list[V | None]:
        found = await self._read(keys)
        return [found.get(key) for key in keys]


class Loaders:
    """All loaders of one request (or of one item of a stream)."""

    def __init__(self, pool: Pool, now: Callable[[], datetime]) -> None:
        self._pool = pool
        self._now = now
        self.executions: Found[str, ExecutionRecord] = Found(
            lambda ids: executions.by_ids(pool, ids, now())
        )
        self.task_runs: Found[str, TaskRunRecord] = Found(
            lambda ids: task_runs.by_ids(pool, ids, now())
        )
        self.values: Found[str, ExecutionValues] = Found(lambda ids: executions.values(pool, ids))
        self.pins: Found[str, Pins] = Found(lambda ids: executions.pins(pool, ids))
        self.previous: Found[str, ExecutionRecord] = Found(
            lambda ids: executions.neighbours(pool, ids, now(), later=False)
        )
        self.following: Found[str, ExecutionRecord] = Found(
            lambda ids: executions.neighbours(pool, ids, now(), later=True)
        )
        self.flows: Found[FlowKey, FlowRecord] = Found(lambda keys: flows.by_keys(pool, keys))
        self.sources: Found[FlowKey, str] = Found(lambda keys: flows.sources(pool, keys))
        self.outputs: Found[str, Mapping[str, object]] = Found(
            lambda ids: task_runs.outputs(pool, ids)
        )
        self.metrics: Found[str, list[StoredMetric]] = Found(
            lambda ids: metrics.of_task_runs(pool, ids, 1_000)
        )
        self.triggers: Found[TriggerKey, TriggerRecord] = Found(
            lambda keys: triggers.by_keys(pool, keys)
        )
        self.log_lines: Found[int, StoredLog] = Found(
            lambda positions: logs.by_positions(pool, positions)
        )
        self.metric_points: Found[int, StoredMetric] = Found(
            lambda positions: metrics.by_positions(pool, positions)
        )
        self.with_failures: Found[str, bool] = Found(lambda ids: task_runs.with_failures(pool, ids))
        self.failures: Found[str, list[TaskRunRecord]] = Found(
            lambda ids: self._grouped(task_runs.failures, ids)
        )
        self.waiting: Found[str, list[TaskRunRecord]] = Found(
            lambda ids: self._grouped(task_runs.waiting, ids)
        )
        self.last_of: Batch[_LastOf, list[ExecutionRecord]] = Batch(load_fn=self._last_of)
        self.recent: Batch[tuple[str, int], list[ExecutionRecord]] = Batch(load_fn=self._recent)
        self.pages: Batch[PageKey, list[asyncpg.Record]] = Batch(
            load_fn=self._pages, cache_key_fn=lambda key: (key.owner_id, key.alike)
        )
        self.counts: Batch[CountKey, int] = Batch(
            load_fn=self._counts, cache_key_fn=lambda key: (key.owner_id, key.alike)
        )

    async def _grouped(
        self,
        read: Callable[[Pool, Sequence[str], datetime], Awaitable[list[TaskRunRecord]]],
        ids: Sequence[str],
    ) -> dict[str, list[TaskRunRecord]]:
        found: dict[str, list[TaskRunRecord]] = defaultdict(list)
        for record in await read(self._pool, ids, self._now()):
            found[record.execution_id].append(record)
        return found

    async def _recent(self, keys: list[tuple[str, int]]) -> list[list[ExecutionRecord]]:
        limit = max(limit for _, limit in keys)
        ids = list(dict.fromkeys(id_ for id_, _ in keys))
        found = await executions.recent(self._pool, ids, limit, self._now())
        return [found[id_][-limit:] for id_, limit in keys]

    async def _last_of(self, keys: list[_LastOf]) -> list[list[ExecutionRecord]]:
        limit = max(limit for _, _, limit in keys)
        names = list(dict.fromkeys((namespace, flow_id) for namespace, flow_id, _ in keys))
        found = await executions.recent_of_flows(self._pool, names, limit, self._now())
        return [found[namespace, flow_id][-limit:] for namespace, flow_id, limit in keys]

    async def _pages(self, keys: list[PageKey]) -> list[list[asyncpg.Record]]:
        found: dict[tuple[str, str], list[asyncpg.Record]] = defaultdict(list)
        for alike, group in _alike(keys).items():
            one, ids = group[0], [key.owner_id for key in group]
            rows = await search.rows_for_each(
                self._pool,
                one.table,
                one.owner,
                ids,
                one.condition,
                one.order,
                one.window,
                self._now(),
            )
            for row in rows:
                found[row["owner_id"], alike].append(row)
        return [found[key.owner_id, key.alike] for key in keys]

    async def _counts(self, keys: list[CountKey]) -> list[int]:
        found: dict[tuple[str, str], int] = {}
        for alike, group in _alike(keys).items():
            one, ids = group[0], [key.owner_id for key in group]
            counts = await search.counts_for_each(
                self._pool, one.table, one.owner, ids, one.condition, one.limit, self._now()
            )
            found |= {(id_, alike): count for id_, count in counts.items()}
        return [found[key.owner_id, key.alike] for key in keys]


Alike = TypeVar("Alike", PageKey, CountKey)


def _alike(keys: Sequence[Alike]) -> dict[str, list[Alike]]:
    groups: dict[str, list[Alike]] = defaultdict(list)
    for key in keys:
        groups[key.alike].append(key)
    return groups
