"""A flow's tasks as a graph, with the states of an execution on it."""

from datetime import datetime
from typing import Self

import strawberry
from strawberry import ID, field

from resolvers.topology import StatedNode
from resolvers.topology import Topology as Found
from runtime.flows.graph import Cluster, ClusterKind, Edge, EdgeKind, NodeKind
from schema.described import described
from schema.states import TaskRunState

described(
    NodeKind,
    "What a node of the graph stands for. More kinds may come.",
    {
        "START": "The dot where the flow or a cluster begins.",
        "END": "The dot where the flow or a cluster ends.",
        "TRIGGER": "Something that starts the flow.",
        "TASK": "A task that does work.",
        "FLOWABLE": "A task that decides which others run.",
        "SUBFLOW": "A task that starts another flow.",
    },
    name="TopologyNodeKind",
)
described(
    EdgeKind,
    "Why one node comes after another. More kinds may come.",
    {
        "SEQUENTIAL": "The one follows when the other has ended.",
        "PARALLEL": "It runs side by side with its siblings.",
        "CHOICE": "It follows when a condition or a case holds.",
        "DEPENDENCY": "It waits for the other in a Dag.",
        "DYNAMIC": "It is run for each value, or until a condition holds.",
        "ERROR": "It is run when something failed.",
        "FINALLY": "It is run at the end, whatever happened.",
        "AFTER_EXECUTION": "It is run after the execution has ended.",
        "TRIGGER": "The trigger starts the flow.",
    },
    name="TopologyEdgeKind",
)
described(
    ClusterKind,
    "What a cluster of the graph is. More kinds may come.",
    {
        "FLOWABLE": "A flowable task with its children.",
        "SUBFLOW": "The tasks of another flow.",
        "TRIGGERS": "The triggers of the flow.",
        "FINALLY": "The tasks that are run at the end.",
        "AFTER_EXECUTION": "The tasks that are run after the end.",
    },
    name="TopologyClusterKind",
)


@strawberry.type(description="How many task runs of a node are in a state.")
class StateCount:
    state: TaskRunState = field(description="The state.")
    count: int = field(description="How many task runs are in it.")


@strawberry.type(description="A task, a trigger or a dot in the graph.")
class TopologyNode:
    id: str = field(description="Its id within this graph: the same as long as the task stays.")
    kind: NodeKind = field(description="What it stands for.")
    task_id: str | None = field(description="The task's id in the flow; null for other nodes.")
    trigger_id: str | None = field(description="The trigger's id; null for other nodes.")
    type: str | None = field(description="The type of the task or trigger.")
    cluster_id: str | None = field(description="The cluster that it lies in; null at the top.")
    branch: str | None = field(
        description="The list in which it stands, such as tasks, then, errors or cases.x."
    )
    disabled: bool = field(description="Whether it is switched off in the flow.")
    subflow_namespace: str | None = field(
        description="The namespace of the flow that it starts; null when only a run tells."
    )
    subflow_id: str | None = field(
        description="The id of the flow that it starts; null when only a run tells."
    )
    state: TaskRunState | None = field(
        description=(
            "What its task runs amount to: the state of the only one, or the most telling state "
            "of several; null when there is none, or without an execution."
        )
    )
    states: list[StateCount] = field(description="All its task runs, by state.")
    task_run_id: ID | None = field(
        description="Its task run, when there is exactly one; null otherwise."
    )
    started_at: datetime | None = field(description="When the first of its task runs began.")
    ended_at: datetime | None = field(
        description="When the last of its task runs ended; null while one is not terminal."
    )

    @classmethod
    def of(cls, found: StatedNode) -> Self:
        node, of = found.node, found.node.task or found.node.trigger
        return cls(
            id=node.id,
            kind=node.kind,
            task_id=node.task.id if node.task else None,
            trigger_id=node.trigger.id if node.trigger else None,
            type=of.type if of else None,
            cluster_id=node.cluster,
            branch=node.branch,
            disabled=of.disabled if of else False,
            subflow_namespace=node.subflow[0] if node.subflow else None,
            subflow_id=node.subflow[1] if node.subflow else None,
            state=found.state,
            states=[StateCount(state=state, count=count) for state, count in found.states],
            task_run_id=ID(found.task_run_id) if found.task_run_id else None,
            started_at=found.started_at,
            ended_at=found.ended_at,
        )


@strawberry.type(description="One node of the graph comes after another.")
class TopologyEdge:
    source: str = field(description="The id of the node that comes first.")
    target: str = field(description="The id of the node that follows.")
    kind: EdgeKind | None = field(description="Why it follows; null for the lines to an end.")
    label: str | None = field(
        description="What the choice is, such as then, else or the value of a case."
    )

    @classmethod
    def of(cls, edge: Edge) -> Self:
        return cls(source=edge.source, target=edge.target, kind=edge.kind, label=edge.value)


@strawberry.type(description="A group of nodes, such as a flowable task with its children.")
class TopologyCluster:
    id: str = field(description="Its id within this graph.")
    kind: ClusterKind = field(description="What it is.")
    parent_id: str | None = field(description="The cluster around it; null at the top.")
    task_id: str | None = field(description="The task whose cluster it is; null for lists.")
    label: str = field(description="What to write on it, such as the task's id.")
    start_id: str = field(description="The node where it begins.")
    end_id: str = field(description="The node where it ends.")
    node_ids: list[str] = field(description="The nodes directly in it, both dots included.")

    @classmethod
    def of(cls, cluster: Cluster) -> Self:
        return cls(
            id=cluster.id,
            kind=cluster.kind,
            parent_id=cluster.parent,
            task_id=cluster.task_id,
            label=cluster.label,
            start_id=cluster.start,
            end_id=cluster.end,
            node_ids=list(cluster.nodes),
        )


@strawberry.type(description="A flow as a graph, with states on it when an execution is meant.")
class Topology:
    nodes: list[TopologyNode] = field(description="Tasks, triggers and dots, in the flow's order.")
    edges: list[TopologyEdge] = field(description="What comes after what.")
    clusters: list[TopologyCluster] = field(description="Groups, the outer ones first.")
    at: datetime | None = field(
        description="The moment whose states are shown; null without an execution."
    )

    @classmethod
    def of(cls, found: Found) -> Self:
        return cls(
            nodes=[TopologyNode.of(node) for node in found.nodes],
            edges=[TopologyEdge.of(edge) for edge in found.edges],
            clusters=[TopologyCluster.of(cluster) for cluster in found.clusters],
            at=found.at,
        )
