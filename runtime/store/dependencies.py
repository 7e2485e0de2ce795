"""Which flows come from which, and which executions from which (dependencies.sql)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from runtime.executions.states import ExecutionState
from runtime.flows.dependencies import Dependency, DependencyKind, Naming, kind_of_type
from runtime.store.pool import Pool
from runtime.store.statements import Statements

_SQL = Statements("dependencies")
_EXECUTIONS = 20_000
FlowName = tuple[str, str]
"""Namespace and id."""


@dataclass(frozen=True, slots=True)
class UnmappedFlow:
    """A flow whose ties are to be written down anew."""

    name: FlowName
    revision: int
    change: int
    is_deleted: bool


@dataclass(frozen=True, slots=True)
class FlowNode:
    """A flow in the graph. `above` and `below` are steps from the one that was asked for; None
    where it does not lie. Without a `revision` it was never saved."""

    name: FlowName
    above: int | None
    below: int | None
    revision: int | None
    disabled: bool
    deleted: bool


@dataclass(frozen=True, slots=True)
class FlowEdge:
    """Executions of `down` come from those of `up`."""

    up: FlowName
    down: FlowName
    kind: DependencyKind
    via: str
    naming: Naming
    disabled: bool


@dataclass(frozen=True, slots=True)
class FlowGraph:
    """`is_cut` tells that there is more than was asked for at most."""

    nodes: Sequence[FlowNode]
    edges: Sequence[FlowEdge]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class RelatedGroup:
    """Executions of one flow in one state that were started in the same way. `ids` are the newest,
    20 at most; `depth` is in steps, upwards or downwards."""

    flow: FlowName
    state: ExecutionState
    upward: bool
    depth: int
    cause: FlowName | None
    kind: DependencyKind | None
    via: str | None
    count: int
    ids: Sequence[str]


async def is_behind(pool: Pool) -> bool:
    """Whether some flow changed since its ties were written down."""
    behind: bool = await pool.fetchval(_SQL["is_behind"])
    return behind


async def unmapped(pool: Pool, limit: int) -> list[UnmappedFlow]:
    rows = await pool.fetch(_SQL["unmapped"], limit)
    return [
        UnmappedFlow(
            (row["namespace"], row["flow_id"]), row["revision"], row["change"], row["is_deleted"]
        )
        for row in rows
    ]


async def write(pool: Pool, flows: Sequence[tuple[UnmappedFlow, Sequence[Dependency]]]) -> None:
    """Put down what flows say now; one that changed again meanwhile stays unmapped."""
    names = [flow.name for flow, _ in flows]
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(_SQL["lock"])
        marked = await connection.fetch(
            _SQL["mark"], *zip(*names, strict=True), [flow.change for flow, _ in flows]
        )
        mine = {(row["namespace"], row["flow_id"]) for row in marked}
        if not mine:
            return
        await connection.execute(_SQL["clear"], *map(list, zip(*mine, strict=True)))
        rows = [_row(flow, each) for flow, said in flows if flow.name in mine for each in said]
        if rows:
            await connection.execute(_SQL["write"], *map(list, zip(*rows, strict=True)))


async def graph(pool: Pool, name: FlowName, depth: int, limit: int) -> FlowGraph:
    """The flows above and below one, itself included, with every tie between them."""
    row = await pool.fetchrow(_SQL["graph"], *name, depth, limit)
    if row is None:
        raise LookupError("an aggregate without a row")
    return FlowGraph(
        [_node(each) for each in row["nodes"]],
        [_edge(each) for each in row["edges"]],
        row["is_cut"],
    )


async def related(pool: Pool, execution_id: str, depth: int) -> tuple[list[RelatedGroup], bool]:
    """The executions above and below one, itself included, and whether there are too many."""
    rows = await pool.fetch(_SQL["related"], execution_id, depth, _EXECUTIONS)
    groups = [
        RelatedGroup(
            flow=(row["namespace"], row["flow_id"]),
            state=ExecutionState(row["state"]),
            upward=row["upward"],
            depth=row["depth"],
            cause=(row["cause_namespace"], row["cause_flow_id"]) if row["type"] else None,
            kind=kind_of_type(row["type"]) if row["type"] else None,
            via=row["via"],
            count=row["count"],
            ids=row["ids"],
        )
        for row in rows
    ]
    return groups, bool(rows) and rows[0]["total"] >= _EXECUTIONS - 2


async def belonging(pool: Pool, execution_id: str, asked: Sequence[str], depth: int) -> set[str]:
    """Which of these executions come from one, directly or not."""
    rows = await pool.fetch(_SQL["belonging"], execution_id, asked, depth)
    return {row["id"] for row in rows}


async def above(pool: Pool, execution_id: str, depth: int) -> set[str]:
    """The executions that one comes from, itself included."""
    return {row["id"] for row in await pool.fetch(_SQL["above"], execution_id, depth)}


def _row(flow: UnmappedFlow, said: Dependency) -> tuple[object, ...]:
    other = said.namespace, said.flow_id
    is_trigger = said.kind is DependencyKind.FLOW_TRIGGER
    up, down = (other, flow.name) if is_trigger else (flow.name, other)
    return (
        *flow.name, flow.revision, said.kind.value, said.via, said.naming.value, said.disabled,
        *up, *down,
    )  # fmt: skip


def _node(row: dict[str, Any]) -> FlowNode:
    return FlowNode(
        name=(row["namespace"], row["flow_id"]),
        above=row["above"],
        below=row["below"],
        revision=row["revision"],
        disabled=bool(row["disabled"]),
        deleted=row["deleted_at"] is not None,
    )


def _edge(row: dict[str, Any]) -> FlowEdge:
    return FlowEdge(
        up=(row["up_namespace"], row["up_flow_id"]),
        down=(row["down_namespace"], row["down_flow_id"]),
        kind=DependencyKind(row["kind"]),
        via=row["via"],
        naming=Naming(row["naming"]),
        disabled=row["disabled"],
    )
