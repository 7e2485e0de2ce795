"""A flow's graph, and an execution's states on it."""

from dataclasses import dataclass
from datetime import datetime

from runtime.executions.states import TaskRunState


@dataclass(frozen=True, slots=True)
class Node:
    id: str
    kind: str
    task_id: str | None
    type: str | None
    cluster_id: str | None
    disabled: bool
    state: TaskRunState | None = None
    states: tuple[tuple[TaskRunState, int], ...] = ()
    task_run_id: str | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    source: str
    target: str
    kind: str
    label: str | None


@dataclass(frozen=True, slots=True)
class Cluster:
    id: str
    parent_id: str | None
    task_id: str | None
    label: str


@dataclass(frozen=True, slots=True)
class Graph:
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    clusters: tuple[Cluster, ...]
    at: datetime | None = None
