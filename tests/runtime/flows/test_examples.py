"""The flows that a new installation shows: each valid, with nothing to complain of."""

from pathlib import Path

import pytest

from runtime.engine.types import known_types
from runtime.expressions.render import Renderer
from runtime.flows.graph import graph_of
from runtime.flows.inputs import resolve_inputs
from runtime.flows.model import Flow
from runtime.flows.source import source_of
from runtime.flows.validate import check_flow
from runtime.tasks.table import TypeTable
from tests.support.flow_types import TYPES

EXAMPLES = sorted(Path(__file__).parents[3].glob("runtime/flows/examples/*.yaml"))
KNOWN = TypeTable(known_types(), TYPES.all())
"""The real types; where one is not there yet, its shape."""

each_example = pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)


def flow_of(path: Path) -> Flow:
    flow = check_flow(path.read_text("utf-8"), KNOWN).flow
    assert flow is not None
    return flow


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 10


@each_example
def test_every_example_is_a_valid_flow_without_a_warning(path: Path) -> None:
    checked = check_flow(path.read_text("utf-8"), KNOWN, Renderer().check)
    assert checked.problems == ()
    assert checked.flow is not None
    assert checked.flow.id == path.stem


@each_example
def test_an_example_starts_without_anything_given(path: Path) -> None:
    resolved = resolve_inputs(flow_of(path), {}, lambda value, context: value)
    assert resolved.problems == ()


@each_example
def test_every_task_of_an_example_has_a_source_and_a_place_in_the_graph(path: Path) -> None:
    flow = flow_of(path)
    drawn = {node.task.id for node in graph_of(flow, KNOWN).nodes if node.task}
    for task in flow.walk():
        assert f"id: {task.id}" in source_of(flow, task)
        assert task.id in drawn
