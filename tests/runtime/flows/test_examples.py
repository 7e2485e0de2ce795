"""The flows that a new installation shows: each valid, with nothing to complain of."""

from pathlib import Path

import pytest

from runtime.engine.types import known_types
from runtime.expressions.render import Renderer
from runtime.flows.parse import parse
from runtime.flows.validate import validate

EXAMPLES = sorted(Path(__file__).parents[3].glob("runtime/flows/examples/*.yaml"))


def test_there_are_examples() -> None:
    assert EXAMPLES


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_is_a_valid_flow_without_a_warning(path: Path) -> None:
    types = known_types()
    parsed = parse(path.read_text("utf-8"), types)
    assert parsed.problems == ()
    assert parsed.flow is not None
    assert validate(parsed.flow, types, Renderer().check) == []
    assert parsed.flow.id == path.stem
