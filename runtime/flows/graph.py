"""A flow as a graph: nodes, edges, and clusters that nest as flowables do.

The shape is Kestra's: every cluster has a dot where it begins and one where it ends; a flowable
stands as a node inside its own cluster; triggers lie in a cluster before the first task; an error
branch starts where its cluster begins. A loop is drawn once, however many values it has. `finally`
follows the end of the tasks and `afterExecution` the end of the flow, each in a cluster of its own.

Ids are paths of ids (`root.parent.child`), so they stay the same when the flow grows elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from runtime.flows.model import Branch, Flow, Task, Trigger
from runtime.flows.types import KnownTypes

_FLOW = "io.kestra.plugin.core.flow"
_LOOPS = frozenset(f"{_FLOW}.{name}" for name in ("ForEach", "EachSequential", "Loop", "LoopUntil"))
_SIDE_BY_SIDE = frozenset({f"{_FLOW}.Parallel", f"{_FLOW}.EachParallel"})
_CALLS = frozenset({f"{_FLOW}.Subflow", f"{_FLOW}.ForEachItem"})
_LAST = {"errors": 1, "finally": 2}
"""Branches that come after the others, in this order."""


class NodeKind(StrEnum):
    START = "START"
    END = "END"
    TRIGGER = "TRIGGER"
    TASK = "TASK"
    FLOWABLE = "FLOWABLE"
    SUBFLOW = "SUBFLOW"


class EdgeKind(StrEnum):
    SEQUENTIAL = "SEQUENTIAL"
    PARALLEL = "PARALLEL"
    CHOICE = "CHOICE"
    DEPENDENCY = "DEPENDENCY"
    DYNAMIC = "DYNAMIC"
    ERROR = "ERROR"
    FINALLY = "FINALLY"
    AFTER_EXECUTION = "AFTER_EXECUTION"
    TRIGGER = "TRIGGER"


class ClusterKind(StrEnum):
    FLOWABLE = "FLOWABLE"
    SUBFLOW = "SUBFLOW"
    TRIGGERS = "TRIGGERS"
    FINALLY = "FINALLY"
    AFTER_EXECUTION = "AFTER_EXECUTION"


@dataclass(frozen=True, slots=True)
class Node:
    """`cluster` is the id of the innermost cluster around it; None at the top."""

    id: str
    kind: NodeKind
    cluster: str | None = None
    task: Task | None = None
    trigger: Trigger | None = None
    branch: str | None = None
    """The branch of its parent (or list of the flow) in which the task stands."""
    subflow: tuple[str, str] | None = None
    """Namespace and id of the flow that the task starts, as far as they are no expressions."""


@dataclass(frozen=True, slots=True)
class Edge:
    """`value` is what is chosen: a case, `then`, `else`."""

    source: str
    target: str
    kind: EdgeKind | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Cluster:
    """`nodes` are the ids of the nodes directly in it, its two dots included."""

    id: str
    kind: ClusterKind
    label: str
    start: str
    end: str
    parent: str | None = None
    task_id: str | None = None
    nodes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FlowGraph:
    """Nodes in the order of the source, clusters with the outer ones first."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    clusters: tuple[Cluster, ...]


@dataclass(frozen=True, slots=True)
class _Ends:
    """Where edges to and from something attach."""

    first: str
    last: str


@dataclass(frozen=True, slots=True)
class _Room:
    """A place to draw in: the flow itself, or one cluster."""

    id: str
    start: str
    end: str
    cluster: str | None
    path: str
    """What ids of what is drawn here begin with."""


def graph_of(
    flow: Flow, types: KnownTypes | None = None, subflows: Mapping[str, Flow] | None = None
) -> FlowGraph:
    """The graph of a flow. `subflows` are flows to open, by the id of the node that starts them."""
    drawing = _Drawing(types, subflows or {})
    root = drawing.room("root", None, "root")
    drawing.flow(flow, root)
    return drawing.finished()


def subflow_of(task: Task) -> tuple[str, str] | None:
    """Which flow a task starts; None when that is only known at run time, or it starts none."""
    namespace, flow_id = task.properties.get("namespace"), task.properties.get("flowId")
    if task.type not in _CALLS or not isinstance(namespace, str) or not isinstance(flow_id, str):
        return None
    return None if "{{" in namespace + flow_id else (namespace, flow_id)


