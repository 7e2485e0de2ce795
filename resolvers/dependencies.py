"""Which flows depend on which, the executions that belong together on it, and their live stream."""

from collections import Counter, OrderedDict
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from resolvers.context import Context, Place
from resolvers.cursors import Log, event_cursor
from resolvers.following import Batch, Heartbeat, Reset, follow, start_of
from resolvers.live import ExecutionChange, Gone
from runtime.errors import InvalidInput, NotFound
from runtime.events.event import StoredEvent
from runtime.executions.decision import ChangeKind
from runtime.executions.states import ExecutionState
from runtime.flows.dependencies import DependencyKind, Naming
from runtime.store import dependencies as store
from runtime.store.dependencies import FlowName, RelatedGroup
from runtime.store.executions import ExecutionRecord
from runtime.store.flows import FlowRecord

DEEPEST = 10
_MOST = 500
_NEWEST = 20
_AT_ONCE = 200
_REMEMBERED = 20_000
_TELLING = (
    ExecutionState.RUNNING,
    ExecutionState.KILLING,
    ExecutionState.PAUSED,
    ExecutionState.BREAKPOINT,
    ExecutionState.RETRYING,
    ExecutionState.RESTARTED,
    ExecutionState.QUEUED,
    ExecutionState.CREATED,
    ExecutionState.FAILED,
    ExecutionState.KILLED,
    ExecutionState.CANCELLED,
    ExecutionState.WARNING,
    ExecutionState.SUCCESS,
    ExecutionState.RETRIED,
)
"""What several executions amount to: the first of these that one of them is in."""

States = tuple[tuple[ExecutionState, int], ...]
Item = ExecutionChange | Gone | Heartbeat | Reset


class Presence(StrEnum):
    """What a node of the graph stands for."""

    FLOW = "FLOW"
    MISSING = "MISSING"
    DYNAMIC = "DYNAMIC"
    ANY = "ANY"


class Direction(StrEnum):
    """Where a node lies as seen from the flow that was asked for."""

    SELF = "SELF"
    UPSTREAM = "UPSTREAM"
    DOWNSTREAM = "DOWNSTREAM"
    BOTH = "BOTH"


@dataclass(slots=True)
class Node:
    """A flow of the graph. `above` and `below` are steps from the one that was asked for."""

    name: FlowName
    presence: Presence
    above: int | None
    below: int | None
    disabled: bool = False
    counts: Counter[ExecutionState] = field(default_factory=Counter)
    ids: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        return "/".join(self.name)

    @property
    def direction(self) -> Direction:
        if 0 in (self.above, self.below):
            return Direction.SELF
        if self.above is not None and self.below is not None:
            return Direction.BOTH
        return Direction.DOWNSTREAM if self.above is None else Direction.UPSTREAM

    @property
    def distance(self) -> int:
        """Steps on the shorter way."""
        return min((each for each in (self.above, self.below) if each is not None), default=0)


@dataclass(slots=True)
class Edge:
    """Executions of `down` come from those of `up`."""

    up: FlowName
    down: FlowName
    kind: DependencyKind
    via: str
    dynamic: bool
    disabled: bool
    counts: Counter[ExecutionState] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Graph:
    """`cursor` is the place from which a stream goes on without a gap."""

    nodes: Sequence[Node]
    edges: Sequence[Edge]
    is_cut: bool
    cursor: str


def told(counts: Counter[ExecutionState]) -> States:
    """Executions by state, the most telling state first."""
    return tuple((state, counts[state]) for state in _TELLING if state in counts)


async def of_flow(context: Context, namespace: str, flow_id: str, depth: int) -> Graph:
    """Raises InvalidInput for a depth that is not allowed, NotFound for a flow that is neither
    there nor named by another one."""
    _check(depth)
    graph = await _drawn(context, (namespace, flow_id), depth)
    if len(graph.nodes) == 1 and graph.nodes[0].presence is Presence.MISSING:
        raise NotFound(
            f"There is no flow {flow_id} in namespace {namespace}, and no other flow names it.",
            hint="Check both names, or save the flow first.",
            path=("flowId",),
        )
    return graph


async def of_execution(context: Context, execution: ExecutionRecord, depth: int) -> Graph:
    """The graph of its flow, with the executions above and below it. Raises InvalidInput."""
    _check(depth)
    name = execution.namespace, execution.flow_id
    graph = await _drawn(context, name, depth)
    groups, is_cut = await store.related(context.pool, execution.id, depth)
    nodes = {node.name: node for node in graph.nodes}
    await _place(context, nodes, groups)
    edges = _tied(graph.edges, groups)
    for node in nodes.values():
        node.ids = sorted(set(node.ids), reverse=True)[:_NEWEST]
    used = {name for edge in edges for name in (edge.up, edge.down)} | {name}
    kept = [node for node in nodes.values() if node.name in used]
    return Graph(kept, edges, graph.is_cut or is_cut, graph.cursor)


async def flow(context: Context, node: Node) -> FlowRecord | None:
    """The newest revision of a node's flow; None when it is not there."""
    if node.presence is not Presence.FLOW:
        return None
    return await context.loaders.flows.load((*node.name, None))


async def executions(context: Context, node: Node) -> list[ExecutionRecord]:
    """The newest of a node, without those that went meanwhile."""
    found = await context.loaders.executions.load_many(node.ids)
    return [each for each in found if each is not None]


