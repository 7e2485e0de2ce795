"""A flow's graph, and an execution's states on it, now or at any moment in the past."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from resolvers import flows
from resolvers.context import Context
from runtime.executions.states import TaskRunState
from runtime.flows.graph import Cluster, Edge, FlowGraph, Node, graph_of
from runtime.store import task_runs
from runtime.store.executions import ExecutionRecord
from runtime.store.flows import FlowRecord
from runtime.store.history import history_of

_TELLING = (
    TaskRunState.RUNNING,
    TaskRunState.KILLING,
    TaskRunState.PAUSED,
    TaskRunState.BREAKPOINT,
    TaskRunState.RETRYING,
    TaskRunState.RESTARTED,
    TaskRunState.SUBMITTED,
    TaskRunState.CREATED,
    TaskRunState.FAILED,
    TaskRunState.KILLED,
    TaskRunState.WARNING,
    TaskRunState.CANCELLED,
    TaskRunState.SUCCESS,
    TaskRunState.SKIPPED,
    TaskRunState.RETRIED,
    TaskRunState.RESUBMITTED,
)
"""What several task runs amount to: the first of these that one of them is in."""


@dataclass(frozen=True, slots=True)
class StatedNode:
    """A node with what its task runs amount to."""

    node: Node
    state: TaskRunState | None = None
    states: tuple[tuple[TaskRunState, int], ...] = ()
    task_run_id: str | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Topology:
    nodes: tuple[StatedNode, ...]
    edges: tuple[Edge, ...]
    clusters: tuple[Cluster, ...]
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Run:
    """A task run as it was at a moment."""

    id: str
    state: TaskRunState
    started_at: datetime | None
    ended_at: datetime | None


def of_graph(graph: FlowGraph) -> Topology:
    """A graph without states."""
    return Topology(tuple(StatedNode(node) for node in graph.nodes), graph.edges, graph.clusters)


async def of_flow(context: Context, record: FlowRecord) -> Topology:
    model = await flows.model_as_it_would_run(context, record)
    return of_graph(graph_of(model, context.runtime.engine.types))


async def of_execution(
    context: Context, execution: ExecutionRecord, at: datetime | None
) -> Topology:
    """The graph of the execution's flow with the states at a moment, or now."""
    model = await flows.model_of_execution(context, execution)
    moment = at or context.now()
    if model is None:
        return Topology((), (), (), moment)
    graph = graph_of(model, context.runtime.engine.types)
    rows = await task_runs.light_rows(context.pool, execution.id, None)
    runs = _by_task(rows, at)
    nodes = tuple(_stated(node, runs) for node in graph.nodes)
    return Topology(nodes, graph.edges, graph.clusters, moment)


def _by_task(rows: Sequence[asyncpg.Record], at: datetime | None) -> dict[str, list[_Run]]:
    found: dict[str, list[_Run]] = defaultdict(list)
    for row in rows:
        run = _now(row) if at is None else _then(row, at)
        if run is not None:
            found[row["task_id"]].append(run)
    return found


def _now(row: asyncpg.Record) -> _Run:
    return _Run(row["id"], TaskRunState(row["state"]), row["started_at"], row["ended_at"])


def _then(row: asyncpg.Record, at: datetime) -> _Run | None:
    """The task run as it was at a moment; None when it did not exist."""
    past = [change for change in history_of(row["history"]) if change.at <= at]
    if not past:
        return None
    state = TaskRunState(past[-1].state)
    started = next((change.at for change in past if change.state == TaskRunState.RUNNING), None)
    return _Run(row["id"], state, started, past[-1].at if state.is_terminal else None)


def _stated(node: Node, runs: Mapping[str, Sequence[_Run]]) -> StatedNode:
    mine = runs.get(node.task.id, ()) if node.task else ()
    if not mine:
        return StatedNode(node)
    counts = Counter(run.state for run in mine)
    ends = [run.ended_at for run in mine if run.ended_at is not None]
    return StatedNode(
        node=node,
        state=next(state for state in _TELLING if state in counts),
        states=tuple((state, counts[state]) for state in _TELLING if state in counts),
        task_run_id=mine[0].id if len(mine) == 1 else None,
        started_at=min((run.started_at for run in mine if run.started_at), default=None),
        ended_at=max(ends) if len(ends) == len(mine) else None,
    )