@dataclass(slots=True)
class _Drawing:
    types: KnownTypes | None
    subflows: Mapping[str, Flow]
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    clusters: list[Cluster] = field(default_factory=list)

    def finished(self) -> FlowGraph:
        inside: dict[str, list[str]] = {}
        for node in self.nodes.values():
            if node.cluster is not None:
                inside.setdefault(node.cluster, []).append(node.id)
        clusters = tuple(
            Cluster(
                c.id,
                c.kind,
                c.label,
                c.start,
                c.end,
                c.parent,
                c.task_id,
                tuple(inside.get(c.id, ())),
            )
            for c in self.clusters
        )
        return FlowGraph(tuple(self.nodes.values()), tuple(self.edges), clusters)

    def room(self, identifier: str, cluster: str | None, path: str) -> _Room:
        start = self._node(Node(f"{identifier}_start", NodeKind.START, cluster))
        end = self._node(Node(f"{identifier}_end", NodeKind.END, cluster))
        return _Room(identifier, start, end, cluster, path)

    def flow(self, flow: Flow, room: _Room, first: str | None = None) -> None:
        """Everything of one flow; `first` is the node after which its tasks begin."""
        self._triggers(flow, room)
        begin = first or room.start
        self._chain(flow.tasks, room, _Way(begin, "tasks", EdgeKind.SEQUENTIAL))
        self._branch_of_errors(flow.errors, room, begin)
        self._aside(flow.finally_, room, "finally", EdgeKind.FINALLY, ClusterKind.FINALLY)
        after, kind = EdgeKind.AFTER_EXECUTION, ClusterKind.AFTER_EXECUTION
        for index, listener in enumerate(flow.listeners):
            self._aside(listener.tasks, room, f"listeners.{index}", after, kind)
        self._aside(flow.after_execution, room, "afterExecution", after, kind)

    def _triggers(self, flow: Flow, room: _Room) -> None:
        if not flow.triggers:
            return
        inner = self._cluster(f"{room.path}.triggers", ClusterKind.TRIGGERS, "triggers", room)
        for trigger in flow.triggers:
            identifier = f"{inner.path}.{trigger.id}"
            self._node(Node(identifier, NodeKind.TRIGGER, inner.cluster, trigger=trigger))
            self._edge(inner.start, identifier, EdgeKind.TRIGGER)
            self._edge(identifier, inner.end, EdgeKind.TRIGGER)
        self._edge(inner.end, room.start, EdgeKind.TRIGGER)

    def _chain(self, tasks: tuple[Task, ...], room: _Room, way: "_Way") -> None:
        """Tasks one after the other, from where the way begins to the end of the room."""
        previous, kind, value = way.begin, way.kind, way.value
        for task in tasks:
            ends = self._task(task, room, way.branch)
            self._edge(previous, ends.first, kind, value)
            previous, kind, value = ends.last, EdgeKind.SEQUENTIAL, None
        if tasks:
            self._edge(previous, room.end)

    def _side_by_side(self, tasks: tuple[Task, ...], room: _Room, way: "_Way") -> None:
        for task in tasks:
            ends = self._task(task, room, way.branch)
            self._edge(way.begin, ends.first, way.kind)
            self._edge(ends.last, room.end)

    def _dag(self, tasks: tuple[Task, ...], room: _Room, way: "_Way") -> None:
        ends = {task.id: self._task(task, room, way.branch) for task in tasks}
        needed = {name for task in tasks for name in task.depends_on}
        for task in tasks:
            before = [name for name in task.depends_on if name in ends]
            for name in before:
                self._edge(ends[name].last, ends[task.id].first, EdgeKind.DEPENDENCY)
            if not before:
                self._edge(way.begin, ends[task.id].first, EdgeKind.PARALLEL)
            if task.id not in needed:
                self._edge(ends[task.id].last, room.end)

    def _branch_of_errors(self, tasks: tuple[Task, ...], room: _Room, begin: str) -> None:
        self._chain(tasks, room, _Way(begin, "errors", EdgeKind.ERROR))

    def _aside(
        self, tasks: tuple[Task, ...], room: _Room, name: str, kind: EdgeKind, shape: ClusterKind
    ) -> None:
        """A list of tasks that follows the end, in a cluster of its own."""
        if not tasks:
            return
        inner = self._cluster(f"{room.path}.{name}", shape, name, room)
        self._edge(room.end, inner.start, kind)
        inner = _Room(inner.id, inner.start, inner.end, inner.cluster, room.path)
        self._chain(tasks, inner, _Way(inner.start, name, EdgeKind.SEQUENTIAL))

    def _task(self, task: Task, room: _Room, branch: str) -> _Ends:
        identifier = f"{room.path}.{task.id}"
        opened = self.subflows.get(identifier)
        if task.branches or opened is not None:
            return self._flowable(task, room, branch, opened)
        called = subflow_of(task)
        kind = NodeKind.SUBFLOW if task.type in _CALLS else NodeKind.TASK
        node = self._node(Node(identifier, kind, room.cluster, task, branch=branch, subflow=called))
        return _Ends(node, node)

    def _flowable(self, task: Task, room: _Room, branch: str, opened: Flow | None) -> _Ends:
        identifier = f"{room.path}.{task.id}"
        shape = ClusterKind.FLOWABLE if opened is None else ClusterKind.SUBFLOW
        inner = self._cluster(identifier, shape, task.id, room, task.id)
        kind = NodeKind.FLOWABLE if opened is None else NodeKind.SUBFLOW
        called = subflow_of(task)
        node = self._node(
            Node(identifier, kind, inner.cluster, task, branch=branch, subflow=called)
        )
        self._edge(inner.start, node)
        if opened is not None:
            self.flow(opened, inner, node)
        elif not any(each.tasks for each in task.branches if each.name not in _LAST):
            self._edge(node, inner.end)
        elif task.type == f"{_FLOW}.If" and not task.branch("else"):
            self._edge(node, inner.end, EdgeKind.CHOICE, "else")
        for each in sorted(task.branches, key=lambda branch: _LAST.get(branch.name, 0)):
            self._branch(task, each, inner, node)
        return _Ends(inner.start, inner.end)

    def _branch(self, task: Task, branch: Branch, room: _Room, node: str) -> None:
        if branch.name == "errors":
            self._branch_of_errors(branch.tasks, room, node)
        elif branch.name == "finally":
            self._inner_finally(branch, room)
        elif task.type in _SIDE_BY_SIDE:
            kind = EdgeKind.DYNAMIC if task.type.endswith("EachParallel") else EdgeKind.PARALLEL
            self._side_by_side(branch.tasks, room, _Way(node, branch.name, kind))
        elif self._is_dag(task, branch):
            self._dag(branch.tasks, room, _Way(node, branch.name, EdgeKind.PARALLEL))
        elif task.type in _LOOPS:
            self._chain(branch.tasks, room, _Way(node, branch.name, EdgeKind.DYNAMIC))
        elif branch.name == "tasks":
            self._chain(branch.tasks, room, _Way(node, branch.name, EdgeKind.SEQUENTIAL))
        else:
            value = branch.name.removeprefix("cases.")
            self._chain(branch.tasks, room, _Way(node, branch.name, EdgeKind.CHOICE, value))

    def _inner_finally(self, branch: Branch, room: _Room) -> None:
        """The finally of a flowable: between its branches and its end."""
        if not branch.tasks:
            return
        inner = self._cluster(f"{room.id}.finally", ClusterKind.FINALLY, "finally", room)
        inner = _Room(inner.id, inner.start, inner.end, inner.cluster, room.path)
        for index, edge in enumerate(self.edges):
            if edge.target == room.end:
                self.edges[index] = Edge(edge.source, inner.start, EdgeKind.FINALLY, edge.value)
        self._chain(branch.tasks, inner, _Way(inner.start, "finally", EdgeKind.SEQUENTIAL))
        self._edge(inner.end, room.end)

    def _is_dag(self, task: Task, branch: Branch) -> bool:
        spec = self.types.find(task.type) if self.types else None
        if spec is None:
            return task.type == f"{_FLOW}.Dag"
        return any(each.name == branch.name and each.shape == "dag" for each in spec.branches)

    def _cluster(
        self,
        identifier: str,
        kind: ClusterKind,
        label: str,
        room: _Room,
        task_id: str | None = None,
    ) -> _Room:
        name = f"{identifier}_cluster"
        start, end = f"{identifier}_start", f"{identifier}_end"
        self.clusters.append(Cluster(name, kind, label, start, end, room.cluster, task_id))
        return self.room(identifier, name, identifier)

    def _node(self, node: Node) -> str:
        self.nodes[node.id] = node
        return node.id

    def _edge(
        self, source: str, target: str, kind: EdgeKind | None = None, value: str | None = None
    ) -> None:
        self.edges.append(Edge(source, target, kind, value))


@dataclass(frozen=True, slots=True)
class _Way:
    """How a branch is entered: from which node, along which kind of edge."""

    begin: str
    branch: str
    kind: EdgeKind
    value: str | None = None
