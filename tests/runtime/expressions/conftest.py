"""One renderer for all tests, a clock that stands still, and the two ways to render."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count

import pytest

from runtime.expressions.render import Renderer
from runtime.expressions.scope import Facts, Scope

NOW = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)

VARIABLES: dict[str, object] = {
    "flow": {"id": "daily", "namespace": "company.team", "revision": 3},
    "inputs": {"name": "Ada", "n": 5, "price": 9.5, "on": True, "off": False, "none": None},
    "outputs": {"load": {"value": "rows", "uri": "kestra:///x.ion"}, "my-task": {"value": 1}},
    "tasks": {"load": {"state": "SUCCESS"}, "each": {"a": {"state": "FAILED"}}},
    "numbers": [3, 1, 2],
    "words": ["pear", "apple"],
    "map": {"a": 1, "b": {"c": [10, 20]}, "7": "seven"},
    "empty": {"text": "", "list": [], "map": {}},
    "template": "{{ inputs.n }}",
}


@pytest.fixture(scope="session")
def renderer() -> Renderer:
    return Renderer()


@pytest.fixture
def scope() -> Scope:
    return Scope(VARIABLES, facts=Facts(), clock=lambda: NOW, entropy=_counting())


def _counting() -> Callable[[int], bytes]:
    numbers: Iterator[int] = count(1)
    return lambda size: next(numbers).to_bytes(size)


@pytest.fixture
def text(renderer: Renderer, scope: Scope) -> Callable[[str], str]:
    """Render as text."""
    return lambda template: renderer.text(template, scope)


@pytest.fixture
def value(renderer: Renderer, scope: Scope) -> Callable[[str], object]:
    """Render to the native value."""
    return lambda template: renderer.value(template, scope)
