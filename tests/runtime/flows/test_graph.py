"""The shape of a flow's graph: dots, nodes, edges and clusters as Kestra draws them."""

import pytest

from runtime.flows.graph import ClusterKind, EdgeKind, FlowGraph, NodeKind, graph_of
from runtime.flows.model import Flow
from runtime.flows.parse import parse
from tests.support.flow_types import TYPES

FLOW = "io.kestra.plugin.core.flow"
LEAF = "type: io.kestra.plugin.core.debug.Return"


def flow(body: str, identifier: str = "shape") -> Flow:
    text = body.replace("~", LEAF).replace("FLOW", FLOW)
    parsed = parse(f"id: {identifier}\nnamespace: company.team\n{text}", TYPES)
    assert parsed.flow is not None, parsed.problems
    return parsed.flow


def counts(graph: FlowGraph) -> tuple[int, int, int]:
    return len(graph.nodes), len(graph.edges), len(graph.clusters)


def edges(graph: FlowGraph) -> set[tuple[str, str, EdgeKind | None, str | None]]:
    return {(e.source, e.target, e.kind, e.value) for e in graph.edges}


THREE_IN_A_ROW = """
tasks: [{id: one, ~}, {id: two, ~}, {id: three, ~}]
"""
NESTED_SEQUENTIALS = """
tasks:
  - id: outer
    type: FLOW.Sequential
    tasks:
      - {id: a, ~}
      - {id: b, ~}
      - id: middle
        type: FLOW.Sequential
        tasks:
          - {id: c, ~}
          - {id: inner, type: FLOW.Sequential, tasks: [{id: d, ~}, {id: e, ~}]}
          - {id: f, ~}
      - {id: g, ~}
  - {id: h, ~}
"""
ERRORS_WITH_PARALLELS = """
tasks: [{id: failed, type: io.kestra.plugin.core.execution.Fail}]
errors:
  - {id: told, ~}
  - id: p1
    type: FLOW.Parallel
    tasks:
      - id: p2
        type: FLOW.Parallel
        tasks:
          - id: p3
            type: FLOW.Parallel
            tasks: [{id: p4, type: FLOW.Parallel, tasks: [{id: last, ~}]}]
"""
SIX_SIDE_BY_SIDE = """
tasks:
  - id: parent
    type: FLOW.Parallel
    tasks: [{id: t1, ~}, {id: t2, ~}, {id: t3, ~}, {id: t4, ~}, {id: t5, ~}, {id: t6, ~}]
  - {id: last, ~}
"""
NESTED_PARALLELS = """
tasks:
  - id: par
    type: FLOW.Parallel
    tasks:
      - {id: a, ~}
      - {id: b, ~}
      - id: inner
        type: FLOW.Parallel
        tasks:
          - {id: c, ~}
          - {id: row, type: FLOW.Sequential, tasks: [{id: d, ~}, {id: e, ~}]}
          - {id: f, ~}
      - {id: g, ~}
  - {id: h, ~}
"""
CHOICES = """
triggers: [{id: schedule, type: io.kestra.plugin.core.trigger.Schedule, cron: "* * * * *"}]
tasks:
  - id: choose
    type: FLOW.Switch
    value: "{{ inputs.which }}"
    cases:
      FIRST: [{id: t1, ~}]
      SECOND: [{id: t2, ~}, {id: t2_more, ~}]
      THIRD: [{id: t3, type: FLOW.Sequential, tasks: [{id: bad, ~}], errors: [{id: mend, ~}]}]
    defaults: [{id: otherwise, ~}]
"""
NESTED_LOOPS = """
tasks:
  - id: outer
    type: FLOW.EachSequential
    value: [1, 2]
    tasks:
      - {id: a, ~}
      - {id: inner, type: FLOW.EachSequential, value: [3], tasks: [{id: b, ~}, {id: c, ~}]}
      - {id: d, ~}
  - {id: e, ~}
"""
PARALLEL_LOOP = """
tasks:
  - id: each
    type: FLOW.EachParallel
    value: [1, 2]
    tasks: [{id: row, type: FLOW.Sequential, tasks: [{id: a, ~}, {id: b, ~}]}]
  - {id: c, ~}
"""
FOR_EACH_IN_FOR_EACH = """
tasks:
  - id: outer
    type: FLOW.ForEach
    concurrencyLimit: 0
    values: [1, 2]
    tasks: [{id: inner, type: FLOW.ForEach, values: [a], tasks: [{id: p1, ~}, {id: p2, ~}]}]
  - {id: last, ~}
"""
ALL_KINDS = """
tasks:
  - id: loop
    type: FLOW.EachSequential
    value: [1, 2]
    tasks:
      - {id: l1, ~}
      - {id: l2, type: FLOW.EachSequential, value: [a], tasks: [{id: l3, ~}]}
    errors: [{id: le, type: FLOW.Sequential, tasks: [{id: l4, ~}]}]
  - {id: simple, ~}
  - id: row
    type: FLOW.Sequential
    tasks:
      - {id: r1, ~}
      - id: r2
        type: FLOW.Sequential
        tasks:
          - {id: r3, ~}
          - {id: r4, type: FLOW.Sequential, tasks: [{id: r5, ~}]}
          - {id: r6, ~}
      - {id: r7, ~}
    errors: [{id: mend, ~}]
  - id: choose
    type: FLOW.Switch
    value: FIRST
    cases: {FIRST: [{id: c1, ~}], SECOND: [{id: c2, ~}]}
    defaults: [{id: c3, ~}]
errors: [{id: e1, ~}, {id: e2, ~}]
"""
DAG = """
tasks:
  - id: dag
    type: FLOW.Dag
    tasks:
      - task: {id: t1, ~}
      - {task: {id: t2, ~}, dependsOn: [t1]}
      - {task: {id: t3, ~}, dependsOn: [t1]}
      - {task: {id: t4, ~}, dependsOn: [t1, t2]}
      - {task: {id: t5, ~}, dependsOn: [t4, t3]}
      - {task: {id: t6, ~}, dependsOn: [t2]}
"""
ONE_TRIGGER = """
tasks: [{id: only, ~}]
triggers: [{id: after, type: io.kestra.plugin.core.trigger.Flow}]
"""
TWO_TRIGGERS = """
tasks: [{id: only, ~}]
triggers:
  - {id: after, type: io.kestra.plugin.core.trigger.Flow}
  - {id: hook, type: io.kestra.plugin.core.trigger.Webhook, key: abc}
"""
CALLER = """
tasks: [{id: launch, type: FLOW.Subflow, namespace: company.team, flowId: choices}]
triggers: [{id: schedule, type: io.kestra.plugin.core.trigger.Schedule, cron: "* * * * *"}]
"""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(THREE_IN_A_ROW, (5, 4, 0), id="three in a row"),
        pytest.param(NESTED_SEQUENTIALS, (19, 18, 3), id="nested sequentials"),
        pytest.param(ERRORS_WITH_PARALLELS, (17, 17, 4), id="errors with parallels"),
        pytest.param(SIX_SIDE_BY_SIDE, (12, 16, 1), id="six side by side"),
        pytest.param(NESTED_PARALLELS, (19, 23, 3), id="nested parallels"),
        pytest.param(CHOICES, (17, 20, 3), id="choices"),
        pytest.param(NESTED_LOOPS, (13, 12, 2), id="nested loops"),
        pytest.param(PARALLEL_LOOP, (11, 10, 2), id="parallel loop"),
        pytest.param(FOR_EACH_IN_FOR_EACH, (11, 10, 2), id="for each in for each"),
        pytest.param(ALL_KINDS, (38, 42, 7), id="all kinds"),
        pytest.param(DAG, (11, 13, 1), id="dag"),
        pytest.param(ONE_TRIGGER, (6, 5, 1), id="one trigger"),
        pytest.param(TWO_TRIGGERS, (7, 7, 1), id="two triggers"),
        pytest.param(CALLER, (6, 5, 1), id="subflow"),
    ],
)
def test_nodes_edges_and_clusters_are_counted_as_in_kestra(
    body: str, expected: tuple[int, int, int]
) -> None:
    assert counts(graph_of(flow(body), TYPES)) == expected


