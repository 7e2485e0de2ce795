"""What is said of a Schedule when its flow is saved."""

import pytest

from runtime.engine.types import known_types
from runtime.flows.problem import Severity
from runtime.flows.validate import check_flow
from tests.support.schedules import flow, schedule

TYPES = known_types()


@pytest.mark.parametrize("line", ["0 0 30 2 *", "0 0 31 2,4,6,9,11 *"])
def test_a_line_that_no_date_fits_is_accepted_with_a_warning(line: str) -> None:
    parsed = check_flow(flow(schedule(line)), TYPES)
    assert parsed.flow is not None
    (problem,) = parsed.problems
    assert problem.severity is Severity.WARNING
    assert problem.path == ("triggers", 0, "cron")
    assert problem.message == f"`{line}` never fires: no date fits it."


@pytest.mark.parametrize("line", ["0 0 29 2 *", "0 0 29 2 1", "@monthly", "{{ vars.cron }}"])
def test_a_line_that_fires_some_day_is_fine(line: str) -> None:
    assert check_flow(flow(schedule(line)), TYPES).problems == ()