async def stream(
    context: Context, execution_id: str, depth: int, after: str | None
) -> AsyncIterator[Item]:
    """Every change of the executions above and below one, itself included.

    Raises NotFound and InvalidInput. Of one that was deleted before anybody could see where it
    belongs, the end is told: better once too often than never.
    """
    _check(depth)
    start = start_of(context, Log.EVENTS, context.runtime.events, after)
    if await context.loaders.executions.load(execution_id) is None:
        raise NotFound(f"There is no execution {execution_id}.", path=("executionId",))
    family = _Family(execution_id, depth, await store.above(context.pool, execution_id, depth))

    async def items() -> AsyncIterator[Item]:
        async for batch in follow(context, Log.EVENTS, context.runtime.events, start):
            if not isinstance(batch, Batch):
                yield batch
                continue
            rows = [row for row in batch.rows if row.task_run_id is None]
            for begin in range(0, len(rows), _AT_ONCE):
                async for item in _changes(context, rows[begin : begin + _AT_ONCE], family):
                    yield item

    return items()


class _Family:
    """Who belongs to an execution. Those above are known from the start; those below are asked
    for when something of them changes, and remembered, so that a deletion can be judged."""

    def __init__(self, execution_id: str, depth: int, above: set[str]) -> None:
        self._root = execution_id
        self._depth = depth
        self._above = above
        self._judged: OrderedDict[str, bool] = OrderedDict()

    async def learn(self, context: Context, ids: Iterable[str]) -> None:
        unknown = [id_ for id_ in dict.fromkeys(ids) if id_ not in self._judged]
        if unknown:
            inside = await store.belonging(context.pool, self._root, unknown, self._depth)
            self._judged |= {id_: id_ in inside or id_ in self._above for id_ in unknown}
        while len(self._judged) > _REMEMBERED:
            self._judged.popitem(last=False)

    def concerned(self, event: StoredEvent, *, is_there: bool) -> bool:
        inside = self._judged.get(event.execution_id, False)
        if event.kind is ChangeKind.EXECUTION_DELETED and not is_there:
            return inside or event.execution_id not in self._judged
        return inside

    def forget(self, execution_id: str) -> None:
        """Judge it anew when it is seen again; what is gone cannot be judged."""
        self._judged.pop(execution_id, None)


async def _changes(
    context: Context, rows: Sequence[StoredEvent], family: _Family
) -> AsyncIterator[ExecutionChange | Gone]:
    context.forget()
    ids = list(dict.fromkeys(row.execution_id for row in rows))
    found = await context.loaders.executions.load_many(ids)
    there = {id_: each for id_, each in zip(ids, found, strict=True) if each is not None}
    await family.learn(context, there)
    for row in rows:
        now = there.get(row.execution_id)
        if not family.concerned(row, is_there=now is not None):
            continue
        context.place = Place(Log.EVENTS, row.position, row.position)
        cursor = event_cursor(row.position)
        yield ExecutionChange(cursor, row, now, True) if now else Gone(cursor, row)
        if now is None:
            family.forget(row.execution_id)


async def _drawn(context: Context, name: FlowName, depth: int) -> Graph:
    cursor = event_cursor(context.runtime.events.position)
    await context.runtime.engine.flow_map.refresh()
    found = await store.graph(context.pool, name, depth, _MOST)
    nodes = [
        Node(each.name, _presence(each), each.above, each.below, each.disabled)
        for each in found.nodes
    ]
    edges = [
        Edge(each.up, each.down, each.kind, each.via, each.naming is Naming.DYNAMIC, each.disabled)
        for each in found.edges
    ]
    return Graph(nodes, edges, found.is_cut, cursor)


def _presence(node: store.FlowNode) -> Presence:
    if node.revision is not None and not node.deleted:
        return Presence.FLOW
    if node.name == ("%", "%"):
        return Presence.ANY
    return Presence.DYNAMIC if "{{" in "".join(node.name) else Presence.MISSING


async def _place(
    context: Context, nodes: dict[FlowName, Node], groups: Sequence[RelatedGroup]
) -> None:
    """Put executions on their flows; on flows that only a run has told of, too."""
    new = [name for name in dict.fromkeys(group.flow for group in groups) if name not in nodes]
    records = await context.loaders.flows.load_many([(*name, None) for name in new])
    for name, record in zip(new, records, strict=True):
        there = record is not None and not record.deleted
        presence = Presence.FLOW if there else Presence.MISSING
        nodes[name] = Node(name, presence, None, None, bool(record and record.disabled))
    for group in groups:
        node = nodes[group.flow]
        node.counts[group.state] += group.count
        node.ids += group.ids
        if group.flow in new and group.upward:
            node.above = min(node.above or DEEPEST, group.depth)
        elif group.flow in new:
            node.below = min(node.below or DEEPEST, group.depth)


def _tied(edges: Sequence[Edge], groups: Sequence[RelatedGroup]) -> list[Edge]:
    """The edges with what passed along them; one that is named by an expression gives way to
    those that a run has shown."""
    kept = {(edge.up, edge.down, edge.kind, edge.via): edge for edge in edges}
    dynamic = {(edge.up, edge.via) for edge in edges if edge.dynamic}
    shown: set[tuple[FlowName, str]] = set()
    for group in groups:
        if group.cause is None or group.kind is None or group.via is None:
            continue
        key = group.cause, group.flow, group.kind, group.via
        said = group.cause, group.via
        if key not in kept:
            kept[key] = Edge(*key, dynamic=said in dynamic, disabled=False)
            shown.add(said)
        kept[key].counts[group.state] += group.count
    return [
        edge
        for edge in kept.values()
        if edge.counts or not edge.dynamic or (edge.up, edge.via) not in shown
    ]


def _check(depth: int) -> None:
    if not 1 <= depth <= DEEPEST:
        raise InvalidInput(
            f"`depth` is {depth}; it is from 1 to {DEEPEST}.",
            hint="Ask for another flow of the graph to go on from there.",
            path=("depth",),
        )
