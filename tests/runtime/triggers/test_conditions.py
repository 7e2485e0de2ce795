"""Every condition: when it holds and when it does not."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

import pytest

from runtime.errors import FlowdeckError
from runtime.expressions.render import Renderer
from runtime.expressions.scope import Scope
from runtime.flows.type_names import find_type
from runtime.flows.types import TypeKind
from runtime.tasks.table import TypeTable
from runtime.triggers.condition import Occasion, Upstream
from runtime.triggers.conditions import CONDITIONS, all_hold, holds, looks_at_day_only

CORE = "io.kestra.plugin.core.condition."
RENDERER = Renderer()
SATURDAY = datetime.fromisoformat("2026-03-14T09:26:53+01:00")
UPSTREAM = Upstream(
    id="ex_1",
    namespace="company.team",
    flow_id="import",
    flow_revision=3,
    state="WARNING",
    labels={"env": "prod", "team": "data"},
    outputs={"rows": 3, "ok": True},
    attempt_states=frozenset({"FAILED", "SUCCESS"}),
)


def occasion(
    at: datetime = SATURDAY, execution: Upstream | None = UPSTREAM, **variables: object
) -> Occasion:
    def render(value: object, more: Mapping[str, object]) -> object:
        return RENDERER.deep(value, Scope({**variables, **more}))

    return Occasion(at, "company.team", "self", render, execution)


def written(name: str, **properties: object) -> dict[str, object]:
    return {"type": CORE + name, **properties}


WEEKEND = written("Weekend")


@pytest.mark.parametrize(
    ("name", "properties", "expected"),
    [
        ("DayWeek", {"dayOfWeek": "SATURDAY"}, True),
        ("DayWeek", {"dayOfWeek": "saturday"}, True),
        ("DayWeek", {"dayOfWeek": "SUNDAY"}, False),
        ("DayWeek", {"dayOfWeek": "SUNDAY", "date": "2026-03-15"}, True),
        ("DayWeek", {"dayOfWeek": "FRIDAY", "date": "{{ trigger.date }}"}, True),
        ("DayWeekInMonth", {"dayOfWeek": "SATURDAY", "dayInMonth": "SECOND"}, True),
        ("DayWeekInMonth", {"dayOfWeek": "SATURDAY", "dayInMonth": "FIRST"}, False),
        ("DayWeekInMonth", {"dayOfWeek": "SUNDAY", "dayInMonth": "SECOND"}, False),
        (
            "DayWeekInMonth",
            {"dayOfWeek": "TUESDAY", "dayInMonth": "LAST", "date": "2026-03-31T00:00:00Z"},
            True,
        ),
        (
            "DayWeekInMonth",
            {"dayOfWeek": "TUESDAY", "dayInMonth": "LAST", "date": "2026-03-24T00:00:00Z"},
            False,
        ),
        ("Weekend", {}, True),
        ("Weekend", {"date": "2026-03-16T00:00:00Z"}, False),
        ("PublicHoliday", {"country": "FR", "date": "2026-07-14"}, True),
        ("PublicHoliday", {"country": "FR", "date": "2026-07-15"}, False),
        ("PublicHoliday", {"country": "DE", "subDivision": "BY", "date": "2026-01-06"}, True),
        ("PublicHoliday", {"country": "DE", "subDivision": "BE", "date": "2026-01-06"}, False),
        # Good Friday is one of Alsace only; a subdivision without any of its own has the country's.
        ("PublicHoliday", {"country": "FR", "subDivision": "6AE", "date": "2026-04-03"}, True),
        ("PublicHoliday", {"country": "FR", "subDivision": "IDF", "date": "2026-04-03"}, False),
        ("PublicHoliday", {"country": "FR", "subDivision": "IDF", "date": "2026-07-14"}, True),
        ("PublicHoliday", {"date": "2026-07-04"}, True),  # of the United States
        ("DateTimeBetween", {"after": "2026-03-14T00:00:00Z"}, True),
        ("DateTimeBetween", {"before": "2026-03-14T00:00:00Z"}, False),
        (
            "DateTimeBetween",
            {"after": "2026-03-14T08:26:52Z", "before": "2026-03-14T08:26:54Z"},
            True,
        ),
        (
            "DateTimeBetween",
            {"after": "2026-03-14T08:26:53Z", "before": "2026-03-15T00:00:00Z"},
            False,
        ),
        ("DateTimeBetween", {"before": "2026-03-14T08:26:53Z"}, False),
        ("TimeBetween", {"after": "09:26:53"}, False),
        ("TimeBetween", {"before": "09:26:53"}, False),
        ("TimeBetween", {"after": "09:00:00", "before": "10:00:00"}, True),
        ("TimeBetween", {"after": "09:00:00Z", "before": "10:00:00Z"}, False),
        ("TimeBetween", {"after": "08:00:00Z", "before": "09:00:00Z"}, True),
        ("TimeBetween", {"after": "10:00:00"}, False),
        ("TimeBetween", {"before": "10:00:00"}, True),
        ("TimeBetween", {"after": "22:00:00", "before": "06:00:00"}, False),
        ("TimeBetween", {"after": "22:00:00", "before": "09:30:00"}, True),
        ("ExecutionFlow", {"namespace": "company.team", "flowId": "import"}, True),
        ("ExecutionFlow", {"namespace": "company.team", "flowId": "export"}, False),
        ("ExecutionFlow", {"namespace": "company", "flowId": "import"}, False),
        ("ExecutionNamespace", {"namespace": "company.team"}, True),
        ("ExecutionNamespace", {"namespace": "company"}, False),
        ("ExecutionNamespace", {"namespace": "company", "comparison": "PREFIX"}, True),
        ("ExecutionNamespace", {"namespace": "company", "prefix": True}, True),
        ("ExecutionNamespace", {"namespace": "team", "comparison": "SUFFIX"}, True),
        ("ExecutionNamespace", {"namespace": "other", "comparison": "SUFFIX"}, False),
        ("ExecutionStatus", {"in": ["SUCCESS", "WARNING"]}, True),
        ("ExecutionStatus", {"in": "WARNING"}, True),
        ("ExecutionStatus", {"in": ["SUCCESS"]}, False),
        ("ExecutionStatus", {"notIn": ["FAILED"]}, True),
        ("ExecutionStatus", {"in": ["WARNING"], "notIn": ["WARNING"]}, False),
        ("ExecutionLabels", {"labels": {"env": "prod"}}, True),
        ("ExecutionLabels", {"labels": [{"key": "env", "value": "prod"}]}, True),
        ("ExecutionLabels", {"labels": {"env": "prod", "team": "web"}}, False),
        ("ExecutionLabels", {"labels": {"none": "x"}}, False),
        ("ExecutionOutputs", {"expression": "{{ trigger.outputs.rows > 2 }}"}, True),
        ("ExecutionOutputs", {"expression": "{{ trigger.outputs.rows > 3 }}"}, False),
        ("HasRetryAttempt", {"in": ["FAILED"]}, True),
        ("HasRetryAttempt", {"in": ["KILLED"]}, False),
        ("HasRetryAttempt", {"notIn": ["FAILED"]}, False),
        ("FlowCondition", {"namespace": "company.team", "flowId": "self"}, True),
        ("FlowCondition", {"namespace": "company.team", "flowId": "import"}, False),
        ("FlowNamespaceCondition", {"namespace": "company.team"}, True),
        ("FlowNamespaceCondition", {"namespace": "company"}, False),
        ("FlowNamespaceCondition", {"namespace": "company", "prefix": True}, True),
        ("FlowNamespaceCondition", {"namespace": "comp", "prefix": True}, False),
        ("Expression", {"expression": "{{ flag }}"}, True),
        ("Expression", {"expression": "{{ not flag }}"}, False),
        ("Expression", {"expression": "{{ 0 }}"}, False),
        ("Expression", {"expression": True}, True),
        ("Not", {"conditions": [written("Weekend")]}, False),
        ("Not", {"conditions": [written("ExecutionStatus", **{"in": ["FAILED"]})]}, True),
        ("Or", {"conditions": [WEEKEND, written("Expression", expression="false")]}, True),
        ("Or", {"conditions": [written("Expression", expression="{{ false }}")]}, False),
        ("MultipleCondition", {"id": "m", "conditions": {"a": WEEKEND, "b": WEEKEND}}, True),
        (
            "MultipleCondition",
            {"id": "m", "conditions": {"a": WEEKEND, "b": written("Not", conditions=[WEEKEND])}},
            False,
        ),
        # Inside each other, as deep as one likes.
        ("Not", {"conditions": [written("Or", conditions=[written("Not", conditions=[WEEKEND])])]},
         True),
        ("Or", {"conditions": [written("Not", conditions=[WEEKEND]), WEEKEND]}, True),
        ("Not", {"conditions": WEEKEND}, False),  # a single one need not be a list
        ("Not", {"conditions": [WEEKEND, written("Expression", expression="false")]}, False),
        (
            "MultipleCondition",
            {"id": "m", "conditions": {"a": written("Weekend"), "b": written("Weekend")}},
            True,
        ),
    ],
)  # fmt: skip
def test_a_condition_holds_when_it_says_so(
    name: str, properties: dict[str, object], expected: bool
) -> None:
    trigger = {"date": "2026-03-13T12:00:00Z"}
    found = holds(written(name, **properties), occasion(flag=True, trigger=trigger))
    assert found is expected


@pytest.mark.parametrize(
    ("name", "properties"),
    [
        ("ExecutionFlow", {"namespace": "company.team", "flowId": "import"}),
        ("ExecutionStatus", {"notIn": ["FAILED"]}),
        ("ExecutionOutputs", {"expression": "true"}),
    ],
)
def test_a_condition_on_an_execution_does_not_hold_without_one(
    name: str, properties: dict[str, object]
) -> None:
    assert not holds(written(name, **properties), occasion(execution=None))


def test_a_condition_on_outputs_does_not_hold_where_there_are_none() -> None:
    nothing_yielded = occasion(execution=replace(UPSTREAM, outputs=None))
    assert not holds(written("ExecutionOutputs", expression="true"), nothing_yielded)


@pytest.mark.parametrize("spelling", ["CANCELED", "canceled", "CANCELLED"])
def test_the_end_of_a_cancelled_execution_is_known_in_both_spellings(spelling: str) -> None:
    cancelled = occasion(execution=replace(UPSTREAM, state="CANCELLED"))
    assert holds(written("ExecutionStatus", **{"in": [spelling]}), cancelled)


@pytest.mark.parametrize(
    ("name", "properties", "why"),
    [
        ("DayWeek", {"dayOfWeek": "SOMEDAY"}, "dayOfWeek"),
        ("DayWeek", {}, "dayOfWeek"),
        ("TimeBetween", {"after": "noon"}, "not a time"),
        ("DateTimeBetween", {"after": "soon"}, "not a date"),
        ("Not", {"conditions": []}, "conditions"),
        ("PublicHoliday", {"country": "ZZ"}, "holidays of `ZZ` are not known"),
        ("Nothing", {}, "no condition type"),
    ],
)
def test_a_wrong_property_is_named(name: str, properties: dict[str, object], why: str) -> None:
    with pytest.raises(FlowdeckError, match=why):
        holds(written(name, **properties), occasion())


def test_all_of_several_have_to_hold() -> None:
    weekend, failed = written("Weekend"), written("ExecutionStatus", **{"in": ["FAILED"]})
    assert all_hold([], occasion())
    assert all_hold([weekend, weekend], occasion())
    assert not all_hold([weekend, failed], occasion())


@pytest.mark.parametrize("name", sorted(CONDITIONS))
def test_older_names_lead_to_the_condition(name: str) -> None:
    types = TypeTable(kind.spec() for kind in CONDITIONS.values())
    last = name.removeprefix(CORE)
    suffixed = last if last.endswith("Condition") else f"{last}Condition"
    for spelling in (
        name,
        CORE + suffixed,
        f"io.kestra.core.models.conditions.types.{suffixed}",
    ):
        spec = find_type(types, spelling)
        assert spec is not None, spelling
        assert (spec.name, spec.kind) == (name, TypeKind.CONDITION)


def test_every_condition_says_what_it_is() -> None:
    assert [name for name, kind in CONDITIONS.items() if not kind.spec().title] == []


@pytest.mark.parametrize(
    ("name", "properties", "expected"),
    [
        ("DayWeek", {"dayOfWeek": "MONDAY"}, True),
        ("DayWeekInMonth", {"dayOfWeek": "MONDAY", "dayInMonth": "FIRST"}, True),
        ("Weekend", {}, True),
        ("PublicHoliday", {"country": "FR"}, True),
        ("Weekend", {"date": "{{ trigger.date }}"}, True),
        ("Weekend", {"date": "2026-03-14"}, False),
        ("Not", {"conditions": [WEEKEND]}, True),
        ("Or", {"conditions": [WEEKEND, written("TimeBetween", after="09:00:00")]}, False),
        ("TimeBetween", {"after": "09:00:00"}, False),
        ("DateTimeBetween", {"after": "2026-03-14"}, False),
        ("Expression", {"expression": "{{ true }}"}, False),
    ],
)
def test_some_conditions_say_the_same_all_day(
    name: str, properties: dict[str, object], expected: bool
) -> None:
    assert looks_at_day_only(written(name, **properties)) is expected
