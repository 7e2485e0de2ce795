"""Ids that are made of names, and the orders in which states are told."""

import pytest

from resolvers import dependencies, flows, topology, triggers
from resolvers.ids import id_of, names_of
from runtime.executions.states import ExecutionState, TaskRunState


def test_names_are_found_again_in_their_id() -> None:
    names = ["company.team", "a_flow-1", "für alle"]
    assert names_of("xx_", id_of("xx_", *names)) == names
    assert flows.key_of(flows.node_id("a.b", "c", 12)) == ("a.b", "c", 12)
    assert triggers.key_of(id_of("tg_", "a.b", "c", "d")) == ("a.b", "c", "d")


@pytest.mark.parametrize("text", ["", "fl_", "fl_!", "fl_YQ", "fl_ä", "fl_____", "tg_YS9i"])
def test_what_is_no_id_names_nothing(text: str) -> None:
    assert flows.key_of(text) is None
    assert triggers.key_of(text) is None


@pytest.mark.parametrize("revision", ["", "x", "-1", "1.5", "9" * 30])
def test_a_revision_is_a_number(revision: str) -> None:
    assert flows.key_of(id_of("fl_", "a", "b", revision)) is None


def test_every_state_has_its_place_among_those_that_several_amount_to() -> None:
    assert sorted(dependencies._TELLING) == sorted(ExecutionState)
    assert sorted(topology._TELLING) == sorted(TaskRunState)
