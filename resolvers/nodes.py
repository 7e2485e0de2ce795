"""Anything by its global id: the prefix of an id tells what it is."""

import asyncio
from collections.abc import Sequence

from resolvers import bulk_operations, flows, saved_views, triggers, workers
from resolvers.context import Context
from runtime.errors import InvalidInput
from runtime.events.event import StoredLog, StoredMetric
from runtime.store.bulk_operations import BulkRecord
from runtime.store.executions import ExecutionRecord
from runtime.store.flows import FlowRecord
from runtime.store.saved_views import ViewRecord
from runtime.store.task_runs import TaskRunRecord
from runtime.store.triggers import TriggerRecord
from runtime.store.workers import WorkerRecord

Record = (
    ExecutionRecord
    | TaskRunRecord
    | FlowRecord
    | TriggerRecord
    | BulkRecord
    | ViewRecord
    | WorkerRecord
    | StoredLog
    | StoredMetric
)

_MOST = 200


async def find(context: Context, node_id: str) -> Record | None:
    """None for ids of nothing, whatever they look like."""
    loaders = context.loaders
    match node_id[:3]:
        case "ex_":
            return await loaders.executions.load(node_id)
        case "tr_":
            return await loaders.task_runs.load(node_id)
        case "fl_":
            flow = flows.key_of(node_id)
            return await loaders.flows.load(flow) if flow else None
        case "tg_":
            trigger = triggers.key_of(node_id)
            return await loaders.triggers.load(trigger) if trigger else None
        case "bo_":
            return await bulk_operations.find(context, node_id)
        case "sv_":
            return await saved_views.find(context, node_id)
        case "wk_":
            return await workers.find(context, node_id)
        case "lg_":
            line = _position(node_id)
            return await loaders.log_lines.load(line) if line else None
        case "mt_":
            point = _position(node_id)
            return await loaders.metric_points.load(point) if point else None
        case _:
            return None


async def find_all(context: Context, ids: Sequence[str]) -> list[Record | None]:
    """In the order of the ids. Raises InvalidInput for too many."""
    if len(ids) > _MOST:
        raise InvalidInput(
            f"`nodes` was asked for {len(ids)} ids; it takes {_MOST}.",
            hint="Ask in several queries.",
            path=("ids",),
        )
    return list(await asyncio.gather(*(find(context, id_) for id_ in ids)))


def _position(node_id: str) -> int | None:
    digits = node_id[3:]
    known = digits.isascii() and digits.isdigit() and len(digits) <= 18
    return int(digits) if known else None
