"""Which flows a flow depends on, as its source says it."""

import pytest

from runtime.engine.types import known_types
from runtime.flows.dependencies import Dependency, DependencyKind, Naming
from runtime.flows.parse import parse
from runtime.triggers.dependencies import of_flow

CORE = "io.kestra.plugin.core"
_TYPES = known_types()


def ties(source: str) -> tuple[Dependency, ...]:
    parsed = parse(source, _TYPES, revision=1)
    assert parsed.flow is not None, parsed.problems
    return of_flow(parsed.flow)


def following(*lines: str) -> list[tuple[str, str, Naming]]:
    properties = "\n".join(f"    {line}" for line in lines)
    source = f"""
id: down
namespace: company.team
tasks: [{{id: a, type: {CORE}.log.Log, message: hi}}]
triggers:
  - id: after
    type: {CORE}.trigger.Flow
{properties}
"""
    found = ties(source)
    assert all((each.kind, each.via) == (DependencyKind.FLOW_TRIGGER, "after") for each in found)
    return [(each.namespace, each.flow_id, each.naming) for each in found]


def test_tasks_at_any_depth_name_the_flows_that_they_start() -> None:
    found = ties(f"""
id: up
namespace: company.team
tasks:
  - id: both
    type: {CORE}.flow.Sequential
    tasks:
      - {{id: one, type: {CORE}.flow.Subflow, namespace: company.team, flowId: child}}
      - {{id: two, type: {CORE}.flow.Subflow, namespace: company.team, flowId: "{{{{ f }}}}"}}
errors:
  - {{id: off, type: {CORE}.flow.Subflow, namespace: company.team, flowId: mend, disabled: true}}
""")
    assert found == (
        Dependency(DependencyKind.SUBFLOW, "one", "company.team", "child"),
        Dependency(DependencyKind.SUBFLOW, "two", "company.team", "{{ f }}", Naming.DYNAMIC),
        Dependency(DependencyKind.SUBFLOW, "off", "company.team", "mend", disabled=True),
    )


def test_a_trigger_without_conditions_follows_every_flow() -> None:
    assert following("states: [FAILED]") == [("%", "%", Naming.ANY)]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            (
                "conditions:",
                f"  - {{type: {CORE}.condition.ExecutionFlowCondition, namespace: a, flowId: b_c}}",
                f"  - {{type: {CORE}.condition.ExecutionStatusCondition, in: [SUCCESS]}}",
            ),
            [("a", "b_c", Naming.EXACT)],
        ),
        (
            (
                "conditions:",
                f"  - {{type: {CORE}.condition.ExecutionNamespace, namespace: a_b, prefix: true}}",
            ),
            [("a\\_b%", "%", Naming.PATTERN)],
        ),
        (
            (
                "conditions:",
                f"  - {{type: {CORE}.condition.ExecutionNamespace, namespace: b,",
                "     comparison: SUFFIX}",
            ),
            [("%b", "%", Naming.PATTERN)],
        ),
        (
            (
                "conditions:",
                f"  - type: {CORE}.condition.Or",
                "    conditions:",
                f"      - {{type: {CORE}.condition.ExecutionFlow, namespace: a, flowId: b}}",
                f"      - {{type: {CORE}.condition.ExecutionFlow, namespace: a, flowId: c}}",
            ),
            [("a", "b", Naming.EXACT), ("a", "c", Naming.EXACT)],
        ),
        (
            (
                "preconditions:",
                "  id: all",
                "  flows: [{namespace: a, flowId: b}, {namespace: a}]",
            ),
            [("a", "b", Naming.EXACT), ("a", "%", Naming.PATTERN)],
        ),
        (
            (
                "preconditions:",
                "  id: all",
                "  where:",
                "    - id: w",
                "      filters:",
                "        - {field: NAMESPACE, type: EQUAL_TO, value: a}",
                "        - {field: FLOW_ID, type: STARTS_WITH, value: load}",
            ),
            [("a", "load%", Naming.PATTERN)],
        ),
        (("dependsOn: [{namespace: a, flowId: b}]",), [("a", "b", Naming.EXACT)]),
    ],
)
def test_conditions_and_preconditions_name_the_flows_that_are_followed(
    lines: tuple[str, ...], expected: list[tuple[str, str, Naming]]
) -> None:
    assert following(*lines) == expected
