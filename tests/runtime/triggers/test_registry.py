"""The types of triggers: their names, and what is checked of them when a flow is saved."""

import pytest

from runtime.engine.types import known_types
from runtime.flows.model import Flow
from runtime.flows.parse import Parsed
from runtime.flows.type_names import find_type
from runtime.flows.validate import check_flow
from tests.support.schedules import flow

TYPES = known_types()
CORE = "io.kestra.plugin.core."


def checked(kind: str, *lines: str) -> Parsed:
    more = "\n".join(f"    {line}" for line in lines)
    return check_flow(flow(f"  - id: it\n    type: {CORE}{kind}\n{more}"), TYPES)


def accepted(kind: str, *lines: str) -> Flow:
    parsed = checked(kind, *lines)
    assert parsed.problems == ()
    assert parsed.flow is not None
    return parsed.flow


@pytest.mark.parametrize(
    ("older", "present"),
    [
        ("io.kestra.core.models.triggers.types.Schedule", "trigger.Schedule"),
        ("io.kestra.core.models.triggers.types.Flow", "trigger.Flow"),
        ("io.kestra.core.models.triggers.types.Webhook", "trigger.Webhook"),
        ("io.kestra.plugin.fs.http.Trigger", "http.Trigger"),
    ],
)
def test_older_names_lead_to_the_trigger(older: str, present: str) -> None:
    spec = find_type(TYPES, older)
    assert spec is not None
    assert spec.name == CORE + present


ALL = (
    "description: why",
    "disabled: true",
    "inputs: {n: 1}",
    "labels: {team: data}",
    "stopAfter: [FAILED]",
    "logLevel: WARN",
    "logToFile: true",
    "failOnTriggerError: true",
    "allowConcurrent: false",
    'when: "{{ true }}"',
)


@pytest.mark.parametrize(
    ("kind", "own"),
    [
        ("trigger.Schedule", ('cron: "* * * * *"',)),
        ("trigger.ScheduleOnDates", ("dates: ['2026-01-01T00:00:00Z']",)),
        ("trigger.Flow", ()),
        ("trigger.Webhook", ("key: k",)),
        ("http.Trigger", ("uri: http://x.example",)),
    ],
)
def test_every_trigger_has_what_all_have(kind: str, own: tuple[str, ...]) -> None:
    (trigger,) = accepted(kind, *own, *ALL).triggers
    assert trigger.description == "why"
    assert trigger.disabled
    assert trigger.inputs == {"n": 1}
    assert trigger.labels == {"team": "data"}
    assert trigger.stop_after == ("FAILED",)
    assert trigger.log_level == "WARN"
    assert trigger.log_to_file
    assert trigger.fail_on_trigger_error
    assert not trigger.allow_concurrent
    assert trigger.when == "{{ true }}"


FILTER = "preconditions: {id: p, where: [{id: w, filters: [%s]}]}"
ENTRY = "dependsOn: [{namespace: a, flowId: b}]"


@pytest.mark.parametrize(
    ("kind", "lines", "told"),
    [
        ("trigger.Schedule", (), "`cron` is missing"),
        ("trigger.Schedule", ('cron: "61 * * * *"',), "minute"),
        ("trigger.Schedule", ('cron: "* * * * * *"',), "withSeconds"),
        ("trigger.Schedule", ('cron: "@never"',), "@yearly"),
        ("trigger.Schedule", ('cron: "* * * * *"', "timezone: Mars/Base"), "Mars/Base"),
        ("trigger.Schedule", ('cron: "* * * * *"', "recoverMissedSchedules: SOME"), "LAST"),
        ("trigger.Schedule", ('cron: "* * * * *"', "lateMaximumDelay: soon"), "lateMaximumDelay"),
        ("trigger.Schedule", ('cron: "* * * * *"', "every: P1D"), "no property `every`"),
        ("trigger.ScheduleOnDates", ("dates: [someday]",), "someday"),
        ("trigger.Webhook", ("key: ''",), "key"),
        ("trigger.Webhook", (f"key: {'k' * 257}",), "256"),
        ("trigger.Webhook", ("key: k", "responseCode: 99"), "200"),
        ("trigger.Flow", ("preconditions: {id: p}",), "`flows` or `where`"),
        ("trigger.Flow", (FILTER % "{field: STATE, type: IN, value: FAILED}",), "`values`"),
        ("trigger.Flow", (FILTER % "{field: EXPRESSION, type: IS_TRUE}",), "`value`"),
        ("trigger.Flow", (FILTER % "{field: FLOW_ID, type: REGEX, value: '('}",), "regular"),
        ("trigger.Flow", (FILTER % "{field: OWNER, type: EQUAL_TO, value: a}",), "FLOW_ID"),
        ("trigger.Flow", (ENTRY, "mode: AT_LEAST"), "minSatisfied"),
        ("trigger.Flow", (ENTRY, "mode: AT_LEAST", "minSatisfied: 2"), "more than"),
        ("trigger.Flow", (ENTRY, "window: {deadline: '09:00:00', every: P1D}"), "choose one"),
        ("trigger.Flow", (f"conditions: [{{type: {CORE}condition.Never}}]",), "Never"),
        ("trigger.Flow", ("logLevel: LOUD",), "not a log level"),
    ],
)
def test_what_cannot_be_meant_is_refused(kind: str, lines: tuple[str, ...], told: str) -> None:
    parsed = checked(kind, *lines)
    assert parsed.flow is None
    assert any(told in f"{problem.message} {problem.hint}" for problem in parsed.problems), (
        parsed.problems
    )


FIELDS = ("FLOW_ID", "NAMESPACE", "STATE", "EXPRESSION")
TYPES_OF_FILTERS = (
    "EQUAL_TO", "NOT_EQUAL_TO", "IS_TRUE", "IS_FALSE", "IS_NULL", "IS_NOT_NULL", "STARTS_WITH",
    "ENDS_WITH", "REGEX", "CONTAINS",
)  # fmt: skip


@pytest.mark.parametrize("field", FIELDS)
def test_every_filter_of_every_field_is_accepted(field: str) -> None:
    filters = [f"{{field: {field}, type: {each}, value: '1'}}" for each in TYPES_OF_FILTERS]
    lists = [
        f"{{field: {field}, type: {each}, value: '1', values: ['1']}}" for each in ("IN", "NOT_IN")
    ]
    accepted("trigger.Flow", FILTER % ", ".join([*filters, *lists]))