def test_an_opened_subflow_is_drawn_inside_the_task_that_starts_it() -> None:
    graph = graph_of(flow(CALLER), TYPES, {"root.launch": flow(CHOICES, "choices")})
    assert counts(graph) == (23, 26, 5)
    ids = {node.id for node in graph.nodes}
    assert {"root.launch", "root.launch.choose", "root.launch.triggers.schedule"} <= ids


def test_a_subflow_whose_id_is_known_at_run_time_can_be_opened_too() -> None:
    source = 'tasks: [{id: launch, type: FLOW.Subflow, namespace: n, flowId: "{{ inputs.id }}"}]'
    assert counts(graph_of(flow(source), TYPES)) == (3, 2, 0)
    graph = graph_of(flow(source), TYPES, {"root.launch": flow(CHOICES, "choices")})
    assert counts(graph) == (20, 23, 4)


def test_a_choice_is_written_on_the_edge_that_leads_to_it() -> None:
    found = edges(graph_of(flow(CHOICES), TYPES))
    assert ("root.choose", "root.choose.t1", EdgeKind.CHOICE, "FIRST") in found
    assert ("root.choose", "root.choose.t3_start", EdgeKind.CHOICE, "THIRD") in found
    assert ("root.choose", "root.choose.otherwise", EdgeKind.CHOICE, "defaults") in found
    assert ("root.choose.t2", "root.choose.t2_more", EdgeKind.SEQUENTIAL, None) in found


