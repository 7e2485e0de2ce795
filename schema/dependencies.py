"""The graph of flows that depend on each other, with the executions that belong to one."""

from datetime import datetime, timedelta
from typing import Annotated, Self

import strawberry
from strawberry import ID, argument, field

from resolvers import dependencies
from resolvers.dependencies import Direction, Presence
from runtime.executions.states import ExecutionState
from runtime.flows.dependencies import DependencyKind
from runtime.store.executions import ExecutionRecord
from schema.described import described
from schema.flows.types import Flow
from schema.info import Info

described(
    DependencyKind,
    "Why executions of one flow come from those of another. More kinds may come.",
    {
        "SUBFLOW": "A Subflow task starts the other flow.",
        "FOR_EACH_ITEM": "A ForEachItem task starts the other flow for every batch.",
        "FLOW_TRIGGER": "A Flow trigger starts its flow when the other one gets to some state.",
    },
)
described(
    Presence,
    "What a node of the graph stands for. More kinds may come.",
    {
        "FLOW": "A flow that is there.",
        "MISSING": "A flow that another one names but that is not there, or not any more.",
        "DYNAMIC": "A flow that is named by an expression: only a run tells which.",
        "ANY": "Every flow there is: what a Flow trigger without conditions follows.",
    },
    name="DependencyNodeKind",
)
described(
    Direction,
    "Where a node lies as seen from the flow that was asked for.",
    {
        "SELF": "It is the flow itself.",
        "UPSTREAM": "The flow depends on it.",
        "DOWNSTREAM": "It depends on the flow.",
        "BOTH": "Both: the flows depend on each other in a circle.",
    },
    name="DependencyDirection",
)

DependencyDepth = Annotated[
    int,
    argument(description="How many steps to go in either direction: 1 to 10."),
]


@strawberry.type(description="How many executions are in a state.")
class DependencyStateCount:
    state: ExecutionState = field(description="The state.")
    count: int = field(description="How many executions are in it.")

    @classmethod
    def all_of(cls, states: dependencies.States) -> list[Self]:
        return [cls(state=state, count=count) for state, count in states]


def _telling(states: dependencies.States) -> ExecutionState | None:
    return states[0][0] if states else None


@strawberry.type(
    description="What the graph tells of an execution; `execution(id)` tells everything."
)
class DependencyExecution:
    execution_id: ID = field(description="The execution.")
    state: ExecutionState = field(description="Where it stands.")
    created_at: datetime = field(description="When it was created.")
    started_at: datetime | None = field(description="When it first ran; null when it has not.")
    ended_at: datetime | None = field(description="When it ended; null while it has not.")
    duration: timedelta | None = field(
        description="From its start to its end, or to now; null when it has not started."
    )

    @classmethod
    def of(cls, record: ExecutionRecord) -> Self:
        return cls(
            execution_id=ID(record.id),
            state=record.state,
            created_at=record.created_at,
            started_at=record.started_at,
            ended_at=record.ended_at,
            duration=record.duration,
        )


@strawberry.type(description="A flow in the graph.")
class DependencyNode:
    id: str = field(description="Its id within this graph, the same in every graph.")
    kind: Presence = field(description="What it stands for.")
    namespace: str | None = field(
        description="Its namespace, as an expression where only a run tells; null for every flow."
    )
    flow_id: str | None = field(
        description="Its id, as an expression where only a run tells; null for every flow."
    )
    direction: Direction = field(
        description="Where it lies as seen from the flow that was asked for."
    )
    distance: int = field(description="How many steps it is away; 0 is the flow itself.")
    disabled: bool = field(description="Whether the flow is switched off.")
    state: ExecutionState | None = field(
        description=(
            "What its executions that belong here amount to: the most telling of their states; "
            "null when there is none, or without an execution."
        )
    )
    states: list[DependencyStateCount] = field(
        description="Its executions that belong here, by state."
    )
    node: strawberry.Private[dependencies.Node]

    @classmethod
    def of(cls, node: dependencies.Node) -> Self:
        is_any = node.presence is Presence.ANY
        states = dependencies.told(node.counts)
        return cls(
            id=node.id,
            kind=node.presence,
            namespace=None if is_any else node.name[0],
            flow_id=None if is_any else node.name[1],
            direction=node.direction,
            distance=node.distance,
            disabled=node.disabled,
            state=_telling(states),
            states=DependencyStateCount.all_of(states),
            node=node,
        )

    @strawberry.field(description="The flow in its newest revision; null when it is not there.")
    async def flow(self, info: Info) -> Flow | None:
        found = await dependencies.flow(info.context, self.node)
        return Flow.of(found) if found else None

    @strawberry.field(
        description="Its executions that belong here, the newest first; at most 20. `states` "
        "counts all of them."
    )
    async def executions(self, info: Info) -> list[DependencyExecution]:
        found = await dependencies.executions(info.context, self.node)
        return [DependencyExecution.of(each) for each in found]


@strawberry.type(description="Executions of one flow come from those of another.")
class DependencyEdge:
    source: str = field(description="The id of the node that comes first.")
    target: str = field(description="The id of the node whose executions come from it.")
    kind: DependencyKind = field(description="Why they do.")
    via: str = field(
        description="The task of the source, or the trigger of the target, that says so."
    )
    dynamic: bool = field(description="Whether only a run tells which flow it is.")
    disabled: bool = field(description="Whether the task or trigger is switched off.")
    state: ExecutionState | None = field(
        description=(
            "What the executions that were started along it amount to; null when there is none, "
            "or without an execution."
        )
    )
    states: list[DependencyStateCount] = field(
        description="The executions that were started along it, by state."
    )

    @classmethod
    def of(cls, edge: dependencies.Edge) -> Self:
        states = dependencies.told(edge.counts)
        return cls(
            source="/".join(edge.up),
            target="/".join(edge.down),
            kind=edge.kind,
            via=edge.via,
            dynamic=edge.dynamic,
            disabled=edge.disabled,
            state=_telling(states),
            states=DependencyStateCount.all_of(states),
        )


@strawberry.type(
    description="Flows that depend on each other, with executions on them when one is meant."
)
class DependencyGraph:
    nodes: list[DependencyNode] = field(
        description="The flow that was asked for and those above and below it, the nearest first."
    )
    edges: list[DependencyEdge] = field(description="What they have to do with each other.")
    is_cut: bool = field(
        description="Whether there are more flows or executions than are told: 500 and 20,000."
    )
    stream_cursor: str = field(
        description="Subscribe after this to get what follows, without a gap."
    )

    @classmethod
    def of(cls, graph: dependencies.Graph) -> Self:
        return cls(
            nodes=[DependencyNode.of(node) for node in graph.nodes],
            edges=[DependencyEdge.of(edge) for edge in graph.edges],
            is_cut=graph.is_cut,
            stream_cursor=graph.cursor,
        )


@strawberry.type
class DependencyQuery:
    @strawberry.field(
        description=(
            "The flows that a flow depends on and those that depend on it, by Subflow and "
            "ForEachItem tasks and by Flow triggers, as their newest revisions say."
        )
    )
    async def dependencies(
        self,
        info: Info,
        namespace: Annotated[str, argument(description="The flow's namespace.")],
        flow_id: Annotated[str, argument(description="The flow's id within the namespace.")],
        depth: DependencyDepth = 1,
    ) -> DependencyGraph:
        found = await dependencies.of_flow(info.context, namespace, flow_id, depth)
        return DependencyGraph.of(found)
