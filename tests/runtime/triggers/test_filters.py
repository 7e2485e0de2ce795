"""The `where` of preconditions: every comparison of every field of an execution."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from runtime.errors import FlowdeckError
from runtime.expressions.render import Renderer
from runtime.expressions.scope import Scope
from runtime.triggers.condition import Occasion, Upstream
from runtime.triggers.flow import Filter, UpstreamFlow, Where

UPSTREAM = Upstream(
    id="ex_1",
    namespace="company.team",
    flow_id="import",
    flow_revision=3,
    state="WARNING",
    labels={"env": "prod", "team": "data"},
    outputs={"rows": 3},
)
SEEN = {"labels": UPSTREAM.labels, "outputs": UPSTREAM.outputs, "nothing": None}


def render(value: object, more: Mapping[str, object]) -> object:
    return Renderer().deep(value, Scope({**SEEN, **more}))


OCCASION = Occasion(datetime(2026, 3, 14, tzinfo=UTC), "company.other", "self", render, UPSTREAM)


def filter_(field: str, type_: str, given: object) -> Filter:
    name = "values" if isinstance(given, list) else "value"
    return Filter.model_validate({"field": field, "type": type_, name: given})


@pytest.mark.parametrize(
    ("field", "type_", "given", "expected"),
    [
        ("FLOW_ID", "EQUAL_TO", "import", True),
        ("FLOW_ID", "EQUAL_TO", "imp", False),
        ("FLOW_ID", "NOT_EQUAL_TO", "export", True),
        ("FLOW_ID", "NOT_EQUAL_TO", "import", False),
        ("FLOW_ID", "IN", ["export", "import"], True),
        ("FLOW_ID", "IN", ["export"], False),
        ("FLOW_ID", "NOT_IN", ["export"], True),
        ("FLOW_ID", "NOT_IN", ["import"], False),
        ("NAMESPACE", "STARTS_WITH", "company", True),
        ("NAMESPACE", "STARTS_WITH", "team", False),
        ("NAMESPACE", "ENDS_WITH", ".team", True),
        ("NAMESPACE", "ENDS_WITH", "company", False),
        ("NAMESPACE", "CONTAINS", "any.te", True),
        ("NAMESPACE", "CONTAINS", "other", False),
        ("NAMESPACE", "REGEX", r"company\..+", True),
        ("NAMESPACE", "REGEX", "company", False),  # the whole of it has to fit
        ("STATE", "EQUAL_TO", "WARNING", True),
        ("STATE", "IN", ["FAILED", "WARNING"], True),
        ("STATE", "NOT_IN", ["FAILED", "WARNING"], False),
        ("STATE", "IS_NULL", None, False),
        ("STATE", "IS_NOT_NULL", None, True),
        ("EXPRESSION", "IS_TRUE", "{{ labels.env == 'prod' }}", True),
        ("EXPRESSION", "IS_TRUE", "{{ outputs.rows > 3 }}", False),
        ("EXPRESSION", "IS_FALSE", "{{ outputs.rows > 3 }}", True),
        ("EXPRESSION", "IS_FALSE", "{{ outputs.rows }}", False),
        ("EXPRESSION", "IS_NULL", "{{ nothing }}", True),
        ("EXPRESSION", "IS_NULL", "{{ labels.team }}", False),
        ("EXPRESSION", "IS_NOT_NULL", "{{ labels.team }}", True),
        ("EXPRESSION", "IS_NOT_NULL", "{{ nothing }}", False),
        ("expression", "is_true", "{{ true }}", True),  # small letters do as well
    ],
)
def test_a_filter_compares(field: str, type_: str, given: object, expected: bool) -> None:
    assert filter_(field, type_, given).fits(UPSTREAM, OCCASION) is expected


@pytest.mark.parametrize(
    ("operand", "states", "expected"),
    [
        ("AND", ("WARNING", "WARNING"), True),
        ("AND", ("WARNING", "FAILED"), False),
        ("OR", ("WARNING", "FAILED"), True),
        ("OR", ("SUCCESS", "FAILED"), False),
    ],
)
def test_filters_are_joined(operand: str, states: tuple[str, str], expected: bool) -> None:
    filters = [{"field": "STATE", "type": "EQUAL_TO", "value": state} for state in states]
    where = Where.model_validate({"id": "w", "operand": operand, "filters": filters})
    assert where.fits(UPSTREAM, OCCASION) is expected


def test_an_expression_that_fails_is_told() -> None:
    with pytest.raises(FlowdeckError):
        filter_("EXPRESSION", "IS_TRUE", "{{ no.such.thing }}").fits(UPSTREAM, OCCASION)


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({}, True),
        ({"namespace": "company.team"}, True),
        ({"namespace": "company"}, False),
        ({"flowId": "import"}, True),
        ({"namespace": "company.team", "flowId": "export"}, False),
        ({"states": ["WARNING", "FAILED"]}, True),
        ({"states": ["SUCCESS"]}, False),
        ({"labels": {"env": "prod"}}, True),
        ({"labels": [{"key": "env", "value": "prod"}, {"key": "team", "value": "data"}]}, True),
        ({"labels": {"env": "test"}}, False),
        ({"when": "{{ outputs.rows == 3 }}"}, True),
        ({"when": "{{ outputs.rows == 4 }}"}, False),
    ],
)
def test_an_entry_names_an_upstream_flow(entry: dict[str, object], expected: bool) -> None:
    assert UpstreamFlow.model_validate(entry).fits(UPSTREAM, OCCASION) is expected