def test_an_if_without_else_leads_past_its_tasks() -> None:
    body = 'tasks: [{id: if, type: FLOW.If, condition: "{{ true }}", then: [{id: a, ~}]}]\n'
    found = edges(graph_of(flow(body), TYPES))
    assert ("root.if", "root.if.a", EdgeKind.CHOICE, "then") in found
    assert ("root.if", "root.if_end", EdgeKind.CHOICE, "else") in found


def test_an_error_branch_starts_where_its_cluster_begins() -> None:
    found = edges(graph_of(flow(ERRORS_WITH_PARALLELS), TYPES))
    assert ("root_start", "root.told", EdgeKind.ERROR, None) in found


def test_dependencies_are_edges_and_what_depends_on_nothing_comes_first() -> None:
    found = edges(graph_of(flow(DAG), TYPES))
    assert ("root.dag", "root.dag.t1", EdgeKind.PARALLEL, None) in found
    assert ("root.dag.t2", "root.dag.t6", EdgeKind.DEPENDENCY, None) in found
    assert ("root.dag.t6", "root.dag_end", None, None) in found


def test_finally_comes_between_the_branches_and_the_end_of_a_flowable() -> None:
    body = """
tasks:
  - {id: row, type: FLOW.Sequential, tasks: [{id: a, ~}], finally: [{id: z, ~}]}
"""
    found = edges(graph_of(flow(body), TYPES))
    assert ("root.row.a", "root.row.finally_start", EdgeKind.FINALLY, None) in found
    assert ("root.row.finally_end", "root.row_end", None, None) in found
    assert ("root.row.a", "root.row_end", None, None) not in found


def test_finally_and_after_execution_follow_the_end_of_the_flow() -> None:
    body = "tasks: [{id: a, ~}]\nfinally: [{id: b, ~}]\nafterExecution: [{id: c, ~}]\n"
    graph = graph_of(flow(body), TYPES)
    kinds = [cluster.kind for cluster in graph.clusters]
    assert kinds == [ClusterKind.FINALLY, ClusterKind.AFTER_EXECUTION]
    found = edges(graph)
    assert ("root_end", "root.finally_start", EdgeKind.FINALLY, None) in found
    assert ("root_end", "root.afterExecution_start", EdgeKind.AFTER_EXECUTION, None) in found


def test_a_flowable_without_tasks_is_still_a_way_from_start_to_end() -> None:
    graph = graph_of(flow("tasks: [{id: wait, type: FLOW.Pause, errors: [{id: e, ~}]}]\n"), TYPES)
    assert ("root.wait", "root.wait_end", None, None) in edges(graph)


def test_ids_do_not_change_when_the_flow_grows_elsewhere() -> None:
    before = {node.id for node in graph_of(flow(THREE_IN_A_ROW), TYPES).nodes}
    grown = THREE_IN_A_ROW.replace("tasks: [", "tasks: [{id: zero, ~}, ")
    assert before < {node.id for node in graph_of(flow(grown), TYPES).nodes}


def test_every_edge_joins_two_nodes_and_every_cluster_names_its_own() -> None:
    for body in (ALL_KINDS, CHOICES, NESTED_PARALLELS, DAG, TWO_TRIGGERS):
        graph = graph_of(flow(body), TYPES)
        ids = {node.id for node in graph.nodes}
        assert all({edge.source, edge.target} <= ids for edge in graph.edges)
        for cluster in graph.clusters:
            assert {cluster.start, cluster.end} <= {*cluster.nodes} <= ids


def test_a_task_says_which_flow_it_starts_unless_that_is_an_expression() -> None:
    node = next(n for n in graph_of(flow(CALLER), TYPES).nodes if n.kind is NodeKind.SUBFLOW)
    assert node.subflow == ("company.team", "choices")
    dynamic = CALLER.replace("flowId: choices", 'flowId: "{{ inputs.flow }}"')
    node = next(n for n in graph_of(flow(dynamic), TYPES).nodes if n.kind is NodeKind.SUBFLOW)
    assert node.subflow is None
