"""How a server treats its process."""

import gc
from collections.abc import Iterator

import pytest

from web.server import spare_the_collector


@pytest.fixture
def collector() -> Iterator[None]:
    """The collector as it was before, once the test is over."""
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


@pytest.mark.usefixtures("collector")
def test_what_is_there_at_the_start_is_not_looked_through_again() -> None:
    known: list[list[object]] = [[]]
    spare_the_collector()
    assert gc.get_freeze_count() > 1_000
    assert all(each is not known for each in gc.get_objects())
    assert gc.get_threshold()[0] > 1_000


@pytest.mark.usefixtures("collector")
def test_garbage_that_comes_later_is_found() -> None:
    spare_the_collector()
    before = gc.get_count()[0]
    for _ in range(20_000):
        circle: list[object] = []
        circle.append(circle)
    assert gc.get_count()[0] - before < 20_000
