"""Flows."""

from collections.abc import Sequence
from dataclasses import dataclass

from resolvers.topology import Graph
from runtime.flows.problem import Problem
from runtime.flows.types import TypeSpec


@dataclass(frozen=True, slots=True)
class TaskTypePage:
    spec: TypeSpec
    properties: object
    outputs: object | None


@dataclass(frozen=True, slots=True)
class Validation:
    valid: bool
    namespace: str | None
    flow_id: str | None
    problems: Sequence[Problem]
    graph: Graph | None
