"""Flow triggers as they are written: the states that they listen to, and what has to happen."""

import pytest

from runtime.errors import InvalidInput
from runtime.triggers.flow import FlowTrigger


def test_every_end_and_a_pause_count_when_nothing_is_said() -> None:
    assert FlowTrigger().listened_states() == {
        "SUCCESS",
        "WARNING",
        "FAILED",
        "KILLED",
        "CANCELLED",
        "RETRIED",
        "PAUSED",
    }


def test_flows_that_are_depended_on_have_to_end_well_unless_it_is_said() -> None:
    trigger = FlowTrigger.of(
        {"dependsOn": [{"flowId": "a"}, {"flowId": "b", "states": ["FAILED"]}]}
    )
    required = trigger.required()
    assert required is not None
    assert [each.states for each in required.flows] == [["SUCCESS", "WARNING"], ["FAILED"]]
    assert trigger.listened_states() == {"SUCCESS", "WARNING", "FAILED"}


@pytest.mark.parametrize(
    ("written", "needed"),
    [({}, None), ({"mode": "any"}, 1), ({"mode": "AT_LEAST", "minSatisfied": 2}, 2)],
)
def test_a_mode_says_how_many_are_needed(written: dict[str, object], needed: int | None) -> None:
    flows = [{"flowId": "a"}, {"flowId": "b"}, {"flowId": "c"}]
    required = FlowTrigger.of({"dependsOn": flows, **written}).required()
    assert required is not None
    assert required.needed == needed


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ({"mode": "AT_LEAST"}, "`minSatisfied`"),
        ({"mode": "AT_LEAST", "minSatisfied": 2}, "`minSatisfied` is more"),
        ({"window": {"deadline": "09:00:00", "lookback": "PT1H"}}, "choose one"),
        ({"window": {"offset": "PT1H"}}, "belongs to `every`"),
    ],
)
def test_what_can_never_be_met_is_refused(written: dict[str, object], why: str) -> None:
    with pytest.raises(InvalidInput, match=why):
        FlowTrigger.of({"dependsOn": [{"flowId": "a"}], **written})


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        (
            {"every": "PT1H", "offset": "PT10M"},
            {"type": "DURATION_WINDOW", "window": 3600, "windowAdvance": 600},
        ),
        ({"lookback": "PT2H"}, {"type": "SLIDING_WINDOW", "window": 7200}),
        ({"deadline": "09:00:00"}, {"type": "DAILY_TIME_DEADLINE", "deadline": "09:00:00"}),
        (
            {"from": "08:00:00", "to": "10:00:00"},
            {"type": "DAILY_TIME_WINDOW", "startTime": "08:00:00", "endTime": "10:00:00"},
        ),
    ],
)
def test_a_window_means_the_same_however_it_is_spelled(
    window: dict[str, object], expected: dict[str, object]
) -> None:
    short = FlowTrigger.of({"dependsOn": [{"flowId": "a"}], "window": window}).required()
    long = FlowTrigger.of(
        {"preconditions": {"id": "p", "timeWindow": expected, "flows": [{"flowId": "a"}]}}
    ).required()
    assert short is not None
    assert long is not None
    assert short.window == long.window


@pytest.mark.parametrize("once", [True, False])
def test_a_window_may_fire_once(once: bool) -> None:
    written = {"dependsOn": [{"flowId": "a"}], "window": {"lookback": "PT1H", "fireOnce": once}}
    required = FlowTrigger.of(written).required()
    assert required is not None
    assert required.fire_once is once
