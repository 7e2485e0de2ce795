"""A flow's tasks as a graph, with the states of an execution on it."""

from datetime import datetime
from enum import Enum
from typing import Self

import strawberry
from strawberry import ID, enum_value, field

from resolvers import topology
from schema.states import TaskRunState


@strawberry.enum(description="What a node of the graph stands for. More kinds may come.")
class TopologyNodeKind(Enum):
    TRIGGER = enum_value("TRIGGER", description="Something that starts the flow.")
    TASK = enum_value("TASK", description="A task that does work.")
    FLOWABLE = enum_value("FLOWABLE", description="A task that decides which others run.")
    START = enum_value("START", description="Where the flow or a cluster begins.")
    END = enum_value("END", description="Where the flow or a cluster ends.")


@strawberry.enum(description="Why one node comes after another. More kinds may come.")
class TopologyEdgeKind(Enum):
    SEQUENCE = enum_value("SEQUENCE", description="The one simply follows the other.")
    CHOICE = enum_value("CHOICE", description="It follows when a condition or a case holds.")
    DEPENDENCY = enum_value("DEPENDENCY", description="It waits for the other in a Dag.")
    LOOP = enum_value("LOOP", description="It is run for each value or until a condition holds.")
    ERROR = enum_value("ERROR", description="It is run when something failed.")
    FINALLY = enum_value("FINALLY", description="It is run at the end, whatever happened.")
    AFTER_EXECUTION = enum_value(
        "AFTER_EXECUTION", description="It is run after the execution has ended."
    )


@strawberry.type(description="How many task runs of a node are in a state.")
class StateCount:
    state: TaskRunState = field(description="The state.")
    count: int = field(description="How many task runs are in it.")


@strawberry.type(description="A task or trigger in the graph.")
class TopologyNode:
    id: str = field(description="Its id within this graph.")
    kind: TopologyNodeKind = field(description="What it stands for.")
    task_id: str | None = field(description="The task's or trigger's id in the flow.")
    type: str | None = field(description="The type of the task or trigger.")
    cluster_id: str | None = field(description="The cluster that it lies in; null at the top.")
    disabled: bool = field(description="Whether it is switched off in the flow.")
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
    def of(cls, node: topology.Node) -> Self:
        return cls(
            id=node.id,
            kind=TopologyNodeKind[node.kind],
            task_id=node.task_id,
            type=node.type,
            cluster_id=node.cluster_id,
            disabled=node.disabled,
            state=node.state,
            states=[StateCount(state=state, count=count) for state, count in node.states],
            task_run_id=ID(node.task_run_id) if node.task_run_id else None,
            started_at=node.started_at,
            ended_at=node.ended_at,
        )


@strawberry.type(description="One node of the graph comes after another.")
class TopologyEdge:
    source: str = field(description="The id of the node that comes first.")
    target: str = field(description="The id of the node that follows.")
    kind: TopologyEdgeKind = field(description="Why it follows.")
    label: str | None = field(
        description="What the choice is, such as then, else or the value of a case."
    )

    @classmethod
    def of(cls, edge: topology.Edge) -> Self:
        return cls(
            source=edge.source,
            target=edge.target,
            kind=TopologyEdgeKind[edge.kind],
            label=edge.label,
        )


@strawberry.type(description="A group of nodes: the children of a flowable, or a list of the flow.")
class TopologyCluster:
    id: str = field(description="Its id within this graph.")
    parent_id: str | None = field(description="The cluster around it; null at the top.")
    task_id: str | None = field(
        description="The flowable task whose children these are; null for a list of the flow."
    )
    label: str = field(description="What to write on it, such as the task's id or errors.")

    @classmethod
    def of(cls, cluster: topology.Cluster) -> Self:
        return cls(
            id=cluster.id,
            parent_id=cluster.parent_id,
            task_id=cluster.task_id,
            label=cluster.label,
        )


@strawberry.type(description="A flow as a graph, with states on it when an execution is meant.")
class Topology:
    nodes: list[TopologyNode] = field(description="Tasks and triggers, in the flow's order.")
    edges: list[TopologyEdge] = field(description="What comes after what.")
    clusters: list[TopologyCluster] = field(description="Groups, the outer ones first.")
    at: datetime | None = field(
        description="The moment whose states are shown; null without an execution."
    )

    @classmethod
    def of(cls, graph: topology.Graph) -> Self:
        return cls(
            nodes=[TopologyNode.of(node) for node in graph.nodes],
            edges=[TopologyEdge.of(edge) for edge in graph.edges],
            clusters=[TopologyCluster.of(cluster) for cluster in graph.clusters],
            at=graph.at,
        )
